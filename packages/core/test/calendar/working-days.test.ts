import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Calendar } from "../../src/calendar/calendar.js";
import { parseDay, weekday } from "../../src/calendar/civil-date.js";
import { createCalendar, isWorkingDay, nextNamedDay, shiftWorkingDays, workingDaysBetween } from "../../src/calendar/working-days.js";

const from = parseDay("2026-01-01") ?? 0;
const length = 120;
const offset = fc.integer({ min: -5, max: length + 5 });

interface Made {
  readonly calendar: Calendar;
  readonly works: (day: number) => boolean;
}

const calendars: fc.Arbitrary<Made> = fc.tuple(fc.array(fc.integer({ min: 0, max: length }), { maxLength: 20 }), fc.array(fc.integer({ min: 0, max: length }), { maxLength: 10 })).map(([off, on]) => {
  const days = (list: readonly number[]): Set<number> => new Set(list.map((one) => from + one));
  const [offDays, onDays] = [days(off), days(on)];
  const isWeekend = (day: number): boolean => weekday(day) === 0 || weekday(day) === 6;
  return {
    calendar: createCalendar({ id: "c", from, to: from + length, off: offDays, on: onDays, named: new Map() }),
    works: (day) => (isWeekend(day) ? onDays.has(day) : !offDays.has(day)),
  };
});

/** Working days after a day up to and including another, counted one by one. */
function count(works: (day: number) => boolean, after: number, to: number): number {
  let total = 0;
  for (let day = after + 1; day <= to; day++) if (works(day)) total++;
  return total;
}

describe("working days", () => {
  it("are those of the source, and unknown outside it", () => {
    fc.assert(fc.property(calendars, offset, ({ calendar, works }, at) => {
      expect(isWorkingDay(calendar, from + at)).toBe(at < 0 || at > length ? undefined : works(from + at));
    }));
  });

  it("between two days are counted one by one, backwards negative", () => {
    fc.assert(fc.property(calendars, offset, offset, ({ calendar, works }, a, b) => {
      const [x, y] = [from + a, from + b];
      // What happens after the day before the calendar begins is known.
      const known = Math.min(a, b) >= -1 && Math.max(a, b) <= length;
      expect(workingDaysBetween(calendar, x, y)).toBe(known ? (a <= b ? count(works, x, y) : 0 - count(works, y, x)) : undefined);
    }));
  });

  it("ahead: the earliest day that has so many after the start", () => {
    fc.assert(fc.property(calendars, offset, fc.integer({ min: 1, max: 30 }), ({ calendar, works }, at, amount) => {
      const start = from + at;
      let expected: number | undefined;
      if (at >= -1 && at <= length) for (let day = start + 1; day <= from + length && expected === undefined; day++) if (count(works, start, day) === amount) expected = day;
      expect(shiftWorkingDays(calendar, start, amount)).toBe(expected);
    }));
  });

  it("back: the latest day that has so many after it, up to and including the start", () => {
    fc.assert(fc.property(calendars, offset, fc.integer({ min: 1, max: 30 }), ({ calendar, works }, at, amount) => {
      const start = from + at;
      let expected: number | undefined;
      if (at >= -1 && at <= length) for (let day = start - 1; day >= from - 1 && expected === undefined; day--) if (count(works, day, start) === amount) expected = day;
      expect(shiftWorkingDays(calendar, start, 0 - amount)).toBe(expected);
    }));
  });

  it("0 ahead is the day itself", () => {
    fc.assert(fc.property(calendars, fc.integer({ min: 0, max: length }), ({ calendar }, at) => {
      expect(shiftWorkingDays(calendar, from + at, 0)).toBe(from + at);
    }));
  });
});

describe("named days", () => {
  const calendar = createCalendar({ id: "c", from, to: from + length, off: new Set(), on: new Set(), named: new Map([["fest", [from + 50, from + 10]]]) });
  it.each([[0, 10], [10, 10], [11, 50], [50, 50], [51, undefined], [-1, undefined], [length + 1, undefined]])("from day %i the next is %s", (at, expected) => {
    expect(nextNamedDay(calendar, "fest", from + at)).toBe(expected === undefined ? undefined : from + expected);
  });
  it("of an unknown name are unknown", () => {
    expect(nextNamedDay(calendar, "toString", from)).toBeUndefined();
  });
});
