import { parseDay } from "../calendar/civil-date.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { Condition, Expression } from "../language/condition.js";
import type { BaseOperator, Decorator, TimeOperator } from "../language/operators.js";
import { parseCondition } from "../language/parse-condition.js";
import type { Spot } from "../language/spot.js";
import { fieldAt } from "../model/catalogue.js";
import { findCalendar, lowerValue, type NodeType } from "./lower-value.js";
import { always, and, compare, shift, today } from "./nodes.js";
import type { Comparison, ShiftUnit, TruthNode, ValueNode } from "./node.js";
import { openRange, withRange, type Scope } from "./scope.js";

/** Reads and lowers a condition (or a list of them); something harmless stands in for what is wrong. */
export function lowerJson(json: unknown, spot: Spot, scope: Scope): TruthNode {
  const condition = parseCondition(json, spot, scope.budget);
  return condition ? lowerCondition(condition, scope) : always;
}

/** Lowers a condition that was read. Everything wrong with its names and types is reported at once. */
export function lowerCondition(condition: Condition, scope: Scope): TruthNode {
  switch (condition.kind) {
    case "all":
    case "any":
      return { op: condition.kind === "all" ? "and" : "or", items: condition.items.map((item) => lowerCondition(item, scope)), origin: condition.spot.origin, ...(condition.name === undefined ? {} : { name: condition.name }) };
    case "not":
      return { op: "not", item: lowerCondition(condition.item, scope), origin: condition.spot.origin };
    case "named":
      return lowerNamed(condition.name, condition.spot, scope);
    case "leaf":
      return lowerLeaf(condition, scope);
    case "quantifier":
      return lowerQuantifier(condition, scope);
    case "count":
      return lowerCount(condition, scope);
  }
}

function lowerNamed(name: string, spot: Spot, scope: Scope): TruthNode {
  const { conditions, used } = scope.names;
  const found = conditions.get(name);
  if (!found) {
    spot.report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, conditions.keys()) ?? "" });
    return always;
  }
  used.conditions.add(name);
  if (scope.opening.includes(name)) {
    spot.report("CYCLIC_REFERENCE", { name: [...scope.opening.slice(scope.opening.indexOf(name)), name].join(" → ") });
    return always;
  }
  // It reads the record only, but its own items come after those that stand open around it.
  const inside: Scope = { ...scope, items: scope.items.map((range) => ({ ...range, as: "" })), opening: [...scope.opening, name] };
  return { op: "named", name, item: lowerJson(found.json, found.spot, inside), origin: spot.origin };
}

function lowerQuantifier(condition: Condition & { kind: "quantifier" }, scope: Scope): TruthNode {
  const range = openRange(condition.over, condition.spot.at(condition.quantifier), scope);
  if (!range) return always;
  const where = condition.where ? lowerCondition(condition.where, withRange(scope, range)) : always;
  const origin = condition.spot.origin;
  if (condition.quantifier === "every") return { op: "every", range, where, origin };
  const some: TruthNode = { op: "some", range, where, origin };
  return condition.quantifier === "some" ? some : { op: "not", item: some, origin };
}

function lowerCount(condition: Condition & { kind: "count" }, scope: Scope): TruthNode {
  const range = openRange(condition.over, condition.spot.at("count"), scope);
  if (!range) return always;
  const where = condition.where ? lowerCondition(condition.where, withRange(scope, range)) : always;
  const right = lowerValue(condition.right, scope, "number");
  if (!right) return always;
  const count: ValueNode = { op: "fold", type: "number", kind: "count", range, where, missing: "unknown", empty: { op: "const", type: "number", value: 0 }, scale: 0, origin: condition.spot.origin };
  if (right.type !== "number" && right.type !== "any") {
    condition.right.spot.report("TYPE_MISMATCH", { name: "count", expected: "number", found: right.type });
    return always;
  }
  return comparison(condition.operator, count, right, condition.spot);
}

function lowerLeaf(condition: Condition & { kind: "leaf" }, scope: Scope): TruthNode {
  const left = lowerValue(condition.left, scope);
  if (!left) {
    if (condition.right) lowerValue(condition.right, scope);
    return always;
  }
  // A text beside a date is a date: the operator decides which side is which, so the wish goes both ways.
  const dateWanted = left.type === "date" && !isTime(condition.operator);
  const right = condition.right && lowerValue(condition.right, scope, dateWanted && !holdsList(condition.right) ? "date" : undefined);
  if (condition.right && !right) return always;
  return apply(condition.decorators, condition.operator, left, right, condition, scope);
}

function holdsList(expression: Expression): boolean {
  return expression.kind === "literal" && Array.isArray(expression.value);
}

function isTime(operator: BaseOperator | { readonly plugin: string }): operator is TimeOperator {
  return typeof operator === "string" && operator in timeOperators;
}

type Leaf = Condition & { kind: "leaf" };

