import fc from "fast-check";
import { DateTime } from "luxon";
import { describe, expect, it } from "vitest";
import { formatDay, parseDay } from "../../src/calendar/civil-date.js";
import { civilOf, formatInstant, instantOf, isZone, offsetAt, parseInstant, zoneTable } from "../../src/calendar/zone-table.js";

const zones = ["Asia/Shanghai", "Europe/Prague", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo", "Asia/Tehran", "Europe/London", "UTC"] as const;
const instant = fc.integer({ min: Date.UTC(1950, 1, 1), max: Date.UTC(2100, 1, 1) });
const zone = fc.constantFrom(...zones);

describe("zones", () => {
  it.each(["Asia/Shanghai", "UTC", "America/Argentina/Ushuaia"])("%s is one", (name) => expect(isZone(name)).toBe(true));
  it.each(["", "CST", "GMT+8", "+08:00", "Asia/Peking", "Mars/Olympus", "Asia/", "__proto__", "constructor/name"])("%j is none", (name) => {
    expect(isZone(name)).toBe(false);
    expect(() => zoneTable(name)).toThrow();
  });

  it("have the offset that luxon has, at any instant", () => {
    fc.assert(fc.property(zone, instant, (name, at) => {
      const { day, minutes, offsetMinutes } = civilOf(name, at);
      const local = DateTime.fromMillis(at, { zone: name });
      expect(offsetMinutes).toBe(local.offset);
      expect(formatDay(day)).toBe(local.toISODate());
      expect(minutes).toBeCloseTo(local.hour * 60 + local.minute + local.second / 60 + local.millisecond / 60_000, 6);
    }), { numRuns: 2000 });
  });

  it.each(zones)("%s: around every change of offset the table is right to the minute", (name) => {
    const table = zoneTable(name);
    for (const start of table.starts.slice(1)) {
      for (const at of [start - 60_000, start - 1, start, start + 60_000]) expect(offsetAt(table, at), new Date(at).toISOString()).toBe(DateTime.fromMillis(at, { zone: name }).offset);
    }
  });

  it("have as many changes as luxon finds, looked at hour by hour", () => {
    for (const name of ["Europe/Prague", "Asia/Shanghai"] as const) {
      const [first, last] = [Date.UTC(1985, 0, 1), Date.UTC(1992, 0, 1)];
      let changes = 0;
      for (let at = first; at < last; at += 3_600_000) if (DateTime.fromMillis(at, { zone: name }).offset !== DateTime.fromMillis(at + 3_600_000, { zone: name }).offset) changes++;
      expect(zoneTable(name).starts.filter((at) => at > first && at <= last).length).toBe(changes);
    }
  });

  it("lead from the wall clock to the instant and back", () => {
    fc.assert(fc.property(zone, instant, (name, at) => {
      const { day, minutes } = civilOf(name, at);
      const back = instantOf(name, day, Math.floor(minutes));
      // The first of two instants with this wall clock; never later, never another day or minute.
      expect(back).toBeLessThanOrEqual(at);
      expect(civilOf(name, back)).toMatchObject({ day, minutes: Math.floor(minutes) });
    }), { numRuns: 1000 });
  });

  it.each([
    ["Europe/Prague", "2026-03-29", "02:30", "2026-03-29T01:30:00.000Z", "a time that is skipped moves forward by the gap"],
    ["Europe/Prague", "2026-10-25", "02:30", "2026-10-25T00:30:00.000Z", "of a time that comes twice the first is taken"],
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30:00.000Z", "skipped in New York"],
    ["Asia/Shanghai", "2026-11-23", "09:00", "2026-11-23T01:00:00.000Z", "no change of clocks"],
  ])("%s %s %s is %s: %s", (name, date, time, expected) => {
    const [hours, minutes] = time.split(":").map(Number) as [number, number];
    expect(new Date(instantOf(name, parseDay(date) ?? 0, hours * 60 + minutes)).toISOString()).toBe(expected);
  });
});

describe("instants", () => {
  it.each([
    ["2026-11-23T09:00:00+08:00", "2026-11-23T01:00:00.000Z"],
    ["2026-11-23T09:00Z", "2026-11-23T09:00:00.000Z"],
    ["2026-11-23 09:00:00.5Z", "2026-11-23T09:00:00.500Z"],
    ["2026-11-23T09:00:00.123456789-0530", "2026-11-23T14:30:00.123Z"],
    ["2026-11-23T00:00:00+14:00", "2026-11-22T10:00:00.000Z"],
  ])("%s is %s", (text, expected) => {
    const found = parseInstant(text);
    expect(typeof found === "number" ? new Date(found).toISOString() : found).toBe(expected);
  });

  it.each([
    ["2026-11-23T09:00:00", "OFFSET_REQUIRED"],
    ["2026-11-23", "DATE_INVALID"],
    ["2026-02-30T09:00:00Z", "DATE_INVALID"],
    ["2026-11-23T24:00:00Z", "DATE_INVALID"],
    ["2026-11-23T23:60:00Z", "DATE_INVALID"],
    ["2026-11-23T23:59:60Z", "DATE_INVALID"],
    ["2026-11-23T09:00:00+15:00", "DATE_INVALID"],
    ["2026-11-23T09:00:00+08:60", "DATE_INVALID"],
    ["2026-11-23T9:00:00Z", "DATE_INVALID"],
    ["yesterday", "DATE_INVALID"],
    ["", "DATE_INVALID"],
  ])("%j is %s", (text, code) => expect(parseInstant(text)).toBe(code));

  it("are written with the offset of their zone and read back", () => {
    fc.assert(fc.property(zone, instant, (name, at) => {
      const second = Math.floor(at / 1000) * 1000;
      const text = formatInstant(name, second);
      expect(parseInstant(text)).toBe(second);
      expect(text).toBe(DateTime.fromMillis(second, { zone: name }).toISO({ suppressMilliseconds: true })?.replace(/Z$/, "+00:00"));
    }));
  });
});
