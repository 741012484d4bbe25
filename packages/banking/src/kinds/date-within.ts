import { and, compare, shift, today } from "@evertend/core";
import type { TruthNode, ValueNode } from "@evertend/core";

/** `date` moved by whole days; negative goes back. */
export function daysFrom(date: ValueNode, days: number): ValueNode {
  return days === 0 ? date : shift(date, Math.abs(days), "days", days > 0 ? 1 : -1);
}

/**
 * `asOf + after < date <= asOf + upTo`. Written as comparisons of a date with a shifted `asOf`, not of a day count
 * with a number, so that the evaluator knows the very day on which the answer turns.
 */
export function dateWithin(date: ValueNode, after: number, upTo: number): TruthNode {
  return and(compare(date, ">", daysFrom(today, after)), compare(date, "<=", daysFrom(today, upTo)));
}
