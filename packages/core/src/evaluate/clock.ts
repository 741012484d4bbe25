import type { Calendar } from "../calendar/calendar.js";
import { addMonths, lastDay, monthsBetween } from "../calendar/civil-date.js";
import { shiftWorkingDays, workingDaysBetween } from "../calendar/working-days.js";
import type { Comparison, ShiftUnit, ValueNode } from "../lower/node.js";

/** Moves a day; `undefined` where a calendar ends before the answer. */
export function shiftDay(day: number, amount: number, unit: ShiftUnit, calendar: Calendar | undefined): number | undefined {
  const whole = Math.trunc(amount);
  switch (unit) {
    case "days":
      return day + whole;
    case "months":
      return addMonths(day, whole);
    case "years":
      return addMonths(day, whole * 12);
    case "workingDays":
      return calendar && shiftWorkingDays(calendar, day, whole);
  }
}

/** Days, working days, months or years from one day to another. */
export function dayDifference(from: number, to: number, unit: ShiftUnit, calendar: Calendar | undefined): number | undefined {
  switch (unit) {
    case "days":
      return to - from;
    case "months":
      return monthsBetween(from, to);
    case "years":
      return Math.trunc(monthsBetween(from, to) / 12);
    case "workingDays":
      return calendar && workingDaysBetween(calendar, from, to);
  }
}

/** A value that moves with asOf: today, today shifted, or the time between today and a date. */
export interface Clock {
  readonly kind: "today" | "shift" | "since" | "until";
  readonly unit: ShiftUnit;
  readonly sign: 1 | -1;
  readonly calendar: Calendar | undefined;
  /** The amount of a shift, or the date of a difference. */
  readonly argument: ValueNode | undefined;
}

/** Recognises a node that moves with asOf, so that comparisons with it can say exactly when they turn. */
export function clockOf(node: ValueNode): Clock | undefined {
  if (node.op === "asOf") return { kind: "today", unit: "days", sign: 1, calendar: undefined, argument: undefined };
  if (node.op === "shift" && node.date.op === "asOf") return { kind: "shift", unit: node.unit, sign: node.sign, calendar: node.calendar, argument: node.amount };
  if (node.op !== "diff") return undefined;
  if (node.to.op === "asOf") return { kind: "since", unit: node.unit, sign: 1, calendar: node.calendar, argument: node.from };
  return node.from.op === "asOf" ? { kind: "until", unit: node.unit, sign: 1, calendar: node.calendar, argument: node.to } : undefined;
}

/** What a clock shows on a day. */
export function clockAt(clock: Clock, argument: number, day: number): number | undefined {
  switch (clock.kind) {
    case "today":
      return day;
    case "shift":
      return shiftDay(day, argument * clock.sign, clock.unit, clock.calendar);
    case "since":
      return dayDifference(argument, day, clock.unit, clock.calendar);
    case "until":
      return dayDifference(day, argument, clock.unit, clock.calendar);
  }
}

/** How a clock moves a day: +1, −1, or in steps (`undefined`: months and working days). */
export function slopeOf(clock: Clock): number | undefined {
  if (clock.unit !== "days") return undefined;
  return clock.kind === "until" ? -1 : 1;
}

/** Whether `a cmp b`. */
export function holds(a: number | string | boolean, cmp: Comparison, b: number | string | boolean): boolean {
  switch (cmp) {
    case "=":
      return a === b;
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}

/**
 * Last day on which `gap cmp 0` answers as on `asOf`, where the gap grows by `slope` a day.
 */
export function linearUntil(gap: number, slope: number, cmp: Comparison, asOf: number): number {
  if (slope === 0) return Infinity;
  if (slope < 0) return linearUntil(-gap, -slope, turnedComparison(cmp), asOf);
  const reach = -gap / slope;
  switch (cmp) {
    case ">":
      return gap > 0 ? Infinity : asOf + Math.floor(reach);
    case ">=":
      return gap >= 0 ? Infinity : asOf + Math.ceil(reach) - 1;
    case "<":
      return gap >= 0 ? Infinity : asOf + Math.ceil(reach) - 1;
    case "<=":
      return gap > 0 ? Infinity : asOf + Math.floor(reach);
    case "=":
      // A gap that closes by two a day may step over 0.
      return gap > 0 ? Infinity : gap === 0 ? asOf : Number.isInteger(reach) ? asOf + reach - 1 : Infinity;
  }
}

/** The same comparison with its sides exchanged. */
export function turnedComparison(cmp: Comparison): Comparison {
  return cmp === "<" ? ">" : cmp === ">" ? "<" : cmp === "<=" ? ">=" : cmp === ">=" ? "<=" : "=";
}

/** Nothing is searched step by step further ahead than this; a rule that turns later is looked at again then. */
const furthest = 400 * 366;

/**
 * Last day on which `same` still holds, for an answer that turns at most once: doubling steps, then halving.
 */
export function searchUntil(asOf: number, same: (day: number) => boolean): number {
  const limit = asOf + furthest;
  let good = asOf;
  let step = 1;
  while (same(Math.min(asOf + step, limit))) {
    good = Math.min(asOf + step, limit);
    // What is the same on the last day there is never turns.
    if (good === limit) return same(lastDay) ? Infinity : limit;
    step *= 2;
  }
  let bad = Math.min(asOf + step, limit);
  while (bad - good > 1) {
    const middle = good + Math.floor((bad - good) / 2);
    if (same(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
