import { parseDay } from "../calendar/civil-date.js";
import { civilOf, parseInstant } from "../calendar/zone-table.js";
import type { Comparison, TruthNode, ValueNode } from "../lower/node.js";
import { clockOf, holds, turnedComparison, type Clock } from "./clock.js";
import { compileCountComparison } from "./compile-fold.js";
import { itemsOf } from "./compile-value.js";
import { apartFor } from "./apart-for.js";
import type { Compiler, Machine, TruthFn, ValueFn } from "./machine.js";
import { compareShown, shownOn, turningDay } from "./turning-day.js";
import { FALSE, TRUE, UNKNOWN, type Item, type Truth, type Value } from "./value.js";

/** Compiles a truth node to a closure that returns 0, 1 or 2 (unknown) and leaves its `until` in the machine. */
export function compileTruth(node: TruthNode, c: Compiler): TruthFn {
  switch (node.op) {
    case "constant": {
      const truth = node.value ? TRUE : FALSE;
      return (m) => ((m.until = Infinity), truth);
    }
    case "compare":
      return compileComparison(node, c);
    case "in":
      return compileIn(node, c);
    case "and":
      return compileGroup(node.items.map((item) => compilePart(item, c)), FALSE);
    case "or":
      return compileGroup(node.items.map((item) => compilePart(item, c)), TRUE);
    case "not": {
      const item = compilePart(node.item, c);
      return (m) => {
        const truth = item(m);
        return truth === UNKNOWN ? UNKNOWN : truth === TRUE ? FALSE : TRUE;
      };
    }
    case "named":
      return c.truth(node.item);
    case "present": {
      // A day count moves every day, but whether there is one hangs on its date alone.
      const inner = c.unwrap(node.value);
      const clock = clockOf(inner);
      const dated = clock?.argument && !clock.calendar ? c.value(clock.argument) : undefined;
      const value = dated ? (inner === node.value ? dated : apartFor(clock?.argument, dated)) : c.value(node.value);
      return (m) => {
        const found = value(m);
        return found === undefined || found === null ? FALSE : TRUE;
      };
    }
    case "some":
    case "every":
      return compileQuantifier(node, c);
    case "anyOf":
    case "allOf":
      return compileElements(node, c);
    case "pluginTruth":
      return compileOperator(node, c);
  }
}

/** A part of one condition; only quantifiers are worth remembering, since others may say the same. */
function compilePart(node: TruthNode, c: Compiler): TruthFn {
  return node.op === "some" || node.op === "every" ? c.truth(node) : compileTruth(node, c);
}

/**
 * `and` (decided by FALSE) and `or` (decided by TRUE). Decided: the latest of the deciding children; otherwise the
 * earliest of all. A decision that never ends needs no further look.
 */
function compileGroup(items: readonly TruthFn[], deciding: Truth): TruthFn {
  return (m) => {
    let earliest = Infinity;
    let latest = -Infinity;
    let unknown = false;
    for (const item of items) {
      const truth = item(m);
      if (truth === deciding) {
        if (m.until === Infinity) return deciding;
        if (m.until > latest) latest = m.until;
      } else if (truth === UNKNOWN) unknown = true;
      if (m.until < earliest) earliest = m.until;
    }
    if (latest !== -Infinity) {
      m.until = latest;
      return deciding;
    }
    m.until = earliest;
    return unknown ? UNKNOWN : deciding === FALSE ? TRUE : FALSE;
  };
}

function compileQuantifier(node: Extract<TruthNode, { op: "some" | "every" }>, c: Compiler): TruthFn {
  const items = itemsOf(node.range);
  const where = c.truth(node.where);
  const { level } = node.range;
  const deciding: Truth = node.op === "some" ? TRUE : FALSE;
  return (m) => {
    const list = items(m);
    m.until = Infinity;
    if (!list) return UNKNOWN;
    let earliest = Infinity;
    let latest = -Infinity;
    let unknown = false;
    for (const item of list) {
      m.items[level] = item;
      const truth = where(m);
      if (truth === deciding) {
        if (m.until === Infinity) return deciding;
        if (m.until > latest) latest = m.until;
      } else if (truth === UNKNOWN) unknown = true;
      if (m.until < earliest) earliest = m.until;
    }
    m.until = latest !== -Infinity ? latest : earliest;
    if (latest !== -Infinity) return deciding;
    return unknown ? UNKNOWN : deciding === TRUE ? FALSE : TRUE;
  };
}

