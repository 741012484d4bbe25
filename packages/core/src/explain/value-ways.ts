import { clockOf } from "../evaluate/clock.js";
import { TRUE, type Value } from "../evaluate/value.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import { fieldAt, type Field } from "../model/catalogue.js";
import { changeNumber, decimalsOf, type Relation } from "./change-number.js";
import type { Change } from "./explanation.js";
import type { Alternative, Proposal } from "./proposal.js";
import { inBothLanguages, sameText } from "./in-both-languages.js";
import type { Bilingual } from "../ports/report-data.js";
import { turnedComparison } from "../evaluate/clock.js";
import type { Window } from "./read-window.js";
import { fillIn, moveNumber, sayRelation, setValue, type Subject } from "./say-change.js";
import type { Sayings } from "./sayings.js";
import { valueText } from "./show-value.js";
import type { OpenItem, Patch, Tracer } from "./tracer.js";

/** Ways to make a record's field stand differently to a value. */
export class ValueWays {
  constructor(
    readonly tracer: Tracer,
    readonly sayings: Sayings,
    /** Ways to make a condition true, for looking one level into derived facts. */
    readonly inner: (node: TruthNode, open: readonly OpenItem[]) => readonly Alternative[],
  ) {}

  /** A value that can change: a field of the customer or of an item of theirs, or a derived fact. Context never changes. */
  subject(node: ValueNode, open: readonly OpenItem[]): Subject | undefined {
    const named = this.sayings.nameOf(node);
    if (!named || node.op === "const") return undefined;
    const item = node.op === "field" && node.level >= 0 ? open.find(({ range }) => range.level === node.level) : undefined;
    if (node.op === "field" && node.level >= 0 && item?.range.collection.scope !== "record") return undefined;
    const format = { ...named.format };
    if (!item) return { name: named.name, called: this.sayings.called(named), format };
    const id = this.tracer.idOf(item);
    const label = item.range.collection.label;
    const called = inBothLanguages((lang) => (lang === "zh-CN" ? `${label[lang]} ${id} 的${this.sayings.called(named)[lang]}` : `${this.sayings.called(named)[lang]} of ${label[lang]} ${id}`));
    return { name: named.name, called, format, item: id };
  }

  /** How to try a value in a place. */
  patch(node: ValueNode, value: Value, open: readonly OpenItem[]): Patch | undefined {
    if (node.op === "fact") return clockOf(this.tracer.unwrap(node)) ? undefined : { kind: "fact", fact: node.fact, value };
    if (node.op !== "field") return undefined;
    if (node.level < 0) return { kind: "slot", slot: node.slot, value };
    const item = open.find(({ range }) => range.level === node.level);
    return item?.range.collection.scope === "record" ? { kind: "item", collection: item.range.collection.slot, index: item.index, slot: node.slot, value } : undefined;
  }

