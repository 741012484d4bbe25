import { turnedComparison, type Comparison } from "@evertend/core";
import type { ClockSide } from "./clock-side.js";
import { call, sql, type Sql } from "./sql.js";
import { never, type SqlValue } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { shiftedDay, withinReach } from "./translate-value.js";

/** Nothing is searched further ahead than this; it is core's own bound, so that both say the same. */
const furthest = 400 * 366;
const lastDay = 2932896;

/** Days on which a clock first reaches a value, and first goes beyond it. */
interface Reached {
  readonly at: Sql;
  readonly beyond: Sql;
  /** The clock falls: it is at most the value from `at` on, and below it from `beyond` on. */
  readonly falls: boolean;
}

/** Months move in steps: the day of the turn is found by going back from the value. */
export function steppedTurn(left: ClockSide, cmp: Comparison, right: Pick<SqlValue, "sql">, place: SqlPlace, t: SqlTranslator): Sql {
  const p = t.share(left.shown.sql, place);
  const n = t.share(right.sql, place);
  const { at, beyond, falls } = reachedBy(left, n, place, t);
  const before = (day: Sql): Sql => {
    const last = t.share(sql`(${day} - 1)`, place);
    return sql`CASE WHEN ${last} >= ${lastDay} THEN ${never} WHEN ${last} >= ${t.asOf + furthest} THEN ${t.asOf + furthest} ELSE ${last} END`;
  };
  const [higher, lower] = falls ? [sql`${p} < ${n}`, sql`${p} > ${n}`] : [sql`${p} > ${n}`, sql`${p} < ${n}`];
  const sign = falls ? turnedComparison(cmp) : cmp;
  switch (sign) {
    case ">=":
    case "<":
      return sql`CASE WHEN ${lower} THEN ${before(at)} ELSE ${never} END`;
    case ">":
    case "<=":
      return sql`CASE WHEN ${higher} THEN ${never} ELSE ${before(beyond)} END`;
    case "=":
      return sql`CASE WHEN ${lower} THEN ${before(at)} WHEN ${higher} THEN ${never} ELSE ${before(beyond)} END`;
  }
}

function reachedBy({ clock, value }: ClockSide, n: Sql, place: SqlPlace, t: SqlTranslator): Reached {
  const years = clock?.unit === "years";
  const day = call("cast", "day");
  const argument = value ? t.share(value.sql, place) : sql`0`;
  if (clock?.kind === "shift") {
    const whole = sql`CAST(${call("trunc", withinReach(clock.sign < 0 ? sql`(-${argument})` : argument))} AS ${day})`;
    const months = t.share(years ? sql`(${whole} * 12)` : whole, place);
    return { at: firstReaching(n, months, place, t), beyond: firstReaching(sql`(${n} + 1)`, months, place, t), falls: false };
  }
  const least = t.share(monthsOf(sql`CAST(CEIL(${withinReach(n)}) AS ${day})`, years), place);
  const more = t.share(monthsOf(sql`(CAST(FLOOR(${withinReach(n)}) AS ${day}) + 1)`, years), place);
  if (clock?.kind === "since") return { at: shiftedDay(argument, least, "months"), beyond: shiftedDay(argument, more, "months"), falls: false };
  // Falling: at most n from the day on which it is no longer more than n.
  const end = sql`(${argument} + 1)`;
  return { at: firstReaching(end, more, place, t), beyond: firstReaching(end, least, place, t), falls: true };
}

/** The least whole months that make `k` whole units: years are cut towards zero. */
function monthsOf(k: Sql, years: boolean): Sql {
  return years ? sql`(CASE WHEN ${k} >= 1 THEN ${k} * 12 ELSE ${k} * 12 - 11 END)` : k;
}

/** The first day that moved by so many months is not before `goal`. */
function firstReaching(goal: Sql, months: Sql, place: SqlPlace, t: SqlTranslator): Sql {
  const back = t.share(shiftedDay(goal, sql`(-${months})`, "months"), place);
  return sql`(CASE WHEN ${shiftedDay(back, months, "months")} >= ${goal} THEN ${back} ELSE ${back} + 1 END)`;
}
