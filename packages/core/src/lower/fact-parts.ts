import { parseValue } from "../language/parse-value.js";
import type { Spot } from "../language/spot.js";
import type { FactType } from "../model/catalogue.js";
import { lowerValue } from "./lower-value.js";
import type { ValueNode } from "./node.js";
import { resolveFact, type Scope } from "./scope.js";

/** A fact by name, of one of the types. */
export function namedFact(json: unknown, spot: Spot, scope: Scope, types: readonly FactType[] | undefined): ValueNode | undefined {
  if (typeof json !== "string") {
    spot.report("TYPE_MISMATCH", { name: "fact", expected: "text", found: typeof json });
    return undefined;
  }
  const node = resolveFact(json, spot, scope);
  if (node && types && node.type !== "any" && !types.includes(node.type)) {
    spot.report("TYPE_MISMATCH", { name: json, expected: types.join(" | "), found: node.type });
    return undefined;
  }
  return node;
}

/** A value of a type, where one is wanted. */
export function typedValue(json: unknown, spot: Spot, scope: Scope, type: FactType | undefined): ValueNode | undefined {
  const expression = parseValue(json, spot);
  const node = expression && lowerValue(expression, scope, type);
  if (node && type && node.type !== "any" && node.type !== type) {
    spot.report("TYPE_MISMATCH", { name: "value", expected: type, found: node.type });
    return undefined;
  }
  return node;
}
