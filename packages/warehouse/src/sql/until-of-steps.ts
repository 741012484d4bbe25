import { sql, type Sql } from "./sql.js";
import { earliest, untilSql, type SqlUntil } from "./sql-answer.js";

/** One look on the way to an answer. */
export interface UntilStep {
  /** Where this is true, nothing further is looked at; absent = it never is. */
  readonly stops: Sql | undefined;
  readonly until: SqlUntil;
  /** What is looked at only if this step stops. */
  readonly own?: boolean;
}

/** The last day of an answer that is found by looking at one thing after the other: the earliest of what was looked at. */
export function untilOfSteps(steps: readonly UntilStep[]): SqlUntil {
  if (steps.every((step) => step.until === undefined)) return undefined;
  let seen: SqlUntil;
  let cases: Sql | undefined;
  for (const { stops, until, own } of steps) {
    const here = earliest(seen, until);
    if (own !== true) seen = here;
    if (stops) cases = cases ? sql`${cases} WHEN ${stops} THEN ${untilSql(here)}` : sql`WHEN ${stops} THEN ${untilSql(here)}`;
  }
  return cases ? sql`CASE ${cases} ELSE ${untilSql(seen)} END` : seen;
}
