import { dayOf, formatDay, parseDay } from "../../src/calendar/civil-date.js";
import type { Channel } from "../../src/channel/channel.js";
import { decide } from "../../src/arbitrate/decide.js";
import type { DecideInput } from "../../src/arbitrate/decide.js";
import type { Candidate } from "../../src/arbitrate/candidate.js";
import type { Decision } from "../../src/decision/decision.js";
import type { Evaluation, MatchDetail } from "../../src/evaluate/evaluation.js";
import type { Truth, Value } from "../../src/evaluate/value.js";
import type { TruthNode, ValueNode } from "../../src/lower/node.js";
import type { Program } from "../../src/lower/program.js";
import type { ActionProgram, RulePolicy, RuleProgram } from "../../src/lower/rule-program.js";
import type { Collection, Field } from "../../src/model/catalogue.js";
import type { PolicyProgram } from "../../src/policy/policy-program.js";
import type { Template } from "../../src/template/check-template.js";
import type { TemplateProgram } from "../../src/template/template-program.js";
import type { Touch } from "../../src/decision/decision.js";
import { createEnvironment } from "../../src/plugin/environment.js";

const origin = { file: "pack.json", pointer: "" };
const label = { "zh-CN": "甲", en: "a" };

/** A truth node that the fixture's evaluation looks up by name in `facts`. */
export function named(name: string): TruthNode {
  return { op: "named", name, item: { op: "constant", value: true } };
}

export function dateNode(text: string): ValueNode {
  return { op: "const", type: "date", value: parseDay(text) as number };
}

/** A stand-in for a checked template: `{{name}}` is read, nothing else is understood. */
function template(source: string): Template {
  return {
    source,
    version: `v-${source}`,
    reads: [],
    fields: [],
    slots: [],
    maxCharacters: null,
    fill(values) {
      const missing: string[] = [];
      const slots: Record<string, string> = {};
      const text = source.replace(/\{\{([^}]+)\}\}/g, (_, name: string) => {
        const value = values.get(name);
        if (value === undefined || value === null) missing.push(name);
        return (slots[name] = String(value ?? ""));
      });
      return { text, missing, tooLarge: text.length > 20_000, slots };
    },
  };
}

export function message(id: string, channels: Readonly<Record<string, string>>): TemplateProgram {
  const variants = Object.entries(channels).map(([channel, text]) => [channel, new Map([["en", new Map([["text", template(text)]])]])] as const);
  return { id, type: "message", variants: new Map(variants), version: `version-${id}` };
}

export function taskTemplate(id: string, title: string, brief = ""): TemplateProgram {
  const parts = new Map([["title", template(title)], ...(brief === "" ? [] : [["brief", template(brief)] as const])]);
  return { id, type: "task", variants: new Map([["task", new Map([["en", parts]])]]), version: `version-${id}` };
}

export function channel(id: string, address: "phone" | "mailbox" | "opaque" = "opaque", render?: Channel["render"]): Channel {
  return {
    contract: 1,
    id,
    label,
    capabilities: { content: "free", batchSize: 1, idempotency: "none", receipts: "none", optOut: "none", sensitivity: "personal", maxCharacters: null, parts: ["text"], escape: { text: "plain" }, address },
    configSchema: {},
    render: render ?? ((touch: Touch) => ({ key: touch.key, to: touch.to, parts: touch.parts, segments: 1, encoding: "", diagnostics: [] })),
    open: () => Promise.reject(new Error("not opened in these tests")),
  };
}

export function action(extra: Partial<ActionProgram> & Pick<ActionProgram, "type" | "template">): ActionProgram {
  return { id: `${extra.type}:${extra.template}`, class: "service", via: extra.type === "message" ? ["sms"] : [], role: "rm", origin, ...extra };
}

export function rule(id: string, actions: readonly ActionProgram[], policy: RulePolicy = {}, priority = 50): RuleProgram {
  return { id, title: label, kind: "rule", category: "care", objective: "retain", priority, covers: [], when: { op: "constant", value: true }, occurrence: { op: "const", type: "text", value: "o" }, actions, policy, origin };
}

export function match(of: RuleProgram, extra: Partial<MatchDetail> = {}): MatchDetail {
  return { rule: of, subject: "", occurrence: "2026-Q4", until: Infinity, ...extra };
}

function field(name: string, slot: number, absent: "unknown" | "none" = "unknown"): Field {
  return { name, type: "text", label, sensitivity: "internal", absent, slot };
}

/** Products: id in slot 0, risk level in slot 1. */
export const products: Collection = { name: "products", label, scope: "context", idField: "productId", fields: new Map([["productId", field("productId", 0)], ["riskLevel", field("riskLevel", 1)]]), absent: "none", slot: 0 };

