import { formatDay, parseDay } from "@evertend/core";
import type { CustomerState } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { benchEngine, complaints, matchesOn } from "./bench-pack.js";

const tier = {
  id: "tier",
  kind: "tier",
  title: { "zh-CN": "等级", en: "Tier" },
  measure: "total",
  graceDays: 10,
  near: 50,
  tiers: [{ name: "gold", label: { "zh-CN": "金卡", en: "Gold" }, from: 500, keepFrom: 450 }, { name: "silver", label: "银卡", from: 100, keepFrom: 100 }, { name: "base" }],
  on: { upgraded: [{ task: "call" }], downgraded: [{ task: "late" }], atRisk: [{ task: "note" }], near: [{ task: "call", class: "marketing" }] },
};

describe("tier", () => {
  const engine = benchEngine([tier]);

  /** Lives through some days; `totals` are the assets of each, from 1 March 2026 on. */
  function live(totals: readonly number[]): { readonly level: unknown; readonly rules: readonly string[] }[] {
    let state: CustomerState | undefined;
    return totals.map((total, i) => {
      const asOf = formatDay((parseDay("2026-03-01") ?? 0) + i);
      const day = { asOf, at: `${asOf}T09:00:00+08:00`, state };
      const decided = engine.decide({ customerId: "T1", total }, day);
      if ("setAside" in decided) throw new Error("set aside");
      state = engine.finish(decided, [], day).nextState;
      return { level: decided.facts["tier"], rules: decided.matches.map((match) => `${match.ruleId} ${match.occurrence}`) };
    });
  }

  it("has no news on the first day", () => {
    expect(live([600])).toEqual([{ level: "gold", rules: [] }]);
  });

  it("tells of going up, for thirty days", () => {
    const days = live([90, ...Array.from({ length: 40 }, () => 130)]);
    expect(days[0]).toEqual({ level: "base", rules: ["tier/near 2026-Q1"] });
    expect(days.filter((day) => day.rules.includes("tier/upgraded 2026-03-02"))).toHaveLength(30);
    expect(days[31]?.rules).toEqual([]);
  });

  it("keeps a level down to its line, then for the days of grace, then lets it go", () => {
    const days = live([600, 450, ...Array.from({ length: 15 }, () => 449)]);
    expect(days[1]).toEqual({ level: "gold", rules: [] });
    expect(days[2]).toEqual({ level: "gold", rules: ["tier/atRisk 2026-03-03"] });
    expect(days[11]).toEqual({ level: "gold", rules: ["tier/atRisk 2026-03-03"] });
    expect(days[12]).toEqual({ level: "silver", rules: ["tier/downgraded 2026-03-13"] });
  });

  it("forgets the risk when the customer recovers", () => {
    expect(live([600, 400, 460, 400]).map((day) => day.rules)).toEqual([[], ["tier/atRisk 2026-03-02"], [], ["tier/atRisk 2026-03-04"]]);
  });

  it.each([
    [449.99, []],
    [450, ["tier/near"]],
    [499.99, ["tier/near"]],
    [500, []],
    [49.99, []],
    [50, ["tier/near"]],
  ])("with %d is near or not", (total, expected) => {
    expect(matchesOn(engine, { total }, "2026-03-01").map((match) => match.ruleId)).toEqual(expected);
  });

  it("brings facts for templates and other rules", () => {
    const result = engine.evaluate({ customerId: "T1", total: 460.5 }, { asOf: "2026-03-01" });
    expect("facts" in result && result.facts).toMatchObject({ tier: "silver", "tier.next": "gold", "tier.toNext": 39.5, "tier.labelZh": "银卡", "tier.labelEn": "银卡", "tier.nextZh": "金卡", "tier.nextEn": "Gold", "tier.previousEn": null });
  });

  it.each([
    [{ ...tier, tiers: [{ name: "gold" }, { name: "base" }] }, "KEY_MISSING /tiers/0"],
    [{ ...tier, tiers: [{ name: "gold", from: 5 }, { name: "base", from: 3 }] }, "UNKNOWN_KEY /tiers/1/from"],
    [{ ...tier, tiers: [{ name: "gold", from: 5 }, { name: "gold" }] }, "DUPLICATE_ID /tiers/1/name"],
    [{ ...tier, tiers: [{ name: "silver", from: 5 }, { name: "gold", from: 50 }, { name: "base" }] }, "NUMBER_RANGE /tiers/1/from"],
    [{ ...tier, tiers: [{ name: "gold", from: 5, keepFrom: 6 }, { name: "base" }] }, "NUMBER_RANGE /tiers/0/keepFrom"],
    [{ ...tier, near: undefined }, "KEY_MISSING "],
    [{ ...tier, measure: "grade" }, "TYPE_MISMATCH /measure"],
    [{ ...tier, then: [{ task: "call" }] }, "UNKNOWN_KEY /then"],
    [{ ...tier, on: { upgraded: [{ tsak: "call" }] } }, "UNKNOWN_KEY /on/upgraded/0/tsak"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});
