import { formatDay, type Comparison } from "@evertend/core";
import { Sql, sql } from "./sql.js";
import { anyOf, constantTruth, earliest, type SqlTruth, type SqlValue } from "./sql-answer.js";

/** False where a side has none, unknown where a side is unknown. */
export function compareValues(a: SqlValue, cmp: Comparison, b: SqlValue): SqlTruth {
  const until = earliest(a.until, b.until);
  const fails = anyOf(a.fails, b.fails);
  if (a.none === true || b.none === true) return { ...constantTruth(0, until), fails };
  if (a.constant && b.constant) {
    const [x, y] = [a.constant.value, b.constant.value];
    return { ...constantTruth(x === undefined || y === undefined ? 2 : holds(x as number, cmp, y as number) ? 1 : 0, until), fails };
  }
  const [left, right] = datesOf(a, b) ?? [a.sql, b.sql];
  return { sql: falseWhereNone(sql`${left} ${new Sql([cmp])} ${right}`, a, b), open: a.open || b.open, until, fails };
}

function holds(a: number | string | boolean, cmp: Comparison, b: number | string | boolean): boolean {
  return cmp === "=" ? a === b : cmp === "<" ? a < b : cmp === "<=" ? a <= b : cmp === ">" ? a > b : a >= b;
}

/** An operation on values that is false where one of them is none; NULL is left to mean unknown. */
export function falseWhereNone(operation: Sql, ...values: readonly SqlValue[]): Sql {
  const none = anyOf(...values.map((value) => (typeof value.none === "boolean" ? undefined : value.none)));
  if (!none) return sql`(${operation})`;
  if (values.every((value) => !value.open)) return sql`((${operation}) IS TRUE)`;
  return sql`(CASE WHEN ${none} THEN FALSE ELSE ${operation} END)`;
}

/** A DATE beside a constant day is compared as it is: databases do that faster than they count days. */
function datesOf(a: SqlValue, b: SqlValue): readonly [Sql, Sql] | undefined {
  if (b.constant === undefined) {
    const turned = a.constant === undefined ? undefined : datesOf(b, a);
    return turned && [turned[1], turned[0]];
  }
  const [part] = a.sql.parts;
  const day = b.constant.value;
  if (a.sql.parts.length !== 1 || typeof part !== "object" || part.part !== "call" || part.name !== "dayOfDate" || typeof day !== "number" || !(part.arguments[0] instanceof Sql)) return undefined;
  const iso = formatDay(day);
  return iso.length === 10 ? [part.arguments[0], new Sql([`DATE '${iso}'`])] : undefined;
}
