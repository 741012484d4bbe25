import { parseDay } from "../calendar/civil-date.js";
import { civilOf, parseInstant } from "../calendar/zone-table.js";
import { generateCode, literal } from "../evaluate/generate-code.js";
import type { NormalRecord } from "../evaluate/value.js";
import type { Catalogue, Collection, Field } from "../model/catalogue.js";
import type { Read } from "./field-readers.js";
import { brokenText, longestList, readerOf, Wrong } from "./field-readers.js";

/** Reads a good record; `undefined` where anything is unusual, for the reader that looks closer. */
export type QuickReader = (json: unknown) => NormalRecord | undefined;

/** What generated code is handed: nothing else is in its reach but the record. */
interface Ground {
  readonly prototypeOf: (value: object) => unknown;
  readonly plain: object;
  readonly day: (text: string) => number | undefined;
  readonly instant: (text: string) => number | undefined;
  readonly goodText: (text: string) => boolean;
  readonly goodList: (list: readonly unknown[], type: string) => boolean;
  readonly sets: readonly ReadonlySet<unknown>[];
  readonly reads: readonly Read[];
  readonly Wrong: typeof Wrong;
}

/** Fields beyond this many are read in groups: very long functions are never optimised. */
const groupSize = 60;
/** Lists up to this long are searched for doubled ids by looking at each pair. */
const pairwise = 16;

/**
 * Generates the reader of a model's records: one pass, every check of `field-readers.ts` inlined, no path walked and
 * nothing allocated but the record itself. `undefined` where the host forbids generated code.
 */
export function generateReader(model: Catalogue): QuickReader | undefined {
  const names = [...model.fields.keys(), ...model.collections.keys(), ...[...model.collections.values()].flatMap((one) => [...one.fields.keys()])];
  // Members of these names may come from the prototype of every object.
  if (names.some((name) => name.split(".").some((step) => step in {}))) return undefined;
  if (model.required.some((name) => !model.fields.has(name) && !model.collections.has(name))) return undefined;
  const writer = new ReaderWriter(model);
  const make = generateCode<Ground, QuickReader>("g", writer.source());
  return make?.({
    prototypeOf: Object.getPrototypeOf,
    plain: Object.prototype,
    day: parseDay,
    instant: (text) => {
      const instant = parseInstant(text);
      return typeof instant === "number" ? civilOf(model.zone, instant).day : undefined;
    },
    goodText,
    goodList,
    sets: writer.sets,
    reads: writer.reads,
    Wrong,
  });
}

/** A text without NUL and lone surrogates. */
function goodText(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0 || (code & 0xf800) === 0xd800) return !brokenText.test(text);
  }
  return true;
}

function goodList(list: readonly unknown[], type: string): boolean {
  for (const item of list) {
    if (typeof item !== type) return false;
    if (typeof item === "string" ? !goodText(item) : !Number.isFinite(item)) return false;
  }
  return true;
}

interface Node {
  field?: Field;
  collection?: Collection;
  readonly inner: Map<string, Node>;
}

function treeOf(fields: Iterable<Field>, collections: Iterable<Collection>): Node {
  const root: Node = { inner: new Map() };
  const open = (name: string): Node => {
    let node = root;
    for (const step of name.split(".")) {
      let next = node.inner.get(step);
      if (!next) node.inner.set(step, (next = { inner: new Map() }));
      node = next;
    }
    return node;
  };
  for (const field of fields) open(field.name).field = field;
  for (const collection of collections) open(collection.name).collection = collection;
  return root;
}

const bad = "return undefined;";

class ReaderWriter {
  readonly sets: ReadonlySet<unknown>[] = [];
  readonly reads: Read[] = [];
  readonly #functions: string[] = [];
  readonly #required: ReadonlySet<string>;
  #names = 0;

  constructor(readonly model: Catalogue) {
    this.#required = new Set(model.required);
  }

