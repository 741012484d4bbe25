import { turningDay, type Comparison } from "@evertend/core";
import type { ClockSide } from "./clock-side.js";
import { call, sql, type Sql } from "./sql.js";
import { never, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { countedTo, wholeOf } from "./translate-value.js";

/**
 * asOf moved by working days of the record's own number, against a day: it only ever moves on, so that the turn lies at
 * the first asOf whose count of working days is far enough. The answer is unknown once the calendar ends before it, and
 * where it goes back beyond the calendar's start, until enough days have been worked.
 */
export function shiftedTurn(left: ClockSide, cmp: Comparison, right: Pick<SqlValue, "sql">, place: SqlPlace, t: SqlTranslator): SqlUntil {
  const { clock, value } = left;
  if (!clock?.calendar || !value) return t.refuse({ op: "asOf", type: "date" }, "workingDays");
  const table = t.calendar(clock.calendar);
  const { calendar: { from, to, count } } = table;
  if (t.asOf > to) return undefined;
  const total = count.at(-1) ?? 0;
  const by = t.share(wholeOf(value, clock.sign), place);
  // Before the calendar all is unknown; when that ends hangs on nothing but whether the amount fits into it.
  if (t.asOf < from - 1) return sql`CASE WHEN ${by} IS NULL OR ${right.sql} IS NULL THEN ${never} WHEN ${by} BETWEEN 0 AND ${total} THEN ${Math.min(turningDay(clock, 0, cmp, undefined, 0, t.asOf), from - 1)} ELSE ${from - 1} END`;
  const [p, goal] = [t.share(left.shown.sql, place), t.share(right.sql, place)];
  // LEAST and GREATEST pass over NULL.
  const countTo = (day: Sql): Sql => sql`CASE WHEN ${day} < ${from} THEN 0 WHEN ${day} > ${to} THEN ${total} ELSE ${countedTo(day, table)} END`;
  const [reached, passed] = [t.share(countTo(sql`(${goal} - 1)`), place), t.share(countTo(goal), place)];
  const next = t.share(countTo(sql`(${goal} + 1)`), place);
  const worked = (at: Sql): Sql => sql`COALESCE(${call("elementAt", table.workingDays, at)}, ${to + 1})`;
  const first = (forwards: Sql, back: Sql, still: Sql): Sql => t.share(sql`CASE WHEN ${by} > 0 THEN ${worked(forwards)} WHEN ${by} < 0 THEN ${worked(back)} ELSE ${still} END`, place);
  const at = first(sql`(${reached} + 1 - ${by})`, sql`(${passed} - ${by})`, goal);
  const beyond = first(sql`(${passed} + 1 - ${by})`, sql`(${next} - ${by})`, sql`(${goal} + 1)`);
  const end = t.share(sql`CASE WHEN ${by} > 0 THEN ${worked(sql`(${total + 1} - ${by})`)} - 1 ELSE ${to} END`, place);
  const starts = sql`CASE WHEN ${by} < 0 AND ${by} >= ${-total} THEN ${worked(sql`(-${by})`)} - 1 ELSE ${never} END`;
  const [higher, lower] = [sql`${p} > ${goal}`, sql`${p} < ${goal}`];
  const before = (day: Sql): Sql => sql`LEAST(${day} - 1, ${end})`;
  const turn = ((): Sql => {
    switch (cmp) {
      case ">=":
      case "<":
        return sql`WHEN ${lower} THEN ${before(at)} ELSE ${end}`;
      case ">":
      case "<=":
        return sql`WHEN ${higher} THEN ${end} ELSE ${before(beyond)}`;
      case "=":
        return sql`WHEN ${lower} THEN ${before(at)} WHEN ${higher} THEN ${end} ELSE ${before(beyond)}`;
    }
  })();
  const turns = sql`CASE WHEN ${by} IS NULL OR ${goal} IS NULL THEN ${never} WHEN ${p} IS NULL THEN ${starts} ${turn} END`;
  return t.asOf < from ? sql`CASE WHEN ${by} IS NULL OR ${goal} IS NULL THEN ${never} ELSE LEAST(${turns}, ${from - 1}) END` : turns;
}
