import { turnedComparison } from "../evaluate/clock.js";
import { formatDay } from "../calendar/civil-date.js";
import { clockOf } from "../evaluate/clock.js";
import { FALSE, TRUE, UNKNOWN, type Truth, type Value } from "../evaluate/value.js";
import type { Comparison, Range, TruthNode, ValueNode } from "../lower/node.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Clause, ClauseOp, FoundValue, LimitValue } from "./explanation.js";
import { fillText, inBothLanguages, sameText } from "./in-both-languages.js";
import { anchoredComparison, countOf, partOf, partsOf, type Part, type Window } from "./read-window.js";
import { sayDistance } from "./say-day.js";
import { sayParameter } from "./say-parameter.js";
import { isAlways, parameterIn, type Sayings } from "./sayings.js";
import { showValue, valueText, type ValueFormat } from "./show-value.js";
import { answerOf, type OpenItem, type Tracer } from "./tracer.js";

/** Items of one quantifier that are shown one by one. */
const mostItems = 20;

/** Asks every part of a condition and writes down what it found. */
export class ClauseTracer {
  constructor(readonly tracer: Tracer, readonly sayings: Sayings) {}

  clause(node: TruthNode, open: readonly OpenItem[]): Clause {
    return this.part(partOf(node), open);
  }

