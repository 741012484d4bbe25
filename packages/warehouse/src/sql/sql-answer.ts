import type { Truth, Value } from "@evertend/core";
import { sql, type Sql } from "./sql.js";
import type { SqlType } from "./sql-dialect.js";

/** The day after all others: an answer that never turns. It is greater than every day number. */
export const never = 2147483647;

/** Last day on which an answer holds; absent = never turns. */
export type SqlUntil = Sql | number | undefined;

/** A value as SQL. `sql` is NULL where it is unknown and where there is none. */
export interface SqlValue {
  readonly sql: Sql;
  readonly type: SqlType | "list";
  /** It may be unknown. */
  readonly open: boolean;
  /** Whether there is none: always, never, or as the SQL says (which is never NULL). */
  readonly none: boolean | Sql;
  readonly until: SqlUntil;
  /** True where working it out fails; absent = it cannot fail. */
  readonly fails?: Sql | undefined;
  /** A day as the DATE that it came from: databases compare those faster than they count days. */
  readonly date?: Sql;
  /** Type of the elements of a list. */
  readonly elements?: "text" | "number";
  /** The value where it is the same for all records; dates as day numbers. */
  readonly constant?: { readonly value: Value };
}

/** A truth as SQL: NULL is unknown. */
export interface SqlTruth {
  readonly sql: Sql;
  readonly open: boolean;
  readonly until: SqlUntil;
  readonly fails?: Sql | undefined;
  readonly constant?: Truth;
}

/** The earliest of several days. */
export function earliest(...untils: readonly SqlUntil[]): SqlUntil {
  const numbers = untils.filter((until) => typeof until === "number");
  const pieces = new Map(untils.filter((until) => until !== undefined && typeof until !== "number").map((until) => [(until).key, until] as const));
  const least = numbers.length === 0 ? undefined : Math.min(...numbers);
  if (pieces.size === 0) return least;
  const all = [...pieces.values(), ...(least === undefined ? [] : [sql`${least}`])];
  return all.length === 1 ? all[0] : sql`LEAST(${list(all)})`;
}

/** As SQL: `never` where it does not turn. */
export function untilSql(until: SqlUntil): Sql {
  return until === undefined ? sql`${never}` : typeof until === "number" ? sql`${until}` : until;
}

/** Pieces with commas between. */
export function list(pieces: readonly Sql[]): Sql {
  return pieces.reduce((all, one, i) => (i === 0 ? one : sql`${all}, ${one}`), sql``);
}

/** All of several truths that are never NULL; absent = none of them is given. */
export function anyOf(...pieces: readonly (Sql | undefined)[]): Sql | undefined {
  const given = pieces.filter((piece): piece is Sql => piece !== undefined);
  return given.length === 0 ? undefined : given.length === 1 ? given[0] : sql`(${given.slice(1).reduce((all, one) => sql`${all} OR ${one}`, given[0] as Sql)})`;
}

export function constantTruth(truth: Truth, until: SqlUntil = undefined): SqlTruth {
  return { sql: truth === 2 ? sql`CAST(NULL AS BOOLEAN)` : truth === 1 ? sql`TRUE` : sql`FALSE`, open: truth === 2, until, constant: truth };
}
