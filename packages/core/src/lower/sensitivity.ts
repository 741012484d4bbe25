import type { Sensitivity } from "../channel/channel.js";
import { fieldAt, type Catalogue, type Collection } from "../model/catalogue.js";
import type { ValueNode } from "./node.js";
import type { DerivedFact } from "./rule-program.js";

const order: readonly Sensitivity[] = ["public", "internal", "personal", "restricted"];

/** Tells how sensitive a computed value is: as sensitive as the most sensitive field it is made of. */
export function createSensitivity(model: Catalogue, facts: readonly DerivedFact[]): (node: ValueNode, open?: readonly Collection[]) => Sensitivity {
  return (node, open = []) => order[highest(node, open, new Set(), model, facts)] ?? "internal";
}

function highest(node: unknown, open: readonly Collection[], seen: ReadonlySet<number>, model: Catalogue, facts: readonly DerivedFact[]): number {
  if (typeof node !== "object" || node === null) return 0;
  if (Array.isArray(node)) return Math.max(0, ...node.map((item: unknown) => highest(item, open, seen, model, facts)));
  const one = node as Readonly<Record<string, unknown>>;
  if (one["op"] === "field") {
    const fields = Number(one["level"]) < 0 ? model.fields : open[Number(one["level"])]?.fields;
    const field = fieldAt(fields, Number(one["slot"]));
    return field ? order.indexOf(field.sensitivity) : 1;
  }
  if (one["op"] === "fact") {
    const index = Number(one["fact"]);
    return seen.has(index) ? 0 : highest(facts[index]?.node, [], new Set([...seen, index]), model, facts);
  }
  const range = one["range"] as { readonly level: number; readonly collection: Collection } | undefined;
  const inside = range ? Object.assign([...open], { [range.level]: range.collection }) : open;
  return Math.max(0, ...Object.entries(one).map(([key, value]) => (key === "range" || key === "origin" || key === "calendar" ? 0 : highest(value, inside, seen, model, facts))));
}