  part(part: Part, open: readonly OpenItem[]): Clause {
    if (part.kind === "window") return this.#window(part.window, part.node, open);
    const { node } = part;
    const base = this.#base(node, open);
    switch (node.op) {
      case "and":
        return { ...base, op: "all", children: partsOf(node.items).map((item) => this.part(item, open)) };
      case "or":
        return { ...base, op: "any", children: node.items.map((item) => this.clause(item, open)) };
      case "not":
        return this.#negation(node.item, base, open);
      case "named":
        return { ...base, op: "named", children: this.#inside(node.item, open) };
      case "compare":
        return this.#comparison(node, base, open);
      case "in":
        return this.#membership(node, base, open, "in");
      case "present":
        return { ...base, op: "present", ...this.#foundIn(node.value, open) };
      case "some":
      case "every":
        return this.#quantifier(node.op, node.range, node.where, base, open);
      case "anyOf":
      case "allOf":
        return { ...base, op: "elements", ...this.#foundIn(node.list, open) };
      case "pluginTruth": {
        const [left, right] = node.arguments;
        return { ...base, op: "operator", ...(left ? this.#foundIn(left, open) : {}), ...(right ? { limit: this.#limit(right, open, { type: right.type }) } : {}) };
      }
      case "constant":
        return { ...base, op: "constant" };
    }
  }

  /** The inside of a named condition: a plain list is shown as its items. */
  #inside(node: TruthNode, open: readonly OpenItem[]): readonly Clause[] {
    const clause = this.clause(node, open);
    return clause.op === "all" && clause.children ? clause.children : [clause];
  }

  #base(node: TruthNode, open: readonly OpenItem[], text: Bilingual = this.sayings.truth(node)): Omit<Clause, "op"> {
    const { value, until } = this.tracer.truth(node, open);
    const missing = value === UNKNOWN ? this.tracer.missingOf(node, open) : [];
    return { text, answer: answerOf(value), until: until === Infinity ? null : formatDay(until), ...(missing.length > 0 ? { missing } : {}), ...(node.origin ? { origin: node.origin } : {}) };
  }

  #negation(item: TruthNode, base: Omit<Clause, "op">, open: readonly OpenItem[]): Clause {
    if (item.op === "compare" && item.cmp === "=") return this.#comparison(item, base, open, true);
    if (item.op === "in") return this.#membership(item, base, open, "in");
    if (item.op === "present") return { ...base, op: "present", ...this.#foundIn(item.value, open) };
    if (item.op === "some") return this.#quantifier("none", item.range, item.where, base, open);
    return { ...base, op: "not", children: [this.clause(item, open)] };
  }

  #window(window: Window, node: TruthNode, open: readonly OpenItem[]): Clause {
    const part: Part = { kind: "window", window, node };
    const origin = node.origin ?? (node.op === "and" ? node.items[0]?.origin : undefined);
    const base = { ...this.#base(node, open, this.sayings.part(part)), ...(origin ? { origin } : {}) };
    const found = this.#found(window.date, open);
    const remark = this.#distance(window.date, open);
    const amount = window.upTo.amount ?? window.after.amount;
    const limit = amount && this.#limit(amount, open, { type: "number", unit: window.upTo.unit });
    return { ...base, op: "window", found, ...(remark ? { remark } : {}), ...(limit?.param === undefined && limit?.name === undefined ? {} : { limit }) };
  }

  #comparison(node: Extract<TruthNode, { op: "compare" }>, base: Omit<Clause, "op">, open: readonly OpenItem[], negated = false): Clause {
    const anchored = anchoredComparison(node);
    if (anchored) {
      const { date, anchor } = anchored;
      const limit = anchor.amount && this.#limit(anchor.amount, open, { type: "number", unit: anchor.unit });
      if (date.op === "const") return { ...base, op: "compare" };
      const remark = this.#distance(date, open);
      return { ...base, op: "compare", found: this.#found(date, open), ...(remark ? { remark } : {}), ...(limit?.param === undefined && limit?.name === undefined ? {} : { limit }) };
    }
    const turned = node.left.op === "const" && node.right.op !== "const";
    const [left, right] = turned ? [node.right, node.left] : [node.left, node.right];
    const cmp = turned ? turnedComparison(node.cmp) : node.cmp;
    const count = countOf(this.tracer.unwrap(left));
    if (count && this.sayings.nameOf(left) === undefined) return this.#counted(count, cmp, left, right, base, open);
    const format = this.sayings.nameOf(left)?.format ?? this.sayings.formatOf(left);
    const found = this.#found(left, open);
    const limit = this.#limit(right, open, format);
    const remark = base.answer === "false" && !negated ? gapText(this.tracer.value(left, open).value, cmp, this.tracer.value(right, open).value, format) : undefined;
    return { ...base, op: "compare", found, limit, ...(remark ? { remark } : {}) };
  }

  #counted(count: { readonly range: Range; readonly where: TruthNode }, cmp: Comparison, left: ValueNode, right: ValueNode, base: Omit<Clause, "op">, open: readonly OpenItem[]): Clause {
    const bounds = this.tracer.bounds(count.range, count.where, open);
    const number = bounds && bounds.sure === bounds.most ? bounds.sure : undefined;
    const text = bounds && number === undefined ? sameText(`${bounds.sure}–${bounds.most}`) : showValue(number, { type: "number" }).text;
    const found: FoundValue = { name: "", label: this.sayings.value(left), value: number ?? null, text };
    return { ...base, op: "count", found, limit: this.#limit(right, open, { type: "number" }), ...this.#items(count.range, count.where, TRUE, open) };
  }

  #membership(node: Extract<TruthNode, { op: "in" }>, base: Omit<Clause, "op">, open: readonly OpenItem[], op: ClauseOp): Clause {
    const contains = node.list.op !== "const" && node.value.op === "const";
    const [subject, other] = contains ? [node.list, node.value] : [node.value, node.list];
    const format = this.sayings.nameOf(subject)?.format ?? this.sayings.formatOf(subject);
    return { ...base, op: contains ? "contains" : op, found: this.#found(subject, open), limit: this.#limit(other, open, { ...format, type: node.value.type }) };
  }

  #quantifier(op: "some" | "every" | "none", range: Range, where: TruthNode, base: Omit<Clause, "op">, open: readonly OpenItem[]): Clause {
    const items = this.tracer.items(range);
    const found: FoundValue = { name: range.collection.name, label: range.collection.label, value: items?.length ?? null, text: this.#fitting(range, where, open) };
    return { ...base, op, found, ...this.#items(range, where, op === "every" ? FALSE : TRUE, open) };
  }

  /** How many items fulfil a condition: `31 of 74 do`. */
  #fitting(range: Range, where: TruthNode, open: readonly OpenItem[]): Bilingual {
    const items = this.tracer.items(range);
    const bounds = isAlways(where) ? undefined : this.tracer.bounds(range, where, open);
    if (!items || !bounds || items.length === 0) return countText(items?.length);
    const sure = bounds.sure === bounds.most ? String(bounds.sure) : `${bounds.sure}–${bounds.most}`;
    return { "zh-CN": `${items.length} 项中 ${sure} 项符合`, en: `${sure} of ${items.length} ${bounds.most === 1 ? "does" : "do"}` };
  }

  /** Items one by one: those that decide first, then those that are open, then the others, those first of which most is true. */
  #items(range: Range, where: TruthNode, deciding: Truth, open: readonly OpenItem[]): { readonly children?: readonly Clause[]; readonly more?: number } {
    const items = this.tracer.items(range);
    if (!items || items.length === 0 || isAlways(where)) return {};
    const answers = items.map((_, index) => {
      const inside = [...open, { range, index }];
      return { index, truth: this.tracer.truth(where, inside).value, failing: partsOf([where]).filter((part) => this.tracer.truth(part.node, inside).value === FALSE).length };
    });
    const weight = (truth: Truth): number => (truth === deciding ? 0 : truth === UNKNOWN ? 1 : 2);
    const shown = answers.sort((a, b) => weight(a.truth) - weight(b.truth) || a.failing - b.failing || a.index - b.index).slice(0, mostItems);
    return {
      children: shown.map(({ index }) => this.#item({ range, index }, where, open)),
      ...(items.length > shown.length ? { more: items.length - shown.length } : {}),
    };
  }

  #item(item: OpenItem, where: TruthNode, open: readonly OpenItem[]): Clause {
    const id = this.tracer.idOf(item);
    const inside = [...open, item];
    const text = inBothLanguages((lang) => `${item.range.collection.label[lang]} ${id}`);
    return { ...this.#base(where, inside, text), op: "item", children: this.#inside(where, inside) };
  }

  #foundIn(node: ValueNode, open: readonly OpenItem[]): { readonly found?: FoundValue } {
    return node.op === "const" ? {} : { found: this.#found(node, open) };
  }

  #found(node: ValueNode, open: readonly OpenItem[]): FoundValue {
    const found = this.#value(node, open);
    const inner = this.tracer.unwrap(node);
    const parts = inner.op === "fold" ? [this.#figure(inner, open)] : this.#partsOf(node).map((part) => this.#value(part, open));
    return parts.length > 0 ? { ...found, madeOf: parts } : found;
  }

  /** What a figure over a collection was taken of. */
  #figure(node: Extract<ValueNode, { op: "fold" }>, open: readonly OpenItem[]): FoundValue {
    const bounds = this.tracer.bounds(node.range, node.where, open);
    const text = bounds && bounds.sure !== bounds.most ? sameText(`${bounds.sure}–${bounds.most}`) : countText(bounds?.sure);
    return { name: node.range.collection.name, label: this.sayings.figure(node), value: bounds && bounds.sure === bounds.most ? bounds.sure : null, text };
  }

  #value(node: ValueNode, open: readonly OpenItem[]): FoundValue {
    const named = this.sayings.nameOf(node);
    const format = named?.format ?? this.sayings.formatOf(node);
    const { value } = this.tracer.value(node, open);
    return {
      name: named?.name ?? "",
      label: named?.label ?? this.sayings.value(node),
      ...showValue(value, format),
      ...(format.unit === undefined ? {} : { unit: format.unit }),
    };
  }

  /** What a derived value is made of, one level down. */
  #partsOf(node: ValueNode): readonly ValueNode[] {
    const inner = this.tracer.unwrap(node);
    const level = inner.op === "level" ? this.tracer.program.levels[inner.state] : undefined;
    const parts = level ? [level.measure] : inner === node && inner.op === "field" ? [] : childrenOf(inner);
    const names = new Set<string>();
    return parts.filter((part) => {
      const name = this.sayings.nameOf(part)?.name ?? (part.op === "fold" ? this.sayings.value(part).en : undefined);
      if (name === undefined || names.has(name) || name === this.sayings.nameOf(node)?.name) return false;
      names.add(name);
      return true;
    });
  }

