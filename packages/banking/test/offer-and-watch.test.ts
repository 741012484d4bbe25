import { createEngine } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { benchEngine, benchPack, complaints, matchesOn } from "./bench-pack.js";

const offer = {
  id: "same-risk",
  kind: "offer",
  title: "x",
  method: "repeat",
  forEach: "deposits as deposit",
  when: [["deposit.risk", ">=", 2]],
  product: { from: "products as p", where: [["p.risk", "=", { fact: "deposit.risk" }]], by: "p.risk" },
  holdout: 0.1,
  cooldown: { days: 30 },
  then: [{ task: "call" }],
};

describe("offer", () => {
  it("comes once a quarter unless it says otherwise", () => {
    const record = { deposits: [{ depositId: "D1", risk: 2 }] };
    expect(matchesOn(benchEngine([offer]), record, "2026-09-21")).toEqual([{ customerId: "T1", ruleId: "same-risk", subject: "D1", occurrence: "2026-Q3", until: "2026-09-30" }]);
    expect(matchesOn(benchEngine([{ ...offer, repeat: "year" }]), record, "2026-09-21")[0]?.occurrence).toBe("2026");
  });

  it("picks the first product that fits the item, and drops the offer where none does", () => {
    const { program } = benchPack([offer], { policy: { consent: { marketing: { rule: "none" } } } });
    if (!program) throw new Error("no program");
    const products = [{ productId: "P3", risk: 3 }, { productId: "P2", risk: 2 }];
    const reasonFor = (risk: number): unknown => {
      const result = createEngine(program, { context: { products } }).decide({ customerId: "T1", deposits: [{ depositId: "D1", risk }] }, { asOf: "2026-09-21", at: "2026-09-21T09:00:00+08:00" });
      return "setAside" in result ? undefined : result.decisions.candidates[0]?.decision.reason;
    };
    expect(reasonFor(4)).toBe("PRODUCT_NONE");
    expect(reasonFor(2)).not.toBe("PRODUCT_NONE");
  });

  it.each([
    [{ ...offer, method: undefined }, "KEY_MISSING "],
    [{ ...offer, method: "push" }, "VALUE_NOT_ALLOWED /method"],
    [{ ...offer, product: { from: "goods as p" } }, "NOT_A_COLLECTION /product/from"],
    [{ ...offer, product: { from: "products as p", order: "descending" } }, "KEY_MISSING /product"],
    [{ ...offer, product: { from: "products as p", where: [["p.rsik", "=", 2]] } }, "FACT_UNKNOWN /product/where/0/0"],
    [{ ...offer, product: {} }, "KEY_MISSING /product"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(complaints(wrong)).toContain(expected);
  });
});

describe("watch", () => {
  it("keeps one occurrence while it stays true", () => {
    const engine = benchEngine([{ id: "low", kind: "watch", title: "x", when: [["total", "<", 10]], then: [{ task: "call" }] }]);
    const day1 = { asOf: "2026-09-21", at: "2026-09-21T09:00:00+08:00" };
    const decided = engine.decide({ customerId: "T1", total: 5 }, day1);
    if ("setAside" in decided) throw new Error("set aside");
    const state = engine.finish(decided, [], day1).nextState;
    expect(matchesOn(engine, { total: 4 }, "2026-09-25", state)[0]?.occurrence).toBe("2026-09-21");
    expect(matchesOn(engine, { total: 4 }, "2026-09-25")[0]?.occurrence).toBe("2026-09-25");
  });
});
