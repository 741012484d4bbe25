import { closest } from "../diagnostics/did-you-mean.js";
import { checkShape } from "../language/check-shape.js";
import { policyShape } from "../language/pack-shapes.js";
import { parseValue } from "../language/parse-value.js";
import { isObject, type Spot } from "../language/spot.js";
import { messageClasses, type MessageClass } from "../decision/message-class.js";
import type { Cap, ChannelWindow, Pause, PolicyProgram, QuietHours, Suitability } from "../policy/policy-program.js";
import { lowerJson } from "./lower-condition.js";
import { lowerValue } from "./lower-value.js";
import { openScope, resolveFact, type Names } from "./scope.js";

type Json = Readonly<Record<string, unknown>>;

/** What holds where a pack says nothing: consent for greetings and selling, none for what the law or the contract asks for. */
const consentDefaults: PolicyProgram["consent"] = {
  mandatory: { rule: "none", purpose: "mandatory" },
  service: { rule: "none", purpose: "service" },
  greeting: { rule: "required", purpose: "greeting" },
  marketing: { rule: "required", purpose: "marketing" },
};

/** Lowers the policy of a pack, whose JSON has passed its shape; `undefined` gives the careful defaults. */
export function lowerPolicy(json: unknown, spot: Spot, names: Names): PolicyProgram {
  // Where the shape is wrong the pack will not run; what is wrong was reported when its files were read.
  const policy = isObject(json) && checkShape(policyShape, json, spot) ? json : {};
  const list = (key: string): readonly { readonly json: Json; readonly spot: Spot }[] => (Array.isArray(policy[key]) ? (policy[key] as Json[]).map((one, i) => ({ json: one, spot: spot.at(key, i) })) : []);
  const number = (value: unknown, at: Spot): number => readNumber(value, at, names);
  for (const key of ["quietHours", "windows", "caps", "pauses"]) uniqueIds(list(key));
  const numbers = (key: string): Record<string, number> => Object.fromEntries(Object.entries((policy[key] ?? {}) as Json).map(([name, value]) => [name, number(value, spot.at(key, name))]));
  return {
    jurisdiction: typeof policy["jurisdiction"] === "string" ? policy["jurisdiction"] : "",
    consent: consents(policy["consent"]),
    doNotContact: (policy["doNotContact"] as MessageClass[] | undefined) ?? ["greeting", "marketing"],
    quietHours: list("quietHours").map(({ json: one, spot: at }): QuietHours => ({ id: String(one["id"]), classes: one["classes"] as MessageClass[], channels: (one["channels"] as string[] | undefined) ?? null, from: minutes(one["from"], at.at("from")), to: minutes(one["to"], at.at("to")) })),
    windows: list("windows").map(({ json: one, spot: at }): ChannelWindow => ({ id: String(one["id"]), when: lowerJson(one["when"], at.at("when"), openScope(names)), channels: one["channels"] as string[], from: minutes(one["from"], at.at("from")), to: minutes(one["to"], at.at("to")) })),
    caps: list("caps").map(({ json: one, spot: at }): Cap => ({ id: String(one["id"]), classes: one["classes"] as MessageClass[], channels: (one["channels"] as string[] | undefined) ?? null, rules: (one["rules"] as string[] | undefined) ?? null, max: number(one["max"], at.at("max")), days: number(one["days"], at.at("days")) })),
    pauses: list("pauses").map(({ json: one, spot: at }): Pause => ({ id: String(one["id"]), when: lowerJson(one["when"], at.at("when"), openScope(names)), stops: one["stops"] as MessageClass[], channels: (one["channels"] as string[] | undefined) ?? null })),
    suitability: new Map(Object.entries((policy["suitability"] ?? {}) as Json).map(([name, preset]) => [name, suitability(name, preset as Json, spot.at("suitability", name), names, number)] as const)),
    slotsPerDay: numbers("slotsPerDay"),
    channelBudget: numbers("channelBudget"),
    holdoutKey: typeof policy["holdoutKey"] === "string" ? policy["holdoutKey"] : "",
  };
}

function consents(json: unknown): PolicyProgram["consent"] {
  const given = isObject(json) ? json : {};
  const entries = messageClasses.map((name) => {
    const one = isObject(given[name]) ? given[name] : {};
    const otherwise = consentDefaults[name];
    return [name, { rule: (one["rule"] as "required" | undefined) ?? otherwise.rule, purpose: typeof one["purpose"] === "string" ? one["purpose"] : otherwise.purpose }] as const;
  });
  return Object.fromEntries(entries) as unknown as PolicyProgram["consent"];
}

function uniqueIds(list: readonly { readonly json: Json; readonly spot: Spot }[]): void {
  const seen = new Set<string>();
  for (const { json, spot } of list) {
    const id = String(json["id"]);
    if (seen.has(id)) spot.at("id").report("DUPLICATE_ID", { name: id });
    seen.add(id);
  }
}

function minutes(json: unknown, spot: Spot): number {
  const parts = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(String(json));
  const total = parts ? Number(parts[1]) * 60 + Number(parts[2]) : -1;
  if (total >= 0 && total <= 1440) return total;
  spot.report("TYPE_MISMATCH", { name: "time", expected: "HH:MM", found: String(json) });
  return 0;
}

function readNumber(json: unknown, spot: Spot, names: Names): number {
  const expression = parseValue(json, spot);
  const node = expression && lowerValue(expression, openScope(names), "number");
  if (node?.op === "const" && typeof node.value === "number" && node.value >= 0) return node.value;
  if (node) spot.report("TYPE_MISMATCH", { name: "number", expected: "number | {param}", found: node.type });
  return 0;
}

function suitability(id: string, json: Json, spot: Spot, names: Names, number: (value: unknown, at: Spot) => number): Suitability {
  const known = (name: unknown, at: Spot): string => {
    resolveFact(String(name), at, openScope(names));
    return String(name);
  };
  const productRisk = String(json["productRisk"]);
  const fields = [...(names.model?.context.values() ?? [])].flatMap((collection) => [...collection.fields.keys()].map((field) => `product.${field}`));
  if (!fields.includes(productRisk)) spot.at("productRisk").report("FACT_UNKNOWN", { name: productRisk, suggestion: closest(productRisk, fields) ?? "" });
  return {
    id,
    productRisk,
    customerRatings: (json["customerRatings"] as readonly unknown[]).map((name, i) => known(name, spot.at("customerRatings", i))),
    assessedOn: known(json["assessedOn"], spot.at("assessedOn")),
    validMonths: number(json["validMonths"], spot.at("validMonths")),
    careAge: json["careAge"] === undefined ? Infinity : number(json["careAge"], spot.at("careAge")),
    highRisk: json["highRisk"] === undefined ? Infinity : number(json["highRisk"], spot.at("highRisk")),
    birthDate: json["birthDate"] === undefined ? "" : known(json["birthDate"], spot.at("birthDate")),
  };
}
