import type { Comparison, ValueNode } from "../lower/node.js";
import { holds } from "./clock.js";
import { apart, type Compiler, type Machine, type TruthFn, type ValueFn } from "./machine.js";
import { FALSE, TRUE, UNKNOWN, type Item, type Value } from "./value.js";

type Fold = Extract<ValueNode, { op: "fold" }>;
type Items = (m: Machine) => readonly Item[] | undefined;

/** A sum that no longer fits a whole number that a double holds exactly. */
export class SumTooLarge extends Error {
  constructor() {
    super("SUM_TOO_LARGE");
    this.name = "SumTooLarge";
  }
}

/**
 * Compiles a figure over a collection. Sums are whole numbers of the smallest unit, averages one division of two whole
 * numbers. An item that may or may not count leaves the figure unknown.
 */
export function compileFold(node: Fold, c: Compiler, items: Items): ValueFn {
  return node.kind === "count" ? compileCount(node, c, items) : compileFigure(node, c, items);
}

function compileCount(node: Fold, c: Compiler, items: Items): ValueFn {
  const bounds = countBounds(node, c, items);
  return (m) => {
    const sure = bounds(m);
    return sure === m.most ? sure : undefined;
  };
}

/** Items that are surely in it; those that may be too are added in `most`. */
function countBounds(node: Fold, c: Compiler, items: Items): (m: Machine) => number | undefined {
  const where = c.truth(node.where);
  const { level } = node.range;
  return (m) => {
    const list = items(m);
    m.until = Infinity;
    if (!list) return undefined;
    let until = Infinity;
    let sure = 0;
    let open = 0;
    for (const item of list) {
      m.items[level] = item;
      const truth = where(m);
      if (m.until < until) until = m.until;
      if (truth === TRUE) sure++;
      else if (truth === UNKNOWN) open++;
    }
    m.until = until;
    m.most = sure + open;
    return sure;
  };
}

/**
 * Compares a count with a number by its bounds: three sure items are at least two, however many more are open. `own`: the
 * count is a derived fact of the record.
 */
export function compileCountComparison(node: Fold, cmp: Comparison, right: ValueNode, c: Compiler, items: Items, own: boolean): TruthFn {
  const counted = countBounds(node, c, items);
  const bounds = own ? apart(counted) : counted;
  const other = c.value(right);
  return (m) => {
    const low = bounds(m);
    const high = m.most;
    const until = m.until;
    const value = other(m);
    if (until < m.until) m.until = until;
    if (value === null) return FALSE;
    if (low === undefined || typeof value !== "number") return UNKNOWN;
    if (cmp === "=") return low === high ? (low === value ? TRUE : FALSE) : value < low || value > high ? FALSE : UNKNOWN;
    const [a, b] = [holds(low, cmp, value), holds(high, cmp, value)];
    return a === b ? (a ? TRUE : FALSE) : UNKNOWN;
  };
}

interface Tally {
  count: number;
  total: number;
  best: number | undefined;
  unknown: boolean;
}

function compileFigure(node: Fold, c: Compiler, items: Items): ValueFn {
  const where = c.truth(node.where);
  const value = c.value(node.value as ValueNode);
  const empty = node.empty === "unknown" ? undefined : c.value(node.empty);
  const power = 10 ** (node.scale ?? 0);
  const exact = node.scale !== undefined;
  const { kind, missing, range } = node;
  return (m) => {
    const list = items(m);
    m.until = Infinity;
    if (!list) return undefined;
    let until = Infinity;
    const tally: Tally = { count: 0, total: 0, best: undefined, unknown: false };
    for (const item of list) {
      m.items[range.level] = item;
      const truth = where(m);
      if (m.until < until) until = m.until;
      if (truth === FALSE) continue;
      const amount = value(m);
      if (m.until < until) until = m.until;
      if (truth === UNKNOWN || (amount === undefined && missing === "unknown")) tally.unknown = true;
      else if (typeof amount === "number") add(tally, kind, amount, power, exact);
    }
    m.until = until;
    if (tally.unknown) return undefined;
    if (tally.count === 0) {
      const nothing: Value = empty?.(m);
      m.until = until;
      return nothing;
    }
    if (kind === "min" || kind === "max") return tally.best;
    if (exact && Math.abs(tally.total) > Number.MAX_SAFE_INTEGER) throw new SumTooLarge();
    return kind === "sum" ? tally.total / power : tally.total / (tally.count * power);
  };
}

function add(tally: Tally, kind: Fold["kind"], amount: number, power: number, exact: boolean): void {
  tally.count++;
  if (kind === "min" || kind === "max") {
    if (tally.best === undefined || (kind === "min" ? amount < tally.best : amount > tally.best)) tally.best = amount;
  } else tally.total += exact ? Math.round(amount * power) : amount * power;
}
