import type { BenchGoal } from "./bench-result.js";

/** A figure that is hoped for. */
export interface GoalDefinition {
  readonly atLeast?: number;
  readonly atMost?: number;
  /** Why it is missed where it is, as profiles show it. */
  readonly reason?: string;
}

const nightlyReason = "Reading, deciding and writing are counted for us and given to json-rules-engine for nothing, so that its ratio is a lower bound.";
const linearReason = "What does not grow with the customers (start, pack, plan of the query) is a larger share of the smaller run.";
const firstReason = "The first customer runs through closures that no engine has optimised yet, over an index that no cache holds.";
const buildReason = "Half of it is checking and lowering conditions, each with the place where it was written, and a quarter the garbage of that; parsing is done by the host, and the tree of places is made only when something must be said.";

/** What each benchmark is held to, one entry a number. */
export const goals = {
  peers: {
    "parsed JSON, 50 rules, matches only: times json-rules-engine": { atLeast: 500 },
    "parsed JSON, 50 rules, matches only: times json-logic-engine": { atLeast: 1.4 },
    "parsed JSON, 50 rules, matches only: of hand-written": { atMost: 1.7 },
    "with unknowns and until: times json-logic-engine, sure and possible": { atLeast: 2 },
    "with unknowns and until: of hand-written": {
      atMost: 2,
      reason: "Reading and checking every field of the record is more than a third of the time; hand-written code trusts what it is given and reads what its rules ask. The rest is choosing rules twice (what may be true, what may be open), the names of missing fields, and an object for each rule that stays open; hand-written code stops at the first clause that fails.",
    },
    "normalised records, 50 rules, matches only: times json-rules-engine": {
      atLeast: 2_500,
      reason: "Half of the time is choosing rules: for each indexed field, and for each item, the place of its value among the constants of all rules, which is a branch that cannot be foreseen. What is left is one short condition a candidate, and the matches themselves.",
    },
    "1,000 rules: times json-logic-engine": { atLeast: 40 },
    "1,000 rules: of its own time at 50 rules": {
      atMost: 4,
      reason: "A customer has 38 matches of 1,000 rules and 1.7 of 50: of what the index leaves, more than half are matches that must be given. Reading the record costs the same for both, so that whatever makes 50 rules faster makes the ratio worse.",
    },
    "build of a pack with 50 rules, ms": { atMost: 10, reason: buildReason },
    "build of a pack with 1,000 rules, ms": { atMost: 60, reason: buildReason },
    "first decision after the build of 50 rules, ms": { atMost: 0.5, reason: firstReason },
    "first decision after the build of 1,000 rules, ms": { atMost: 0.5, reason: firstReason },
  },
  sql: {
    "sql: 1 M customers, processor time, times hand-written SQL": { atMost: 1.2 },
    "sql: 10 M customers, processor time, times hand-written SQL": { atMost: 1.2 },
    "sql: 1 M customers, peak memory in MB": { atMost: 1000 },
    "sql: 10 M customers, peak memory in MB": { atMost: 1000 },
    "diff of one parameter, share of one full evaluation": { atMost: 1 / 3 },
  },
  sweep: {
    "nightly run: times json-rules-engine": { atLeast: 10, reason: nightlyReason },
    "nightly run: peak memory in MB": { atMost: 1000 },
    "nightly run: 10 M customers, times a tenth of them": { atMost: 11, reason: linearReason },
    "nightly run: 1 M customers, times a tenth of them": { atMost: 11, reason: linearReason },
    "incremental sweep: share of the full sweep's time": { atMost: 0.15, reason: "Start, sorting the source, and comparing the ids and marks of everybody do not grow with what changed." },
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, GoalDefinition>>>>;

/** The benchmarks that have goals. */
export type BenchName = keyof typeof goals;

/** A figure for every goal of a benchmark; `undefined` where this run did not go so far. */
export type Figures<B extends BenchName> = { readonly [Id in keyof (typeof goals)[B]]: number | undefined };

/** The goals of a benchmark with what was measured: a row for each, and the reason of those that are missed. */
export function goalRows<B extends BenchName>(bench: B, figures: Figures<B>): readonly BenchGoal[] {
  return Object.entries<GoalDefinition>(goals[bench]).flatMap(([id, { reason, ...limit }]) => {
    const value = (figures as Readonly<Record<string, number | undefined>>)[id];
    if (value === undefined) return [];
    // A figure that could not be measured (NaN) meets nothing.
    const met = value >= (limit.atLeast ?? -Infinity) && value <= (limit.atMost ?? Infinity);
    return [{ id, value, ...limit, met, ...(met ? {} : { reason: reason ?? "not profiled yet." }) }];
  });
}
