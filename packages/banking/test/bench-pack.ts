import { createEngine, createEnvironment, loadPack } from "@evertend/core";
import type { CustomerState, Diagnostic, Engine, LoadedPack, Match } from "@evertend/core";
import { bankingPlugin } from "@evertend/banking";

const model = {
  id: "bench",
  zone: "Asia/Shanghai",
  currency: "CNY",
  entity: {
    name: "customer",
    id: "customerId",
    roles: { contacts: "contactLog" },
    properties: {
      customerId: { type: "string" },
      birthDate: { type: "string", format: "date" },
      birthDateLunar: { type: "string", format: "lunar-day" },
      since: { type: "string", format: "date" },
      total: { type: "number", scale: 2 },
      potential: { type: "number" },
      grade: { type: "string" },
      everyDays: { type: "number" },
      deposits: {
        type: "array",
        id: "depositId",
        absent: "none",
        items: { type: "object", properties: { depositId: { type: "string" }, maturityDate: { type: "string", format: "date", absent: "none" }, risk: { type: "number" } } },
      },
      contactLog: {
        type: "array",
        id: "contactId",
        absent: "none",
        items: { type: "object", properties: { contactId: { type: "string" }, date: { type: "string", format: "date" }, channel: { type: "string" }, outcome: { type: "string", absent: "none" } } },
      },
    },
  },
  context: { products: { type: "array", id: "productId", items: { type: "object", properties: { productId: { type: "string" }, risk: { type: "number" } } } } },
};

const templates = ["call", "late", "note"].map((id) => ({ id, task: { "zh-CN": { title: "任务", brief: "说明" }, en: { title: "task", brief: "brief" } } }));

const calendars = { festivals: { from: "2026-01-01", to: "2027-12-31", named: { "mid-autumn": ["2026-09-25", "2027-09-15"] } } };

/** A pack with a small model, the calendar `festivals`, the tasks `call`, `late` and `note`, and these rules. */
export function benchPack(rules: readonly unknown[], parts: Readonly<Record<string, unknown>> = {}): LoadedPack {
  const pack = { pack: { id: "bench", version: "1", title: { "zh-CN": "试验", en: "bench" } }, model, templates, calendars, rules, ...parts };
  return loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([bankingPlugin]), lang: "en" });
}

/** The engine of a pack that must be right. */
export function benchEngine(rules: readonly unknown[], parts: Readonly<Record<string, unknown>> = {}): Engine {
  const { program, diagnostics } = benchPack(rules, parts);
  if (!program) throw new Error(diagnostics.map((one) => `${one.code} ${one.pointer}: ${one.message}`).join("\n"));
  return createEngine(program, { context: { products: [] } });
}

/** Matches of one record on one day. */
export function matchesOn(engine: Engine, record: Readonly<Record<string, unknown>>, asOf: string, state?: CustomerState): readonly Match[] {
  const result = engine.evaluate({ customerId: "T1", ...record }, { asOf, ...(state ? { state } : {}) });
  if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
  return result.matches;
}

/** What is wrong with a rule, as `CODE pointer` with the pointer inside the rule. */
export function complaints(rule: unknown): string[] {
  return benchPack([rule]).diagnostics.filter((one) => one.severity === "error").map((one: Diagnostic) => `${one.code} ${one.pointer.replace("/rules/0", "")}`);
}
