import { nextState, parseDay, type CustomerState, type Evaluated, type Evaluation, type Program } from "@evertend/core";
import { factsOfSqlRow, levelsOfSqlRow, readSqlRow, type SqlRow } from "@evertend/warehouse";

/** A customer for whom nothing matches and nothing is open, as SQL found it. */
export interface QuietCustomer extends Pick<Evaluated, "customerId" | "matches" | "unknowns" | "facts"> {
  readonly evaluation: Pick<Evaluation, "matches" | "unknowns" | "failures">;
  /** What the next run needs to know, but for the mark of the record. */
  nextState(): CustomerState;
}

/** What is known of such a customer. */
interface QuietInput {
  readonly customerId: string;
  readonly row: SqlRow;
  /** Civil date. */
  readonly asOf: string;
  readonly prior: CustomerState | undefined;
}

/** Puts a row of SQL into words: the same that core would say of the record. */
export function quietCustomer(program: Program, { customerId, row, asOf, prior }: QuietInput): QuietCustomer {
  const found = readSqlRow(row, { program, asOf: parseDay(asOf) ?? 0 });
  const unknowns = found.unknowns.map(({ ruleId, subject, missing }) => ({ customerId, ruleId, subject, missing })).sort((a, b) => compare(a.ruleId, b.ruleId) || compare(a.subject, b.subject));
  const facts = factsOfSqlRow(row, { factColumns: program.facts.map(({ id }) => ({ column: `fact:${id}`, fact: id })) }, program);
  return {
    customerId, facts, unknowns, matches: [],
    evaluation: { matches: [], unknowns, failures: [] },
    nextState() {
      const levels = row["levels_wake_up"];
      const wakeUp = Math.min(found.wakeUp, typeof levels === "number" ? levels : Infinity);
      return nextState({
        customerId, prior, settled: [], asOf, zone: program.model.zone,
        remember: { lastFacts: { ...facts, ...levelsOfSqlRow(row, program, prior?.lastFacts ?? {}) }, episodes: {} },
        review: { wakeUp: wakeUp === Infinity ? null : wakeUp },
      });
    },
  };
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
