import { formatDay, parseDay } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { benchEngine, complaints, matchesOn } from "./bench-pack.js";

const visit = {
  id: "visit",
  kind: "cadence",
  title: "x",
  counts: ["phone", "meeting"],
  every: { rows: ["total", 500], columns: ["potential", 60], days: { "high/high": 30, "low/high": 45, "high/low": 60, "low/low": 90 }, unknown: 100 },
  remindBefore: 7,
  start: "since",
  then: [{ task: "call" }],
  overdue: { after: 14, then: [{ task: "late" }] },
};
const called = (date: string, channel = "phone", outcome?: string): unknown => ({ contactId: `${date}-${channel}`, date, channel, ...(outcome === undefined ? {} : { outcome }) });

describe("cadence", () => {
  const engine = benchEngine([visit]);

  it.each([
    ["high/high", { total: 500, potential: 60 }, 30],
    ["low/high", { total: 499, potential: 60 }, 45],
    ["high/low", { total: 500, potential: 59 }, 60],
    ["low/low", { total: 499, potential: 59 }, 90],
    ["unknown", { total: 500 }, 100],
  ])("%s: every so many days, reminded a week ahead, escalated two weeks later", (_name, measures, days) => {
    const record = { ...measures, contactLog: [called("2026-01-10")] };
    const due = (parseDay("2026-01-10") ?? 0) + days;
    for (let offset = -10; offset <= 20; offset++) {
      const expected = offset < -7 ? [] : [`${formatDay(due)}${offset >= 14 ? "/overdue" : ""}`];
      const matches = matchesOn(engine, record, formatDay(due + offset));
      expect(matches.map((match) => match.occurrence), String(offset)).toEqual(expected);
      if (expected.length > 0) expect(matches[0]?.until).toBe(offset >= 14 ? null : formatDay(due + 13));
    }
  });

  it("counts neither other channels, nor calls that reached nobody, nor the future", () => {
    const contactLog = [called("2026-01-10"), called("2026-03-01", "sms"), called("2026-03-02", "phone", "not-reached"), called("2026-12-01", "meeting")];
    expect(matchesOn(engine, { total: 500, potential: 60, contactLog }, "2026-02-20").map((match) => match.occurrence)).toEqual(["2026-02-09"]);
  });

  it("begins with the relation where nobody was contacted yet", () => {
    expect(matchesOn(engine, { total: 500, potential: 60, since: "2026-01-10" }, "2026-02-02").map((match) => match.occurrence)).toEqual(["2026-02-09"]);
    expect(matchesOn(engine, { total: 500, potential: 60 }, "2026-02-02")).toEqual([]);
  });

  it("is due at once where nobody was contacted yet and no start is named", () => {
    const { start: _start, ...rule } = visit;
    expect(matchesOn(benchEngine([rule]), { total: 500, potential: 60 }, "2026-02-02").map((match) => match.occurrence)).toEqual(["first"]);
  });

  it("plans the reminder first and the escalation later, never both", () => {
    const at = (asOf: string): unknown[] => {
      const result = engine.decide({ customerId: "T1", total: 500, potential: 60, contactLog: [called("2026-01-10")] }, { asOf, at: `${asOf}T09:00:00+08:00` });
      return "setAside" in result ? [] : result.decisions.candidates.map(({ decision }) => decision.action);
    };
    expect(at("2026-02-09")).toEqual(["task:call"]);
    expect(at("2026-02-23")).toEqual(["task:late"]);
  });

  it("goes by class or by the customer's own number of days", () => {
    const byClass = benchEngine([{ ...visit, every: { fact: "grade", days: { a: 10, b: 20 } } }]);
    const own = benchEngine([{ ...visit, every: { days: { fact: "everyDays" } } }]);
    const record = { grade: "b", everyDays: 15, contactLog: [called("2026-01-10")] };
    expect(matchesOn(byClass, record, "2026-01-30").map((match) => match.occurrence)).toEqual(["2026-01-30"]);
    expect(matchesOn(byClass, { ...record, grade: "c" }, "2026-01-30")).toEqual([]);
    expect(matchesOn(own, record, "2026-01-30").map((match) => match.occurrence)).toEqual(["2026-01-25"]);
  });

  it("shows when a customer is due as a fact", () => {
    const result = engine.evaluate({ customerId: "T1", total: 500, potential: 60, contactLog: [called("2026-01-10")] }, { asOf: "2026-01-11" });
    expect("facts" in result && [result.facts["visit.due"], result.facts["visit.lastContact"]]).toEqual(["2026-02-09", "2026-01-10"]);
  });

  it.each([
    [{ ...visit, every: {} }, "KEY_MISSING /every"],
    [{ ...visit, every: { days: 0 } }, "PARAMETER_RANGE /every/days"],
    [{ ...visit, every: { fact: "grade", days: 3 } }, "KEY_MISSING /every"],
    [{ ...visit, every: { fact: "total", days: { a: 3 } } }, "TYPE_MISMATCH /every/fact"],
    [{ ...visit, every: { ...visit.every, rows: ["total"] } }, "LIST_REQUIRED /every/rows"],
    [{ ...visit, every: { ...visit.every, days: { "high/high": 1, "low/high": 1, "high/low": 1 } } }, "KEY_MISSING /every/days"],
    [{ ...visit, every: { ...visit.every, days: { ...visit.every.days, "high/middle": 1 } } }, "UNKNOWN_KEY /every/days/high~1middle"],
    [{ ...visit, contacts: "letters as letter" }, "NOT_A_COLLECTION /contacts"],
    [{ ...visit, start: "total" }, "TYPE_MISMATCH /start"],
    [{ ...visit, overdue: { after: 3 } }, "KEY_MISSING /overdue"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});
