import { describe, expect, it } from "vitest";
import { formatDay, isWorkingDay, loadPack, nextNamedDay, parseDay, type Calendar } from "../../src/index.js";

const day = (text: string): number => parseDay(text) as number;

function calendarsOf(calendars: Readonly<Record<string, unknown>>): ReadonlyMap<string, Calendar> {
  const model = { id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "id", properties: { id: { type: "string" } } } };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model, calendars }) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program.calendars;
}

describe("a calendar with a base", () => {
  // 2026-10-01 is a Thursday, 2026-10-10 a Saturday.
  const base = { from: "2026-09-01", to: "2026-12-31", off: ["2026-10-01", "2026-10-02"], on: ["2026-10-10"], named: { "national-day": ["2026-10-01"], feast: ["2026-09-03"] } };
  const own = { base: "cn", off: ["2026-11-11"], on: ["2026-10-02", "2026-11-14"], named: { feast: ["2026-11-11"], "founding-day": ["2026-12-01"] } };
  // The one that is built on may stand behind the one that builds on it.
  const bank = calendarsOf({ bank: own, cn: base }).get("bank") as Calendar;
  const works = (text: string): boolean | undefined => isWorkingDay(bank, day(text));

  it("knows the days of its base, and its own before them", () => {
    expect([works("2026-10-01"), works("2026-10-10"), works("2026-10-08"), works("2026-10-11")]).toEqual([false, true, true, false]);
    expect([works("2026-10-02"), works("2026-11-11"), works("2026-11-14")]).toEqual([true, false, true]);
  });

  it("names the days of its base, and its own under a name that both have", () => {
    const next = (name: string): string | undefined => {
      const found = nextNamedDay(bank, name, day("2026-09-01"));
      return found === undefined ? undefined : formatDay(found);
    };
    expect([next("national-day"), next("feast"), next("founding-day")]).toEqual(["2026-10-01", "2026-11-11", "2026-12-01"]);
  });

  it("ends where its base ends, whatever it says", () => {
    expect([formatDay(bank.from), formatDay(bank.to)]).toEqual(["2026-09-01", "2026-12-31"]);
    const longer = calendarsOf({ cn: base, bank: { base: "cn", from: "2026-10-01", to: "2027-12-31" } }).get("bank") as Calendar;
    expect([formatDay(longer.from), formatDay(longer.to), isWorkingDay(longer, day("2027-01-04"))]).toEqual(["2026-10-01", "2026-12-31", undefined]);
  });
});
