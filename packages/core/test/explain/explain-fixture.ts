import { createEngine, type Engine } from "../../src/engine.js";
import { explain, type ExplainOptions } from "../../src/explain/explain.js";
import type { Clause, ExplainedSubject, Explanation } from "../../src/explain/explanation.js";
import { loadPack } from "../../src/load-pack.js";

const label = (zh: string, en: string) => ({ "zh-CN": zh, en });

/** A small bank: fields of every type, a collection, context products. */
export const model = {
  id: "small", zone: "Asia/Shanghai", currency: "CNY",
  entity: {
    name: "customer", id: "customerId", roles: { rm: "rm", doNotContact: "silent" },
    properties: {
      customerId: { type: "string" },
      rm: { type: "string", label: label("客户经理", "manager") },
      silent: { type: "boolean" },
      assets: { type: "object", properties: { total: { type: "number", scale: 2, unit: "CNY", minimum: 0, label: label("资产总额", "total assets") } } },
      debt: { type: "number", scale: 2, unit: "CNY", label: label("负债", "debt") },
      score: { type: "number", scale: 0, minimum: 0, maximum: 100, label: label("评分", "score") },
      birthDate: { type: "string", format: "date", label: label("出生日期", "birth date") },
      lastVisit: { type: "string", format: "date", label: label("上次到访", "last visit") },
      senior: { type: "boolean", label: label("老年客户", "senior") },
      gender: { type: "string", enum: ["female", "male"], label: label("性别", "gender") },
      hobbies: { type: "array", items: { type: "string" }, label: label("爱好", "hobbies") },
      phone: { type: "string", label: label("手机号", "phone") },
      holdings: {
        type: "array", id: "holdingId", label: label("持有产品", "holdings"),
        items: {
          type: "object",
          properties: {
            holdingId: { type: "string" },
            type: { type: "string", enum: ["fund", "term-deposit"], label: label("类型", "type") },
            balance: { type: "number", scale: 2, unit: "CNY", label: label("余额", "balance") },
            maturityDate: { type: "string", format: "date", absent: "none", label: label("到期日", "maturity") },
          },
        },
      },
    },
  },
  context: { products: { type: "array", id: "productId", items: { type: "object", properties: { productId: { type: "string" }, risk: { type: "number", scale: 0 } } } } },
};

export const facts = [
  { id: "net", kind: "sum", of: ["assets.total"], minus: ["debt"], unit: "CNY", label: label("净资产", "net assets") },
  { id: "age", kind: "daysSince", date: "birthDate", unit: "years", label: label("年龄", "age") },
  { id: "grade", kind: "bands", of: "assets.total", bands: [{ name: "base" }, { name: "gold", from: { param: "goldFrom" } }], label: label("等级", "grade") },
  { id: "funds", kind: "aggregate", fold: "sum", over: "holdings as h", where: [["h.type", "=", "fund"]], of: "h.balance", label: label("基金合计", "funds") },
  { id: "level", kind: "state", measure: "assets.total", levels: [{ name: "gold", from: 100, keepFrom: 80 }, { name: "base" }], graceDays: 10, label: label("级别", "level") },
];

export const parameters = {
  goldFrom: { value: 500000, unit: "CNY", label: label("金级起点", "gold from"), source: "not from the documents" },
  soon: { value: 30, unit: "days", label: label("临近天数", "days that are soon"), source: "S106" },
};

/** What a test adds to the pack. */
export interface PackExtra {
  readonly rules: readonly unknown[];
  readonly conditions?: unknown;
  readonly policy?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

export function engineOf({ rules, conditions, policy, context }: PackExtra): Engine {
  const pack = {
    pack: { id: "small", version: "1", title: "small", locale: "en" }, model, facts, parameters, rules,
    templates: [{ id: "call", task: { "zh-CN": { title: "联系", brief: "联系客户" }, en: { title: "Call", brief: "Call" } } }],
    ...(conditions === undefined ? {} : { conditions }),
    ...(policy === undefined ? {} : { policy }),
  };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return createEngine(program, context ? { context } : {});
}

export const asOf = "2026-11-23";
export const day = { asOf, at: `${asOf}T09:00:00+08:00` };

export function explained(engine: Engine, record: unknown, options: Partial<ExplainOptions> = {}): Explanation {
  const answer = explain(engine, record, { ...day, ruleId: "r", ...options });
  if ("setAside" in answer) throw new Error(JSON.stringify(answer.setAside));
  return answer;
}

/** The one subject of a rule `r` with this condition. */
export function subjectOf(when: unknown, record: Readonly<Record<string, unknown>>, extra: Partial<PackExtra> = {}): ExplainedSubject {
  const engine = engineOf({ rules: [{ id: "r", title: "r", when, then: [] }], ...extra });
  const [subject] = explained(engine, { customerId: "1", ...record }).subjects;
  if (!subject) throw new Error("no subject");
  return subject;
}

/** The first clause below the list of conditions, or the only one. */
export function clauseOf(when: unknown, record: Readonly<Record<string, unknown>>, extra: Partial<PackExtra> = {}): Clause {
  return subjectOf([when], record, extra).clause;
}
