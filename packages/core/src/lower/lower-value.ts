import { parseDay } from "../calendar/civil-date.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { Expression } from "../language/condition.js";
import type { Spot } from "../language/spot.js";
import type { Calendar } from "../calendar/calendar.js";
import type { FactType } from "../model/catalogue.js";
import { arithmetic } from "./arithmetic.js";
import type { ValueNode } from "./node.js";
import { resolveFact, type Scope } from "./scope.js";

/** Types as a lowered value may have them; `any` where there is no model. */
export type NodeType = FactType | "any";

/**
 * Lowers a value. `wanted` is the type that its place needs: text that is a date becomes one where a date is wanted.
 */
export function lowerValue(expression: Expression, scope: Scope, wanted?: NodeType): ValueNode | undefined {
  switch (expression.kind) {
    case "literal":
      return literal(expression.value, expression.spot, wanted);
    case "param": {
      const parameter = scope.names.parameters.get(expression.name);
      if (!parameter) {
        const known = [...scope.names.parameters.keys()];
        expression.spot.report("UNKNOWN_REFERENCE", { name: expression.name, suggestion: closest(expression.name, known) ?? "" });
        return undefined;
      }
      scope.names.used.parameters.add(expression.name);
      const node = literal(parameter.value, expression.spot, wanted);
      return node?.op === "const" ? { ...node, param: expression.name } : node;
    }
    case "fact":
      return lowerFact(expression, scope);
    case "asOf":
      return lowerAsOf(expression, scope);
    case "arithmetic":
      return lowerArithmetic(expression, scope);
  }
}

function literal(value: string | number | boolean | readonly (string | number | boolean)[], spot: Spot, wanted: NodeType | undefined): ValueNode | undefined {
  const origin = spot.origin;
  if (typeof value === "number") {
    if (Number.isFinite(value)) return { op: "const", type: "number", value, origin };
    spot.report("NUMBER_RANGE", { name: String(value) });
    return undefined;
  }
  if (typeof value === "boolean") return { op: "const", type: "boolean", value, origin };
  if (typeof value === "string") {
    if (wanted !== "date") return { op: "const", type: "text", value, origin };
    const day = parseDay(value);
    if (day !== undefined) return { op: "const", type: "date", value: day, origin };
    spot.report("DATE_INVALID", { name: value });
    return undefined;
  }
  const list = value.filter((item) => typeof item !== "boolean");
  if (list.length === value.length) return { op: "const", type: "list", value: list, origin };
  spot.report("TYPE_MISMATCH", { name: "list", expected: "text | number", found: "boolean" });
  return undefined;
}

function lowerFact(expression: Expression & { kind: "fact" }, scope: Scope): ValueNode | undefined {
  const { name, path, spot } = expression;
  if (!scope.names.model) {
    return { op: "raw", type: "any", path: [...name.split("."), ...path], name: [name, ...path].join("."), origin: spot.origin };
  }
  if (path.some((step) => typeof step === "number")) {
    spot.report("PATH_SYNTAX", { name: [name, ...path].join(".") });
    return undefined;
  }
  return resolveFact([name, ...path].join("."), spot, scope);
}

function lowerAsOf(expression: Expression & { kind: "asOf" }, scope: Scope): ValueNode | undefined {
  const asOf: ValueNode = { op: "asOf", type: "date", origin: expression.spot.origin };
  if (!expression.amount) return asOf;
  const amount = lowerValue(expression.amount, scope, "number");
  if (!amount) return undefined;
  if (amount.type !== "number" && amount.type !== "any") {
    expression.amount.spot.report("TYPE_MISMATCH", { name: expression.unit, expected: "number", found: amount.type });
    return undefined;
  }
  const calendar = findCalendar(expression.calendar, expression.unit, expression.spot, scope);
  if (calendar === "missing") return undefined;
  return { op: "shift", type: "date", date: asOf, amount, unit: expression.unit, sign: 1, origin: expression.spot.origin, ...(calendar ? { calendar } : {}) };
}

/** The calendar that working days need: the named one, or the pack's first. */
export function findCalendar(name: string | undefined, unit: string, spot: Spot, scope: Scope): Calendar | undefined | "missing" {
  if (unit !== "workingDays" && name === undefined) return undefined;
  const { calendars } = scope.names;
  const found = name === undefined ? (calendars.get("working-days") ?? [...calendars.values()][0]) : calendars.get(name);
  if (found) return found;
  spot.report("UNKNOWN_REFERENCE", { name: name ?? "calendar", suggestion: name === undefined ? "" : (closest(name, calendars.keys()) ?? "") });
  return "missing";
}

function lowerArithmetic(expression: Expression & { kind: "arithmetic" }, scope: Scope): ValueNode | undefined {
  const nodes = expression.items.map((item) => {
    const node = lowerValue(item, scope, "number");
    if (node && node.type !== "number" && node.type !== "any") {
      item.spot.report("TYPE_MISMATCH", { name: expression.operation, expected: "number", found: node.type });
      return undefined;
    }
    return node;
  });
  if (nodes.some((node) => node === undefined)) return undefined;
  return (nodes as ValueNode[]).reduce((left, right) => ({ ...arithmetic(expression.operation, left, right), origin: expression.spot.origin }));
}
