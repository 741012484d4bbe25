import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { retailCalendars } from "../scripts/retail-calendars.js";

interface CalendarJson {
  readonly from: string;
  readonly to: string;
  readonly off: readonly string[];
  readonly on: readonly string[];
  readonly named: Readonly<Record<string, readonly string[]>>;
}

const written = readFileSync(new URL("../packs/retail/calendars.json", import.meta.url), "utf8");
const { cn, "cn-festivals": festivals } = (JSON.parse(written) as { calendars: Record<"cn" | "cn-festivals", CalendarJson> }).calendars;
const announced = new URL("../../../../shared/data/holidays-cn/", import.meta.url);

const isWeekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
const isWorked = (date: string): boolean => (isWeekend(date) ? cn.on.includes(date) : !cn.off.includes(date));

function* daysOf(year: number): Generator<string> {
  for (let t = Date.UTC(year, 0, 1); new Date(t).getUTCFullYear() === year; t += 86_400_000) yield new Date(t).toISOString().slice(0, 10);
}

describe("calendars of the retail pack", () => {
  it("are what the script makes", () => {
    expect(written).toBe(retailCalendars());
  });

  it("hold only days of the right sort, in order and in range", () => {
    expect([cn.from, cn.to]).toEqual(["2023-01-01", "2026-12-31"]);
    for (const day of cn.off) expect(isWeekend(day), day).toBe(false);
    for (const day of cn.on) expect(isWeekend(day), day).toBe(true);
    for (const list of [cn.off, cn.on, ...Object.values(festivals.named)]) expect([...list].sort()).toEqual(list);
    for (const day of Object.values(festivals.named).flat()) expect(day >= festivals.from && day <= festivals.to, day).toBe(true);
  });

  it.each([
    [2023, 249],
    [2024, 251],
    [2025, 248],
    [2026, 248],
  ])("count the working days of %d: %d", (year, days) => {
    expect([...daysOf(year)].filter(isWorked)).toHaveLength(days);
  });

  it.each([
    ["spring-festival", "2026-02-17"],
    ["spring-festival-eve", "2027-02-05"],
    ["lantern", "2024-02-24"],
    ["qingming", "2024-04-04"],
    ["dragon-boat", "2026-06-19"],
    ["mid-autumn", "2025-10-06"],
    ["mid-autumn", "2026-09-25"],
    ["double-ninth", "2026-10-18"],
    ["national-day", "2035-10-01"],
    ["winter-solstice", "2026-12-22"],
  ])("%s falls on %s", (name, day) => {
    expect(festivals.named[name]).toContain(day);
  });

  const known = existsSync(announced);
  if (!known) console.warn("SKIPPED: ../shared/data/holidays-cn is not there, the calendar is not compared with what the State Council announced");
  it.skipIf(!known)("agree with what the State Council announced", () => {
    for (const year of [2023, 2024, 2025, 2026]) {
      const { days } = JSON.parse(readFileSync(new URL(`${year}.json`, announced), "utf8")) as { days: { date: string; isOffDay: boolean }[] };
      for (const { date, isOffDay } of days.filter((day) => day.date >= cn.from)) expect(isWorked(date), date).toBe(!isOffDay);
      const named = new Set(days.map((day) => day.date));
      for (const day of daysOf(year)) if (!named.has(day)) expect(isWorked(day), day).toBe(!isWeekend(day));
    }
  });
});
