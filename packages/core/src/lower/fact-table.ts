import { closest } from "../diagnostics/did-you-mean.js";
import { bilingual } from "../language/bilingual.js";
import { checkShape } from "../language/check-shape.js";
import { factBase, factShapes } from "../language/fact-shapes.js";
import { isObject, type Spot } from "../language/spot.js";
import type { FactType } from "../model/catalogue.js";
import type { Bilingual } from "../ports/report-data.js";
import { exactScale } from "./arithmetic.js";
import { findCircle } from "./find-circle.js";
import { lowerFactKind } from "./lower-fact.js";
import type { Range, ValueNode } from "./node.js";
import type { DerivedFact, LevelState } from "./rule-program.js";
import { openRange, openScope, resolveFact, withRange, type FactLookup, type Names } from "./scope.js";

/** A derived fact as it stands in a pack. */
export interface FactDefinition {
  readonly id: string;
  readonly json: Readonly<Record<string, unknown>>;
  readonly spot: Spot;
}

interface Entry {
  readonly index: number;
  readonly id: string;
  readonly kind: string;
  readonly label: Bilingual;
  readonly definition?: FactDefinition;
  /** Where the rule that brings it stands. */
  declared?: Spot;
  type?: FactType;
  node?: ValueNode;
  unit?: string;
  scale?: number;
  state: "waiting" | "open" | "done";
}

/** The faces that a remembering level shows as facts. */
export const levelParts = [
  ["level", "text"],
  ["since", "date"],
  ["previous", "text"],
  ["change", "text"],
  ["atRisk", "boolean"],
] as const satisfies readonly (readonly [string, FactType])[];

/** All derived facts of a pack; each is lowered when something first names it, so that their order is free. */
export class FactTable implements FactLookup {
  readonly #entries = new Map<string, Entry>();
  readonly #list: Entry[] = [];
  readonly #items = new Map<string, FactDefinition>();
  readonly #opening: string[] = [];
  readonly levels: LevelState[] = [];
  #names: Names | undefined;
  #circles = 0;

  /** Tells what names mean; before anything is resolved. Names hold the table itself, hence not in the constructor. */
  bind(names: Names): void {
    this.#names = names;
  }

  /** Takes a definition of the pack. */
  add(definition: FactDefinition, exists: (id: string) => boolean): void {
    const { id, json, spot } = definition;
    const kind = typeof json["kind"] === "string" ? json["kind"] : "";
    const shape = Object.hasOwn(factShapes, kind) ? factShapes[kind] : undefined;
    if (!shape) {
      spot.at("kind").report("VALUE_NOT_ALLOWED", { name: kind, suggestion: closest(kind, Object.keys(factShapes)) ?? "", allowed: Object.keys(factShapes).join(", ") });
      return;
    }
    const good = checkShape({ type: "object", properties: { ...factBase, ...shape.properties }, required: ["id", "kind", ...(shape.required ?? [])] }, json, spot);
    if (typeof json["forEach"] === "string") {
      const key = `${json["forEach"].trim().split(/\s+/)[0] ?? ""}.${id}`;
      if (this.#items.has(key)) spot.at("id").report("DUPLICATE_ID", { name: id });
      if (good) this.#items.set(key, definition);
      return;
    }
    if (this.#entries.has(id) || exists(id)) {
      spot.at("id").report("DUPLICATE_ID", { name: id });
      return;
    }
    const entry = this.#enter(id, kind, bilingual(json["label"], id), definition);
    if (!good) entry.state = "done";
    if (kind === "state") this.#declareFaces(id, entry.label, definition);
    if (kind === "score" && good) this.#declareCategories(id, definition);
  }

  /** Each category of a score is a fact of its own: the score of that category alone. */
  #declareCategories(id: string, { json, spot }: FactDefinition): void {
    const categories = json["categories"] as readonly Readonly<Record<string, unknown>>[];
    categories.forEach((category, only) => {
      const name = `${id}.${String(category["id"])}`;
      if (!this.#entries.has(name)) this.#enter(name, "score", bilingual(category["label"], name), { id: name, json: { ...json, only }, spot });
    });
  }

  #enter(id: string, kind: string, label: Bilingual, definition?: FactDefinition): Entry {
    const entry: Entry = { index: this.#list.length, id, kind, label, state: "waiting", ...(definition ? { definition } : {}) };
    this.#entries.set(id, entry);
    this.#list.push(entry);
    return entry;
  }

  #declareFaces(id: string, label: Bilingual, definition?: FactDefinition): void {
    for (const [part, type] of levelParts.slice(1)) {
      const face = this.#enter(`${id}.${part}`, "state", { "zh-CN": `${label["zh-CN"]}·${part}`, en: `${label.en} ${part}` }, definition);
      face.type = type;
    }
  }

