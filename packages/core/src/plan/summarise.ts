import type { Settled } from "../arbitrate/candidate.js";
import type { RunSummary } from "../decision/run-summary.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { Program } from "../lower/program.js";
import type { CustomerState } from "../ports/customer-state.js";
import { DecisionCounter, stages, type DecisionCounts } from "./count-decisions.js";
import { Tally } from "./tally.js";

/** What a summary says of the run as a whole. */
export interface SummaryInput {
  readonly program: Program;
  /** Civil date and ISO instant of the run. */
  readonly asOf: string;
  readonly at: string;
}

/** Customers of a part of a run, counted by rule. Plain JSON: parts may be counted in another thread or at another time. */
export interface EvaluationCounts {
  readonly customers: number;
  /** Records that could not be used, by diagnostic code. */
  readonly setAside: Readonly<Record<string, number>>;
  /** Matches, unknowns and failures by rule. */
  readonly matches: Readonly<Record<string, number>>;
  readonly unknowns: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
}

/** Counts a run while it goes by; its memory does not grow with the customers. */
export interface Summary {
  /** A record that could not be used, by diagnostic code. */
  setAside(code: string): void;
  /** A customer that was evaluated. */
  customer(evaluation: Evaluation): void;
  /** Customers that were counted elsewhere. */
  add(counts: EvaluationCounts): void;
  /** All settled decisions of one customer, with the state before the run. */
  decisions(settled: readonly Settled[], prior: CustomerState | undefined): void;
  /** Decisions that were counted elsewhere. */
  addDecisions(counts: DecisionCounts): void;
  /** The counts so far. */
  finish(): RunSummary;
}

/** Starts a summary with all counts at zero. */
export function createSummary(input: SummaryInput): Summary {
  const { program, asOf, at } = input;
  const counts = { setAside: new Tally(), matches: new Tally(), unknowns: new Tally(), errors: new Tally() };
  const settledCounts = new DecisionCounter();
  let customers = 0;

  return {
    setAside: (code) => counts.setAside.add(code),
    customer(evaluation) {
      customers++;
      for (const match of evaluation.matches) counts.matches.add(match.rule.id);
      for (const unknown of evaluation.unknowns) counts.unknowns.add(unknown.ruleId);
      for (const failure of evaluation.failures) counts.errors.add(failure.ruleId);
    },
    add(part) {
      customers += part.customers;
      for (const name of ["setAside", "matches", "unknowns", "errors"] as const) {
        for (const [id, count] of Object.entries(part[name])) counts[name].add(id, count);
      }
    },
    decisions: (settled, prior) => settledCounts.count(settled, prior),
    addDecisions: (part) => settledCounts.add(part),
    finish() {
      const { outcomes, reasons, channels, classes, roles, survivors, keysPlannedTwice } = settledCounts.finish();
      return {
        packId: program.pack.id,
        packVersion: program.pack.version,
        packHash: program.hash,
        engineVersion: program.engineVersion,
        asOf,
        at,
        customers,
        setAside: counts.setAside.sorted(),
        matches: counts.matches.total,
        matchesByRule: counts.matches.sorted(),
        unknownsByRule: counts.unknowns.sorted(),
        decisions: survivors[0] as number,
        outcomes,
        reasons,
        touchesByChannel: channels,
        touchesByClass: classes,
        tasksByRole: roles,
        alreadyPlanned: reasons["ALREADY_PLANNED"] ?? 0,
        keysPlannedTwice,
        funnel: stages.map((stage, i) => ({ stage, count: survivors[i] as number })),
        errors: counts.errors.sorted(),
      };
    },
  };
}