function compileElements(node: Extract<TruthNode, { op: "anyOf" | "allOf" }>, c: Compiler): TruthFn {
  const list = c.value(node.list);
  const where = c.truth(node.where);
  const { depth } = node;
  const deciding: Truth = node.op === "anyOf" ? TRUE : FALSE;
  return (m) => {
    const values = list(m);
    if (values === null) return FALSE;
    if (!Array.isArray(values)) return UNKNOWN;
    let earliest = m.until;
    let unknown = false;
    let decided = false;
    for (const value of values as readonly Value[]) {
      m.elements[depth] = value ?? undefined;
      const truth = where(m);
      if (truth === deciding) decided = true;
      else if (truth === UNKNOWN) unknown = true;
      if (m.until < earliest) earliest = m.until;
    }
    m.until = earliest;
    if (decided) return deciding;
    return unknown ? UNKNOWN : deciding === TRUE ? FALSE : TRUE;
  };
}

function compileIn(node: Extract<TruthNode, { op: "in" }>, c: Compiler): TruthFn {
  const value = c.value(node.value);
  const list = c.value(node.list);
  const set = node.list.op === "const" ? new Set<Value>(node.list.value as readonly (string | number)[]) : undefined;
  return (m) => {
    const one = value(m);
    const until = m.until;
    if (set) return one === undefined ? UNKNOWN : set.has(one) ? TRUE : FALSE;
    const all = list(m);
    if (until < m.until) m.until = until;
    if (one === null || all === null) return FALSE;
    if (one === undefined || !Array.isArray(all)) return UNKNOWN;
    const found = (all as readonly Value[]).includes(one);
    // A hole in the list may be the one that is looked for.
    return found ? TRUE : (all as readonly unknown[]).some((item) => item === null || item === undefined) ? UNKNOWN : FALSE;
  };
}

function compileComparison(node: Extract<TruthNode, { op: "compare" }>, c: Compiler): TruthFn {
  const { cmp } = node;
  const left = c.unwrap(node.left);
  const right = c.unwrap(node.right);
  // What a fact is made of is the record's: looked into here, it must not disturb the items that stand open.
  const [ownLeft, ownRight] = [left !== node.left, right !== node.right];
  if (left.op === "fold" && left.kind === "count") return compileCountComparison(left, cmp, node.right, c, itemsOf(left.range), ownLeft);
  if (right.op === "fold" && right.kind === "count") return compileCountComparison(right, turnedComparison(cmp), node.left, c, itemsOf(right.range), ownRight);
  const [a, b] = [clockOf(left), clockOf(right)];
  if ((a || b) && left.type !== "any" && right.type !== "any") return compileClockComparison({ clock: a, node: node.left, own: ownLeft }, cmp, { clock: b, node: node.right, own: ownRight }, c);
  const dynamic = left.type === "any" || right.type === "any";
  if (!dynamic && node.left.op === "field" && right.op === "const") return fieldComparison(node.left, cmp, right.value as number);
  const [l, r] = [c.value(node.left), c.value(node.right)];
  return dynamic ? dynamicComparison(l, dateSide(left), cmp, r, dateSide(right)) : plainComparison(l, cmp, r);
}

/** The commonest of all: one closure instead of three. */
function fieldComparison({ level, slot }: Extract<ValueNode, { op: "field" }>, cmp: Comparison, constant: number): TruthFn {
  return (m) => {
    m.until = Infinity;
    const value = level < 0 ? m.record.slots[slot] : (m.items[level] as Item)[slot];
    if (value === null) return FALSE;
    return value === undefined ? UNKNOWN : holds(value as number, cmp, constant) ? TRUE : FALSE;
  };
}

