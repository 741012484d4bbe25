import { formatDay, parseDay } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { benchEngine, complaints, matchesOn } from "./bench-pack.js";

const rule = {
  id: "maturity",
  kind: "reminder",
  title: "x",
  forEach: "deposits as deposit",
  date: "deposit.maturityDate",
  steps: [
    { daysBefore: 30, task: "call" },
    { daysBefore: 7, task: "late" },
    { daysBefore: 0, task: "note" },
    { daysAfter: 3, forDays: 5, task: "call" },
    { daysAfter: 10, task: "late" },
  ],
};
const engine = benchEngine([rule]);
const date = "2026-11-30";
const record = { deposits: [{ depositId: "D1", maturityDate: date }] };

/** What the specification says in other words: the narrowest step that is open on this day. */
function stepOn(offset: number): string | undefined {
  if (offset >= 1 && offset <= 7) return "7";
  if (offset >= 1 && offset <= 30) return "30";
  if (offset === 0) return "0";
  if (offset <= -3 && offset > -8) return "+3";
  if (offset <= -10 && offset > -24) return "+10";
  return undefined;
}

describe("reminder", () => {
  it("is in its narrowest open step on every day, and says until when", () => {
    for (let offset = 40; offset >= -40; offset--) {
      const asOf = formatDay((parseDay(date) ?? 0) - offset);
      const matches = matchesOn(engine, record, asOf);
      const step = stepOn(offset);
      expect(matches.map((match) => match.occurrence), asOf).toEqual(step === undefined ? [] : [`${date}/${step}`]);
      const match = matches[0];
      if (!match) continue;
      let last = offset;
      while (stepOn(last - 1) === step) last--;
      expect(match.until, asOf).toBe(formatDay((parseDay(date) ?? 0) - last));
    }
  });

  it("asks only for the actions of the open step, until its last day", () => {
    const at = (asOf: string): unknown[] => {
      const result = engine.decide({ customerId: "T1", ...record }, { asOf, at: `${asOf}T09:00:00+08:00` });
      return "setAside" in result ? [] : result.decisions.candidates.map(({ decision }) => decision.action);
    };
    expect(at("2026-11-01")).toEqual(["task:call"]);
    expect(at("2026-11-23")).toEqual(["task:late"]);
    expect(at("2026-11-30")).toEqual(["task:note"]);
    expect(at("2026-12-03")).toEqual(["task:call#2"]);
  });

  it("is silent where there is no date", () => {
    expect(matchesOn(engine, { deposits: [{ depositId: "D1" }] }, "2026-11-01")).toEqual([]);
  });

  it.each([
    [{ ...rule, steps: [{ task: "call" }] }, "KEY_MISSING /steps/0"],
    [{ ...rule, steps: [{ daysBefore: 3, daysAfter: 3, task: "call" }] }, "AMBIGUOUS_GROUP /steps/0"],
    [{ ...rule, steps: [{ daysBefore: 3, task: "call" }, { daysBefore: 3, task: "late" }] }, "DUPLICATE_ID /steps/1"],
    [{ ...rule, steps: [{ daysBefore: -3, task: "call" }] }, "PARAMETER_RANGE /steps/0/daysBefore"],
    [{ ...rule, steps: [{ daysBefore: 1.5, task: "call" }] }, "TYPE_MISMATCH /steps/0/daysBefore"],
    [{ ...rule, steps: [{ daysBefore: 3, forDays: 3, task: "call" }] }, "UNKNOWN_KEY /steps/0/forDays"],
    [{ ...rule, steps: [{ daysBefore: 3, then: [{ task: "call" }], task: "late" }] }, "UNKNOWN_KEY /steps/0/task"],
    [{ ...rule, steps: [{ daysBefore: 3, tsak: "call" }] }, "UNKNOWN_KEY /steps/0/tsak"],
    [{ ...rule, steps: [{ daysBefore: 3, task: "call" }, { daysBefore: 1, task: "nothing" }] }, "UNKNOWN_REFERENCE /steps/1/task"],
    [{ ...rule, steps: [{ daysBefore: 3, task: "call" }, { daysBefore: 1, then: [{ task: "call", unless: [["deposit.rsik", "=", 1]] }] }] }, "FACT_UNKNOWN /steps/1/then/0/unless/0/0"],
    [{ ...rule, steps: [] }, "EMPTY_GROUP /steps"],
    [{ ...rule, then: [{ task: "call" }] }, "UNKNOWN_KEY /then"],
    [{ ...rule, date: "deposit.risk" }, "TYPE_MISMATCH /date"],
    [{ ...rule, date: "deposit.maturity" }, "FACT_UNKNOWN /date"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});
