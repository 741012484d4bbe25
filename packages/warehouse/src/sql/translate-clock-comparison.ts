import { movedByMonths, turnedComparison, turningDay, type Comparison } from "@evertend/core";
import type { ClockSide } from "./clock-side.js";
import { compareValues } from "./compare-values.js";
import { countedTurn } from "./counted-turn.js";
import { shiftedTurn } from "./shifted-turn.js";
import { call, joined, sql, type Sql } from "./sql.js";
import { anyOf, earliest, never, untilSql, type SqlTruth, type SqlUntil } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { steppedTurn } from "./stepped-turn.js";

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
    return a === undefined || b === undefined ? turnOfTwo(left, cmp, right, place, t) : linearTurn(left.shown.sql, right.shown.sql, a - b, cmp, place, t);
  }
  if (!left.clock) return turnOf(right, turnedComparison(cmp), left, place, t);
  if (left.clock.unit === "workingDays") {
    if ((x === undefined ? left.value : right.value)?.type === "day" && (x ?? y) !== undefined) return tabledTurn(left, cmp, right, x, y, t);
    return left.clock.kind === "shift" ? shiftedTurn(left, cmp, right.shown, place, t) : countedTurn(left, cmp, right.shown, place, t);
  }
  return left.clock.unit === "days" ? linearTurn(left.shown.sql, right.shown.sql, slopeOf(left) ?? 0, cmp, place, t) : steppedTurn(left, cmp, right.shown, place, t);
}

/** As core has it for two clocks of which one moves in steps: promised while those stand still, and until an even one meets the other. */
function turnOfTwo(left: ClockSide, cmp: Comparison, right: ClockSide, place: SqlPlace, t: SqlTranslator): SqlUntil {
  const sides = [left, right];
  const missing = sides.flatMap(({ value }) => (value && !value.constant ? [sql`${value.sql} IS NULL`] : []));
  const unless = (conditions: readonly Sql[], until: SqlUntil, otherwise: SqlUntil): Sql => sql`CASE WHEN ${joined(conditions, " OR ")} THEN ${untilSql(until)} ELSE ${untilSql(otherwise)} END`;
  if (left.shown.type === "day") return sides.every(({ clock }) => clock && movedByMonths(clock)) ? undefined : unless(missing, undefined, t.asOf);
  const steps = sides.map((side): SqlUntil => (slopeOf(side) !== undefined ? undefined : side.clock?.unit === "workingDays" ? countedTurn(side, "=", side.shown, place, t) : steppedTurn(side, "=", side.shown, place, t)));
  const even = linearTurn(left.shown.sql, right.shown.sql, (slopeOf(left) ?? 0) - (slopeOf(right) ?? 0), cmp, place, t);
  const starts = sides.flatMap(({ clock }) => (clock?.calendar && t.asOf < clock.calendar.from - 1 ? [clock.calendar.from - 2] : []));
  const known = sides.flatMap(({ clock, shown }) => (clock?.calendar ? [sql`${shown.sql} IS NULL`] : []));
  const turns = earliest(even, ...steps);
  return unless(missing, undefined, known.length === 0 ? turns : unless(known, starts.length === 0 ? undefined : Math.min(...starts), turns));
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