  #limit(node: ValueNode, open: readonly OpenItem[], format: ValueFormat): LimitValue {
    const { value } = this.tracer.value(node, open);
    const named = this.sayings.nameOf(node);
    const shown = showValue(value, { ...format, ...(node.op === "const" || node.op === "arith" ? { scale: undefined } : {}), ...named?.format, type: named?.format.type ?? (node.type === "list" ? format.type : node.type === "any" ? format.type : node.type) });
    const param = parameterIn(node);
    const parameter = param === undefined ? undefined : this.tracer.program.parameters.get(param);
    return {
      ...shown,
      ...(named ? { name: named.name } : {}),
      ...(parameter ? sayParameter(parameter) : {}),
    };
  }

  #distance(date: ValueNode, open: readonly OpenItem[]): Bilingual | undefined {
    const { value } = this.tracer.value(date, open);
    return typeof value === "number" ? sayDistance(value - this.tracer.asOf) : undefined;
  }
}

/** Values that a value is computed from, as they are written in its node. */
function childrenOf(node: ValueNode): readonly ValueNode[] {
  switch (node.op) {
    case "shift":
      return [node.date, node.amount].flatMap(namedOrInner);
    case "diff":
      return [node.from, node.to].flatMap(namedOrInner);
    case "anniversary":
      return [node.date];
    case "arith":
      return [node.left, node.right].flatMap(namedOrInner);
    case "first":
      return node.of.flatMap(namedOrInner);
    case "choose":
      return [...node.rows.flatMap((row) => [...valuesOf(row.when), ...namedOrInner(row.value)]), ...namedOrInner(node.otherwise)];
    case "fold":
      return [node];
    default:
      return [];
  }
}

