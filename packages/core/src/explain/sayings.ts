import { turnedComparison } from "../evaluate/clock.js";
import { operatorTexts, type BaseOperator } from "../language/operators.js";
import type { Comparison, Range, TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { DerivedFact, RuleProgram } from "../lower/rule-program.js";
import type { Bilingual } from "../ports/report-data.js";
import { fillText, inBothLanguages, joinTexts, sameText } from "./in-both-languages.js";
import { anchoredComparison, countOf, partOf, partsOf, type Part } from "./read-window.js";
import { sayAnchor, sayAnchored, sayWindow } from "./say-day.js";
import { valueText, type ValueFormat } from "./show-value.js";

/** What a value is called. */
export interface Named {
  /** Dotted name. */
  readonly name: string;
  readonly label: Bilingual;
  readonly format: ValueFormat;
}

const operatorsOf: Readonly<Record<Comparison, BaseOperator>> = { "=": "equal", "<": "lessThan", "<=": "lessThanInclusive", ">": "greaterThan", ">=": "greaterThanInclusive" };

const folds = {
  count: { "zh-CN": "{c}的数量", en: "the number of {c}" },
  sum: { "zh-CN": "{c}的{v}合计", en: "the sum of {v} over {c}" },
  min: { "zh-CN": "{c}的最小{v}", en: "the lowest {v} of {c}" },
  max: { "zh-CN": "{c}的最大{v}", en: "the highest {v} of {c}" },
  avg: { "zh-CN": "{c}的{v}平均", en: "the mean {v} of {c}" },
} as const satisfies Record<string, Bilingual>;

const foldsOfDates = {
  min: { "zh-CN": "{c}的最早{v}", en: "the earliest {v} of {c}" },
  max: { "zh-CN": "{c}的最晚{v}", en: "the latest {v} of {c}" },
} as const;

const signsOfArithmetic = { add: "+", subtract: "−", multiply: "×", divide: "÷" } as const;

/** Words for the nodes of one rule, without looking at any record. */
export class Sayings {
  readonly #facts: ReadonlyMap<ValueNode, DerivedFact>;
  readonly #factsById: ReadonlyMap<string, DerivedFact>;

  /** @param inFull a value that is found by case is told case by case, where otherwise one phrase stands for it */
  constructor(readonly program: Program, readonly rule: RuleProgram | undefined, readonly inFull = false) {
    this.#facts = new Map(program.facts.map((fact) => [fact.node, fact] as const));
    this.#factsById = new Map(program.facts.map((fact) => [fact.id, fact] as const));
  }

  /** Name and label of a value that has them. */
  nameOf(node: ValueNode): Named | undefined {
    const fact = this.#facts.get(node) ?? (node.op === "fact" || node.op === "level" ? this.#factsById.get(node.name) : undefined);
    if (fact) return { name: fact.id, label: fact.label, format: this.#formatOfFact(fact) };
    if (node.op === "field" || node.op === "fact") return { name: node.name, label: node.label, format: { type: node.type, unit: node.unit, scale: node.scale } };
    if (node.op === "level" || node.op === "raw") return { name: node.name, label: sameText(node.name), format: { type: node.type } };
    return this.#itemFact(node);
  }

  /** A derived fact of the rule's item was written out where it is used; it is known by where it was defined. */
  #itemFact(node: ValueNode): Named | undefined {
    const { each, itemFacts } = this.rule ?? {};
    if (!each || !itemFacts || !node.origin) return undefined;
    for (const [name, defined] of itemFacts) {
      if (defined.op !== node.op || defined.origin?.file !== node.origin.file || defined.origin.pointer !== node.origin.pointer) continue;
      return { name: `${each.as}.${name}`, label: sameText(`${each.as}.${name}`), format: this.formatOf(defined) };
    }
    return undefined;
  }

  #formatOfFact(fact: DerivedFact): ValueFormat {
    const inner = fact.unit === undefined || fact.scale === undefined ? this.formatOf(fact.node, 4) : undefined;
    return { type: fact.type, unit: fact.unit ?? inner?.unit, scale: fact.scale ?? inner?.scale };
  }

  /** Type, unit and scale in which a node's values are read. */
  formatOf(node: ValueNode, depth = 6): ValueFormat {
    if (depth === 0) return { type: node.type };
    const given: { readonly unit?: string | undefined; readonly scale?: number | undefined } = "unit" in node || "scale" in node ? (node) : {};
    const inner = this.#innerFormat(node, depth - 1);
    const unit = node.op === "diff" ? node.unit : (given.unit ?? inner?.unit);
    return { type: node.type, unit, scale: given.scale ?? (node.op === "arith" && node.kind !== "add" && node.kind !== "subtract" ? undefined : inner?.scale) };
  }

  #innerFormat(node: ValueNode, depth: number): ValueFormat | undefined {
    switch (node.op) {
      case "fact": {
        const fact = this.program.facts[node.fact];
        return fact && depth > 0 ? this.#formatOfFact(fact) : undefined;
      }
      case "arith":
        return node.kind === "divide" ? undefined : this.formatOf(node.left.op === "const" ? node.right : node.left, depth);
      case "first":
        return node.of[0] && this.formatOf(node.of[0], depth);
      case "choose":
        return node.rows[0] && this.formatOf(node.rows[0].value, depth);
      case "fold":
        return node.kind === "count" || !node.value ? undefined : this.formatOf(node.value, depth);
      default:
        return undefined;
    }
  }

  /** `label (name)`; the name alone where there is no label. */
  called({ name, label }: Named): Bilingual {
    return inBothLanguages((lang) => (label[lang] === name || name === "" ? label[lang] : lang === "zh-CN" ? `${label[lang]}（${name}）` : `${label[lang]} (${name})`));
  }

  /** A field, fact or collection by its dotted name, as missing ones are listed. */
  byName(name: string): Bilingual {
    const { model } = this.program;
    const each = this.rule?.each;
    const label = this.#factsById.get(name)?.label ?? model.fields.get(name)?.label ?? (model.collections.get(name) ?? model.context.get(name))?.label ?? (each && name.startsWith(`${each.as}.`) ? each.collection.fields.get(name.slice(each.as.length + 1))?.label : undefined);
    return label ? this.called({ name, label, format: { type: "any" } }) : sameText(name);
  }

  /** Items of a collection in words. */
  collection({ collection }: Range): Bilingual {
    return this.called({ name: collection.name, label: collection.label, format: { type: "any" } });
  }

  /** A value in words, as it was written: `total assets (assets.total)`, `500,000 CNY`. */
  value(node: ValueNode, format?: ValueFormat): Bilingual {
    const named = this.nameOf(node);
    if (named) return this.called(named);
    const inner = (one: ValueNode): Bilingual => this.value(one);
    switch (node.op) {
      case "const":
        return valueText(node.value, { type: node.type === "list" ? (format?.type ?? "list") : node.type, unit: format?.unit });
      case "none":
        return { "zh-CN": "无", en: "nothing" };
      case "asOf":
        return { "zh-CN": "今天", en: "today" };
      case "shift": {
        if (node.date.op === "asOf") return sayAnchor({ amount: node.amount, unit: node.unit, sign: node.sign, calendar: node.calendar }, inner);
        const amount = this.value(node.amount, { type: "number", unit: node.unit });
        // A field in months says its unit itself: "duration in months".
        const text = node.amount.op === "const" ? amount : fillText(unitOfShift[node.unit], { n: amount });
        return fillText(node.sign > 0 ? { "zh-CN": "{d} 加 {n}", en: "{d} plus {n}" } : { "zh-CN": "{d} 减 {n}", en: "{d} less {n}" }, { d: inner(node.date), n: text });
      }
      case "diff":
        if (node.to.op === "asOf") return fillText({ "zh-CN": "距 {a} 的{u}数", en: "{u} since {a}" }, { a: inner(node.from), u: diffUnits[node.unit] });
        if (node.from.op === "asOf") return fillText({ "zh-CN": "到 {a} 的{u}数", en: "{u} until {a}" }, { a: inner(node.to), u: diffUnits[node.unit] });
        return fillText({ "zh-CN": "从 {a} 到 {b} 的{u}数", en: "{u} from {a} to {b}" }, { a: inner(node.from), b: inner(node.to), u: diffUnits[node.unit] });
      case "anniversary":
        return fillText({ "zh-CN": "{d} 的下一个周年日", en: "the next return of {d}" }, { d: inner(node.date) });
      case "namedDay":
        return fillText({ "zh-CN": "下一个 {n}（日历 {c}）", en: "the next {n} (calendar {c})" }, { n: sameText(node.name), c: sameText(node.calendar.id) });
      case "arith": {
        const fixed = fixedNumber(node);
        if (fixed !== undefined) return valueText(fixed, { type: "number", unit: format?.unit });
        return inBothLanguages((lang) => `${this.#operand(node.left)[lang]} ${signsOfArithmetic[node.kind]} ${this.#operand(node.right)[lang]}`);
      }
      case "choose": {
        const looked = dayLookedUp(node);
        if (looked) return fillText({ "zh-CN": "{v} 的下一个日子（日历 {c}）", en: "the next day of {v} (calendar {c})" }, { v: inner(looked.value), c: sameText(looked.calendar) });
        if (this.inFull) return this.choice(node);
        return node.rows.length === 1 && node.rows[0] && node.otherwise.op === "none" ? inner(node.rows[0].value) : { "zh-CN": "按情形取值", en: "a value by case" };
      }
      case "first":
        return fillText({ "zh-CN": "{l} 中首个已知值", en: "the first known of {l}" }, { l: joinTexts(node.of.map(inner), "list") });
      case "fold":
        return this.figure(node);
      case "pick":
        return fillText({ "zh-CN": "从 {c} 中选出的一项", en: "the item picked from {c}" }, { c: this.#filtered(node.range, node.where) });
      case "period":
        return { month: { "zh-CN": "当月", en: "this month" }, quarter: { "zh-CN": "当季", en: "this quarter" }, year: { "zh-CN": "当年", en: "this year" } }[node.unit];
      case "join":
        return inBothLanguages((lang) => node.parts.map((part) => inner(part)[lang]).join(" "));
      case "element":
        return { "zh-CN": "其中的值", en: "the value" };
      case "plugin":
        return this.program.environment.facts.get(node.plugin)?.label ?? sameText(node.name);
      case "field":
      case "raw":
      case "fact":
      case "level":
        return sameText(node.name);
    }
  }

  /** A value that is found by case, case by case: the first whose condition holds. */
  choice(node: Extract<ValueNode, { op: "choose" }>): Bilingual {
    const cases: Bilingual[] = [];
    let rest: ValueNode = node;
    for (; rest.op === "choose" && (rest === node || !this.nameOf(rest)); rest = rest.otherwise) {
      for (const { when, value } of rest.rows) {
        const inner = this.value(value);
        const nested = value.op === "choose" && !this.nameOf(value);
        cases.push(fillText(nested ? { "zh-CN": "（{v}）：{w}", en: "({v}): {w}" } : { "zh-CN": "{v}：{w}", en: "{v}: {w}" }, { v: inner, w: this.truth(when) }));
      }
    }
    if (rest.op !== "none") cases.push(fillText({ "zh-CN": "其余：{v}", en: "else {v}" }, { v: this.value(rest) }));
    return joinTexts(cases, "clauses");
  }

  #operand(node: ValueNode): Bilingual {
    const text = this.value(node);
    return node.op === "arith" && !this.nameOf(node) ? inBothLanguages((lang) => (lang === "zh-CN" ? `（${text[lang]}）` : `(${text[lang]})`)) : text;
  }

  /** A figure over a collection, as it is computed. */
  figure(node: Extract<ValueNode, { op: "fold" }>): Bilingual {
    const pattern = node.type === "date" && (node.kind === "min" || node.kind === "max") ? foldsOfDates[node.kind] : folds[node.kind];
    const items = this.#filtered(node.range, node.where);
    return fillText(pattern, { c: items, ...(node.value ? { v: this.value(node.value) } : {}) });
  }

  /** A collection with the condition that its items fulfil. */
  #filtered(range: Range, where: TruthNode): Bilingual {
    const items = this.collection(range);
    if (isAlways(where)) return items;
    const condition = this.truth(where);
    return inBothLanguages((lang) => (lang === "zh-CN" ? `符合“${condition[lang]}”的${items[lang]}` : `${items[lang]} where ${condition[lang]}`));
  }

  /** A condition in words, without what it found. */
  truth(node: TruthNode): Bilingual {
    return this.part(partOf(node));
  }

  part(part: Part): Bilingual {
    const say = (value: ValueNode): Bilingual => this.value(value);
    if (part.kind === "window") return sayWindow(this.value(part.window.date), part.window, say);
    const { node } = part;
    switch (node.op) {
      case "constant":
        return node.value ? { "zh-CN": "始终成立", en: "always" } : { "zh-CN": "始终不成立（已停用）", en: "never (switched off)" };
      case "compare":
        return this.comparison(node);
      case "in":
        return this.membership(node, false);
      case "and":
      case "or":
        return this.#group(node);
      case "not":
        return this.#negation(node.item);
      case "named":
        return fillText({ "zh-CN": "条件“{n}”成立", en: "condition \"{n}\" holds" }, { n: sameText(node.name) });
      case "present":
        return fillText(operatorTexts.isPresent, { a: this.value(node.value) });
      case "some":
      case "every":
        return this.quantifier(node.op, node.range, node.where);
      case "anyOf":
      case "allOf":
        return fillText(node.op === "anyOf" ? { "zh-CN": "{l} 中至少有一个值满足：{w}", en: "for at least one value of {l}: {w}" } : { "zh-CN": "{l} 中每个值都满足：{w}", en: "for every value of {l}: {w}" }, { l: this.value(node.list), w: this.truth(node.where) });
      case "pluginTruth": {
        const label = this.program.environment.operators.get(node.operator)?.label ?? sameText(node.operator);
        const [left, right] = node.arguments;
        return inBothLanguages((lang) => [left && this.value(left)[lang], label[lang], right && this.value(right)[lang]].filter((text) => text !== undefined).join(" "));
      }
    }
  }

  #group(node: Extract<TruthNode, { op: "and" | "or" }>): Bilingual {
    if (node.name !== undefined) return sameText(node.name);
    const parts = node.op === "and" ? partsOf(node.items) : node.items.map(partOf);
    const texts = parts.map((part) => {
      const text = this.part(part);
      const nested = part.kind === "node" && (part.node.op === "and" || part.node.op === "or") && part.node.items.length > 1;
      return nested ? inBothLanguages((lang) => (lang === "zh-CN" ? `（${text[lang]}）` : `(${text[lang]})`)) : text;
    });
    return joinTexts(texts, node.op === "and" ? "and" : "or");
  }

  #negation(item: TruthNode): Bilingual {
    if (item.op === "compare" && item.cmp === "=") return this.comparison(item, true);
    if (item.op === "in") return this.membership(item, true);
    if (item.op === "present") return fillText(operatorTexts.isMissing, { a: this.value(item.value) });
    if (item.op === "some") return this.quantifier("none", item.range, item.where);
    if (item.op === "named") return fillText({ "zh-CN": "条件“{n}”不成立", en: "condition \"{n}\" does not hold" }, { n: sameText(item.name) });
    return fillText({ "zh-CN": "并非（{w}）", en: "not ({w})" }, { w: this.truth(item) });
  }

  quantifier(op: "some" | "every" | "none", range: Range, where: TruthNode): Bilingual {
    const c = this.collection(range);
    if (isAlways(where)) return fillText(op === "none" ? { "zh-CN": "没有任何{c}", en: "there are no {c}" } : { "zh-CN": "有{c}", en: "there are {c}" }, { c });
    const w = this.truth(where);
    return fillText(
      op === "some" ? { "zh-CN": "至少有一项{c}符合：{w}", en: "at least one of {c} has: {w}" }
        : op === "every" ? { "zh-CN": "每一项{c}都符合：{w}", en: "every one of {c} has: {w}" }
          : { "zh-CN": "没有{c}符合：{w}", en: "none of {c} has: {w}" },
      { c, w },
    );
  }

  comparison(node: Extract<TruthNode, { op: "compare" }>, negated = false): Bilingual {
    const anchored = anchoredComparison(node);
    if (anchored && !negated) {
      if (anchored.date.op === "const") return this.#todayAgainst(anchored.date, turnedComparison(anchored.cmp), anchored.anchor);
      return sayAnchored(this.value(anchored.date), anchored.cmp, anchored.anchor, (value) => this.value(value));
    }
    // A constant goes to the right, where people look for it.
    const turned = node.left.op === "const" && node.right.op !== "const";
    const [left, right] = turned ? [node.right, node.left] : [node.left, node.right];
    const cmp = turned ? turnedComparison(node.cmp) : node.cmp;
    const format = countOf(left) ? undefined : (this.nameOf(left)?.format ?? this.formatOf(left));
    const b = this.value(right, format);
    const a = this.value(left);
    if (cmp === "=" && right.op === "const" && typeof right.value === "boolean") return fillText(negated ? { "zh-CN": "{a}不为“{b}”", en: "{a} is not {b}" } : { "zh-CN": "{a}为“{b}”", en: "{a} is {b}" }, { a, b });
    if (left.type === "date" && cmp !== "=") return fillText(dateOrder[cmp], { a, b });
    return fillText(operatorTexts[negated ? "notEqual" : operatorsOf[cmp]], { a, b });
  }

  /** `effective`: today against a fixed date. */
  #todayAgainst(date: ValueNode, cmp: Comparison, anchor: Parameters<typeof sayAnchor>[0]): Bilingual {
    const a = sayAnchor(anchor, (value) => this.value(value));
    const b = this.value(date);
    return fillText(cmp === "=" ? operatorTexts.equal : dateOrder[cmp], { a, b });
  }

  membership(node: Extract<TruthNode, { op: "in" }>, negated: boolean): Bilingual {
    const contains = node.list.op !== "const" && node.value.op === "const";
    const format: ValueFormat = { type: node.value.type };
    const [a, b] = contains ? [this.value(node.list), this.value(node.value)] : [this.value(node.value), this.value(node.list, format)];
    const operator = contains ? (negated ? "doesNotContain" : "contains") : negated ? "notIn" : "in";
    return fillText(operatorTexts[operator], { a, b });
  }
}

