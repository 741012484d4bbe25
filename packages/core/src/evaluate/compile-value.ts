import { endOfPeriod, formatDay, nextAnniversary, periodName } from "../calendar/civil-date.js";
import { nextNamedDay } from "../calendar/working-days.js";
import type { Range, ValueNode } from "../lower/node.js";
import { dayDifference, shiftDay } from "./clock.js";
import { compileFold } from "./compile-fold.js";
import { apartFor } from "./apart-for.js";
import type { Compiler, Machine, ValueFn } from "./machine.js";
import { TRUE, UNKNOWN, type Item, type Value } from "./value.js";

/** Items of a range in the record or context at hand; `undefined` = unknown. */
export function itemsOf(range: Range): (m: Machine) => readonly Item[] | undefined {
  const { scope, slot } = range.collection;
  return scope === "record" ? (m) => m.record.collections[slot] : (m) => m.context[slot];
}

/** Compiles a value node to a closure that returns the value and leaves its `until` in the machine. */
export function compileValue(node: ValueNode, c: Compiler): ValueFn {
  switch (node.op) {
    case "const": {
      const { value } = node;
      return (m) => ((m.until = Infinity), value);
    }
    case "none":
      return (m) => ((m.until = Infinity), null);
    case "field": {
      const { level, slot } = node;
      if (level < 0) return (m) => ((m.until = Infinity), m.record.slots[slot]);
      return (m) => ((m.until = Infinity), (m.items[level] as Item)[slot]);
    }
    case "raw":
      return rawValue(node.path);
    case "fact":
    case "level":
      return compileReference(node, c);
    case "element": {
      const { depth } = node;
      return (m) => ((m.until = Infinity), m.elements[depth]);
    }
    case "asOf":
      return (m) => (m.until = m.asOf);
    case "shift":
      return compileShift(node, c);
    case "diff":
      return compileDiff(node, c);
    case "anniversary":
      return compileAnniversary(node, c);
    case "namedDay":
      return compileNamedDay(node);
    case "arith":
      return compileArithmetic(node, c);
    case "choose":
      return compileChoose(node, c);
    case "first":
      return compileFirst(node, c);
    case "fold":
      return compileFold(node, c, itemsOf(node.range));
    case "pick":
      return compilePick(node, c);
    case "period": {
      const { unit } = node;
      return (m) => ((m.until = endOfPeriod(m.asOf, unit)), periodName(m.asOf, unit));
    }
    case "join":
      return compileJoin(node, c);
    case "plugin":
      return compilePlugin(node, c);
  }
}

function rawValue(path: readonly (string | number)[]): ValueFn {
  return (m) => {
    m.until = Infinity;
    let value: unknown = m.raw;
    for (const step of path) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
      value = (value as Readonly<Record<string | number, unknown>>)[step];
    }
    if (value === null || typeof value === "function" || typeof value === "symbol" || typeof value === "bigint") return undefined;
    return typeof value === "number" && !Number.isFinite(value) ? undefined : (value as Value);
  };
}

function compileReference(node: Extract<ValueNode, { op: "fact" | "level" }>, c: Compiler): ValueFn {
  if (node.op === "level") {
    const level = c.level(node.state);
    const { part } = node;
    return (m) => {
      const result = level(m);
      m.until = result.until;
      return result[part];
    };
  }
  const { fact } = node;
  let compute: ValueFn | undefined;
  return (m) => {
    if (m.factRun[fact] === m.run) {
      m.until = m.factUntil[fact] as number;
      return m.factValue[fact];
    }
    compute ??= apartFor(c.unwrap(node), c.value(c.unwrap(node)));
    const value = compute(m);
    m.factRun[fact] = m.run;
    m.factValue[fact] = value;
    m.factUntil[fact] = m.until;
    return value;
  };
}

function compileShift(node: Extract<ValueNode, { op: "shift" }>, c: Compiler): ValueFn {
  const date = c.value(node.date);
  const amount = c.value(node.amount);
  const { unit, sign, calendar } = node;
  return (m) => {
    const day = date(m);
    const until = m.until;
    const by = amount(m);
    if (until < m.until) m.until = until;
    if (day === null || by === null) return null;
    return typeof day === "number" && typeof by === "number" ? shiftDay(day, by * sign, unit, calendar) : undefined;
  };
}

function compileDiff(node: Extract<ValueNode, { op: "diff" }>, c: Compiler): ValueFn {
  const from = c.value(node.from);
  const to = c.value(node.to);
  const { unit, calendar } = node;
  return (m) => {
    const a = from(m);
    const until = m.until;
    const b = to(m);
    if (until < m.until) m.until = until;
    if (a === null || b === null) return null;
    return typeof a === "number" && typeof b === "number" ? dayDifference(a, b, unit, calendar) : undefined;
  };
}

function compileAnniversary(node: Extract<ValueNode, { op: "anniversary" }>, c: Compiler): ValueFn {
  const date = c.value(node.date);
  const { feb29 } = node;
  return (m) => {
    const day = date(m);
    if (typeof day !== "number") return day === null ? null : undefined;
    const next = nextAnniversary(day, m.asOf, feb29);
    if (next < m.until) m.until = next;
    return next;
  };
}

