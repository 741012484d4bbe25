import { turnedComparison, turningDay, type Clock, type Comparison } from "@evertend/core";
import { call, sql, type Sql } from "./sql.js";
import { anyOf, earliest, never, untilSql, type SqlTruth, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { compareValues } from "./compare-values.js";
import { shiftedDay, withinReach } from "./translate-value.js";

/** A side of a comparison that may move with asOf. */
export interface ClockSide {
  readonly clock: Clock | undefined;
  /** The clock's argument, or the value where there is no clock; absent for asOf itself. */
  readonly value: SqlValue | undefined;
  /** What the side shows on asOf. */
  readonly shown: SqlValue;
}

/** Nothing is searched further ahead than this; it is core's own bound, so that both say the same. */
const furthest = 400 * 366;
const lastDay = 2932896;

/** A comparison with a side that moves with asOf, and the last day on which it answers so. */
export function translateClockComparison(left: ClockSide, cmp: Comparison, right: ClockSide, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const truth = compareValues({ ...left.shown, until: undefined }, cmp, { ...right.shown, until: undefined });
  const data = earliest(left.value?.until, right.value?.until);
  const fails = anyOf(left.value?.fails, right.value?.fails);
  if (!t.wantsUntil) return { ...truth, until: undefined, fails };
  const missing = [left, right].some(({ value }) => value?.constant && typeof value.constant.value !== "number");
  const turns = missing ? undefined : turnOf(left, cmp, right, place, t);
  const until = turns === undefined || typeof turns === "number" ? earliest(data, turns) : data === undefined ? sql`COALESCE(${turns}, ${never})` : sql`LEAST(${untilSql(data)}, COALESCE(${turns}, ${never}))`;
  return { ...truth, until, fails };
}

function turnOf(left: ClockSide, cmp: Comparison, right: ClockSide, place: SqlPlace, t: SqlTranslator): SqlUntil {
  const [x, y] = [constantOf(left), constantOf(right)];
  if (x !== undefined && y !== undefined) {
    const day = turningDay(left.clock, x, cmp, right.clock, y, t.asOf);
    return day === Infinity ? undefined : day;
  }
  if (left.clock && right.clock) {
    const [a, b] = [slopeOf(left), slopeOf(right)];
    if (a === undefined || b === undefined) return t.refuse({ op: "asOf", type: "date" }, "two clocks");
    return linearTurn(left.shown.sql, right.shown.sql, a - b, cmp, place, t);
  }
  if (!left.clock) return turnOf(right, turnedComparison(cmp), left, place, t);
  if (left.clock.unit === "workingDays") return x === undefined && y === undefined ? countedTurn(left, cmp, right.shown, place, t) : tabledTurn(left, cmp, right, x, y, t);
  return left.clock.unit === "days" ? linearTurn(left.shown.sql, right.shown.sql, slopeOf(left) ?? 0, cmp, place, t) : steppedTurn(left, cmp, right.shown, place, t);
}

function constantOf({ value }: ClockSide): number | undefined {
  if (!value) return 0;
  return typeof value.constant?.value === "number" ? value.constant.value : undefined;
}

/** How the side moves a day; `undefined`: in steps. */
function slopeOf({ clock }: ClockSide): number | undefined {
  return !clock ? 0 : clock.unit === "days" ? (clock.kind === "until" ? -1 : 1) : undefined;
}

/** Both sides move evenly: the gap between them closes by `slope` a day. */
function linearTurn(a: Sql, b: Sql, slope: number, cmp: Comparison, place: SqlPlace, t: SqlTranslator): SqlUntil {
  if (slope === 0) return undefined;
  if (slope < 0) return linearTurn(b, a, -slope, turnedComparison(cmp), place, t);
  const number = call("cast", "number");
  const gap = t.share(sql`(CAST(${a} AS ${number}) - CAST(${b} AS ${number}))`, place);
  const reach = slope === 1 ? sql`(-${gap})` : sql`(-${gap} / ${slope})`;
  const day = (offset: Sql): Sql => sql`(${t.asOf} + CAST(LEAST(${offset}, 1e9) AS ${call("cast", "day")}))`;
  switch (cmp) {
    case ">":
    case "<=":
      return sql`CASE WHEN ${gap} IS NULL THEN ${never} WHEN ${gap} > 0 THEN ${never} ELSE ${day(sql`FLOOR(${reach})`)} END`;
    case ">=":
    case "<":
      return sql`CASE WHEN ${gap} IS NULL THEN ${never} WHEN ${gap} >= 0 THEN ${never} ELSE ${day(sql`(CEIL(${reach}) - 1)`)} END`;
    case "=":
      return sql`CASE WHEN ${gap} IS NULL THEN ${never} WHEN ${gap} > 0 THEN ${never} WHEN ${gap} = 0 THEN ${t.asOf} WHEN FLOOR(${reach}) = ${reach} THEN ${day(sql`(${reach} - 1)`)} ELSE ${never} END`;
  }
}

/** Days on which a clock first reaches a value, and first goes beyond it. */
interface Reached {
  readonly at: Sql;
  readonly beyond: Sql;
  /** The clock falls: it is at most the value from `at` on, and below it from `beyond` on. */
  readonly falls: boolean;
}

/** Months move in steps: the day of the turn is found by going back from the value. */
function steppedTurn(left: ClockSide, cmp: Comparison, right: SqlValue, place: SqlPlace, t: SqlTranslator): SqlUntil {
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

/** Working days: for each day that the calendar knows, core has worked out beforehand when the comparison turns. */
function tabledTurn(left: ClockSide, cmp: Comparison, right: ClockSide, x: number | undefined, y: number | undefined, t: SqlTranslator): SqlUntil {
  const { clock } = left;
  const moving = x === undefined ? left.value : right.value;
  if (!clock?.calendar || !moving || moving.type !== "day") return t.refuse({ op: "asOf", type: "date" }, "workingDays");
  const { calendar } = clock;
  const [from, to] = [calendar.from - 2, calendar.to + 2];
  const days = Array.from({ length: to - from + 1 }, (_, i) => {
    const day = turningDay(clock, x ?? from + i, cmp, right.clock, y ?? from + i, t.asOf);
    return day === Infinity ? never : day;
  });
  // LEAST and GREATEST pass over NULL.
  return call("elementAt", t.table(days), sql`(CASE WHEN ${moving.sql} IS NOT NULL THEN LEAST(GREATEST(${moving.sql}, ${from}), ${to}) - ${from - 1} END)`);
}

/**
 * Working days against a value of the record: the day of the turn is the working day that makes the count. Once the
 * calendar ends the answer is unknown, so that nothing holds beyond it.
 */
function countedTurn(left: ClockSide, cmp: Comparison, right: SqlValue, place: SqlPlace, t: SqlTranslator): SqlUntil {
  const { clock, value } = left;
  if (!clock?.calendar || !value || clock.kind === "shift") return t.refuse({ op: "asOf", type: "date" }, "workingDays");
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