export const openPolicy: PolicyProgram = {
  jurisdiction: "cn",
  consent: {
    mandatory: { rule: "none", purpose: "mandatory" },
    service: { rule: "none", purpose: "service" },
    greeting: { rule: "required", purpose: "greeting" },
    marketing: { rule: "required", purpose: "marketing" },
  },
  doNotContact: ["marketing", "greeting"],
  quietHours: [],
  windows: [],
  caps: [],
  pauses: [],
  suitability: new Map(),
  slotsPerDay: {},
  channelBudget: {},
  holdoutKey: "2026",
};

export const standardTemplates = [message("hello", { sms: "Hello {{name}}", email: "Hello {{name}}" }), message("sale", { sms: "Buy {{name}}" }), taskTemplate("call", "Call {{name}}", "Ask how it goes"), taskTemplate("visit", "Visit {{name}}"), taskTemplate("ask", "Ask {{name}} for consent")];

export function program(policy: Partial<PolicyProgram> = {}, templates: readonly TemplateProgram[] = standardTemplates, channels: readonly Channel[] = [channel("sms"), channel("email")]): Program {
  return {
    pack: { id: "p", version: "1", title: label, locale: "en" },
    overlays: [],
    hash: "pack-hash",
    engineVersion: "0.1.0",
    model: {
      id: "m",
      entity: "customer",
      idField: "customerId",
      zone: "Asia/Shanghai",
      currency: "CNY",
      fields: new Map([["rating2", field("rating2", 0, "none")]]),
      collections: new Map(),
      context: new Map([["products", products]]),
      roles: new Map([["rm", "rm"], ["unitHead", "head"], ["zone", "zone"], ["locale", "locale"], ["address.sms", "phone"], ["address.email", "email"], ["doNotContact", "dnc"], ["preferredChannels", "wish"]]),
      required: [],
    },
    parameters: new Map(),
    facts: [],
    levels: [],
    rules: [],
    templates: new Map(templates.map((one) => [one.id, one])),
    policy: { ...openPolicy, ...policy },
    calendars: new Map(),
    environment: createEnvironment([{ name: "test", channels }]),
  };
}

export const asOf = "2026-11-30";
export const at = "2026-11-30T09:00:00+08:00";
export const today = dayOf(2026, 11, 30);

/** A day `days` after the fixture's asOf, as text. */
export function daysOn(days: number): string {
  return formatDay(today + days);
}

export function evaluation(matches: readonly MatchDetail[], facts: Readonly<Record<string, Value>> = {}, id = "c1", day = today): Evaluation {
  const all: Readonly<Record<string, Value>> = { name: "Ann", rm: "rm-1", head: "head-1", phone: "+8613800000000", email: "ann@example.org", ...facts };
  return {
    record: { id, slots: [], collections: [], hash: `record-${id}` },
    asOf: day,
    matches,
    unknowns: [],
    facts: [],
    wakeUp: Infinity,
    failures: [],
    remember: { lastFacts: { tier: "gold" }, episodes: {} },
    truth(node) {
      if (node.op === "constant") return node.value ? 1 : 0;
      return node.op === "named" && Object.hasOwn(all, node.name) ? ((all[node.name] as Truth | undefined) ?? 2) : 2;
    },
    until: () => Infinity,
    value(node) {
      if (node.op === "const") return node.value;
      return node.op === "field" ? all[node.name] : undefined;
    },
    read(name, of, product) {
      if (name === "item") return of?.item?.[0];
      return name === "product.riskLevel" ? product?.[1] : all[name];
    },
  };
}

export function input(of: Program, evaluated: Evaluation, extra: Partial<DecideInput> = {}): DecideInput {
  return { program: of, evaluation: evaluated, context: [[["fund-1", 3], ["fund-2", 5]]], state: undefined, asOf, at, recordContacts: [], consents: [], ...extra };
}

/** Decides one customer with the standard program. */
export function decideOn(matches: readonly MatchDetail[], options: { readonly policy?: Partial<PolicyProgram>; readonly facts?: Readonly<Record<string, Value>>; readonly program?: Program } & Partial<DecideInput> = {}): readonly Candidate[] {
  const { policy, facts, program: given, ...extra } = options;
  return decide(input(given ?? program(policy), evaluation(matches, facts), extra)).candidates;
}

/** The one decision of a customer with one pair. */
export function only(candidates: readonly Candidate[]): Decision {
  if (candidates.length !== 1) throw new Error(`expected one decision, got ${candidates.length}`);
  return (candidates[0] as Candidate).decision;
}
