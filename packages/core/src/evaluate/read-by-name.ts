import { formatDay } from "../calendar/civil-date.js";
import type { ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { Collection, Field } from "../model/catalogue.js";
import type { MatchDetail } from "./evaluation.js";
import type { Item, NormalRecord, Value } from "./value.js";

/** Where names are looked up. */
export interface ReadFrom {
  readonly record: NormalRecord;
  readonly asOf: number;
  readonly fact: (index: number) => Value;
  readonly match: MatchDetail | undefined;
  readonly product: Item | undefined;
  /** Evaluates a node in the scope of the match. */
  readonly value: (node: ValueNode) => Value;
}

const factIndexes = new WeakMap<Program, ReadonlyMap<string, number>>();

function factIndex(program: Program): ReadonlyMap<string, number> {
  let index = factIndexes.get(program);
  if (!index) factIndexes.set(program, (index = new Map(program.facts.map((fact, i) => [fact.id, i] as const))));
  return index;
}

/**
 * A value by the dotted name that a template writes. Dates come as ISO strings; unknown and none as `undefined`; a
 * collection as plain objects of its fields.
 */
export function readByName(program: Program, name: string, from: ReadFrom): Value {
  const { match } = from;
  if (name === "asOf") return formatDay(from.asOf);
  if (name === "occurrence") return match?.occurrence;
  const dot = name.indexOf(".");
  const head = dot < 0 ? name : name.slice(0, dot);
  const rest = dot < 0 ? "" : name.slice(dot + 1);
  if (head === "param") return program.parameters.get(rest)?.value;
  if (head === "product") return itemField(match?.rule.policy.product?.range.collection, rest, from.product);
  const each = match?.rule.each;
  if (each && head === each.as) {
    const derived = match.rule.itemFacts?.get(rest);
    return derived ? outward(from.value(derived), derived.type === "date") : itemField(each.collection, rest, match.item);
  }
  const index = factIndex(program).get(name);
  if (index !== undefined) return outward(from.fact(index), program.facts[index]?.type === "date");
  const field = program.model.fields.get(name);
  if (field) return outward(from.record.slots[field.slot], field.type === "date");
  const collection = program.model.collections.get(name);
  return collection ? (itemsAsObjects(collection, from.record.collections[collection.slot]) as unknown as Value) : undefined;
}

function outward(value: Value, date: boolean): Value {
  if (value === null) return undefined;
  return date && typeof value === "number" ? formatDay(value) : value;
}

function itemField(collection: Collection | undefined, name: string, item: Item | undefined): Value {
  const field = collection?.fields.get(name);
  return field && item ? outward(item[field.slot], field.type === "date") : undefined;
}

/** Items as plain nested objects, for `#each`. */
function itemsAsObjects(collection: Collection, items: readonly Item[] | undefined): readonly Readonly<Record<string, unknown>>[] | undefined {
  return items?.map((item) => {
    const out: Record<string, unknown> = {};
    for (const field of collection.fields.values()) place(out, field, outward(item[field.slot], field.type === "date"));
    return out;
  });
}

function place(into: Record<string, unknown>, field: Field, value: Value): void {
  const path = field.name.split(".");
  let node = into;
  for (const step of path.slice(0, -1)) node = (node[step] ??= {}) as Record<string, unknown>;
  node[path[path.length - 1] as string] = value;
}
