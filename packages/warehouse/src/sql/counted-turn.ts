import { turnedComparison, turningDay, type Comparison } from "@evertend/core";
import type { ClockSide } from "./clock-side.js";
import { call, sql, type Sql } from "./sql.js";
import { never, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";

/**
 * Working days against a value of the record: the day of the turn is the working day that makes the count. Once the
 * calendar ends the answer is unknown, so that nothing holds beyond it.
 */
export function countedTurn(left: ClockSide, cmp: Comparison, right: Pick<SqlValue, "sql">, place: SqlPlace, t: SqlTranslator): SqlUntil {
  const { clock, value } = left;
  if (!clock?.calendar || !value) return t.refuse({ op: "asOf", type: "date" }, "workingDays");
  const { counts, workingDays, calendar: { from, to } } = t.calendar(clock.calendar);
  if (t.asOf > to) return undefined;
  const argument = t.share(value.sql, place);
  // Before the calendar all is unknown; when that ends does not hang on the values.
  if (t.asOf < from - 1) return sql`CASE WHEN ${argument} BETWEEN ${from - 1} AND ${to} THEN ${turningDay(clock, from, cmp, undefined, 0, t.asOf)} ELSE ${from - 1} END`;
  const [p, n] = [t.share(left.shown.sql, place), t.share(right.sql, place)];
  const counted = t.share(call("elementAt", counts, sql`(${argument} - ${from - 2})`), place);
  const worked = (at: Sql): Sql => sql`COALESCE(${call("elementAt", workingDays, sql`CAST(${at} AS ${call("cast", "day")})`)}, ${to + 1})`;
  const falls = clock.kind === "until";
  const [at, beyond] = falls
    ? [worked(sql`(${counted} - FLOOR(${n}))`), worked(sql`(${counted} - CEIL(${n}) + 1)`)]
    : [worked(sql`(${counted} + CEIL(${n}))`), worked(sql`(${counted} + FLOOR(${n}) + 1)`)];
  const [higher, lower] = falls ? [sql`${p} < ${n}`, sql`${p} > ${n}`] : [sql`${p} > ${n}`, sql`${p} < ${n}`];
  const known = sql`WHEN ${p} IS NULL OR ${n} IS NULL THEN ${never}`;
  const turn = ((): Sql => {
    switch (falls ? turnedComparison(cmp) : cmp) {
      case ">=":
      case "<":
        return sql`CASE ${known} WHEN ${lower} THEN ${at} - 1 ELSE ${to} END`;
      case ">":
      case "<=":
        return sql`CASE ${known} WHEN ${higher} THEN ${to} ELSE ${beyond} - 1 END`;
      case "=":
        return sql`CASE ${known} WHEN ${lower} THEN ${at} - 1 WHEN ${higher} THEN ${to} ELSE ${beyond} - 1 END`;
    }
  })();
  return t.asOf < from ? sql`LEAST(${turn}, ${from - 1})` : turn;
}
