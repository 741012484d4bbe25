import { formatDay, holds, type Comparison } from "@evertend/core";
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

/** An operation on values that is false where one of them is none; NULL is left to mean unknown. */
export function falseWhereNone(operation: Sql, ...values: readonly SqlValue[]): Sql {
  const none = anyOf(...values.map((value) => (typeof value.none === "boolean" ? undefined : value.none)));
  if (!none) return sql`(${operation})`;
  if (values.every((value) => !value.open)) return sql`((${operation}) IS TRUE)`;
  return sql`(CASE WHEN ${none} THEN FALSE ELSE ${operation} END)`;
}

/** Days beside a constant or each other are compared as the DATEs that they are. */
function datesOf(a: SqlValue, b: SqlValue): readonly [Sql, Sql] | undefined {
  const [left, right] = [dateOf(a), dateOf(b)];
  return left && right && (a.date ?? b.date) ? [left, right] : undefined;
}

function dateOf({ date, constant, type }: SqlValue): Sql | undefined {
  if (date) return date;
  const iso = type === "day" && typeof constant?.value === "number" ? formatDay(constant.value) : "";
  return iso.length === 10 ? new Sql([`DATE '${iso}'`]) : undefined;
}
