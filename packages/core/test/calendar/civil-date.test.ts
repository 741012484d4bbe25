import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { addMonths, civilDate, dayOf, daysInMonth, endOfPeriod, firstDay, formatDay, isLeapYear, lastDay, monthsBetween, nextAnniversary, parseDay, periodName, weekday } from "../../src/calendar/civil-date.js";

const day = fc.integer({ min: parseDay("1800-01-01") ?? 0, max: parseDay("2299-12-31") ?? 0 });
const requireDay = (text: string): number => {
  const found = parseDay(text);
  if (found === undefined) throw new Error(`${text} is no day`);
  return found;
};

describe("civil dates", () => {
  it("agree with luxon on every day of 400 years", () => {
    // Counted on by hand, so that no library decides what the next day is.
    let [year, month, d] = [1800, 1, 1];
    const start = requireDay("1800-01-01");
    const origin = DateTime.utc(1800, 1, 1).toMillis() / 86_400_000;
    expect(start).toBe(origin);
    const days = 400 * 365 + 97;
    for (let i = 0; i < days; i++) {
      const number = start + i;
      if (dayOf(year, month, d) !== number) throw new Error(`${year}-${month}-${d} is not ${number}`);
      const back = civilDate(number);
      if (back.year !== year || back.month !== month || back.day !== d) throw new Error(`${number} is not ${formatDay(number)}`);
      // 1 January 1800 was a Wednesday.
      if (weekday(number) !== (3 + i) % 7) throw new Error(`${formatDay(number)} has the wrong weekday`);
      if (++d > daysInMonth(year, month)) [d, month] = [1, month + 1];
      if (month > 12) [month, year] = [1, year + 1];
    }
    expect([year, month, d]).toEqual([2200, 1, 1]);
  });

  it("agree with luxon on lengths of months and leap years", () => {
    for (let year = 1800; year < 2200; year++) {
      expect(isLeapYear(year)).toBe(DateTime.utc(year).isInLeapYear);
      for (let month = 1; month <= 12; month++) expect(daysInMonth(year, month)).toBe(DateTime.utc(year, month).daysInMonth);
    }
  });

  it("are written and read back", () => {
    fc.assert(fc.property(fc.integer({ min: firstDay, max: lastDay }), (number) => {
      expect(parseDay(formatDay(number))).toBe(number);
    }));
    expect([formatDay(firstDay), formatDay(lastDay), formatDay(0), formatDay(-1)]).toEqual(["0001-01-01", "9999-12-31", "1970-01-01", "1969-12-31"]);
  });

  it.each(["", "2026-1-01", "2026-01-1", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32", "2026-02-29", "1900-02-29", "2026-04-31", "0000-01-01", "+2026-1-1", "2026/01/01", "2026-01-01T", " 2026-01-01", "2026-01-0x", "２０２６-01-01", "20260-1-01", "-026-01-01"])("%j is no date", (text) => {
    expect(parseDay(text)).toBeUndefined();
  });

  it.each(["2024-02-29", "2000-02-29", "2026-12-31"])("%s is a date", (text) => {
    expect(formatDay(requireDay(text))).toBe(text);
  });
});

describe("addMonths", () => {
  it.each([
    ["2026-01-31", 1, "2026-02-28"],
    ["2024-01-31", 1, "2024-02-29"],
    ["2026-01-31", 2, "2026-03-31"],
    ["2026-03-31", -1, "2026-02-28"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2024-02-29", 48, "2028-02-29"],
    ["2026-12-31", 2, "2027-02-28"],
    ["2026-01-15", -13, "2024-12-15"],
    ["2026-05-31", 0, "2026-05-31"],
  ])("%s %i months is %s", (from, months, to) => {
    expect(formatDay(addMonths(requireDay(from), months))).toBe(to);
  });

  it("agrees with luxon", () => {
    fc.assert(fc.property(day, fc.integer({ min: -1200, max: 1200 }), (number, months) => {
      const { year, month, day: d } = civilDate(number);
      expect(formatDay(addMonths(number, months))).toBe(DateTime.utc(year, month, d).plus({ months }).toISODate());
    }));
  });

  it("never goes back as days or months go on, and lands in the month that is meant", () => {
    fc.assert(fc.property(day, fc.integer({ min: -200, max: 200 }), (number, months) => {
      expect(addMonths(number + 1, months)).toBeGreaterThanOrEqual(addMonths(number, months));
      expect(addMonths(number, months + 1)).toBeGreaterThan(addMonths(number, months));
      const [from, to] = [civilDate(number), civilDate(addMonths(number, months))];
      expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
      expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
    }));
  });
});

describe("monthsBetween", () => {
  it("is the largest number of months that fits", () => {
    fc.assert(fc.property(day, day, (from, to) => {
      const months = monthsBetween(from, to);
      expect(addMonths(from, months)).toBeLessThanOrEqual(to);
      expect(addMonths(from, months + 1)).toBeGreaterThan(to);
    }));
  });

  it.each([["2026-01-31", "2026-02-27", 0], ["2026-01-31", "2026-02-28", 1], ["2008-02-29", "2026-02-28", 216], ["2026-03-01", "2026-02-28", -1], ["2026-03-01", "2026-03-01", 0]])("from %s to %s: %i", (from, to, months) => {
    expect(monthsBetween(requireDay(from), requireDay(to))).toBe(months);
  });
});

describe("nextAnniversary", () => {
  it("is the first return on or after a day, found by looking at every day", () => {
    fc.assert(fc.property(day, day, fc.constantFrom("02-28" as const, "03-01" as const), (number, from, feb29) => {
      const { month, day: d } = civilDate(number);
      let looked = from;
      for (;;) {
        const at = civilDate(looked);
        const wanted = month === 2 && d === 29 && !isLeapYear(at.year) ? feb29 : `${String(month).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
        if (formatDay(looked).slice(5) === wanted) break;
        looked++;
      }
      expect(formatDay(nextAnniversary(number, from, feb29))).toBe(formatDay(looked));
    }), { examples: [[11016, requireDay("2026-03-01"), "03-01"], [11016, requireDay("2026-03-01"), "02-28"], [11016, requireDay("2027-12-31"), "03-01"]] });
  });
});

describe("periods", () => {
  it("end on the last day that has their name", () => {
    fc.assert(fc.property(day, fc.constantFrom("month" as const, "quarter" as const, "year" as const), (number, unit) => {
      const end = endOfPeriod(number, unit);
      expect(end).toBeGreaterThanOrEqual(number);
      expect(periodName(end, unit)).toBe(periodName(number, unit));
      expect(periodName(end + 1, unit)).not.toBe(periodName(number, unit));
    }));
  });

  it.each([["2026-12-31", "month", "2026-12"], ["2026-01-01", "quarter", "2026-Q1"], ["2026-03-31", "quarter", "2026-Q1"], ["2026-04-01", "quarter", "2026-Q2"], ["2026-12-31", "quarter", "2026-Q4"], ["0999-05-05", "year", "0999"]] as const)("%s is in the %s %s", (text, unit, name) => {
    expect(periodName(requireDay(text), unit)).toBe(name);
  });
});
