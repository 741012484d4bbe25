import type { MatchDetail } from "../evaluate/evaluation.js";
import type { Item } from "../evaluate/value.js";
import type { CustomerCase } from "./customer-case.js";

/** The product that an offer is about. */
export interface PickedProduct {
  readonly id: string;
  readonly item: Item;
}

/** The product a rule picks for this match; `none` where no product surely fits, `undefined` where the rule offers none. */
export function pickProduct(one: CustomerCase, match: MatchDetail): PickedProduct | "none" | undefined {
  const offered = match.rule.policy.product;
  if (!offered) return undefined;
  const id = one.evaluation.value(offered.pick, match);
  if (typeof id !== "string") return "none";
  const { collection } = offered.range;
  const items = collection.scope === "context" ? one.context[collection.slot] : one.evaluation.record.collections[collection.slot];
  const slot = collection.fields.get(collection.idField)?.slot;
  const item = slot === undefined ? undefined : items?.find((candidate) => candidate[slot] === id);
  return item ? { id, item } : "none";
}