function plainComparison(left: ValueFn, cmp: Comparison, right: ValueFn): TruthFn {
  return (m) => {
    const a = left(m);
    const until = m.until;
    const b = right(m);
    if (until < m.until) m.until = until;
    if (a === null || b === null) return FALSE;
    if (a === undefined || b === undefined) return UNKNOWN;
    return holds(a as number, cmp, b as number) ? TRUE : FALSE;
  };
}

/** A side of a comparison as written; `own`: its clock was found inside a derived fact. */
interface ClockSide {
  readonly clock: Clock | undefined;
  readonly node: ValueNode;
  readonly own: boolean;
}

interface Side {
  readonly clock: Clock | undefined;
  /** The clock's argument, or the whole value where there is no clock. */
  readonly value: ValueFn | undefined;
}

/** A comparison with a side that moves with asOf: it knows the day on which it turns. */
function compileClockComparison(left: ClockSide, cmp: Comparison, right: ClockSide, c: Compiler): TruthFn {
  const sideOf = ({ clock, node, own }: ClockSide): Side => {
    if (!clock) return { clock, value: c.value(node) };
    const argument = clock.argument && c.value(clock.argument);
    return { clock, value: argument && own ? apartFor(clock.argument, argument) : argument };
  };
  const [l, r] = [sideOf(left), sideOf(right)];
  return (m) => {
    m.until = Infinity;
    const x = l.value ? l.value(m) : 0;
    const until = m.until;
    m.until = Infinity;
    const y = r.value ? r.value(m) : 0;
    if (until < m.until) m.until = until;
    if (x === null || y === null) return FALSE;
    if (typeof x !== "number" || typeof y !== "number") return UNKNOWN;
    m.until = Math.min(m.until, turningDay(l.clock, x, cmp, r.clock, y, m.asOf));
    return compareShown(shownOn(l.clock, x, m.asOf), cmp, shownOn(r.clock, y, m.asOf));
  };
}

/** How a side of a comparison without a model turns into a day: constants and asOf are days already. */
function dateSide(node: ValueNode): boolean {
  return node.type === "date";
}

/** Without a model types are seen as they come; what does not fit is unknown, so that neither it nor its negation fires. */
function dynamicComparison(left: ValueFn, leftIsDay: boolean, cmp: Comparison, right: ValueFn, rightIsDay: boolean): TruthFn {
  return (m) => {
    const a = left(m);
    const until = m.until;
    const b = right(m);
    if (until < m.until) m.until = until;
    if (a === undefined || b === undefined || a === null || b === null) return UNKNOWN;
    if (leftIsDay || rightIsDay) return compareDays(leftIsDay ? a : toDay(a, m), cmp, rightIsDay ? b : toDay(b, m));
    if (cmp === "=") return typeof a === "object" || typeof b === "object" ? UNKNOWN : a === b ? TRUE : FALSE;
    if (typeof a === "number" && typeof b === "number") return holds(a, cmp, b) ? TRUE : FALSE;
    return compareDays(toDay(a, m), cmp, toDay(b, m));
  };
}

function compareDays(a: Value, cmp: Comparison, b: Value): Truth {
  if (typeof a !== "number" || typeof b !== "number") return UNKNOWN;
  return holds(a, cmp, b) ? TRUE : FALSE;
}

function toDay(value: Value, m: Machine): number | undefined {
  if (typeof value !== "string") return undefined;
  const day = parseDay(value);
  if (day !== undefined) return day;
  const instant = parseInstant(value);
  return typeof instant === "number" ? civilOf(m.zone, instant).day : undefined;
}

function compileOperator(node: Extract<TruthNode, { op: "pluginTruth" }>, c: Compiler): TruthFn {
  const operator = c.operator(node.operator);
  const [left, right] = node.arguments.map((one) => c.value(one));
  return (m) => {
    const a = left?.(m);
    const until = m.until;
    const b = right?.(m);
    if (until < m.until) m.until = until;
    if (a === null || b === null) return FALSE;
    return a === undefined || b === undefined ? UNKNOWN : operator(a, b);
  };
}
