import { turnedComparison } from "../evaluate/clock.js";
import type { Comparison, Range, ShiftUnit, TruthNode, ValueNode } from "../lower/node.js";
import type { Calendar } from "../calendar/calendar.js";

/** A day told by its distance from asOf: `amount` units ahead (negative sign: back). */
export interface Anchor {
  /** Absent = asOf itself. */
  readonly amount: ValueNode | undefined;
  readonly unit: ShiftUnit;
  readonly sign: 1 | -1;
  readonly calendar: Calendar | undefined;
}

/** `date` between two days told from asOf: after `after`, up to and with `upTo`. */
export interface Window {
  readonly date: ValueNode;
  readonly after: Anchor;
  readonly upTo: Anchor;
}

/** A comparison of a date with a day told from asOf, the date on the left. */
export interface AnchoredComparison {
  readonly date: ValueNode;
  readonly cmp: Comparison;
  readonly anchor: Anchor;
}

/** One thing that a condition says: a node, or a window that lowering wrote as several. */
export type Part = { readonly kind: "node"; readonly node: TruthNode } | { readonly kind: "window"; readonly window: Window; readonly node: TruthNode };

/** Reads `asOf` or `asOf` moved. */
function anchorOf(node: ValueNode): Anchor | undefined {
  if (node.op === "asOf") return { amount: undefined, unit: "days", sign: 1, calendar: undefined };
  if (node.op === "shift" && node.date.op === "asOf") return { amount: node.amount, unit: node.unit, sign: node.sign, calendar: node.calendar };
  return undefined;
}

/** Reads a comparison with a side that is told from asOf. */
export function anchoredComparison(node: TruthNode): AnchoredComparison | undefined {
  if (node.op !== "compare" || node.left.type !== "date" || node.right.type !== "date") return undefined;
  const right = anchorOf(node.right);
  if (right) return { date: node.left, cmp: node.cmp, anchor: right };
  const left = anchorOf(node.left);
  return left && { date: node.right, cmp: turnedComparison(node.cmp), anchor: left };
}

/** Days from asOf where the anchor is a plain number of days. */
export function daysOf({ amount, unit, sign }: Anchor): number | undefined {
  if (amount === undefined) return 0;
  return unit === "days" && amount.op === "const" && typeof amount.value === "number" ? amount.value * sign : undefined;
}

function windowOf(first: TruthNode | undefined, second: TruthNode | undefined): Window | undefined {
  const [a, b] = [first && anchoredComparison(first), second && anchoredComparison(second)];
  return a && b && a.cmp === ">" && b.cmp === "<=" && a.date === b.date ? { date: a.date, after: a.anchor, upTo: b.anchor } : undefined;
}

/** Takes the items of a conjunction apart into what their author said: a window was lowered to two comparisons. */
export function partsOf(items: readonly TruthNode[]): readonly Part[] {
  const flat = items.flatMap(listed);
  const parts: Part[] = [];
  for (let i = 0; i < flat.length; i++) {
    const [first, second] = [flat[i] as TruthNode, flat[i + 1]];
    const window = windowOf(first, second);
    if (window && second) {
      parts.push({ kind: "window", window, node: { op: "and", items: [first, second] } });
      i++;
    } else parts.push(partOf(first));
  }
  return parts;
}

/** A list within a list says no more than one list. */
function listed(node: TruthNode): readonly TruthNode[] {
  return node.op === "and" && node.name === undefined && partOf(node).kind === "node" ? node.items.flatMap(listed) : [node];
}

/** A node as one part: windows, and windows that follow each other without a gap, are seen as one. */
export function partOf(node: TruthNode): Part {
  const window = node.op === "and" && node.items.length === 2 ? windowOf(node.items[0], node.items[1]) : node.op === "or" ? joined(node.items) : undefined;
  if (window) return { kind: "window", window, node };
  const only = (node.op === "and" || node.op === "or") && node.name === undefined && node.items.length === 1 ? node.items[0] : undefined;
  return only ? partOf(only) : { kind: "node", node };
}

/** The steps of a reminder: windows on one date, from the furthest ahead to the nearest, each beginning where the last ends. */
function joined(items: readonly TruthNode[]): Window | undefined {
  const windows = items.map((item) => (item.op === "and" && item.items.length === 2 ? windowOf(item.items[0], item.items[1]) : undefined));
  const first = windows[0];
  let last = first;
  for (const next of windows.slice(1)) {
    if (!last || next?.date !== last.date || daysOf(next.upTo) === undefined || daysOf(next.upTo) !== daysOf(last.after)) return undefined;
    last = next;
  }
  return first && last && { date: first.date, after: last.after, upTo: first.upTo };
}

/** Counts are compared by their bounds; the fold behind a side that counts. */
export function countOf(node: ValueNode): { readonly range: Range; readonly where: TruthNode } | undefined {
  return node.op === "fold" && node.kind === "count" ? { range: node.range, where: node.where } : undefined;
}