  /** Declares a fact that a rule's kind will define, so that others may name it before. */
  declare(id: string, type: FactType, label: Bilingual, kind: string, spot: Spot): void {
    if (this.#entries.has(id)) {
      spot.report("DUPLICATE_ID", { name: id });
      return;
    }
    const entry = this.#enter(id, kind, label);
    entry.type = type;
    entry.declared = spot;
  }

  /** Defines (and where needed declares) a fact from a node. */
  define(id: string, node: ValueNode, label: Bilingual, kind: string): void {
    const entry = this.#entries.get(id) ?? this.#enter(id, kind, label);
    if (node.type !== "any") entry.type = node.type;
    entry.node = node;
    entry.state = "done";
    if ("unit" in node && node.unit !== undefined) entry.unit = node.unit;
    if ("scale" in node && node.scale !== undefined) entry.scale = node.scale;
  }

  /** Adds a remembering level and defines its faces as facts. */
  addLevel(fact: string, level: Omit<LevelState, "fact">, label: Bilingual, kind: string): (part: (typeof levelParts)[number][0]) => ValueNode {
    const state = this.levels.length;
    this.levels.push({ fact, ...level });
    const face = (part: (typeof levelParts)[number][0]): ValueNode => {
      const type = levelParts.find(([name]) => name === part)?.[1] ?? "text";
      return { op: "level", type, state, part, name: part === "level" ? fact : `${fact}.${part}` };
    };
    for (const [part] of levelParts) {
      const id = part === "level" ? fact : `${fact}.${part}`;
      this.define(id, face(part), part === "level" ? label : { "zh-CN": `${label["zh-CN"]}·${part}`, en: `${label.en} ${part}` }, kind);
    }
    return face;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  names(): string[] {
    return [...new Set([...this.#entries.keys(), ...(this.#names?.environment.facts.keys() ?? [])])];
  }

  /**
   * A plugin's fact, which becomes a derived one where something first names it: a pack that does not read it need not
   * have what it reads.
   */
  #plugin(name: string, spot: Spot): Entry | undefined {
    const fact = this.#names?.environment.facts.get(name);
    if (!fact || !this.#names) return undefined;
    if (this.#names.model?.fields.has(name) === true) {
      spot.report("DUPLICATE_ID", { name });
      return undefined;
    }
    const entry = this.#enter(name, "plugin", fact.label);
    // Known by its type while what it reads is looked up: a circle is found among the finished facts.
    Object.assign(entry, { type: fact.type, declared: spot, state: "done" });
    const scope = openScope(this.#names);
    const given = fact.reads.map((read) => resolveFact(read, spot, scope));
    if (given.every((node) => node !== undefined)) entry.node = { op: "plugin", type: fact.type, plugin: name, name, arguments: given };
    return entry;
  }

  itemFactNames(collection: string): string[] {
    return [...this.#items.keys()].filter((key) => key.startsWith(`${collection}.`)).map((key) => key.slice(collection.length + 1));
  }

  /** A reader for a derived fact of the record; `undefined` where there is none of that name. */
  resolve(name: string, spot: Spot): ValueNode | undefined {
    const entry = this.#entries.get(name) ?? this.#plugin(name, spot);
    if (!entry) return undefined;
    if (entry.type === undefined) this.#lower(entry, spot);
    const exact = entry.node && exactScale(entry.node);
    return {
      op: "fact", type: entry.type ?? "number", fact: entry.index, name, label: entry.label, origin: spot.origin,
      ...(entry.unit === undefined ? {} : { unit: entry.unit }),
      ...(entry.scale === undefined ? {} : { scale: entry.scale }),
      ...(exact === undefined ? {} : { exact }),
    };
  }

  /** A derived fact of an item, written out where it is used. */
  itemFact(collection: string, name: string, range: Range, spot: Spot): ValueNode | undefined {
    const key = `${collection}.${name}`;
    const definition = this.#items.get(key);
    if (!definition || !this.#names) return undefined;
    if (this.#opening.includes(key)) {
      spot.report("CYCLIC_REFERENCE", { name: [...this.#opening, key].join(" → ") });
      return undefined;
    }
    this.#opening.push(key);
    const as = String(definition.json["forEach"]).trim().split(/\s+as\s+/)[1] ?? range.as;
    // Levels below the range's own are kept free, so that the written-out node reads the item where it stands.
    const scope = { ...openScope(this.#names), items: [...Array.from({ length: range.level }, (): Range => ({ ...range, as: "" })), { ...range, as }] };
    const node = lowerFactKind(definition.json, definition.spot, scope);
    this.#opening.pop();
    return node;
  }

  /** All derived facts of a range's items, by name. */
  itemFacts(range: Range, spot: Spot): ReadonlyMap<string, ValueNode> {
    const out = new Map<string, ValueNode>();
    for (const name of this.itemFactNames(range.collection.name)) {
      const node = this.itemFact(range.collection.name, name, range, spot);
      if (node) out.set(name, node);
    }
    return out;
  }

  #lower(entry: Entry, from?: Spot): void {
    if (entry.state === "done") return;
    const { definition } = entry;
    if (!definition || !this.#names) return;
    if (entry.state === "open") {
      const at = this.#opening.indexOf(entry.id);
      this.#circles++;
      (from ?? definition.spot).report("CYCLIC_REFERENCE", { name: [...this.#opening.slice(Math.max(0, at)), entry.id].join(" → ") });
      return;
    }
    entry.state = "open";
    this.#opening.push(entry.id);
    if (entry.kind === "state") this.#lowerState(definition);
    else {
      const node = lowerFactKind(definition.json, definition.spot, openScope(this.#names));
      if (node) {
        if (node.type !== "any") entry.type = node.type;
        entry.node = node;
        const unit = typeof definition.json["unit"] === "string" ? definition.json["unit"] : "unit" in node ? node.unit : undefined;
        const scale = typeof definition.json["scale"] === "number" ? definition.json["scale"] : "scale" in node ? node.scale : undefined;
        if (unit !== undefined) entry.unit = unit;
        if (scale !== undefined) entry.scale = scale;
      }
    }
    this.#opening.pop();
    entry.state = "done";
  }

  #lowerState(definition: FactDefinition): void {
    const { id, json, spot } = definition;
    if (!this.#names) return;
    const level = lowerFactKind.level(json, spot, openScope(this.#names));
    if (level) this.addLevel(id, level, bilingual(json["label"], id), "state");
  }

  #reportCircle(): void {
    const circle = findCircle(this.#list.map((entry) => entry.node), this.levels);
    const first = circle && this.#list[circle[0] ?? -1];
    if (!first) return;
    const name = circle.map((index) => this.#list[index]?.id ?? "").join(" → ");
    (first.definition?.spot ?? first.declared)?.report("CYCLIC_REFERENCE", { name });
  }

  /** Lowers what nobody named yet, checks item facts that nobody used, and gives all facts in their order. */
  finish(): readonly DerivedFact[] {
    for (const entry of [...this.#list]) this.#lower(entry);
    for (const definition of this.#items.values()) {
      if (!this.#names) continue;
      const scope = openScope(this.#names);
      const range = openRange(definition.json["forEach"], definition.spot.at("forEach"), scope);
      if (range) lowerFactKind(definition.json, definition.spot, withRange(scope, range));
    }
    if (this.#circles === 0) this.#reportCircle();
    return this.#list.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      type: entry.type ?? "number",
      label: entry.label,
      node: entry.node ?? { op: "none", type: entry.type ?? "number" },
      ...(entry.kind === "population" && entry.definition ? { population: String(entry.definition.json["over"]).trim().split(/\s+/)[0] ?? "" } : {}),
      origin: entry.definition?.spot.origin ?? { file: "", pointer: "" },
      ...(entry.unit === undefined ? {} : { unit: entry.unit }),
      ...(entry.scale === undefined ? {} : { scale: entry.scale }),
    }));
  }
}

/** Whether a JSON value may be the definition of a fact. */
export function isFactJson(json: unknown): json is Readonly<Record<string, unknown>> & { readonly id: string } {
  return isObject(json) && typeof json["id"] === "string";
}