  #field(node: ValueNode, open: readonly OpenItem[]): Field | undefined {
    if (node.op !== "field") return undefined;
    const fields = node.level < 0 ? this.tracer.program.model.fields : open.find(({ range }) => range.level === node.level)?.range.collection.fields;
    return fieldAt(fields, node.slot);
  }

  #proposal(change: Change, node: ValueNode, to: Value, open: readonly OpenItem[]): Proposal {
    const patch = to === undefined ? undefined : this.patch(node, to, open);
    return { change, ...(patch ? { patch } : {}) };
  }

  /** Fills in whatever is missing for a value; `[[]]` where nothing is. */
  fillMissing(node: ValueNode, open: readonly OpenItem[]): readonly Alternative[] {
    if (this.tracer.value(node, open).value !== undefined) return [[]];
    const names = this.tracer.missingOfValue(node, open);
    const own = this.subject(node, open);
    if (own && (names.length === 0 || (names.length === 1 && names[0] === own.name))) return [[{ change: fillIn(own, undefined, undefined) }]];
    const proposals = names.flatMap((name) => {
      const called = this.#missingCalled(name, open);
      return called ? [{ change: fillIn({ name, called, format: { type: "any" } }, undefined, undefined) }] : [];
    });
    return proposals.length === names.length && names.length > 0 ? [proposals] : [];
  }

  #missingCalled(name: string, open: readonly OpenItem[]): ReturnType<Sayings["called"]> | undefined {
    const { model } = this.tracer.program;
    const item = open.find(({ range }) => name.startsWith(`${range.as}.`));
    if (item && item.range.collection.scope !== "record") return undefined;
    const field = model.fields.get(name) ?? item?.range.collection.fields.get(name.slice(item.range.as.length + 1)) ?? model.collections.get(name);
    if (name.startsWith("calendar.") || model.context.has(name)) return undefined;
    return field ? this.sayings.called({ name, label: field.label, format: { type: "any" } }) : sameText(name);
  }

  /** `left relation right`, by changing the side that can change. */
  comparison(left: ValueNode, relation: Relation, right: ValueNode, open: readonly OpenItem[]): readonly Alternative[] {
    const subject = this.subject(left, open);
    if (subject) return this.#side(left, subject, relation, right, open);
    const other = this.subject(right, open);
    return other ? this.#side(right, other, relation === "!=" ? "!=" : turnedComparison(relation), left, open) : [];
  }

  #side(node: ValueNode, subject: Subject, relation: Relation, other: ValueNode, open: readonly OpenItem[]): readonly Alternative[] {
    const limit = this.tracer.value(other, open).value;
    const value = this.tracer.value(node, open).value;
    if (limit === undefined) {
      const fill = this.fillMissing(other, open);
      return value === undefined ? fill.flatMap((a) => this.fillMissing(node, open).map((b) => [...a, ...b])) : fill;
    }
    if (limit === null || typeof limit === "object") return [];
    const field = this.#field(node, open);
    const wish = sayRelation(relation, limit, subject.format);
    const to = this.#target(value, relation, limit, subject, field);
    if (value === undefined || value === null) {
      const names = value === undefined ? this.tracer.missingOfValue(node, open) : [];
      if (names.length > 0 && !names.includes(subject.name)) return this.fillMissing(node, open);
      return [[this.#proposal(fillIn(subject, wish, to), node, to, open)]];
    }
    if (to === undefined && relation !== "!=") return [];
    if (typeof value === "number" && typeof limit === "number" && subject.format.type === "number" && relation !== "!=") {
      const step = changeNumber(value, relation, limit, this.#scale(subject, value, limit));
      return step ? [[this.#proposal({ ...moveNumber(subject, step), ...this.#through(node, relation, limit, step.direction === "more" ? step.by : -step.by, open) }, node, step.to, open)]] : [];
    }
    // A level is not set: what it is measured by moves it.
    if (node.op === "level") return this.#moveLevel(node, relation, limit, open);
    const shown = subject.format.type === "date" || (relation === "!=" && typeof limit !== "boolean") ? wish : typeof to === "boolean" ? quoted(valueText(to, subject.format)) : valueText(to, subject.format);
    return [[this.#proposal({ ...setValue(subject, shown, to), ...this.#through(node, relation, limit, 0, open) }, node, to, open)]];
  }

  #scale(subject: Subject, value: number, limit: number): number {
    return Math.min(9, subject.format.scale ?? Math.max(decimalsOf(limit), Math.min(decimalsOf(value), 4)));
  }

  /** A value that would do, within what the field may hold. */
  #target(value: Value, relation: Relation, limit: string | number | boolean, subject: Subject, field: Field | undefined): Value {
    if (relation === "!=") return typeof limit === "boolean" ? !limit : field?.enum?.find((one) => one !== limit);
    if (relation === "=") return allowed(limit, field) ? limit : undefined;
    if (typeof limit !== "number") return undefined;
    if (subject.format.type === "date") return relation === ">" ? limit + 1 : relation === "<" ? limit - 1 : limit;
    const from = typeof value === "number" ? value : relation === ">" || relation === ">=" ? -Number.MAX_SAFE_INTEGER / 1e9 : Number.MAX_SAFE_INTEGER / 1e9;
    const to = changeNumber(from, relation, limit, this.#scale(subject, typeof value === "number" ? value : limit, limit))?.to;
    return to !== undefined && allowed(to, field) ? to : undefined;
  }

  membership(node: Extract<TruthNode, { op: "in" }>, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    const contains = node.list.op !== "const" && node.value.op === "const";
    const [side, other] = contains ? [node.list, node.value] : [node.value, node.list];
    const subject = this.subject(side, open);
    const found = this.tracer.value(side, open).value;
    const wish = this.tracer.value(other, open).value;
    if (!subject) return this.fillMissing(side, open).filter((alternative) => alternative.length > 0);
    if (wish === undefined) return this.fillMissing(other, open);
    const shown = valueText(wish, { ...subject.format, type: node.value.type });
    if (contains) {
      const list = Array.isArray(found) ? (found as readonly (string | number)[]) : [];
      const to = wanted ? [...list, wish as string | number] : list.filter((one) => one !== wish);
      const text = inBothLanguages((lang) => (lang === "zh-CN" ? `${wanted ? "包含" : "不含"} ${shown[lang]}` : `${wanted ? "includes" : "no longer includes"} ${shown[lang]}`));
      const change: Change = { kind: found === undefined || found === null ? "fill" : "set", name: subject.name, ...(subject.item === undefined ? {} : { item: subject.item }), text: inBothLanguages((lang) => `${subject.called[lang]} ${text[lang]}`), to };
      return [[this.#proposal(change, side, to, open)]];
    }
    const list = Array.isArray(wish) ? (wish as readonly (string | number)[]) : [];
    const field = this.#field(side, open);
    const to = wanted ? list.find((one) => allowed(one, field)) : field?.enum?.find((one) => !list.includes(one));
    if (wanted && to === undefined) return [];
    const one = list.length === 1;
    const text = inBothLanguages((lang) => {
      if (wanted) return one ? shown[lang] : lang === "zh-CN" ? `${shown[lang]} 之一` : `one of ${shown[lang]}`;
      return lang === "zh-CN" ? `${shown[lang]} 以外的值` : one ? `other than ${shown[lang]}` : `none of ${shown[lang]}`;
    });
    if (found === undefined || found === null) {
      const fill = this.fillMissing(side, open)[0] ?? [];
      return [fill.length === 1 && fill[0]?.change.name !== subject.name ? fill : [this.#proposal(fillIn(subject, after("为", text), to), side, to, open)]];
    }
    const through = wanted ? list.flatMap((value) => this.#through(side, "=", value, 0, open).through ?? []) : [];
    return [[this.#proposal({ ...setValue(subject, text, to), ...(through.length > 0 ? { through: distinct(through) } : {}) }, side, to, open)]];
  }

  /** A date within a window that time alone will not bring: the dates that would do. */
  window(window: Window, wanted: boolean, open: readonly OpenItem[]): readonly Alternative[] {
    const subject = this.subject(window.date, open);
    const [opens, closes] = [window.after, window.upTo].map((anchor) =>
      this.tracer.value(anchor.amount === undefined ? { op: "asOf", type: "date" } : { op: "shift", type: "date", date: { op: "asOf", type: "date" }, amount: anchor.amount, unit: anchor.unit, sign: anchor.sign, ...(anchor.calendar ? { calendar: anchor.calendar } : {}) }, open).value,
    );
    if (!subject || !wanted || window.date.op !== "field" || typeof opens !== "number" || typeof closes !== "number" || closes <= opens) return [];
    const [from, to] = [valueText(opens + 1, { type: "date" }), valueText(closes, { type: "date" })];
    const wish = inBothLanguages((lang) => (closes === opens + 1 ? to[lang] : lang === "zh-CN" ? `${from[lang]} 至 ${to[lang]} 之间` : `a day from ${from[lang]} to ${to[lang]}`));
    const missing = this.tracer.value(window.date, open).value === null;
    return [[this.#proposal(missing ? fillIn(subject, after("在", wish), closes) : setValue(subject, wish, closes), window.date, closes, open)]];
  }

  /** One level into a derived fact: each single change that would bring it there, tried. */
  #through(node: ValueNode, relation: Relation, limit: Value, by: number, open: readonly OpenItem[]): { readonly through?: readonly Change[] } {
    if (node.op !== "fact" && node.op !== "level") return {};
    const inner = this.tracer.unwrap(node);
    const wanted: TruthNode | undefined = relation === "!=" || typeof limit === "object" || limit === undefined ? undefined : { op: "compare", cmp: relation, left: node, right: { op: "const", type: inner.type === "any" ? "text" : inner.type, value: limit } };
    if (!wanted) return {};
    const part = (one: ValueNode): readonly Alternative[] => this.comparison(one, relation, { op: "const", type: "number", value: limit as number }, open);
    const alternatives = by !== 0 ? (inner.op === "first" ? inner.of.flatMap(part) : this.#parts(inner, by, open)) : this.#causes(inner, limit).flatMap((cause) => this.inner(cause, open));
    const changes = alternatives.flatMap((alternative) => {
      const [only] = alternative;
      if (!only?.patch || alternative.length !== 1) return [];
      return this.tracer.suppose([only.patch]).truth(wanted, open).value === TRUE ? [stripped(only.change)] : [];
    });
    return changes.length > 0 ? { through: distinct(changes) } : {};
  }

  /** Changes of what a level is measured by. Nearness to other levels depends on what the last run remembers: each is tried. */
  #moveLevel(node: ValueNode & { readonly op: "level" }, relation: Relation, limit: string | number | boolean, open: readonly OpenItem[]): readonly Alternative[] {
    const wanted: TruthNode = { op: "compare", cmp: relation === "!=" ? "=" : relation, left: node, right: { op: "const", type: node.type, value: limit } };
    return this.#causes(node, limit).flatMap((cause) => this.inner(cause, open)).filter((alternative) => {
      const patches = alternative.flatMap(({ patch }) => (patch ? [patch] : []));
      return patches.length > 0 && (this.tracer.suppose(patches).truth(wanted, open).value === TRUE) === (relation !== "!=");
    });
  }

  /** Conditions under which a fact by case has a value. */
  #causes(inner: ValueNode, value: Value): readonly TruthNode[] {
    if (inner.op === "choose") {
      return inner.rows.flatMap((row, i) => {
        if (row.value.op === "choose") return this.#causes(row.value, value).map((cause): TruthNode => ({ op: "and", items: [row.when, cause] }));
        if (row.value.op !== "const" || row.value.value !== value) return [];
        return [{ op: "and", items: [row.when, ...inner.rows.slice(0, i).map((earlier): TruthNode => ({ op: "not", item: earlier.when }))] }];
      });
    }
    const level = inner.op === "level" ? this.tracer.program.levels[inner.state] : undefined;
    if (level && inner.op === "level" && inner.part !== "level") {
      const lines = level.levels.flatMap(({ from, keepFrom }) => [from, keepFrom].filter((line) => line !== undefined));
      return lines.flatMap((line): TruthNode[] => [{ op: "compare", cmp: ">=", left: level.measure, right: line }, { op: "compare", cmp: "<", left: level.measure, right: line }]);
    }
    const at = level?.levels.findIndex((one) => one.name === value) ?? -1;
    if (!level || at < 0) return [];
    const [from, above] = [level.levels[at]?.from, level.levels[at - 1]?.from];
    const items: TruthNode[] = [];
    if (from) items.push({ op: "compare", cmp: ">=", left: level.measure, right: from });
    if (above) items.push({ op: "compare", cmp: "<", left: level.measure, right: above });
    return items.length > 0 ? [{ op: "and", items }] : [];
  }

  /** Numbers that a figure is made of, each moved by as much as the figure has to move. */
  #parts(inner: ValueNode, by: number, open: readonly OpenItem[]): readonly Alternative[] {
    const list = inner.op === "arith" ? [...terms(inner)] : [];
    return list.flatMap((part) => {
      const subject = this.subject(part, open);
      const value = this.tracer.value(part, open).value;
      if (!subject || typeof value !== "number") return [];
      const scale = this.#scale(subject, value, by);
      return [by, -by].flatMap((step) => {
        const change = changeNumber(value, step > 0 ? ">=" : "<=", value + step, Math.min(9, Math.max(scale, decimalsOf(step))));
        return change ? [[this.#proposal(moveNumber(subject, change), part, change.to, open)]] : [];
      });
    });
  }
}

function quoted(text: Bilingual): Bilingual {
  return { "zh-CN": `“${text["zh-CN"]}”`, en: text.en };
}

/** A wish as it reads after “须”. */
function after(word: string, text: Bilingual): Bilingual {
  return inBothLanguages((lang) => (lang === "zh-CN" ? `${word} ${text[lang]}` : text[lang]));
}

function* terms(node: ValueNode): Generator<ValueNode> {
  if (node.op === "arith" && node.kind !== "divide") for (const side of [node.left, node.right]) yield* terms(side);
  else if (node.op === "first" && node.of[0]) yield node.of[0];
  else yield node;
}

function stripped(change: Change): Change {
  const { through: _deeper, ...rest } = change;
  return rest;
}

function distinct(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.text.en, change] as const)).values()].slice(0, 4);
}

/** Whether a field may hold a value. */
function allowed(value: Value, field: Field | undefined): boolean {
  if (!field) return true;
  if (field.enum && (typeof value === "string" || typeof value === "number")) return field.enum.includes(value);
  return typeof value !== "number" || (value >= (field.minimum ?? -Infinity) && value <= (field.maximum ?? Infinity));
}

