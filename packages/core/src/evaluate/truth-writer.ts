import type { Comparison, Range, TruthNode, ValueNode } from "../lower/node.js";
import { fieldAt, type Catalogue, type Field } from "../model/catalogue.js";
import { turnedComparison } from "./clock.js";
import { daysFromAsOf } from "./days-from-as-of.js";
import { literal } from "./generate-code.js";
import type { TruthFn } from "./machine.js";
import { readsOutside } from "./node-key.js";

/** What generated conditions are handed. */
export interface WrittenConstants {
  /** Closures of what is not written out. */
  readonly truths: TruthFn[];
  readonly sets: ReadonlySet<unknown>[];
}

/** What the writer needs of a program. */
export interface TruthGround {
  readonly model: Catalogue;
  readonly unwrap: (node: ValueNode) => ValueNode;
  readonly truth: (node: TruthNode) => TruthFn;
  /** A number that equal nodes share. */
  readonly keyOf: (node: TruthNode | ValueNode) => number;
}

const negated: Readonly<Record<Comparison, string>> = { "=": "!==", "<": ">=", "<=": ">", ">": "<=", ">=": "<" };

/** Longer conditions get a function of their own. */
const longest = 4000;

/**
 * Writes conditions as JavaScript expressions, each twice: where it is surely true, and where it is surely false (what is
 * neither is unknown). `s` are the record's fields, `c` its collections, `m` the machine, `i0`, `i1` … the open items.
 * What it does not write out it asks of the closures.
 */
export class TruthWriter {
  readonly constants: WrittenConstants = { truths: [], sets: [] };
  /** Functions of quantifiers, one for equal ones, by name. */
  readonly functions: string[] = [];
  readonly #quantifiers = new Map<string, string>();
  readonly #closures = new Map<string, number>();
  /** Collections of the items that stand open, by level; those a question does not see are left out. */
  readonly #levels: (Range["collection"] | undefined)[] = [];
  #memos = 0;

  constructor(readonly ground: TruthGround) {}

  /** Answers that are kept per record. */
  get memos(): number {
    return this.#memos;
  }

  /** Writes within an item that stands open at level 0. */
  within<T>(range: Range, write: () => T): T {
    this.#levels[range.level] = range.collection;
    const result = write();
    this.#levels.length = range.level;
    return result;
  }

  /** A call of the closure of a condition: its truth as a number, `until` left in the machine. */
  call(node: TruthNode): string {
    const index = this.#constant(`t${this.ground.keyOf(node)}`, this.constants.truths, () => this.ground.truth(node));
    return `truths[${index}](m)`;
  }

  /** An expression that says whether a condition is surely `sure`. */
  write(node: TruthNode, sure: boolean): string {
    const text = this.#write(node, sure);
    if (text.length <= longest || node.op === "some" || node.op === "every") return text;
    const name = `part${this.functions.length}`;
    const open = this.#open();
    this.functions.push(`function ${name}(s, c, m${open}) { return ${text}; }`);
    return `${name}(s, c, m${open})`;
  }

