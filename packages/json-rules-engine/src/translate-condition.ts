import { formatDay, turnedComparison, type Comparison, type TruthNode, type ValueNode } from "@evertend/core";
import type { NestedCondition, TopLevelCondition } from "json-rules-engine";
import type { ScalarFacts } from "./scalar-facts.js";

/** A condition twice: true where it is surely true, and true where it is not surely false. */
export interface BothWays {
  readonly sure: NestedCondition;
  readonly possible: NestedCondition;
}

/** json-rules-engine takes an empty `any` for true; only `all` can be empty here. */
const always: NestedCondition = { all: [] };
const never: NestedCondition = { not: always };

const operators: Readonly<Record<Comparison, string>> = { "=": "equal", "<": "lessThan", "<=": "lessThanInclusive", ">": "greaterThan", ">=": "greaterThanInclusive" };

/** Follows derived facts to what they are made of. */
export type Unwrap = (node: ValueNode) => ValueNode;

/**
 * Says a node in json-rules-engine's language over scalars: comparisons, membership, presence and Boolean structure. What
 * it has no words for (items, bounds of counts, operators of plugins) core answers beforehand, as one scalar each.
 */
export function translateCondition(node: TruthNode, scalars: ScalarFacts, unwrap: Unwrap): BothWays {
  const again = (item: TruthNode): BothWays => translateCondition(item, scalars, unwrap);
  switch (node.op) {
    case "constant":
      return node.value ? { sure: always, possible: always } : { sure: never, possible: never };
    case "and":
    case "or": {
      const items = node.items.map(again);
      const group = (list: readonly NestedCondition[]): NestedCondition => (node.op === "and" ? { all: [...list] } : list.length === 0 ? never : { any: [...list] });
      return { sure: group(items.map(({ sure }) => sure)), possible: group(items.map(({ possible }) => possible)) };
    }
    case "not": {
      const { sure, possible } = again(node.item);
      return { sure: { not: possible }, possible: { not: sure } };
    }
    case "named":
      return again(node.item);
    case "present": {
      const there = { fact: scalars.value(node.value), operator: "notEqual", value: null };
      return node.value.type === "list" || node.value.op === "const" ? asked(node, scalars) : { sure: there, possible: there };
    }
    case "compare":
      return translateComparison(node, scalars, unwrap);
    case "in":
      return translateMembership(node, scalars);
    default:
      return asked(node, scalars);
  }
}

/** The root of a rule must be a group. */
export function topLevel(condition: NestedCondition): TopLevelCondition {
  return "all" in condition || "any" in condition || "not" in condition ? (condition) : { all: [condition] };
}

/** Answered by core. */
function asked(node: TruthNode, scalars: ScalarFacts): BothWays {
  const fact = scalars.truth(node);
  return { sure: { fact, operator: "equal", value: "true" }, possible: { fact, operator: "notEqual", value: "false" } };
}

function isCount(node: ValueNode): boolean {
  return node.op === "fold" && node.kind === "count";
}

function translateComparison(node: Extract<TruthNode, { op: "compare" }>, scalars: ScalarFacts, unwrap: Unwrap): BothWays {
  const { left, right, cmp } = node;
  // A count lies between two bounds where items are unclear, which one scalar cannot say.
  if (isCount(unwrap(left)) || isCount(unwrap(right)) || (left.op === "const" && right.op === "const") || left.op === "none" || right.op === "none") return asked(node, scalars);
  if (left.op === "const") return translateComparison({ ...node, left: right, right: left, cmp: turnedComparison(cmp) }, scalars, unwrap);
  const fact = scalars.value(left);
  const operator = operators[cmp];
  const open = { fact: scalars.unknown(left), operator: "equal", value: true };
  if (right.op === "const") {
    const leaf = { fact, operator, value: literal(right) };
    return { sure: leaf, possible: { any: [leaf, open] } };
  }
  const other = scalars.value(right);
  const otherOpen = { fact: scalars.unknown(right), operator: "equal", value: true };
  const otherThere = { fact: other, operator: "notEqual", value: null };
  const there = { fact, operator: "notEqual", value: null };
  // With nothing on a side, null would equal null and count as 0.
  const sure = { all: [there, otherThere, { fact, operator, value: { fact: other } }] };
  return { sure, possible: { any: [sure, { all: [open, { any: [otherThere, otherOpen] }] }, { all: [otherOpen, { any: [there, open] }] }] } };
}

function translateMembership(node: Extract<TruthNode, { op: "in" }>, scalars: ScalarFacts): BothWays {
  if (node.list.op !== "const" || node.value.op === "const" || node.value.op === "none") return asked(node, scalars);
  const list = node.list.value as readonly (string | number)[];
  const value = node.value.type === "date" ? list.map((day) => formatDay(day as number)) : [...list];
  const leaf = { fact: scalars.value(node.value), operator: "in", value };
  return { sure: leaf, possible: { any: [leaf, { fact: scalars.unknown(node.value), operator: "equal", value: true }] } };
}

function literal({ type, value }: Extract<ValueNode, { op: "const" }>): unknown {
  return type === "date" && typeof value === "number" ? formatDay(value) : value;
}
