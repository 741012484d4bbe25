import { closest } from "../diagnostics/did-you-mean.js";
import type { Condition } from "./condition.js";
import { operatorNames, parseOperator } from "./operators.js";
import { onlyKeys, parseFact, parseValue } from "./parse-value.js";
import { isObject, jsonType, type Spot } from "./spot.js";

/** Conditions nested deeper than this are refused. */
export const deepest = 16;
/** A rule with more conditions than this is refused. */
export const mostConditions = 200;

/** What a condition may hold, and how much of it was read so far. */
export interface ConditionBudget {
  readonly operators: ReadonlyMap<string, unknown>;
  count: number;
}

const heads = ["all", "any", "not", "condition", "fact", "some", "every", "none", "count"] as const;
type Head = (typeof heads)[number];

/**
 * Reads one condition or a list of them (a list means all), in json-rules-engine's form or in the short one. Reports
 * everything that is wrong at once; returns `undefined` where nothing can be made of it.
 */
export function parseCondition(json: unknown, spot: Spot, budget: ConditionBudget, depth = 0): Condition | undefined {
  if (depth > deepest) {
    spot.report("TOO_DEEP", { limit: deepest });
    return undefined;
  }
  if (++budget.count === mostConditions + 1) spot.report("TOO_MANY_CONDITIONS", { limit: mostConditions });
  if (budget.count > mostConditions) return undefined;
  if (Array.isArray(json)) return isShortLeaf(json) ? parseShort(json, spot, budget) : parseGroup("all", json, spot, budget, depth);
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "condition", expected: "object | list", found: jsonType(json) });
    return undefined;
  }
  let head: Head | undefined;
  for (const one of heads) {
    if (!Object.hasOwn(json, one)) continue;
    if (head !== undefined) {
      spot.report("AMBIGUOUS_GROUP", { name: heads.filter((name) => Object.hasOwn(json, name)).join(", ") });
      return undefined;
    }
    head = one;
  }
  if (head === undefined) {
    if (Object.hasOwn(json, "operator")) spot.report("KEY_MISSING", { name: "fact" });
    onlyKeys(json, Object.hasOwn(json, "operator") ? ["operator", "value", "path", "name"] : heads, spot);
    if (Object.keys(json).length === 0) spot.report("EMPTY_GROUP", { name: "{}" });
    return undefined;
  }
  const condition = parseHead(head, json, spot, budget, depth);
  const { name } = json;
  if (name === undefined || head === "condition") return condition;
  if (typeof name !== "string") spot.at("name").report("TYPE_MISMATCH", { name: "name", expected: "text", found: jsonType(name) });
  if (!condition || typeof name !== "string" || condition.kind === "all" || condition.kind === "any") return condition;
  // Groups carry a name; what is none becomes a group of one.
  return { kind: "all", items: [condition], name, spot };
}

function parseHead(head: Head, json: Readonly<Record<string, unknown>>, spot: Spot, budget: ConditionBudget, depth: number): Condition | undefined {
  switch (head) {
    case "all":
    case "any": {
      onlyKeys(json, [head, "name"], spot);
      const list = json[head];
      if (!Array.isArray(list)) {
        spot.at(head).report("LIST_REQUIRED", { name: head });
        return undefined;
      }
      const group = parseGroup(head, list, spot.at(head), budget, depth);
      return group && typeof json["name"] === "string" ? { ...group, name: json["name"] } : group;
    }
    case "not": {
      onlyKeys(json, ["not", "name"], spot);
      const item = parseCondition(json["not"], spot.at("not"), budget, depth + 1);
      return item && { kind: "not", item, spot };
    }
    case "condition": {
      onlyKeys(json, ["condition"], spot);
      const name = json["condition"];
      if (typeof name === "string") return { kind: "named", name, spot };
      spot.at("condition").report("TYPE_MISMATCH", { name: "condition", expected: "text", found: jsonType(name) });
      return undefined;
    }
    case "fact":
      return parseLeaf(json, spot, budget);
    case "count":
      return parseCount(json, spot, budget, depth);
    default:
      return parseQuantifier(head, json, spot, budget, depth);
  }
}

function parseGroup(kind: "all" | "any", list: readonly unknown[], spot: Spot, budget: ConditionBudget, depth: number): (Condition & { kind: "all" | "any" }) | undefined {
  if (list.length === 0) {
    spot.report("EMPTY_GROUP", { name: kind });
    return undefined;
  }
  // What could not be read was reported; the names and types of the others are still looked at.
  const items: Condition[] = [];
  for (let i = 0; i < list.length; i++) {
    const item = parseCondition(list[i], spot.at(i), budget, depth + 1);
    if (item) items.push(item);
  }
  return items.length > 0 ? { kind, items, spot } : undefined;
}

/** `["fact", "operator", value]`: the first two are texts, and the first is no group. */
function isShortLeaf(json: readonly unknown[]): boolean {
  return typeof json[0] === "string" || typeof json[1] === "string";
}