  #write(node: TruthNode, sure: boolean): string {
    switch (node.op) {
      case "constant":
        return String(node.value === sure);
      case "named":
        return this.write(node.item, sure);
      case "not":
        return this.write(node.item, !sure);
      case "and":
      case "or": {
        if (node.items.length === 0) return String((node.op === "and") === sure);
        return `(${node.items.map((item) => this.write(item, sure)).join((node.op === "and") === sure ? " && " : " || ")})`;
      }
      case "present": {
        if (node.value.op !== "field") return this.#closure(node, sure);
        const value = this.field(node.value);
        return sure ? `(${value} !== undefined && ${value} !== null)` : `(${value} === undefined || ${value} === null)`;
      }
      case "in":
        return this.#membership(node, sure);
      case "compare":
        return this.#comparison(node, sure);
      case "some":
      case "every":
        return this.#quantifier(node, sure);
      default:
        return this.#closure(node, sure);
    }
  }

  #open(): string {
    return this.#levels.map((open, level) => (open ? `, i${level}` : "")).join("");
  }

  /** A field of the record or of an open item. */
  field(node: Extract<ValueNode, { op: "field" }>): string {
    return node.level < 0 ? `s[${node.slot}]` : `i${node.level}[${node.slot}]`;
  }

  /** Whether a field may be "none": of it comparisons are false. */
  #mayBeNone(node: Extract<ValueNode, { op: "field" }>): boolean {
    const fields: ReadonlyMap<string, Field> | undefined = node.level < 0 ? this.ground.model.fields : this.#levels[node.level]?.fields;
    return fieldAt(fields, node.slot)?.absent !== "unknown";
  }

  /** Asks the closure, with the items that stand open where it looks for them. */
  #closure(node: TruthNode, sure: boolean): string {
    const set = this.#levels.map((open, level) => (open ? `m.items[${level}] = i${level}, ` : "")).join("");
    return `(${set}${this.call(node)} === ${sure ? 1 : 0})`;
  }

  #constant<T>(key: string, into: T[], make: () => T): number {
    const known = this.#closures.get(key);
    if (known !== undefined) return known;
    this.#closures.set(key, into.length);
    into.push(make());
    return into.length - 1;
  }

  #membership(node: Extract<TruthNode, { op: "in" }>, sure: boolean): string {
    const { value, list } = node;
    if (value.op === "field" && value.type !== "list" && list.op === "const") {
      const items = list.value as readonly (string | number)[];
      const found = this.field(value);
      if (items.length === 0) return sure ? "false" : `${found} !== undefined`;
      if (items.length <= 4) return sure ? `(${items.map((item) => `${found} === ${literal(item)}`).join(" || ")})` : `(${found} !== undefined && ${items.map((item) => `${found} !== ${literal(item)}`).join(" && ")})`;
      const index = this.#constant(`s${this.ground.keyOf(list)}`, this.constants.sets, () => new Set(items));
      return sure ? `sets[${index}].has(${found})` : `(${found} !== undefined && !sets[${index}].has(${found}))`;
    }
    // Lists of a record have no holes: they were checked.
    if (value.op === "const" && !Array.isArray(value.value) && list.op === "field" && list.type === "list") {
      const found = this.field(list);
      const has = `${found}.includes(${literal(value.value as string | number | boolean)})`;
      return sure ? `(${found} !== undefined && ${found} !== null && ${has})` : `(${found} === null || (${found} !== undefined && !${has}))`;
    }
    return this.#closure(node, sure);
  }

  #comparison(node: Extract<TruthNode, { op: "compare" }>, sure: boolean): string {
    const [left, right] = [this.ground.unwrap(node.left), this.ground.unwrap(node.right)];
    const plain = this.#side(left) ?? (left.op === "field" ? left : undefined);
    const other = this.#side(right) ?? (right.op === "field" ? right : undefined);
    if (plain === undefined || other === undefined || left.type === "any" || right.type === "any") return this.#closure(node, sure);
    const sides = [plain, other].map((side) => (typeof side === "string" ? side : this.field(side)));
    const fields = [plain, other].filter((side) => typeof side !== "string");
    const [a, b] = sides as [string, string];
    const { cmp } = node;
    if (sure) {
      const guards = fields.filter((field) => (cmp === "=" ? fields.length > 1 : this.#mayBeNone(field))).map((field) => (cmp === "=" ? `${this.field(field)} !== undefined && ${this.field(field)} !== null && ` : `${this.field(field)} !== null && `));
      return `(${guards.join("")}${a} ${cmp === "=" ? "===" : cmp} ${b})`;
    }
    const known = fields.filter((field) => cmp === "=" || this.#mayBeNone(field) || fields.length > 1).map((field) => `${this.field(field)} !== undefined && `);
    const none = fields.filter((field) => this.#mayBeNone(field)).map((field) => `${this.field(field)} === null || `);
    return `(${none.join("")}${known.join("")}${a} ${negated[cmp]} ${b})`;
  }

  /** A side of a comparison that is always there: a constant, or a day so many days from asOf. */
  #side(node: ValueNode): string | undefined {
    if (node.op === "const") return Array.isArray(node.value) ? undefined : literal(node.value as string | number | boolean);
    const days = daysFromAsOf(node);
    return days === undefined ? undefined : `(m.asOf + ${literal(days)})`;
  }

  /** A comparison of a date field with a day so many days from asOf, the date on the left. */
  dateAndDay(node: Extract<TruthNode, { op: "compare" }>): { readonly date: string; readonly days: number; readonly cmp: Comparison } | undefined {
    const [left, right] = [this.ground.unwrap(node.left), this.ground.unwrap(node.right)];
    const [l, r] = [daysFromAsOf(left), daysFromAsOf(right)];
    if (left.op === "field" && left.type === "date" && r !== undefined) return { date: this.field(left), days: r, cmp: node.cmp };
    if (right.op === "field" && right.type === "date" && l !== undefined) return { date: this.field(right), days: l, cmp: turnedComparison(node.cmp) };
    return undefined;
  }

  /** Items are looked at until one decides; what no item outside has a part in is answered once a record. */
  #quantifier(node: Extract<TruthNode, { op: "some" | "every" }>, sure: boolean): string {
    const { range, where } = node;
    if (range.collection.scope !== "record" || range.level !== this.#levels.length) return this.#closure(node, sure);
    const alone = !readsOutside(where, range.level);
    const open = alone ? "" : this.#open();
    const key = `${this.ground.keyOf(node)}${sure ? "+" : "-"}${open}`;
    let name = this.#quantifiers.get(key);
    if (name === undefined) {
      name = `q${this.#quantifiers.size}`;
      this.#quantifiers.set(key, name);
      this.functions.push(this.#quantifierFunction(name, node, sure, alone, open));
    }
    return `${name}(s, c, m${open})`;
  }

  #quantifierFunction(name: string, { op, range, where }: Extract<TruthNode, { op: "some" | "every" }>, sure: boolean, alone: boolean, open: string): string {
    const { level, collection } = range;
    // Surely true: one item is, or all are; surely false: all items are false, or one is.
    const one = (op === "some") === sure;
    const outer = [...this.#levels];
    // A question of the record's own may be asked from other items than those it is written in.
    if (alone) this.#levels.fill(undefined);
    this.#levels[level] = collection;
    const test = this.write(where, sure);
    this.#levels.length = 0;
    this.#levels.push(...outer);
    const loop = `const list = c[${collection.slot}];
  if (list === undefined) return false;
  for (let i = 0; i < list.length; i++) {
    const i${level} = list[i];
    if (${one ? test : `!${test}`}) return ${one};
  }
  return ${!one};`;
    if (!alone) return `function ${name}(s, c, m${open}) {\n  ${loop}\n}`;
    const memo = this.#memos++;
    return `function ${name}_(s, c, m) {\n  ${loop}\n}
function ${name}(s, c, m) {
  if (runs[${memo}] === m.run) return answers[${memo}] === 1;
  const answer = ${name}_(s, c, m);
  runs[${memo}] = m.run;
  answers[${memo}] = answer ? 1 : 0;
  return answer;
}`;
  }
}
