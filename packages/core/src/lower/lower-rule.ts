import { closest } from "../diagnostics/did-you-mean.js";
import { bilingual } from "../language/bilingual.js";
import { checkShape } from "../language/check-shape.js";
import { shapeOfRules } from "../language/rule-shapes.js";
import type { Shape } from "../language/shape.js";
import { isObject, jsonType, shown, type Spot } from "../language/spot.js";
import type { Kind } from "../plugin/kind.js";
import type { FactTable } from "./fact-table.js";
import { lowerJson } from "./lower-condition.js";
import type { Range } from "./node.js";
import { RuleBuilder, type RuleDefinition } from "./rule-builder.js";
import type { RuleProgram } from "./rule-program.js";
import { openRange, openScope, withRange, type Names, type Scope } from "./scope.js";

const shapes = new WeakMap<Kind, Shape>();

/** The keys of a kind beside those that every rule has. */
function shapeOf(kind: Kind): Shape {
  let shape = shapes.get(kind);
  if (!shape) shapes.set(kind, (shape = shapeOfRules(kind)));
  return shape;
}

/** Finds the kind of a rule and checks its shape. */
export function readRule(json: unknown, spot: Spot, names: Names): RuleDefinition | undefined {
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "rule", expected: "object", found: jsonType(json) });
    return undefined;
  }
  const name = json["kind"] === undefined ? "rule" : shown(json["kind"]);
  const kind = names.environment.kinds.get(name);
  if (!kind) {
    const known = [...names.environment.kinds.keys()];
    spot.at("kind").report("VALUE_NOT_ALLOWED", { name, suggestion: closest(name, known) ?? "", allowed: known.join(", ") });
    return undefined;
  }
  const good = checkShape(shapeOf(kind), json, spot);
  const id = typeof json["id"] === "string" ? json["id"] : "";
  return { kind, spot, good, rule: { id, title: bilingual(json["title"], id), json, origin: spot.origin } };
}

/** Lowers one authored rule into plain ones. */
export function lowerRule(definition: RuleDefinition, names: Names, facts: FactTable): readonly RuleProgram[] {
  const { kind, rule: { json }, spot } = definition;
  let scope: Scope = openScope(names);
  let each: Range | undefined;
  if (kind.wakes === true && json["on"] !== undefined) {
    each = openSignals(spot, json, scope);
    if (!each) return [];
    scope = withRange(scope, each);
  } else if (json["forEach"] !== undefined) {
    each = openRange(json["forEach"], spot.at("forEach"), scope);
    if (!each) return [];
    if (each.collection.idField === "") spot.at("forEach").report("ID_MISSING", { name: each.collection.name });
    scope = withRange(scope, each);
  }
  return new RuleBuilder(definition, scope, each, facts).lower(kind);
}

/** Looks at the condition of a rule that will not be lowered for another fault, so that all is said at once. */
export function checkCondition({ kind, rule: { json }, spot }: RuleDefinition, names: Names): void {
  const scope = openScope(names);
  const key = ["forEach", "over"].find((name) => json[name] !== undefined);
  const range = kind.wakes === true && json["on"] !== undefined ? openSignals(spot, json, scope) : key === undefined ? undefined : openRange(json[key], spot.at(key), scope);
  if (json["when"] === undefined || (key !== undefined && !range)) return;
  lowerJson(json["when"], spot.at("when"), range ? withRange(scope, range) : scope);
}

/** The signals that a rule wakes on, as the items it speaks of. */
function openSignals(spot: Spot, json: Readonly<Record<string, unknown>>, scope: Scope): Range | undefined {
  for (const name of ["forEach", "repeat"]) if (json[name] !== undefined) spot.at(name).reportKey("UNKNOWN_KEY", { name });
  const each = openRange("signals as signal", spot.at("on"), scope);
  if (each?.collection.idField === "") spot.at("on").report("ID_MISSING", { name: each.collection.name });
  return each;
}