/** Applies decorators from the outside in, as json-rules-engine does, and then the operator. */
function apply(decorators: readonly Decorator[], operator: Leaf["operator"], left: ValueNode, right: ValueNode | undefined, leaf: Leaf, scope: Scope): TruthNode {
  if (decorators.length === 0) return lowerOperator(operator, left, right, leaf, scope);
  const [first, ...rest] = decorators as readonly [Decorator, ...Decorator[]];
  const origin = leaf.spot.origin;
  if (first === "not") return { op: "not", item: apply(rest, operator, left, right, leaf, scope), origin };
  if (!right) {
    leaf.spot.report("TYPE_MISMATCH", { name: first, expected: "an operator with a value", found: typeof operator === "string" ? operator : operator.plugin });
    return always;
  }
  if (first === "swap") return apply(rest, operator, right, left, leaf, scope);
  const list = first === "someFact" || first === "everyFact" ? left : right;
  if (list.type !== "list" && list.type !== "any") {
    leaf.spot.report("LIST_REQUIRED", { name: first });
    return always;
  }
  const depth = scope.elements;
  const element: ValueNode = { op: "element", type: elementType(list, scope), depth };
  const inside: Scope = { ...scope, elements: depth + 1 };
  const where = list === left ? apply(rest, operator, element, right, leaf, inside) : apply(rest, operator, left, element, leaf, inside);
  return { op: first.startsWith("some") ? "anyOf" : "allOf", list, where, depth, origin };
}

function elementType(list: ValueNode, scope: Scope): NodeType {
  if (list.op === "const" && Array.isArray(list.value)) {
    const types = new Set(list.value.map((item) => typeof item));
    return types.size === 1 ? (types.has("number") ? "number" : "text") : "any";
  }
  if (list.op !== "field" || !scope.names.model) return "any";
  const fields = list.level < 0 ? scope.names.model.fields : scope.items[list.level]?.collection.fields;
  return fieldAt(fields, list.slot)?.elementType ?? "any";
}

function lowerOperator(operator: Leaf["operator"], left: ValueNode, right: ValueNode | undefined, leaf: Leaf, scope: Scope): TruthNode {
  const { spot } = leaf;
  const origin = spot.origin;
  if (typeof operator !== "string") return lowerPlugin(operator.plugin, left, right, leaf, scope);
  if (operator === "isPresent") return { op: "present", value: left, origin };
  if (operator === "isMissing") return { op: "not", item: { op: "present", value: left, origin }, origin };
  if (!right) return always;
  if (isTime(operator)) return lowerTime(operator, left, right, leaf, scope);
  switch (operator) {
    case "in":
      return membership(left, right, "value", leaf, scope);
    case "notIn":
      return { op: "not", item: membership(left, right, "value", leaf, scope), origin };
    case "contains":
      return membership(right, left, "fact", leaf, scope);
    case "doesNotContain":
      return { op: "not", item: membership(right, left, "fact", leaf, scope), origin };
    default:
      return checkedComparison(operator, left, right, leaf, scope);
  }
}

const orderSigns: Partial<Record<BaseOperator, Comparison>> = { lessThan: "<", lessThanInclusive: "<=", greaterThan: ">", greaterThanInclusive: ">=" };

function comparison(operator: BaseOperator, left: ValueNode, right: ValueNode, spot: Spot): TruthNode {
  const origin = spot.origin;
  if (operator === "notEqual") return { op: "not", item: { op: "compare", cmp: "=", left, right, origin }, origin };
  return { op: "compare", cmp: operator === "equal" ? "=" : (orderSigns[operator] ?? "="), left, right, origin };
}

function checkedComparison(operator: BaseOperator, leftGiven: ValueNode, rightGiven: ValueNode, leaf: Leaf, scope: Scope): TruthNode {
  const ordered = orderSigns[operator] !== undefined;
  // swap may have put a text literal on the left of a date.
  const left = rightGiven.type === "date" ? asDate(leftGiven, leaf.spot) : leftGiven;
  const right = left?.type === "date" ? asDate(rightGiven, leaf.spot) : rightGiven;
  if (!left || !right) return always;
  for (const side of [left, right]) {
    const datelike = side.op === "const" && typeof side.value === "string" && parseDay(side.value) !== undefined;
    const wrong = side.type === "list" || (ordered && (side.type === "boolean" || (side.type === "text" && !(datelike && !scope.names.model))));
    if (wrong) {
      leaf.spot.report("TYPE_MISMATCH", { name: operator, expected: ordered ? "number | date" : "text | number | boolean | date", found: side.type });
      return always;
    }
  }
  if (left.type !== "any" && right.type !== "any" && left.type !== right.type) {
    leaf.spot.report("TYPE_MISMATCH", { name: operator, expected: left.type, found: right.type });
    return always;
  }
  checkEnum(left, right, leaf, scope);
  checkEnum(right, left, leaf, scope);
  return comparison(operator, left, right, leaf.spot);
}

function asDate(node: ValueNode, spot: Spot): ValueNode | undefined {
  if (node.op !== "const" || node.type !== "text" || typeof node.value !== "string") return node;
  const day = parseDay(node.value);
  if (day === undefined) {
    spot.report("DATE_INVALID", { name: node.value });
    return undefined;
  }
  return { ...node, type: "date", value: day };
}

