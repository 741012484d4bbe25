import type { Calendar } from "@evertend/core";
import { isWorkingDay } from "@evertend/core";

/**
 * Days counted by hand, as the documents say and as slowly as that is: the host's calendar, one day after another.
 * Nothing here is shared with what it judges but the list of days that are worked.
 */
const oneDay = 86_400_000;

/** Year, month (1 to 12) and day of a day number. */
export function partsOf(day: number): { readonly year: number; readonly month: number; readonly day: number } {
  const date = new Date(day * oneDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / oneDay);
}

/** Months from the day itself; a day that the month lacks becomes its last. */
function monthsLater(from: number, months: number): number {
  const { year, month, day } = partsOf(from);
  const count = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  const first = dayNumber(y, m, 1);
  for (let back = day - 1; ; back--) if (partsOf(first + back).month === m) return first + back;
}

/** Most months that fit between two days. */
function wholeMonths(from: number, to: number): number {
  let months = 0;
  while (monthsLater(from, months + 1) <= to) months++;
  while (monthsLater(from, months) > to) months--;
  return months;
}

/** Working days after the first day, up to and including the other; unknown where the calendar does not reach. */
function workedBetween(calendar: Calendar, from: number, to: number): number | undefined {
  if (to < from) {
    const back = workedBetween(calendar, to, from);
    return back === undefined ? undefined : 0 - back;
  }
  // What a calendar does not reach it does not know, not even from a day to itself.
  if (from < calendar.from - 1 || to > calendar.to) return undefined;
  let worked = 0;
  for (let day = from + 1; day <= to; day++) {
    if (isWorkingDay(calendar, day)) worked++;
  }
  return worked;
}

/** The earliest day up to which so many working days lie after a day; back: the latest day after which they lie. */
function workingDaysLater(calendar: Calendar, from: number, count: number): number | undefined {
  // A day of which the calendar says nothing cannot be moved, not even by none.
  if (from < calendar.from - 1 || from > calendar.to) return undefined;
  let left = Math.abs(count);
  for (let day = from; ; day += Math.sign(count)) {
    if (left === 0) return day;
    const counted = count > 0 ? day + 1 : day;
    if (counted < calendar.from || counted > calendar.to) return undefined;
    if (isWorkingDay(calendar, counted)) left--;
  }
}

/** The first day from here on that is this month and day; 29 February falls elsewhere in most years. */
function nextReturn(date: number, asOf: number, feb29: "02-28" | "03-01"): number {
  const born = partsOf(date);
  for (let day = asOf; ; day++) {
    const now = partsOf(day);
    if (now.month === born.month && now.day === born.day) return day;
    if (born.month !== 2 || born.day !== 29 || partsOf(dayNumber(now.year, 2, 29)).month === 2) continue;
    if (now.month === (feb29 === "02-28" ? 2 : 3) && now.day === (feb29 === "02-28" ? 28 : 1)) return day;
  }
}

/** The name of a period and its year. */
function nameOfPeriod(day: number, unit: "month" | "quarter" | "year"): string {
  const { year, month } = partsOf(day);
  const name = String(year).padStart(4, "0");
  return unit === "year" ? name : unit === "quarter" ? `${name}-Q${Math.ceil(month / 3)}` : `${name}-${String(month).padStart(2, "0")}`;
}

/** The first day of a name from here on. */
function nextNamed(days: readonly number[] | undefined, asOf: number): number | undefined {
  return days?.find((day) => day >= asOf);
}

/** Whether so many days of grace have passed since a level was first not kept. */
function graceIsOver(below: number, asOf: number, graceDays: number): boolean {
  return asOf - below >= graceDays;
}

function daysApart(from: number, to: number): number {
  return to - from;
}

/** All that the oracle knows of days. */
export const rightDays = { monthsLater, wholeMonths, workedBetween, workingDaysLater, nextReturn, nameOfPeriod, nextNamed, graceIsOver, daysApart };

/** What may be said of days in its place, rightly or not. */
export type NaiveDays = typeof rightDays;

/** A day as it is written. */
export function written(day: number): string {
  return new Date(day * oneDay).toISOString().slice(0, 10);
}

/** A day as a number; undefined where it is none. */
export function read(text: unknown): number | undefined {
  const time = typeof text === "string" ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? undefined : time / oneDay;
}
