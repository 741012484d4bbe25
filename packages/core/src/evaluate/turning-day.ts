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
 * Last day on which a comparison of which a side moves with asOf answers as on `asOf`, if the data stays the same.
 *
 * @param x argument of the left clock, or the left value where there is no clock; `y` likewise
 */
export function turningDay(left: Clock | undefined, x: number, cmp: Comparison, right: Clock | undefined, y: number, asOf: number): number {
  const [sl, sr] = [left ? slopeOf(left) : 0, right ? slopeOf(right) : 0];
  const slope = sl === undefined || sr === undefined ? undefined : sl - sr;
  const [p, q] = [shownOn(left, x, asOf), shownOn(right, y, asOf)];
  const turns = slope !== undefined && p !== undefined && q !== undefined
    ? linearUntil(p - q, slope, cmp, asOf)
    : steppedUntil(cmp, asOf, (sign, day) => compareShown(shownOn(left, x, day), sign, shownOn(right, y, day)));
  // Before a calendar begins all is unknown, and a search ahead could step over the days that it knows.
  return Math.min(turns, dayBeforeStart(left, asOf), dayBeforeStart(right, asOf));
}

/** The day before a side's calendar begins, seen from earlier. */
function dayBeforeStart(clock: Clock | undefined, asOf: number): number {
  return clock?.calendar && asOf < clock.calendar.from ? clock.calendar.from - 1 : Infinity;
}

/** Months and working days move in steps. Equality can turn twice: its two halves turn once each. */
function steppedUntil(cmp: Comparison, asOf: number, truthAt: (sign: Comparison, day: number) => Truth): number {
  if (cmp === "=") return Math.min(steppedUntil("<=", asOf, truthAt), steppedUntil(">=", asOf, truthAt));
  const now = truthAt(cmp, asOf);
  return searchUntil(asOf, (day) => truthAt(cmp, day) === now);
}
