import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lastDay } from "../../src/calendar/civil-date.js";
import { holds, linearUntil, searchUntil } from "../../src/evaluate/clock.js";

const comparison = fc.constantFrom("=" as const, "<" as const, "<=" as const, ">" as const, ">=" as const);

describe("linearUntil", () => {
  it("is the last day on which a comparison answers as today, found by looking at every day", () => {
    fc.assert(fc.property(fc.integer({ min: -40, max: 40 }), fc.constantFrom(-2, -1, 0, 1, 2), comparison, (gap, slope, cmp) => {
      const asOf = 20_000;
      const now = holds(gap, cmp, 0);
      let last = asOf;
      while (last < asOf + 200 && holds(gap + slope * (last + 1 - asOf), cmp, 0) === now) last++;
      expect(linearUntil(gap, slope, cmp, asOf)).toBe(last === asOf + 200 ? Infinity : last);
    }), { numRuns: 2000 });
  });
});

describe("searchUntil", () => {
  it("finds the day before the one turn there is", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 140_000 }), (turn) => {
      expect(searchUntil(20_000, (day) => day < 20_000 + turn)).toBe(20_000 + turn - 1);
    }));
  });
  it("says never where nothing turns up to the last day there is", () => expect(searchUntil(20_000, (day) => day <= lastDay)).toBe(Infinity));
  it("looks again later where the turn is too far away", () => {
    const found = searchUntil(20_000, (day) => day < 20_000 + 1_000_000);
    expect(found).toBeGreaterThan(20_000 + 100_000);
    expect(found).toBeLessThan(20_000 + 1_000_000);
  });
});