/** Looks through nodes that have no name of their own. */
function namedOrInner(node: ValueNode): readonly ValueNode[] {
  if (node.op === "const" || node.op === "none" || clockOf(node)?.kind === "today") return [];
  return node.op === "field" || node.op === "fact" || node.op === "level" || node.op === "fold" || node.op === "raw" ? [node] : childrenOf(node);
}

/** Values that a condition reads, items aside. */
function valuesOf(node: TruthNode): readonly ValueNode[] {
  switch (node.op) {
    case "compare":
      return [node.left, node.right].flatMap(namedOrInner);
    case "in":
      return [node.value, node.list].flatMap(namedOrInner);
    case "present":
      return namedOrInner(node.value);
    case "and":
    case "or":
      return node.items.flatMap(valuesOf);
    case "not":
    case "named":
      return valuesOf(node.item);
    default:
      return [];
  }
}

/** By how much a number misses its mark. */
function gapText(value: Value, cmp: Comparison, limit: Value, format: ValueFormat): Bilingual | undefined {
  if (typeof value !== "number" || typeof limit !== "number" || format.type !== "number" || cmp === "=" || value === limit) return undefined;
  const gap = Math.abs(limit - value);
  const amount = inBothLanguages((lang) => valueText(roundGap(gap, format.scale), format)[lang]);
  return cmp === ">" || cmp === ">="
    ? fillText({ "zh-CN": "还差 {n}", en: "{n} short" }, { n: amount })
    : fillText({ "zh-CN": "超出 {n}", en: "{n} too much" }, { n: amount });
}

/** Differences of decimals carry dust in their last binary digits. */
function roundGap(gap: number, scale: number | undefined): number {
  const power = 10 ** (scale ?? 6);
  return Math.round(gap * power) / power;
}

function countText(count: number | undefined): Bilingual {
  if (count === undefined) return { "zh-CN": "未知", en: "unknown" };
  return { "zh-CN": count === 0 ? "一项也没有" : `共 ${count} 项`, en: count === 0 ? "there are none" : count === 1 ? "1 item" : `${count} items` };
}
