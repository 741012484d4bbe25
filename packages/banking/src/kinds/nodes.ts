import type { Comparison, TruthNode, ValueNode } from "@evertend/core";

/** The date of the evaluation. */
export const today: ValueNode = { op: "asOf", type: "date" };

/** A text that stands in the program. */
export function text(value: string): ValueNode {
  return { op: "const", type: "text", value };
}

/** A number that stands in the program. */
export function count(value: number): ValueNode {
  return { op: "const", type: "number", value };
}

/** `date` moved by whole days; negative goes back. */
export function daysFrom(date: ValueNode, days: number): ValueNode {
  if (days === 0) return date;
  return { op: "shift", type: "date", date, amount: count(Math.abs(days)), unit: "days", sign: days > 0 ? 1 : -1 };
}

/** A comparison of two values. */
export function compare(left: ValueNode, cmp: Comparison, right: ValueNode): TruthNode {
  return { op: "compare", cmp, left, right };
}

/** True when all are; an empty list is true. */
export function all(...items: readonly TruthNode[]): TruthNode {
  const only = items[0];
  return items.length === 1 && only !== undefined ? only : { op: "and", items };
}

/** True when one is. */
export function any(...items: readonly TruthNode[]): TruthNode {
  const only = items[0];
  return items.length === 1 && only !== undefined ? only : { op: "or", items };
}

/** The opposite; unknown stays unknown. */
export function not(item: TruthNode): TruthNode {
  return { op: "not", item };
}

/**
 * `asOf + after < date <= asOf + upTo`. Written as comparisons of a date with a shifted `asOf`, not of a day count
 * with a number, so that the evaluator knows the very day on which the answer turns.
 */
export function dateWithin(date: ValueNode, after: number, upTo: number): TruthNode {
  return all(compare(date, ">", daysFrom(today, after)), compare(date, "<=", daysFrom(today, upTo)));
}

/** Texts and dates joined into one text. */
export function join(...parts: readonly ValueNode[]): ValueNode {
  return { op: "join", type: "text", parts };
}