function parseShort(json: readonly unknown[], spot: Spot, budget: ConditionBudget): Condition | undefined {
  const [fact, operator] = json;
  if (typeof fact !== "string" || typeof operator !== "string" || json.length > 3) {
    spot.report("TYPE_MISMATCH", { name: "condition", expected: "[fact, operator, value]", found: `[${json.map(jsonType).join(", ")}]` });
    return undefined;
  }
  return makeLeaf({ fact, path: undefined, operator, value: json[2], hasValue: json.length > 2 }, spot, { fact: spot.at(0), operator: spot.at(1), value: spot.at(2) }, budget);
}

function parseLeaf(json: Readonly<Record<string, unknown>>, spot: Spot, budget: ConditionBudget): Condition | undefined {
  onlyKeys(json, ["fact", "path", "operator", "value", "name"], spot);
  if (!Object.hasOwn(json, "operator")) {
    spot.report("KEY_MISSING", { name: "operator" });
    return undefined;
  }
  const spots = { fact: spot, operator: spot.at("operator"), value: spot.at("value") };
  return makeLeaf({ fact: json["fact"], path: json["path"], operator: json["operator"], value: json["value"], hasValue: Object.hasOwn(json, "value") }, spot, spots, budget);
}

interface LeafParts {
  readonly fact: unknown;
  readonly path: unknown;
  readonly operator: unknown;
  readonly value: unknown;
  readonly hasValue: boolean;
}

function makeLeaf(parts: LeafParts, spot: Spot, spots: { fact: Spot; operator: Spot; value: Spot }, budget: ConditionBudget): Condition | undefined {
  const left = parseFact(parts.fact, parts.path, spots.fact);
  const parsed = readOperator(parts.operator, spots.operator, budget);
  if (!parsed) {
    if (parts.hasValue) parseValue(parts.value, spots.value);
    return undefined;
  }
  const presence = parsed.operator === "isPresent" || parsed.operator === "isMissing";
  if (presence) {
    if (parts.hasValue && parts.value !== true) spots.value.report("TYPE_MISMATCH", { name: String(parts.operator), expected: "no value", found: jsonType(parts.value) });
    return left && { kind: "leaf", left, ...parsed, right: undefined, spot };
  }
  if (!parts.hasValue) {
    spot.report("KEY_MISSING", { name: "value" });
    return undefined;
  }
  const right = parseValue(parts.value, spots.value);
  return left && right && { kind: "leaf", left, ...parsed, right, spot };
}

function readOperator(json: unknown, spot: Spot, budget: ConditionBudget): ReturnType<typeof parseOperator> {
  if (typeof json !== "string") {
    spot.report("TYPE_MISMATCH", { name: "operator", expected: "text", found: jsonType(json) });
    return undefined;
  }
  const parsed = parseOperator(json, budget.operators);
  if (!parsed) {
    const names = [...operatorNames, ...budget.operators.keys()];
    const base = json.slice(json.lastIndexOf(":") + 1);
    spot.report("UNKNOWN_OPERATOR", { name: json, suggestion: closest(base, names) ?? "", allowed: names.join(", ") });
  }
  return parsed;
}

function parseQuantifier(head: "some" | "every" | "none", json: Readonly<Record<string, unknown>>, spot: Spot, budget: ConditionBudget, depth: number): Condition | undefined {
  onlyKeys(json, [head, "where", "name"], spot);
  const over = json[head];
  const hasWhere = Object.hasOwn(json, "where");
  const where = hasWhere ? parseCondition(json["where"], spot.at("where"), budget, depth + 1) : undefined;
  if (typeof over !== "string") {
    spot.at(head).report("TYPE_MISMATCH", { name: head, expected: "\"items as name\"", found: jsonType(over) });
    return undefined;
  }
  if (!hasWhere && head === "every") {
    spot.report("KEY_MISSING", { name: "where" });
    return undefined;
  }
  return { kind: "quantifier", quantifier: head, over, where, spot };
}

function parseCount(json: Readonly<Record<string, unknown>>, spot: Spot, budget: ConditionBudget, depth: number): Condition | undefined {
  onlyKeys(json, ["count", "where", "operator", "value", "name"], spot);
  const over = json["count"];
  const hasWhere = Object.hasOwn(json, "where");
  const where = hasWhere ? parseCondition(json["where"], spot.at("where"), budget, depth + 1) : undefined;
  for (const key of ["operator", "value"]) if (!Object.hasOwn(json, key)) spot.report("KEY_MISSING", { name: key });
  if (!Object.hasOwn(json, "operator") || !Object.hasOwn(json, "value")) return undefined;
  const parsed = readOperator(json["operator"], spot.at("operator"), budget);
  const right = parseValue(json["value"], spot.at("value"));
  if (typeof over !== "string") {
    spot.at("count").report("TYPE_MISMATCH", { name: "count", expected: "\"items as name\"", found: jsonType(over) });
    return undefined;
  }
  if (!parsed || !right || (hasWhere && !where)) return undefined;
  const comparing = ["equal", "notEqual", "lessThan", "lessThanInclusive", "greaterThan", "greaterThanInclusive"];
  if (parsed.decorators.length > 0 || typeof parsed.operator !== "string" || !comparing.includes(parsed.operator)) {
    spot.at("operator").report("TYPE_MISMATCH", { name: "operator", expected: "= != < <= > >=", found: String(json["operator"]) });
    return undefined;
  }
  return { kind: "count", over, where, operator: parsed.operator, right, spot };
}
