import type { Evaluation } from "@evertend/core";
import type { EvaluatedFigures } from "./run-figures.js";

/** Counts a part of a run, to be added to the whole later. */
export interface EvaluatedCounter {
  /** A record that could not be used, by the code of its first problem. */
  setAside(code: string): void;
  evaluated(evaluated: { readonly evaluation: Pick<Evaluation, "matches" | "unknowns" | "failures"> }): void;
  finish(): EvaluatedFigures;
}

/** Starts to count customers whose figures `FigureCollector.add` takes. */
export function countEvaluated(): EvaluatedCounter {
  const setAside = new Tally();
  const matches = new Tally();
  const unknowns = new Tally();
  const errors = new Tally();
  const missing = new Tally();
  let customers = 0;
  return {
    setAside: (code) => setAside.add(code),
    evaluated({ evaluation }) {
      customers++;
      for (const match of evaluation.matches) matches.add(match.rule.id);
      for (const failure of evaluation.failures) errors.add(failure.ruleId);
      if (evaluation.unknowns.length === 0) return;
      const fields = new Set<string>();
      for (const unknown of evaluation.unknowns) {
        unknowns.add(unknown.ruleId);
        for (const name of unknown.missing) fields.add(name);
      }
      for (const name of fields) missing.add(name);
    },
    finish: () => ({ customers, setAside: setAside.all(), matches: matches.all(), unknowns: unknowns.all(), errors: errors.all(), missing: missing.all() }),
  };
}

class Tally {
  readonly #counts = new Map<string, number>();

  add(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
