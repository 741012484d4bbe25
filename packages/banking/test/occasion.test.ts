import { formatDay, parseDay } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { benchEngine, complaints, matchesOn } from "./bench-pack.js";

const birthday = { id: "birthday", kind: "occasion", title: "x", date: "birthDate", then: [{ task: "call" }] };
const festival = { id: "mid-autumn", kind: "occasion", title: "x", festival: "mid-autumn", calendar: "festivals", then: [{ task: "call" }] };

describe("occasion", () => {
  it.each([
    ["1990-09-21", "2026-09-21", true],
    ["1990-09-21", "2026-09-20", false],
    ["1990-09-21", "2026-09-22", false],
    ["2000-02-29", "2026-02-28", true],
    ["2000-02-29", "2028-02-28", false],
    ["2000-02-29", "2028-02-29", true],
  ])("birth date %s on %s: %s", (birthDate, asOf, expected) => {
    const matches = matchesOn(benchEngine([birthday]), { birthDate }, asOf);
    expect(matches).toEqual(expected ? [{ customerId: "T1", ruleId: "birthday", subject: "", occurrence: asOf, until: asOf }] : []);
  });

  it("moves 29 February to 1 March where asked", () => {
    const engine = benchEngine([{ ...birthday, feb29: "03-01" }]);
    expect(matchesOn(engine, { birthDate: "2000-02-29" }, "2026-02-28")).toEqual([]);
    expect(matchesOn(engine, { birthDate: "2000-02-29" }, "2026-03-01")).toHaveLength(1);
  });

  it("is open ahead of the day, with one occurrence, over the turn of the year", () => {
    const engine = benchEngine([{ ...birthday, daysBefore: 7 }]);
    const day = parseDay("2027-01-03") ?? 0;
    for (let ahead = 9; ahead >= -1; ahead--) {
      const matches = matchesOn(engine, { birthDate: "1988-01-03" }, formatDay(day - ahead));
      expect(matches.map(({ occurrence, until }) => [occurrence, until])).toEqual(ahead >= 1 && ahead <= 7 ? [["2027-01-03", "2027-01-02"]] : []);
    }
  });

  it("knows festivals of its calendar, and nothing beyond its end", () => {
    const engine = benchEngine([festival]);
    expect(matchesOn(engine, {}, "2026-09-25")).toHaveLength(1);
    expect(matchesOn(engine, {}, "2026-09-26")).toEqual([]);
    const result = engine.evaluate({ customerId: "T1" }, { asOf: "2027-10-01" });
    expect("matches" in result && result.matches).toEqual([]);
  });

  it.each([
    [{ ...birthday, date: undefined }, "KEY_MISSING "],
    [{ ...birthday, festival: "mid-autumn", calendar: "festivals" }, "AMBIGUOUS_GROUP /festival"],
    [{ ...birthday, calendar: "festivals" }, "TYPE_MISMATCH /date"],
    [{ ...birthday, date: "birthDateLunar" }, "TYPE_MISMATCH /date"],
    [{ ...birthday, date: "birthDateLunar", calendar: "festivals" }, "UNKNOWN_REFERENCE /calendar"],
    [{ ...birthday, date: "birthDateLunar", calendar: "nowhere" }, "UNKNOWN_REFERENCE /calendar"],
    [{ ...birthday, date: "birthDateLunar", calendar: "festivals", feb29: "03-01" }, "UNKNOWN_KEY /feb29"],
    [{ ...festival, calendar: undefined }, "KEY_MISSING "],
    [{ ...festival, calendar: "cn" }, "UNKNOWN_REFERENCE /calendar"],
    [{ ...festival, festival: "mid-autum" }, "UNKNOWN_REFERENCE /festival"],
    [{ ...birthday, feb29: "02-29" }, "VALUE_NOT_ALLOWED /feb29"],
    [{ ...birthday, date: "total" }, "TYPE_MISMATCH /date"],
    [{ ...birthday, repeat: "year" }, "UNKNOWN_KEY /repeat"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});
