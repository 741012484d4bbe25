import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilOf, formatInstant } from "../../src/calendar/zone-table.js";
import { earliestInstant } from "../../src/policy/earliest-instant.js";
import type { ChannelWindow, QuietHours } from "../../src/policy/policy-program.js";

const quiet = (from: number, to: number): QuietHours => ({ id: `${from}-${to}`, classes: ["marketing"], channels: null, from, to });
const window = (from: number, to: number): ChannelWindow => ({ id: `${from}-${to}`, when: { op: "constant", value: true }, channels: ["sms"], from, to });
const inside = (minutes: number, from: number, to: number): boolean => (from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to);
const isOpen = (zone: string, instant: number, hours: readonly QuietHours[], windows: readonly ChannelWindow[]): boolean => {
  const { minutes } = civilOf(zone, instant);
  return hours.every((one) => one.from === one.to || !inside(minutes, one.from, one.to)) && windows.every((one) => one.from === one.to || inside(minutes, one.from, one.to));
};

describe("earliestInstant", () => {
  it.each([
    ["Europe/Prague", "2026-03-28T23:00:00+01:00", 21 * 60, 150, "2026-03-29T03:00:00+02:00"],
    ["Europe/Prague", "2026-03-28T22:00:00+01:00", 21 * 60, 480, "2026-03-29T08:00:00+02:00"],
    ["Europe/Prague", "2026-10-24T22:00:00+02:00", 21 * 60, 480, "2026-10-25T08:00:00+01:00"],
    ["Europe/Prague", "2026-10-25T02:10:00+01:00", 0, 150, "2026-10-25T02:30:00+01:00"],
    ["Europe/Prague", "2026-10-25T02:40:00+02:00", 150, 180, "2026-10-25T02:00:00+01:00"],
    ["America/New_York", "2026-03-07T22:00:00-05:00", 1320, 480, "2026-03-08T08:00:00-04:00"],
    ["Asia/Shanghai", "2026-11-30T21:00:00+08:00", 1260, 480, "2026-12-01T08:00:00+08:00"],
    ["Asia/Shanghai", "2026-11-30T08:00:00+08:00", 1260, 480, "2026-11-30T08:00:00+08:00"],
    ["Asia/Shanghai", "2026-11-30T20:30:00+08:00", 1200, 1440, "2026-12-01T00:00:00+08:00"],
  ])("%s at %s, quiet %i to %i: %s", (zone, at, from, to, expected) => {
    const found = earliestInstant(Date.parse(at), zone, [quiet(from, to)], []);
    expect(found && formatInstant(zone, found.instant)).toBe(expected);
  });

  it("is never where nothing is open", () => {
    expect(earliestInstant(0, "UTC", [quiet(480, 1200)], [window(540, 600)])).toBeUndefined();
  });

  it("is the first open minute, over every change of clocks", () => {
    const starts = ["2026-03-29T01:00:00Z", "2026-10-25T01:00:00Z", "2026-03-08T07:00:00Z", "2026-11-01T06:00:00Z", "2026-07-01T00:00:00Z"].map((text) => Date.parse(text));
    const minutes = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
    const hours = fc.tuple(minutes, minutes);
    fc.assert(
      fc.property(fc.constantFrom("Europe/Prague", "America/New_York", "Asia/Shanghai"), fc.constantFrom(...starts), fc.integer({ min: -24 * 60, max: 6 * 60 }), fc.array(hours, { maxLength: 2 }), fc.array(hours, { maxLength: 1 }), (zone, around, offset, nights, days) => {
        const at = around + offset * 60_000;
        const [hush, open] = [nights.map(([from, to]) => quiet(from, to)), days.map(([from, to]) => window(from, to))];
        const found = earliestInstant(at, zone, hush, open);
        let first: number | undefined;
        for (let instant = at; instant <= at + 3 * 86_400_000; instant += 60_000) {
          if (isOpen(zone, instant, hush, open)) {
            first = instant;
            break;
          }
        }
        expect(found?.instant).toBe(first);
      }),
      { numRuns: 400 },
    );
  });
});
