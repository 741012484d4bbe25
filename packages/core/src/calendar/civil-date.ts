/**
 * Civil dates as day numbers (days since 1970-01-01, proleptic Gregorian). The arithmetic is Howard Hinnant's
 * published days-from-civil algorithm; no time zone and no clock is involved.
 */

/** A date taken apart. `month` is 1..12. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** First and last day that may be named: 0001-01-01 and 9999-12-31. */
export const firstDay = -719162;
export const lastDay = 2932896;

/** Day number of a date that exists. */
export function dayOf(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** The date of a day number. */
export function civilDate(day: number): CivilDate {
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const month = mp < 10 ? mp + 3 : mp - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * mp + 2) / 5) + 1,
  };
}

/** Whether a year has a 29 February. */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days of a month, 28..31. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `YYYY-MM-DD` of a day number. */
export function formatDay(day: number): string {
  const { year, month, day: d } = civilDate(day);
  return `${String(year).padStart(4, "0")}-${month < 10 ? "0" : ""}${month}-${d < 10 ? "0" : ""}${d}`;
}

/** Days before each month of a year that begins with March, and the days of the months of a common year. */
const daysBefore = [0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275];
const daysOf = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Day number of `YYYY-MM-DD`; `undefined` when the text is no such date or the date does not exist. */
export function parseDay(text: string): number | undefined {
  if (text.length !== 10 || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return undefined;
  const [y3, y2, y1, y0] = [text.charCodeAt(0) - 48, text.charCodeAt(1) - 48, text.charCodeAt(2) - 48, text.charCodeAt(3) - 48];
  const [m1, m0, d1, d0] = [text.charCodeAt(5) - 48, text.charCodeAt(6) - 48, text.charCodeAt(8) - 48, text.charCodeAt(9) - 48];
  if (noDigit(y3) || noDigit(y2) || noDigit(y1) || noDigit(y0) || noDigit(m1) || noDigit(m0) || noDigit(d1) || noDigit(d0)) return undefined;
  const year = y3 * 1000 + y2 * 100 + y1 * 10 + y0;
  const month = m1 * 10 + m0;
  const day = d1 * 10 + d0;
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined;
  if (day > (daysOf[month] as number) && !(month === 2 && day === 29 && isLeapYear(year))) return undefined;
  // `dayOf` in whole numbers: years that have been named are never before 1.
  const y = month <= 2 ? year - 1 : year;
  return 365 * y + (y >> 2) - ((y / 100) | 0) + ((y / 400) | 0) + (daysBefore[month] as number) + day - 719469;
}

function noDigit(value: number): boolean {
  return value < 0 || value > 9;
}

/**
 * Moves a date by whole months, counted from the date itself; a day that the month lacks becomes its last day
 * (31 January + 1 month = 28 February). Always compute from the anchor: +1 month twice is not +2 months.
 */
export function addMonths(day: number, months: number): number {
  const date = civilDate(day);
  const total = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return dayOf(year, month, Math.min(date.day, daysInMonth(year, month)));
}

/**
 * The first yearly return of a date's month and day on or after `from`. In years without 29 February that day falls on
 * what `feb29` says.
 */
export function nextAnniversary(day: number, from: number, feb29: "02-28" | "03-01"): number {
  const date = civilDate(day);
  for (let year = civilDate(from).year; ; year++) {
    const back = anniversaryIn(date, year, feb29);
    if (back >= from) return back;
  }
}

function anniversaryIn(date: CivilDate, year: number, feb29: "02-28" | "03-01"): number {
  if (date.month === 2 && date.day === 29 && !isLeapYear(year)) return feb29 === "02-28" ? dayOf(year, 2, 28) : dayOf(year, 3, 1);
  return dayOf(year, date.month, date.day);
}

/** Whole months from `from` to `to` (negative backwards): the largest n with `addMonths(from, n) <= to`. */
export function monthsBetween(from: number, to: number): number {
  const a = civilDate(from);
  const b = civilDate(to);
  let months = (b.year - a.year) * 12 + (b.month - a.month);
  if (addMonths(from, months) > to) months--;
  return months;
}

/** 0 Sunday .. 6 Saturday. */
export function weekday(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** Last day of the period that holds `day`. */
export function endOfPeriod(day: number, unit: "month" | "quarter" | "year"): number {
  const { year, month } = civilDate(day);
  const last = unit === "month" ? month : unit === "quarter" ? Math.ceil(month / 3) * 3 : 12;
  return dayOf(year, last, daysInMonth(year, last));
}

/** Name of the period that holds `day`: `2026-12`, `2026-Q4`, `2026`. */
export function periodName(day: number, unit: "month" | "quarter" | "year"): string {
  const { year, month } = civilDate(day);
  const y = String(year).padStart(4, "0");
  if (unit === "month") return `${y}-${month < 10 ? "0" : ""}${month}`;
  return unit === "quarter" ? `${y}-Q${Math.ceil(month / 3)}` : y;
}