  source(): string {
    const { model } = this;
    const { fields, collections } = model;
    const id = [...fields.values()].find((field) => field.name === model.idField);
    const root = treeOf(fields.values(), collections.values());
    const lists = [...collections.values()].sort((a, b) => a.slot - b.slot).map((one) => `l${one.slot}`);
    const wide = fields.size > groupSize;
    const slots = [...fields.values()].sort((a, b) => a.slot - b.slot);
    const target = (field: Field): string => (wide ? `s[${field.slot}]` : `s${field.slot}`);
    const body = this.#object("json", root, target, (name) => this.#required.has(name), wide, id);
    const declared = [...(wide ? [`s = [${slots.map(() => "undefined").join(",")}]`] : slots.map((field) => `s${field.slot}`)), ...lists];
    const idSlot = id ? target(id) : "undefined";
    return `
const { prototypeOf, plain, day, instant, goodText, goodList, sets, reads, Wrong } = g;
const probe = {};
const clean = () => ${[...this.#steps()].map((step) => `probe[${literal(step)}] === undefined`).join(" && ") || "true"};
${this.#functions.join("\n")}
return (json) => {
  if (typeof json !== "object" || json === null || !clean()) ${bad}
  ${declared.length > 0 ? `let ${declared.join(", ")};` : ""}
  ${body}
  if (typeof ${idSlot} !== "string" || ${idSlot} === "") ${bad}
  return { id: ${idSlot}, slots: ${wide ? "s" : `[${slots.map(target).join(", ")}]`}, collections: [${lists.join(", ")}], hash: "" };
};`;
  }