/** A literal that the field can never hold is a slip of the pen. */
function checkEnum(field: ValueNode, literal: ValueNode, leaf: Leaf, scope: Scope): void {
  if (field.op !== "field" || literal.op !== "const" || !scope.names.model) return;
  const fields = field.level < 0 ? scope.names.model.fields : scope.items[field.level]?.collection.fields;
  const allowed = fieldAt(fields, field.slot)?.enum;
  if (!allowed) return;
  const values = Array.isArray(literal.value) ? literal.value : [literal.value];
  for (const value of values as readonly (string | number)[]) {
    if (allowed.includes(value)) continue;
    const names = allowed.map(String);
    (leaf.right?.spot ?? leaf.spot).report("VALUE_NOT_ALLOWED", { name: String(value), suggestion: closest(String(value), names) ?? "", allowed: names.join(", ") });
  }
}

function membership(value: ValueNode, list: ValueNode, listSide: "value" | "fact", leaf: Leaf, scope: Scope): TruthNode {
  const origin = leaf.spot.origin;
  if (list.type !== "list" && list.type !== "any") {
    (listSide === "value" ? (leaf.right?.spot ?? leaf.spot) : leaf.left.spot).report("LIST_REQUIRED", { name: listSide === "value" ? "value" : "fact" });
    return always;
  }
  if (value.type === "list") {
    leaf.spot.report("TYPE_MISMATCH", { name: listSide === "value" ? "in" : "contains", expected: "text | number", found: "list" });
    return always;
  }
  const element = elementType(list, scope);
  if (value.type === "date" && list.op === "const") {
    const days = (list.value as readonly (string | number)[]).map((item) => (typeof item === "string" ? parseDay(item) : undefined));
    if (days.some((day) => day === undefined)) {
      leaf.spot.report("TYPE_MISMATCH", { name: "in", expected: "dates", found: "text" });
      return always;
    }
    return { op: "in", value, list: { ...list, value: days as number[] }, origin };
  }
  const empty = list.op === "const" && (list.value as readonly unknown[]).length === 0;
  if (!empty && value.type !== "any" && element !== "any" && value.type !== element) {
    leaf.spot.report("TYPE_MISMATCH", { name: listSide === "value" ? "in" : "contains", expected: value.type, found: element });
    return always;
  }
  checkEnum(value, list, leaf, scope);
  return { op: "in", value, list, origin };
}

const timeOperators: Readonly<Record<TimeOperator, ShiftUnit>> = {
  withinNextDays: "days",
  withinLastDays: "days",
  withinNextWorkingDays: "workingDays",
  withinLastWorkingDays: "workingDays",
  withinNextMonths: "months",
  withinLastMonths: "months",
  moreThanDaysAgo: "days",
  moreThanDaysAhead: "days",
};

/** Time operators are comparisons with a moved `asOf`; next: after asOf up to and with asOf + n; last: after asOf − n up to and with asOf. */
function lowerTime(operator: TimeOperator, date: ValueNode, amount: ValueNode, leaf: Leaf, scope: Scope): TruthNode {
  const { spot } = leaf;
  if (date.type !== "date" && date.type !== "any") {
    spot.report("TYPE_MISMATCH", { name: operator, expected: "date", found: date.type });
    return always;
  }
  if (amount.type !== "number" && amount.type !== "any") {
    (leaf.right?.spot ?? spot).report("TYPE_MISMATCH", { name: operator, expected: "number", found: amount.type });
    return always;
  }
  const unit = timeOperators[operator];
  const calendar = findCalendar(undefined, unit, spot, scope);
  if (calendar === "missing") return always;
  const origin = spot.origin;
  const moved = (sign: 1 | -1): ValueNode => ({ ...shift(today, amount, unit, sign), ...(calendar ? { calendar } : {}) });
  const next = operator.includes("Next") || operator === "moreThanDaysAhead";
  if (operator === "moreThanDaysAgo") return { ...compare(date, "<", moved(-1)), origin };
  if (operator === "moreThanDaysAhead") return { ...compare(date, ">", moved(1)), origin };
  return next
    ? { ...and(compare(date, ">", today), compare(date, "<=", moved(1))), origin }
    : { ...and(compare(date, ">", moved(-1)), compare(date, "<=", today)), origin };
}

function lowerPlugin(id: string, left: ValueNode, right: ValueNode | undefined, leaf: Leaf, scope: Scope): TruthNode {
  const operator = scope.names.environment.operators.get(id);
  if (!operator || !right) return always;
  const sides = [[left, operator.factTypes], [right, operator.valueTypes]] as const;
  for (const [node, types] of sides) {
    if (node.type === "any" || types.includes(node.type)) continue;
    leaf.spot.report("TYPE_MISMATCH", { name: id, expected: types.join(" | "), found: node.type });
    return always;
  }
  return { op: "pluginTruth", operator: id, arguments: [left, right], origin: leaf.spot.origin };
}
