import type { Calendar } from "./calendar.js";
import { weekday } from "./civil-date.js";

/** What a calendar is made from; all days as day numbers. */
export interface CalendarSource {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Days off although not on a weekend. */
  readonly off: ReadonlySet<number>;
  /** Weekend days that are worked. */
  readonly on: ReadonlySet<number>;
  readonly named: ReadonlyMap<string, readonly number[]>;
}

/** Builds a calendar: Saturdays and Sundays are off unless `on`, other days are worked unless `off`. */
export function createCalendar(source: CalendarSource): Calendar {
  const count = new Int32Array(source.to - source.from + 1);
  let total = 0;
  for (let day = source.from; day <= source.to; day++) {
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    if (weekend ? source.on.has(day) : !source.off.has(day)) total++;
    count[day - source.from] = total;
  }
  const named = new Map([...source.named].map(([name, days]) => [name, [...days].sort((a, b) => a - b)] as const));
  return { id: source.id, from: source.from, to: source.to, count, named };
}

/** Working days in `from .. day`, `undefined` outside the calendar. */
function countTo(calendar: Calendar, day: number): number | undefined {
  if (day < calendar.from - 1 || day > calendar.to) return undefined;
  return day < calendar.from ? 0 : calendar.count[day - calendar.from];
}

/** Working days after `from` up to and including `to` (negative when `to` is earlier); `undefined` beyond the calendar. */
export function workingDaysBetween(calendar: Calendar, from: number, to: number): number | undefined {
  const a = countTo(calendar, from);
  const b = countTo(calendar, to);
  return a === undefined || b === undefined ? undefined : b - a;
}

/**
 * Moves a day by working days. Forwards: the earliest day such that `amount` working days lie after `day` up to and
 * including it. Backwards: the latest day such that `-amount` working days lie after it up to and including `day`.
 * 0 stays. `undefined` beyond the calendar.
 */
export function shiftWorkingDays(calendar: Calendar, day: number, amount: number): number | undefined {
  const start = countTo(calendar, day);
  if (start === undefined) return undefined;
  if (amount === 0) return day;
  const wanted = start + amount;
  if (wanted < 0) return undefined;
  // The first day whose running count reaches `wanted`: forwards that is a working day; backwards the last day with
  // count === wanted is wanted, which is the day before the count rises above it.
  const target = amount > 0 ? wanted : wanted + 1;
  let low = 0;
  let high = calendar.count.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((calendar.count[middle] ?? 0) >= target) high = middle;
    else low = middle + 1;
  }
  if (low >= calendar.count.length) return undefined;
  return calendar.from + low - (amount > 0 ? 0 : 1);
}

/** Whether a day is worked; `undefined` outside the calendar. */
export function isWorkingDay(calendar: Calendar, day: number): boolean | undefined {
  const before = countTo(calendar, day - 1);
  const now = countTo(calendar, day);
  return before === undefined || now === undefined ? undefined : now > before;
}

/** The first day of this name on or after `from`; `undefined` where the calendar knows none. */
export function nextNamedDay(calendar: Calendar, name: string, from: number): number | undefined {
  if (from < calendar.from || from > calendar.to) return undefined;
  return calendar.named.get(name)?.find((day) => day >= from);
}
