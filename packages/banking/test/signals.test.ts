import { createEngine, createEnvironment, loadPack } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { bankingPlugin } from "@evertend/banking";
import { retail } from "./retail-pack.js";

const text = { type: "string" };
const model = {
  id: "signals", zone: "Asia/Shanghai",
  entity: { name: "customer", id: "customerId", properties: { customerId: text, signals: { type: "array", id: "signalId", absent: "none", items: { type: "object", properties: { signalId: text, type: { type: "string", enum: ["delivery.returned", "dividend.paid"] }, date: { type: "string", format: "date" }, amount: { type: "number" } } } } } },
};
const templates = [{ id: "call", task: { "zh-CN": { title: "任务", brief: "说明" }, en: { title: "task", brief: "brief" } } }];
const rule = { id: "wake", kind: "watch", on: "dividend.paid", within: 3, when: [["signal.amount", ">", 10]], then: [{ task: "call" }] };

function load(json: unknown, parts: object = {}): ReturnType<typeof loadPack> {
  return loadPack({ "pack.json": JSON.stringify({ pack: { id: "s", version: "1" }, model, templates, rules: [json], ...parts }) }, { environment: createEnvironment([bankingPlugin]), lang: "en" });
}

describe("rules that wake on signals", () => {
  it.each(["rule", "watch", "offer"])("speak of each signal of their types once, within its days (%s)", (kind) => {
    const { program } = load({ ...rule, kind, ...(kind === "offer" ? { method: "repeat" } : {}) });
    if (!program) throw new Error("no program");
    const signals = [{ signalId: "A", type: "dividend.paid", date: "2026-09-20", amount: 11 }, { signalId: "B", type: "dividend.paid", date: "2026-09-20", amount: 10 }, { signalId: "C", type: "delivery.returned", date: "2026-09-20", amount: 99 }, { signalId: "D", type: "dividend.paid", date: "2026-09-22", amount: 50 }];
    const on = (asOf: string): unknown => {
      const result = createEngine(program).evaluate({ customerId: "T", signals }, { asOf });
      return "matches" in result && result.matches.map(({ subject, occurrence }) => `${subject} ${occurrence}`);
    };
    expect([on("2026-09-19"), on("2026-09-20"), on("2026-09-22"), on("2026-09-23")]).toEqual([[], ["A A"], ["A A", "D D"], ["D D"]]);
  });

  it.each([
    [{ ...rule, on: "dividend.payed" }, "VALUE_NOT_ALLOWED /on"],
    [{ ...rule, on: ["delivery.returned", "dividend"] }, "VALUE_NOT_ALLOWED /on/1"],
    [{ ...rule, forEach: "signals as s" }, "UNKNOWN_KEY /forEach"],
    [{ ...rule, repeat: "year" }, "UNKNOWN_KEY /repeat"],
    [{ ...rule, on: undefined, when: undefined }, "KEY_MISSING "],
    [{ ...rule, within: 0 }, "PARAMETER_RANGE /within"],
    [{ ...rule, when: [["signal.size", ">", 1]] }, "FACT_UNKNOWN /when/0/0"],
    [{ ...rule, kind: "cadence", every: { days: 30 } }, "UNKNOWN_KEY /on"],
  ])("refuse wrong rule %#", (wrong, expected) => {
    expect(load(wrong).diagnostics.map((one) => `${one.code} ${one.pointer.replace("/rules/0", "")}`)).toContain(expected);
  });

  it("say so where the model has no signals", () => {
    const bare = { ...model, entity: { ...model.entity, properties: { customerId: text } } };
    expect(load(rule, { model: bare }).diagnostics.map((one) => `${one.code} ${one.pointer}`)).toContain("NOT_A_COLLECTION /rules/0/on");
  });

  it("take effect once: a host evaluates at once, and the nightly run finds the same key", () => {
    if (!retail.program) throw new Error("the retail pack does not load");
    const engine = createEngine(retail.program, { context: { products: [], events: [], notices: [] } });
    const record = { customerId: "T1", name: "示例客户", phone: "+8619900000000", rm: { id: "M001", name: "林静好" }, unit: { id: "U01", headId: "H01" } };
    const returned = { ...record, signals: [{ signalId: "S1", type: "delivery.returned", date: "2026-09-21", channel: "letter" }] };
    const noon = { asOf: "2026-09-21", at: "2026-09-21T12:10:00+08:00" };
    const atOnce = engine.decide(returned, noon);
    if ("setAside" in atOnce) throw new Error("set aside");
    const done = engine.finish(atOnce, atOnce.decisions.candidates.map((candidate) => ({ candidate, decision: candidate.decision })), noon);
    expect(done.tasks.map((task) => task.template)).toEqual(["update-address"]);
    for (const asOf of ["2026-09-21", "2026-09-22"]) {
      const night = engine.decide(returned, { asOf, at: `${asOf}T23:00:00+08:00`, state: done.nextState });
      if ("setAside" in night) throw new Error("set aside");
      expect(night.decisions.candidates.map(({ decision }) => [decision.key, decision.outcome, decision.reason])).toEqual([[done.tasks[0]?.key, "dropped", "ALREADY_PLANNED"]]);
    }
  });
});
