import { createSummary, type CustomerState, type Evaluated, type Program, type Settled } from "@evertend/core";
import { countSettled, outcomes, sorted } from "./count-settled.js";
import type { EvaluatedFigures, ExampleCustomer, RunFigures, SettledFigures } from "./run-figures.js";

/** Counts a run while it goes by. Memory grows with rules, fields and people of the bank, not with customers. */
export interface FigureCollector {
  /** A record that could not be used, by the code of its first problem. */
  setAside(code: string): void;
  evaluated(evaluated: Evaluated): void;
  /** Customers that `countEvaluated` counted. */
  add(figures: EvaluatedFigures): void;
  /** All settled decisions of a customer, with the state before the run. */
  settled(customerId: string, settled: readonly Settled[], prior: CustomerState | undefined): void;
  /** Customers that `countSettled` counted. */
  addSettled(figures: SettledFigures): void;
  finish(): RunFigures;
}

/** Starts to count a run. */
export function collectFigures(program: Program, day: { readonly asOf: string; readonly at: string }): FigureCollector {
  const summary = createSummary({ program, ...day });
  const settled = countSettled(day);
  const missing = new Map<string, number>();

  return {
    setAside: (code) => summary.setAside(code),
    evaluated(evaluated) {
      summary.customer(evaluated.evaluation);
      countMissing(evaluated, (name) => missing.set(name, (missing.get(name) ?? 0) + 1));
    },
    add(figures) {
      summary.add(figures);
      for (const [name, count] of Object.entries(figures.missing)) missing.set(name, (missing.get(name) ?? 0) + count);
    },
    settled: (customerId, decided, prior) => settled.settled(customerId, decided, prior),
    addSettled: (figures) => settled.add(figures),
    finish() {
      const { decisions, drawn, ...counts } = settled.finish();
      summary.addDecisions(decisions);
      return { summary: summary.finish(), ...counts, missing: sorted(missing), examples: examplesOf(outcomes.flatMap((outcome) => drawn[outcome] ?? [])) };
    },
  };
}

/** Each field once, however many rules lack it. */
function countMissing(evaluated: Evaluated, count: (name: string) => void): void {
  if (evaluated.unknowns.length > 0) for (const name of new Set(evaluated.unknowns.flatMap((unknown) => unknown.missing))) count(name);
}

/** A customer may have been drawn for several outcomes. */
function examplesOf(drawn: readonly ExampleCustomer[]): readonly ExampleCustomer[] {
  const byId = new Map(drawn.map(({ customerId, decisions }) => [customerId, { customerId, decisions }] as const));
  return [...byId.values()];
}
