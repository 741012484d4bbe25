import type { PackFiles } from "@evertend/core";
import type { BenchRule, Condition } from "./make-rules.js";

const number = { type: "number", scale: 2 };
const text = { type: "string" };
const model = {
  id: "bench", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "customerId", roles: { rm: "rmId", consents: "consents" },
    properties: {
      customerId: text, rmId: text, city: text, potential: { type: "integer" }, active: { type: "boolean" },
      joinedOn: { type: "string", format: "date" }, turnover: number,
      assets: { type: "object", properties: { total: number, atOtherBanks: number } },
      products: { type: "array", items: text },
      consents: { type: "array", id: "consentId", items: { type: "object", properties: { consentId: text, purpose: text, status: text } } },
      holdings: { type: "array", id: "holdingId", absent: "none", items: { type: "object", properties: { holdingId: text, type: text, balance: number } } },
    },
  },
};

/**
 * The rules as a pack; each asks for one task a quarter. With a parameter, one more rule reads `limit`: total assets of at
 * least so much, among the customers of great turnover.
 */
export function renderPack(rules: readonly BenchRule[], { parameter = false } = {}): PackFiles {
  const changing = { id: "limited", when: [["assets.total", ">=", { param: "limit" }], ["turnover", ">=", 290_000]], repeat: "quarter", then: [{ task: "call", class: "service" }] };
  return {
    "pack.json": JSON.stringify({ pack: { id: "bench", version: "1" }, model }),
    "rules.json": JSON.stringify({
      ...(parameter ? { parameters: { limit: { value: 1_000_000, label: { "zh-CN": "起点", en: "limit" } } } } : {}),
      rules: [...rules.map(({ id, when }) => ({ id, when: when.kind === "all" ? when.of.map(condition) : [condition(when)], repeat: "quarter", then: [{ task: "call", class: "service" }] })), ...(parameter ? [changing] : [])],
      templates: [{ id: "call", task: { "zh-CN": { title: "致电", brief: "资产{{money assets.total}}元。" }, en: { title: "Call", brief: "Assets {{money assets.total}}." } } }],
    }),
  };
}

function condition(one: Condition): unknown {
  switch (one.kind) {
    case "compare":
      return [one.field, one.sign, one.value];
    case "in":
      return [one.field, "in", one.values];
    case "is":
      return [one.field, "=", one.value];
    case "has":
      return [one.field, "contains", one.value];
    case "holds":
      return { some: "holdings as h", where: [["h.type", "=", one.type], ["h.balance", ">=", one.balance]] };
    case "not":
      return { not: condition(one.of) };
    default:
      return { [one.kind]: one.of.map(condition) };
  }
}
