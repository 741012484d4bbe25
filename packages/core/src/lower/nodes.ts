import type { FactType } from "../model/catalogue.js";
import type { Comparison, ShiftUnit, TruthNode, ValueNode } from "./node.js";

/** The truth that always holds, and the one that never does. */
export const always: TruthNode = { op: "constant", value: true };
export const never: TruthNode = { op: "constant", value: false };

/** The day the question is asked for. */
export const today: ValueNode = { op: "asOf", type: "date" };

/** A constant. Dates are day numbers. */
export function constant(value: string | number | boolean | readonly (string | number)[], type: FactType): ValueNode {
  return { op: "const", type, value };
}

/** All of several truths; nested ones are flattened, trivial ones left out. */
export function and(...items: readonly TruthNode[]): TruthNode {
  const list = items.filter((item) => !(item.op === "constant" && item.value)).flatMap((item) => (item.op === "and" && !item.origin ? item.items : [item]));
  return list.length === 0 ? always : list.length === 1 ? (list[0] as TruthNode) : { op: "and", items: list };
}

/** The conditions that all must hold where one does, in their order; names of conditions are looked through. */
export function conjunctsOf(node: TruthNode, into: TruthNode[] = []): TruthNode[] {
  if (node.op === "named") return conjunctsOf(node.item, into);
  if (node.op === "and") for (const item of node.items) conjunctsOf(item, into);
  else into.push(node);
  return into;
}

/** Any of several truths. */
export function or(...items: readonly TruthNode[]): TruthNode {
  const list = items.filter((item) => !(item.op === "constant" && !item.value));
  return list.length === 0 ? never : list.length === 1 ? (list[0] as TruthNode) : { op: "or", items: list };
}

export function not(item: TruthNode): TruthNode {
  return { op: "not", item };
}

export function compare(left: ValueNode, cmp: Comparison, right: ValueNode): TruthNode {
  return { op: "compare", cmp, left, right };
}

export function present(value: ValueNode): TruthNode {
  return { op: "present", value };
}

/** A date moved by a fixed or computed amount. */
export function shift(date: ValueNode, amount: ValueNode | number, unit: ShiftUnit = "days", sign: 1 | -1 = 1): ValueNode {
  return { op: "shift", type: "date", date, amount: typeof amount === "number" ? constant(amount, "number") : amount, unit, sign };
}

/** Texts, numbers and dates (as ISO) joined into one text. */
export function join(...parts: readonly (ValueNode | string)[]): ValueNode {
  return { op: "join", type: "text", parts: parts.map((part) => (typeof part === "string" ? constant(part, "text") : part)) };
}

/** The value of the first row that holds. */
export function choose(type: FactType, rows: readonly { readonly when: TruthNode; readonly value: ValueNode }[], otherwise?: ValueNode): ValueNode {
  return { op: "choose", type, rows, otherwise: otherwise ?? { op: "none", type } };
}
