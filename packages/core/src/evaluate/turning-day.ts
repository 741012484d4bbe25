import type { Comparison } from "../lower/node.js";
import { clockAt, holds, linearUntil, searchUntil, slopeOf, type Clock } from "./clock.js";
import { FALSE, TRUE, UNKNOWN, type Truth } from "./value.js";

/** What a side of a comparison shows on a day: its clock, or the value itself where it has none. */
export function shownOn(clock: Clock | undefined, argument: number, day: number): number | undefined {
  return clock ? clockAt(clock, argument, day) : argument;
}

/** Whether `a cmp b`; unknown where a calendar ends before one of them. */
export function compareShown(a: number | undefined, cmp: Comparison, b: number | undefined): Truth {
  return a === undefined || b === undefined ? UNKNOWN : holds(a, cmp, b) ? TRUE : FALSE;
}

/**
 * Last day on which a comparison of which a side moves with asOf surely answers as on `asOf`, if the data stays the same.
 * It is the very last one, but for two sides that both move and not evenly: see `turnOfTwo`.
 *
 * @param x argument of the left clock, or the left value where there is no clock; `y` likewise
 */
export function turningDay(left: Clock | undefined, x: number, cmp: Comparison, right: Clock | undefined, y: number, asOf: number): number {
  return left && right ? turnOfTwo(left, x, cmp, right, y, asOf) : Math.min(turnOfOne(left, x, cmp, right, y, asOf), dayBeforeStart(left, asOf), dayBeforeStart(right, asOf));
}

function turnOfOne(left: Clock | undefined, x: number, cmp: Comparison, right: Clock | undefined, y: number, asOf: number): number {
  const [a, b] = slopesOf(left, right);
  const [p, q] = [shownOn(left, x, asOf), shownOn(right, y, asOf)];
  return a !== undefined && b !== undefined && p !== undefined && q !== undefined
    ? linearUntil(p - q, a - b, cmp, asOf)
    : steppedUntil(cmp, asOf, (left ?? right)?.calendar?.to, (sign, day) => compareShown(shownOn(left, x, day), sign, shownOn(right, y, day)));
}

/**
 * Two clocks of which one moves in steps may turn to and fro, and a search would step over a turn. The answer is promised
 * while those that step stand still, and only as long as one that moves evenly does not meet the other. Days that months
 * move are always in the order of the months; any other two such days may change places tomorrow.
 */
function turnOfTwo(left: Clock, x: number, cmp: Comparison, right: Clock, y: number, asOf: number): number {
  const [a, b] = slopesOf(left, right);
  const [p, q] = [clockAt(left, x, asOf), clockAt(right, y, asOf)];
  if (a !== undefined && b !== undefined && p !== undefined && q !== undefined) return linearUntil(p - q, a - b, cmp, asOf);
  if (left.kind === "today" || left.kind === "shift") return movedByMonths(left) && movedByMonths(right) ? Infinity : asOf;
  // From the day before its first one on, a calendar knows.
  if (p === undefined || q === undefined) return Math.min(...[left, right].map(({ calendar }) => (calendar && asOf < calendar.from - 1 ? calendar.from - 2 : Infinity)));
  return Math.min(linearUntil(p - q, (a ?? 0) - (b ?? 0), cmp, asOf), lastOfStep(left, x, asOf), lastOfStep(right, y, asOf), dayBeforeStart(left, asOf), dayBeforeStart(right, asOf));
}

function slopesOf(left: Clock | undefined, right: Clock | undefined): readonly (number | undefined)[] {
  return [left, right].map((clock) => (clock ? slopeOf(clock) : 0));
}

/** Whether a day that moves with asOf is always so many whole months from it. */
export function movedByMonths({ kind, unit }: Clock): boolean {
  return kind === "today" || unit === "months" || unit === "years";
}

/** Last day on which a clock that moves in steps shows what it shows on `asOf`. */
function lastOfStep(clock: Clock, argument: number, asOf: number): number {
  if (slopeOf(clock) !== undefined) return Infinity;
  const shown = clockAt(clock, argument, asOf);
  return searchUntil(asOf, (day) => clockAt(clock, argument, day) === shown);
}

/** The day before a side's calendar begins, seen from earlier: a search ahead could step over the days that it knows. */
function dayBeforeStart(clock: Clock | undefined, asOf: number): number {
  return clock?.calendar && asOf < clock.calendar.from ? clock.calendar.from - 1 : Infinity;
}

/**
 * Months and working days move in steps. Equality can turn twice: its two halves turn once each. What is unknown because a
 * day lies before a calendar may become known and, past the calendar's end, unknown again: what is known of it is known on
 * its last day.
 */
function steppedUntil(cmp: Comparison, asOf: number, end: number | undefined, truthAt: (sign: Comparison, day: number) => Truth): number {
  if (cmp === "=") return Math.min(steppedUntil("<=", asOf, end, truthAt), steppedUntil(">=", asOf, end, truthAt));
  const now = truthAt(cmp, asOf);
  if (now === UNKNOWN && end !== undefined) return asOf < end && truthAt(cmp, end) !== UNKNOWN ? searchUntil(asOf, (day) => day < end && truthAt(cmp, day) === UNKNOWN) : Infinity;
  return searchUntil(asOf, (day) => truthAt(cmp, day) === now);
}
