import type { Value } from "../evaluate/value.js";
import type { Range, TruthNode } from "../lower/node.js";
import type { Relation } from "./change-number.js";
import type { Alternative } from "./proposal.js";
import { changeItems, fillIn } from "./say-change.js";
import { isAlways, type Sayings } from "./sayings.js";
import type { OpenItem, Tracer } from "./tracer.js";

/** How many items more or fewer a count would need. */
export function countWays(tracer: Tracer, sayings: Sayings, count: { readonly range: Range; readonly where: TruthNode }, relation: Relation, limit: Value, open: readonly OpenItem[]): readonly Alternative[] {
  const { range, where } = count;
  const { name, scope } = range.collection;
  if (scope !== "record" || typeof limit !== "number") return [];
  const bounds = tracer.bounds(range, where, open);
  const called = sayings.collection(range);
  if (!bounds) return [[{ change: fillIn({ name, called, format: { type: "any" } }, undefined, undefined) }]];
  const by = stepsTo(bounds.sure, bounds.most, relation, limit);
  return by === 0 ? [] : [[{ change: changeItems(name, called, by, isAlways(where) ? undefined : sayings.truth(where)) }]];
}

/** Sure items count for a lower limit; items that may count as well stand against an upper one. */
function stepsTo(sure: number, most: number, relation: Relation, limit: number): number {
  switch (relation) {
    case ">=":
      return Math.ceil(limit) - sure;
    case ">":
      return Math.floor(limit) + 1 - sure;
    case "<=":
      return Math.floor(limit) - most;
    case "<":
      return Math.ceil(limit) - 1 - most;
    case "=":
      return sure === most && Number.isInteger(limit) ? limit - sure : 0;
    case "!=":
      return 1;
  }
}
