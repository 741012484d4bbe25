import { rightDays, partsOf, type NaiveDays } from "./naive-days.js";

const { monthsLater, wholeMonths, workedBetween, workingDaysLater, nextReturn, nameOfPeriod } = rightDays;

function utcDay(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

/** Whether a day is the last of its month. */
function isLast(day: number): boolean {
  return partsOf(day).month !== partsOf(day + 1).month;
}

/**
 * Mistakes that are made with dates, one at a time, each by its name: what somebody might write instead of what
 * `naive-days` says. A random pack is worth something where the oracle, mistaken so, no longer agrees with the engine.
 */
export const plantedMistakes: Readonly<Record<string, Partial<NaiveDays>>> = {
  "months: the 31st runs over into the next month": { monthsLater: (from, months) => { const { year, month, day } = partsOf(from); return utcDay(year, month + months, day); } },
  "months: the last day stays the last": { monthsLater: (from, months) => { const to = monthsLater(from, months); const { year, month } = partsOf(to); return isLast(from) ? utcDay(year, month + 1, 0) : to; } },
  "months: a month that is too short ends a day early": { monthsLater: (from, months) => { const to = monthsLater(from, months); return partsOf(to).day < partsOf(from).day ? to - 1 : to; } },
  "months: 29 February becomes 1 March": { monthsLater: (from, months) => { const to = monthsLater(from, months); const { month, day } = partsOf(from); return month === 2 && day === 29 && partsOf(to).day === 28 ? to + 1 : to; } },
  "months: thirty days each": { monthsLater: (from, months) => from + 30 * months },
  "whole months: a short month is never whole": { wholeMonths: (from, to) => { const [a, b] = [partsOf(from), partsOf(to)]; return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0); } },
  "whole months: the day itself does not count": { wholeMonths: (from, to) => (from === to ? 0 : wholeMonths(from, to - 1)) },
  "whole months: backwards towards nought": { wholeMonths: (from, to) => (to < from ? 0 - wholeMonths(to, from) : wholeMonths(from, to)) },
  "working days: the first day counts": { workedBetween: (calendar, from, to) => workedBetween(calendar, from - 1, to) },
  "working days: the last day does not count": { workedBetween: (calendar, from, to) => workedBetween(calendar, from, to - 1) },
  "working days: never negative": { workedBetween: (calendar, from, to) => { const days = workedBetween(calendar, from, to); return days === undefined ? undefined : Math.abs(days); } },
  "working days later: backwards the day itself does not count": { workingDaysLater: (calendar, from, count) => workingDaysLater(calendar, count < 0 ? from - 1 : from, count) },
  "working days later: forwards the day itself counts": { workingDaysLater: (calendar, from, count) => workingDaysLater(calendar, count > 0 ? from - 1 : from, count) },
  "working days later: beyond the calendar as far as it goes": { workingDaysLater: (calendar, from, count) => workingDaysLater(calendar, from, count) ?? (count > 0 ? calendar.to : calendar.from) },
  "working days: beyond the calendar as if it went on": { workedBetween: (calendar, from, to) => workedBetween(calendar, Math.max(from, calendar.from - 1), Math.min(to, calendar.to)) },
  "yearly return: today is too late": { nextReturn: (date, asOf, feb29) => nextReturn(date, asOf + 1, feb29) },
  "yearly return: 29 February on the other day": { nextReturn: (date, asOf, feb29) => nextReturn(date, asOf, feb29 === "02-28" ? "03-01" : "02-28") },
  "yearly return: 29 February in leap years too on the other day": { nextReturn: (date, asOf, feb29) => { const { month, day } = partsOf(date); return month === 2 && day === 29 && feb29 === "02-28" ? nextReturn(date - 1, asOf, feb29) : nextReturn(date, asOf, feb29); } },
  "named day: today is too late": { nextNamed: (days, asOf) => days?.find((day) => day > asOf) },
  "grace: one day more": { graceIsOver: (below, asOf, days) => asOf - below > days },
  "grace: one day less": { graceIsOver: (below, asOf, days) => asOf - below >= days - 1 },
  "quarter: begins a month late": { nameOfPeriod: (day, unit) => (unit === "quarter" ? `${partsOf(day).year}-Q${Math.max(1, Math.ceil((partsOf(day).month - 1) / 3))}` : nameOfPeriod(day, unit)) },
  "days: apart by one": { daysApart: (from, to) => to - from + Math.sign(to - from) },
};
