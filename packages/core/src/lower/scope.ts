import type { Calendar } from "../calendar/calendar.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { Catalogue, Collection, Field } from "../model/catalogue.js";
import type { ConditionBudget } from "../language/parse-condition.js";
import type { Parameter } from "../language/parameter.js";
import type { Spot } from "../language/spot.js";
import type { Environment } from "../plugin/environment.js";
import type { Range, ValueNode } from "./node.js";

/** Where derived facts are looked up; each is lowered when something first names it. */
export interface FactLookup {
  /** A reader for a derived fact of the record; `undefined` where there is none of that name. */
  resolve(name: string, spot: Spot): ValueNode | undefined;
  /** A derived fact of an item, written out where it is used. */
  itemFact(collection: string, name: string, range: Range, spot: Spot): ValueNode | undefined;
  itemFactNames(collection: string): readonly string[];
  names(): readonly string[];
}

/** What names mean while one pack is lowered. Without a model, names are paths into a raw record. */
export interface Names {
  readonly model: Catalogue | undefined;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly environment: Environment;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly conditions: ReadonlyMap<string, { readonly json: unknown; readonly spot: Spot }>;
  readonly facts: FactLookup;
  /** Names of conditions and parameters that something used. */
  readonly used: { readonly conditions: Set<string>; readonly parameters: Set<string> };
}

/** Names plus the items that stand open: `forEach`, quantifiers, list elements. */
export interface Scope {
  readonly names: Names;
  readonly items: readonly Range[];
  /** How many `anyOf`/`allOf` surround the place. */
  readonly elements: number;
  readonly budget: ConditionBudget;
  /** Named conditions being opened, to see circles. */
  readonly opening: readonly string[];
}

export function openScope(names: Names): Scope {
  return { names, items: [], elements: 0, budget: { operators: names.environment.operators, count: 0 }, opening: [] };
}

/** The scope with one more item open. */
export function withRange(scope: Scope, range: Range): Scope {
  return { ...scope, items: [...scope.items, range] };
}

const rangePattern = /^([A-Za-z_][\w.]*)(?:\s+as\s+([A-Za-z_]\w*))?$/;

/** Reads `"holdings as deposit"` and finds the collection. */
export function openRange(text: unknown, spot: Spot, scope: Scope): Range | undefined {
  const parts = typeof text === "string" ? rangePattern.exec(text.trim()) : null;
  if (!parts) {
    spot.report("TYPE_MISMATCH", { name: String(spot.pointer.split("/").pop()), expected: "\"items as name\"", found: typeof text === "string" ? text : typeof text });
    return undefined;
  }
  const name = parts[1] as string;
  const collection = findCollection(name, scope.names.model);
  if (!collection) {
    const known = collectionNames(scope.names.model);
    spot.report("NOT_A_COLLECTION", { name, suggestion: closest(name, known) ?? "", allowed: known.join(", ") });
    return undefined;
  }
  const as = parts[2] ?? name.replace(/^.*\./, "").replace(/s$/, "");
  if (scope.items.some((item) => item.as === as) || scope.names.model?.fields.has(as)) {
    spot.report("DUPLICATE_ID", { name: as });
    return undefined;
  }
  return { collection, as, level: scope.items.length };
}

function findCollection(name: string, model: Catalogue | undefined): Collection | undefined {
  return model?.collections.get(name) ?? model?.context.get(name);
}

function collectionNames(model: Catalogue | undefined): string[] {
  return model ? [...model.collections.keys(), ...model.context.keys()] : [];
}

/** Finds what a dotted name means here; reports where it means nothing. */
export function resolveFact(name: string, spot: Spot, scope: Scope): ValueNode | undefined {
  const { model, facts } = scope.names;
  if (!model) return { op: "raw", type: "any", path: name.split("."), name, origin: spot.origin };
  const dot = name.indexOf(".");
  const head = dot < 0 ? name : name.slice(0, dot);
  const item = scope.items.find((range) => range.as === head);
  if (item) {
    const rest = dot < 0 ? "" : name.slice(dot + 1);
    const field = item.collection.fields.get(rest);
    if (field) return fieldNode(field, item.level, name, spot);
    const derived = facts.itemFact(item.collection.name, rest, item, spot);
    if (derived) return derived;
    const known = [...item.collection.fields.keys(), ...facts.itemFactNames(item.collection.name)];
    const suggestion = closest(rest, known);
    spot.report("FACT_UNKNOWN", { name, suggestion: suggestion === undefined ? "" : `${head}.${suggestion}` });
    return undefined;
  }
  const derived = facts.resolve(name, spot);
  if (derived) return derived;
  const field = model.fields.get(name);
  if (field) return fieldNode(field, -1, name, spot);
  reportUnknown(name, head, spot, scope, model);
  return undefined;
}

function fieldNode(field: Field, level: number, name: string, spot: Spot): ValueNode {
  const { type, slot, label, unit, scale } = field;
  const { origin } = spot;
  if (unit === undefined) return scale === undefined ? { op: "field", type, level, slot, name, label, origin } : { op: "field", type, level, slot, name, label, origin, scale };
  return scale === undefined ? { op: "field", type, level, slot, name, label, origin, unit } : { op: "field", type, level, slot, name, label, origin, unit, scale };
}

function reportUnknown(name: string, head: string, spot: Spot, scope: Scope, model: Catalogue): void {
  const collection = findCollection(name, model) ?? findCollection(head, model);
  if (collection && name !== collection.name) {
    spot.report("FACT_NEEDS_ITEM", { name, other: collection.name });
    return;
  }
  const known = [...model.fields.keys(), ...scope.names.facts.names(), ...scope.items.flatMap((range) => [...range.collection.fields.keys()].map((field) => `${range.as}.${field}`))];
  spot.report("FACT_UNKNOWN", { name, suggestion: closest(name, known) ?? "" });
}