  /** Every name that is looked up: none may have got into the prototype of all objects. */
  #steps(): ReadonlySet<string> {
    const names = [...this.model.fields.keys(), ...this.model.collections.keys(), ...[...this.model.collections.values()].flatMap((one) => [...one.fields.keys()])];
    return new Set(names.flatMap((name) => name.split(".")));
  }

  #fresh(letter: string): string {
    return `${letter}_${this.#names++}`;
  }

  #object(object: string, node: Node, target: (field: Field) => string, required: (name: string) => boolean, wide: boolean, known?: Field): string {
    const checks = `const ${this.#fresh("p")} = prototypeOf(${object}); if (p_${this.#names - 1} !== plain && p_${this.#names - 1} !== null) ${bad}`;
    const parts = [...node.inner].map(([step, inner]) => this.#member(object, step, inner, target, required, known));
    if (!wide || parts.length <= groupSize) return [checks, ...parts].join("\n  ");
    const calls: string[] = [checks];
    for (let i = 0; i < parts.length; i += groupSize) {
      const group = parts.slice(i, i + groupSize);
      const lists = [...node.inner.values()].slice(i, i + groupSize).some((one) => holdsCollection(one));
      // What declares lists stays where they are declared.
      if (lists) calls.push(...group);
      else {
        const name = this.#fresh("group");
        this.#functions.push(`function ${name}(${object}, s) {\n  ${group.join("\n  ")}\n  return s;\n}`);
        calls.push(`if (${name}(${object}, s) === undefined) ${bad}`);
      }
    }
    return calls.join("\n  ");
  }

  #member(object: string, step: string, node: Node, target: (field: Field) => string, required: (name: string) => boolean, known: Field | undefined): string {
    const value = this.#fresh("v");
    const read = `const ${value} = ${object}[${literal(step)}];`;
    if (node.collection) return `${read} ${this.#collection(value, node.collection)}`;
    if (node.field) {
      const { field } = node;
      const slot = target(field);
      const nothing = required(field.name) || field === known ? bad : `${slot} = ${field.absent === "none" ? "null" : "undefined"};`;
      return `${read} if (${value} === undefined || ${value} === null) { ${nothing} } else { ${this.#check(value, field)} ${slot} = ${this.#kept(value, field)}; }`;
    }
    const absent = leavesOf(node).map(({ field, collection }) => {
      if (field) return required(field.name) || field === known ? bad : `${target(field)} = ${field.absent === "none" ? "null" : "undefined"};`;
      return collection ? this.#noCollection(collection) : "";
    });
    const inner = this.#object(value, node, target, required, false, known);
    return `${read} if (${value} === undefined || ${value} === null) { ${absent.join(" ")} } else { if (typeof ${value} !== "object") ${bad} ${inner} }`;
  }

  #noCollection(collection: Collection): string {
    return this.#required.has(collection.name) ? bad : `l${collection.slot} = ${collection.absent === "none" ? "[]" : "undefined"};`;
  }

  #collection(value: string, collection: Collection): string {
    const name = this.#fresh("items");
    this.#functions.push(this.#items(name, collection));
    return `if (${value} === undefined || ${value} === null) { ${this.#noCollection(collection)} } else { l${collection.slot} = ${name}(${value}); if (l${collection.slot} === undefined) ${bad} }`;
  }

  #items(name: string, collection: Collection): string {
    const fields = [...collection.fields.values()].sort((a, b) => a.slot - b.slot);
    const id = collection.fields.get(collection.idField);
    const target = (field: Field): string => `s${field.slot}`;
    const body = this.#object("item", treeOf(fields, []), target, () => false, false, id);
    const doubled = id
      ? `if (typeof s${id.slot} !== "string" || s${id.slot} === "") ${bad}
    if (seen === undefined) { for (let j = 0; j < i; j++) if (out[j][${id.slot}] === s${id.slot}) ${bad} }
    else { if (seen.has(s${id.slot})) ${bad} seen.add(s${id.slot}); }`
      : "";
    return `function ${name}(list) {
  if (!Array.isArray(list) || list.length > ${longestList}) ${bad}
  const out = [];
  ${id ? `const seen = list.length > ${pairwise} ? new Set() : undefined;` : ""}
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    if (typeof item !== "object" || item === null) ${bad}
    ${fields.length > 0 ? `let ${fields.map(target).join(", ")};` : ""}
    ${body}
    ${doubled}
    out.push([${fields.map(target).join(", ")}]);
  }
  return out;
}`;
  }

  /** Leaves the fast way where the value is not plainly good. */
  #check(value: string, field: Field): string {
    const wrong = `if (${this.#wrong(value, field)}) ${bad}`;
    if (field.type === "date") return `const d${value} = typeof ${value} === "string" ? ${field.format === "date-time" ? "instant" : "day"}(${value}) : undefined; if (d${value} === undefined) ${bad}`;
    if (field.format !== undefined && field.type === "text" && field.enum === undefined) {
      this.reads.push(readerOf(field, this.model.zone));
      return `const d${value} = reads[${this.reads.length - 1}](${value}); if (d${value} instanceof Wrong) ${bad}`;
    }
    return wrong;
  }

  #kept(value: string, field: Field): string {
    if (field.type === "date" || (field.format !== undefined && field.type === "text" && field.enum === undefined)) return `d${value}`;
    // -0 and 0 are one amount.
    return field.type === "number" ? `${value} === 0 ? 0 : ${value}` : value;
  }

  #wrong(value: string, field: Field): string {
    switch (field.type) {
      case "boolean":
        return `typeof ${value} !== "boolean"`;
      case "number":
        return `typeof ${value} !== "number" || ${this.#wrongNumber(value, field)}`;
      case "list":
        return `!Array.isArray(${value}) || ${value}.length > ${longestList} || !goodList(${value}, ${literal(field.elementType === "number" ? "number" : "string")})`;
      case "text":
        if (field.enum) return this.#outside(value, field.enum);
        return `typeof ${value} !== "string" || ${value}.length > ${field.maxLength ?? 100_000} || !goodText(${value})`;
      case "date":
        return "false";
    }
  }

  #outside(value: string, allowed: readonly (string | number)[]): string {
    if (allowed.length <= 8) return allowed.map((one) => `${value} !== ${literal(one)}`).join(" && ");
    this.sets.push(new Set<unknown>(allowed));
    return `!sets[${this.sets.length - 1}].has(${value})`;
  }

  #wrongNumber(value: string, field: Field): string {
    const power = field.scale === undefined ? 1 : 10 ** field.scale;
    // A hair inside the true limits: what lies between is looked at closer.
    const limit = Math.floor(Number.MAX_SAFE_INTEGER / power) - 1;
    const low = Math.max(-limit, field.minimum ?? -Infinity);
    const high = Math.min(limit, field.maximum ?? Infinity);
    const scaled = field.scale === undefined ? "" : ` || ((${value} | 0) !== ${value} && Math.round(${value} * ${power}) / ${power} !== ${value})`;
    return `!(${value} >= ${literal(low)} && ${value} <= ${literal(high)})${scaled}${field.enum ? ` || (${this.#outside(value, field.enum)})` : ""}`;
  }
}

function leavesOf(node: Node): readonly Node[] {
  return node.field || node.collection ? [node] : [...node.inner.values()].flatMap(leavesOf);
}

function holdsCollection(node: Node): boolean {
  return node.collection !== undefined || [...node.inner.values()].some(holdsCollection);
}