function compileNamedDay(node: Extract<ValueNode, { op: "namedDay" }>): ValueFn {
  const { calendar, name } = node;
  return (m) => {
    const next = nextNamedDay(calendar, name, m.asOf);
    m.until = next ?? (m.asOf < calendar.from ? calendar.from - 1 : Infinity);
    return next;
  };
}

function compileArithmetic(node: Extract<ValueNode, { op: "arith" }>, c: Compiler): ValueFn {
  const left = c.value(node.left);
  const right = c.value(node.right);
  const { kind } = node;
  const places = kind === "divide" ? node.places : node.scale;
  const power = places === undefined ? undefined : 10 ** places;
  return (m) => {
    const a = left(m);
    const until = m.until;
    const b = right(m);
    if (until < m.until) m.until = until;
    if (a === null || b === null) return null;
    if (typeof a !== "number" || typeof b !== "number") return undefined;
    const result = calculate(kind, a, b, power);
    return Number.isFinite(result) ? result : undefined;
  };
}

function calculate(kind: "add" | "subtract" | "multiply" | "divide", a: number, b: number, power: number | undefined): number {
  if (kind === "multiply") return a * b;
  if (kind === "divide" && b === 0) return NaN;
  if (power === undefined) return kind === "divide" ? a / b : kind === "add" ? a + b : a - b;
  // Both sides are decimals of this scale: as whole numbers the sum is exact, and so are both sides of a division.
  const [x, y] = [Math.round(a * power), Math.round(b * power)];
  if (kind === "divide") return x / y;
  return (kind === "add" ? x + y : x - y) / power;
}

function compileChoose(node: Extract<ValueNode, { op: "choose" }>, c: Compiler): ValueFn {
  const rows = node.rows.map((row) => ({ when: c.truth(row.when), value: c.value(row.value) }));
  const otherwise = c.value(node.otherwise);
  return (m) => {
    let until = Infinity;
    for (const row of rows) {
      const truth = row.when(m);
      if (m.until < until) until = m.until;
      if (truth === UNKNOWN) {
        m.until = until;
        return undefined;
      }
      if (truth === TRUE) {
        const value = row.value(m);
        if (until < m.until) m.until = until;
        return value;
      }
    }
    const value = otherwise(m);
    if (until < m.until) m.until = until;
    return value;
  };
}

function compileFirst(node: Extract<ValueNode, { op: "first" }>, c: Compiler): ValueFn {
  const list = node.of.map((one) => c.value(one));
  return (m) => {
    let until = Infinity;
    let none = true;
    for (const one of list) {
      const value = one(m);
      if (m.until < until) until = m.until;
      if (value !== undefined && value !== null) {
        m.until = until;
        return value;
      }
      if (value === undefined) none = false;
    }
    m.until = until;
    return none ? null : undefined;
  };
}

function compilePick(node: Extract<ValueNode, { op: "pick" }>, c: Compiler): ValueFn {
  const items = itemsOf(node.range);
  const where = c.truth(node.where);
  const by = node.by && c.value(node.by);
  const { level, collection } = node.range;
  const idSlot = collection.fields.get(collection.idField)?.slot ?? 0;
  const sign = node.order === "ascending" ? 1 : -1;
  return (m) => {
    const list = items(m);
    m.until = Infinity;
    if (!list) return undefined;
    let until = Infinity;
    let best: { readonly id: string; readonly rank: Value } | undefined;
    for (const item of list) {
      m.items[level] = item;
      const truth = where(m);
      if (m.until < until) until = m.until;
      if (truth !== TRUE) continue;
      const rank = by?.(m);
      if (by && m.until < until) until = m.until;
      const id = String(item[idSlot]);
      if (!best || before(rank, id, best, sign)) best = { id, rank };
    }
    m.until = until;
    return best ? best.id : null;
  };
}

/** Ranked by value, then by id; an item without a rank goes last. */
function before(rank: Value, id: string, best: { readonly id: string; readonly rank: Value }, sign: 1 | -1): boolean {
  const [a, b] = [rank ?? undefined, best.rank ?? undefined];
  if (a === b) return id < best.id;
  if (a === undefined) return false;
  if (b === undefined) return true;
  return sign > 0 ? a < b : a > b;
}

function compileJoin(node: Extract<ValueNode, { op: "join" }>, c: Compiler): ValueFn {
  const parts = node.parts.map((part) => ({ value: c.value(part), date: part.type === "date" }));
  return (m) => {
    let until = Infinity;
    let text = "";
    for (const part of parts) {
      const value = part.value(m);
      if (m.until < until) until = m.until;
      if (value === undefined) {
        m.until = until;
        return undefined;
      }
      if (value !== null) text += part.date && typeof value === "number" ? formatDay(value) : String(value);
    }
    m.until = until;
    return text;
  };
}

function compilePlugin(node: Extract<ValueNode, { op: "plugin" }>, c: Compiler): ValueFn {
  const compute = c.pluginFact(node.plugin);
  const list = node.arguments.map((one) => c.value(one));
  return (m) => {
    let until = Infinity;
    const values = list.map((one) => {
      const value = one(m);
      if (m.until < until) until = m.until;
      return value;
    });
    m.until = until;
    return compute(values);
  };
}
