import type { Spot } from "../language/spot.js";
import { namedFact } from "./fact-parts.js";
import { lowerJson } from "./lower-condition.js";
import { always, and, choose, compare, constant, present } from "./nodes.js";
import type { ValueNode } from "./node.js";
import { openRange, openScope, resolveFact, withRange, type Scope } from "./scope.js";

/**
 * Lowers a place among all. The snapshot is a context collection with one item for each record, made by a first pass over
 * them: its fields are named as the facts they hold. Rank is one more than how many are better, which is a count like any
 * other; whoever is not in the snapshot, or has no value there, has no place, and neither has anybody where there is none.
 */
export function lowerPopulation(json: Readonly<Record<string, unknown>>, spot: Spot, scope: Scope): ValueNode | undefined {
  const of = namedFact(json["of"], spot.at("of"), scope, ["number"]);
  const range = openRange(json["over"], spot.at("over"), scope);
  if (!of || !range) return undefined;
  const { collection } = range;
  const { model } = scope.names;
  const key = collection.fields.get(collection.idField);
  const own = model?.fields.get(model.idField);
  if (!key || !own || collection.scope !== "context") {
    spot.at("over").report(key ? "TYPE_MISMATCH" : "ID_MISSING", { name: collection.name, expected: "context", found: collection.scope });
    return undefined;
  }
  // Each field must be the name of a fact, or nobody could fill it.
  for (const name of collection.fields.keys()) if (name !== collection.idField) resolveFact(name, spot.at("over"), openScope(scope.names));
  const inside = withRange(scope, range);
  const value = namedFact(`${range.as}.${String(json["of"])}`, spot.at("of"), inside, ["number"]);
  if (!value) return undefined;
  const among = and(present(value), json["where"] === undefined ? always : lowerJson(json["where"], spot.at("where"), inside));
  const isSelf = and(compare({ op: "field", type: "text", level: range.level, slot: key.slot, name: `${range.as}.${key.name}`, label: key.label }, "=", { op: "field", type: "text", level: -1, slot: own.slot, name: own.name, label: own.label }), among);
  const count = (where: typeof among): ValueNode => ({ op: "fold", type: "number", kind: "count", range, where, missing: "unknown", empty: constant(0, "number"), scale: 0 });
  const better = json["order"] === "ascending" ? "<" : ">";
  const rank: ValueNode = json["ties"] === "worst" ? count(and(among, compare(value, `${better}=`, of))) : { op: "arith", type: "number", kind: "add", left: count(and(among, compare(value, better, of))), right: constant(1, "number"), scale: 0 };
  const size = count(among);
  const given: ValueNode = json["give"] === "size" ? size : json["give"] === "rank" ? rank : { op: "arith", type: "number", kind: "divide", left: rank, right: size, places: 0 };
  // The largest of no value is unknown: that is what there is to say of who is not in the snapshot.
  const nobody: ValueNode = { op: "fold", type: "number", kind: "max", range, where: isSelf, value, missing: "unknown", empty: "unknown" };
  return choose("number", [{ when: { op: "some", range, where: isSelf }, value: given }], nobody);
}