const dateOrder: Readonly<Record<Exclude<Comparison, "=">, Bilingual>> = {
  "<": { "zh-CN": "{a} 早于 {b}", en: "{a} is before {b}" },
  "<=": { "zh-CN": "{a} 不晚于 {b}", en: "{a} is on or before {b}" },
  ">": { "zh-CN": "{a} 晚于 {b}", en: "{a} is after {b}" },
  ">=": { "zh-CN": "{a} 不早于 {b}", en: "{a} is on or after {b}" },
};

const unitOfShift = {
  days: { "zh-CN": "{n}（天）", en: "{n} (days)" },
  workingDays: { "zh-CN": "{n}（工作日）", en: "{n} (working days)" },
  months: { "zh-CN": "{n}（月）", en: "{n} (months)" },
  years: { "zh-CN": "{n}（年）", en: "{n} (years)" },
} as const satisfies Record<string, Bilingual>;

const diffUnits = {
  days: { "zh-CN": "天", en: "days" },
  workingDays: { "zh-CN": "工作日", en: "working days" },
  months: { "zh-CN": "月", en: "months" },
  years: { "zh-CN": "年", en: "years" },
} as const satisfies Record<string, Bilingual>;

/** The number that a calculation without any field comes to. */
export function fixedNumber(node: ValueNode): number | undefined {
  if (node.op === "const") return typeof node.value === "number" ? node.value : undefined;
  if (node.op !== "arith") return undefined;
  const [left, right] = [fixedNumber(node.left), fixedNumber(node.right)];
  if (left === undefined || right === undefined || (node.kind === "divide" && right === 0)) return undefined;
  const result = node.kind === "add" ? left + right : node.kind === "subtract" ? left - right : node.kind === "multiply" ? left * right : left / right;
  return Math.round(result * 1e9) / 1e9;
}

/** The first parameter that a value without any field is made with. */
export function parameterIn(node: ValueNode): string | undefined {
  if (node.op === "const") return node.param;
  return node.op === "arith" && fixedNumber(node) !== undefined ? (parameterIn(node.left) ?? parameterIn(node.right)) : undefined;
}

/** A choice of named days by one value, as a lunar month and day: what is looked up, and where. */
export function dayLookedUp(node: ValueNode): { readonly value: ValueNode; readonly calendar: string } | undefined {
  if (node.op !== "choose" || node.otherwise.op !== "none") return undefined;
  let found: { readonly value: ValueNode; readonly calendar: string } | undefined;
  for (const { when, value } of node.rows) {
    const asked = when.op === "in" ? when.value : when.op === "compare" && when.cmp === "=" ? when.left : undefined;
    const calendar = value.op === "namedDay" ? value.calendar.id : dayLookedUp(value)?.calendar;
    if (!asked || calendar === undefined || (found && (found.value !== asked || found.calendar !== calendar))) return undefined;
    found = { value: asked, calendar };
  }
  return found;
}

/** Whether a condition asks for nothing. */
export function isAlways(node: TruthNode): boolean {
  return (node.op === "constant" && node.value) || (node.op === "and" && node.items.every(isAlways));
}
