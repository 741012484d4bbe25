import { describe, expect, it } from "vitest";
import { benchEngine, complaints, matchesOn } from "./bench-pack.js";

const rule = {
  id: "card", kind: "scorecard", title: "x", current: "grade",
  grades: [{ name: "a", when: [["potential", ">=", 80]], keepWhen: [["total", ">=", 10]] }, { name: "b", when: [["potential", ">=", 50]] }, { name: "c" }],
  on: { reached: [{ task: "call" }], missed: [{ task: "late" }], downgraded: [{ task: "note" }] },
};
const parts = (record: Readonly<Record<string, unknown>>): string[] => matchesOn(benchEngine([rule]), { total: 0, ...record }, "2026-12-01").map((match) => match.ruleId.replace("card/", ""));

describe("scorecard", () => {
  it.each([
    ["a", 80, 0, ["reached"]],
    ["a", 79.99, 9.99, ["downgraded", "missed"]],
    ["a", 79.99, 10, ["missed"]],
    ["b", 80, 0, ["reached"]],
    ["b", 49, 10, ["downgraded", "missed"]],
    ["c", 0, 0, ["reached"]],
    [undefined, 0, 0, ["reached"]],
    ["z", 0, 0, ["reached"]],
  ])("who holds %s with %d and %d: %j", (grade, potential, total, expected) => {
    expect(parts({ ...(grade === undefined ? {} : { grade }), potential, total })).toEqual(expected);
  });

  it("says one period once", () => {
    const one = benchEngine([{ ...rule, period: "grade" }]);
    expect(matchesOn(one, { grade: "c", potential: 1, total: 1 }, "2026-12-01").map((match) => match.occurrence)).toEqual(["c"]);
    expect(matchesOn(benchEngine([rule]), { grade: "c", potential: 1, total: 1 }, "2026-12-01").map((match) => match.occurrence)).toEqual(["2026"]);
  });

  it.each([
    [{ ...rule, grades: [{ name: "a" }, { name: "c" }] }, "KEY_MISSING /grades/0"],
    [{ ...rule, grades: [{ name: "a", when: [["potential", ">", 1]] }, { name: "c", when: [["potential", ">", 1]] }] }, "UNKNOWN_KEY /grades/1/when"],
    [{ ...rule, grades: [rule.grades[0], rule.grades[0], { name: "c" }] }, "DUPLICATE_ID /grades/1/name"],
    [{ ...rule, grades: [{ name: "c" }] }, "EMPTY_GROUP /grades"],
    [{ ...rule, period: "grade", repeat: "year" }, "UNKNOWN_KEY /repeat"],
    [{ ...rule, current: "total" }, "TYPE_MISMATCH /current"],
    [{ ...rule, then: [{ task: "call" }] }, "UNKNOWN_KEY /then"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});
