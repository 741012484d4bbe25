import type { RuleProgram } from "@evertend/core";
import type { Sql } from "./sql.js";
import type { SqlUntil } from "./sql-answer.js";

/** What one rule adds to the row of a customer. */
export interface RuleColumns {
  readonly rule: RuleProgram;
  readonly matches: Sql;
  readonly unknowns?: Sql | undefined;
  readonly fails?: Sql | undefined;
  readonly until: SqlUntil;
}
