import type { Decorator } from "@evertend/core";

/** Which side of a leaf must be a list. */
export interface ListSides {
  readonly fact: boolean;
  readonly value: boolean;
}

/** Reads decorators from the outermost inwards: `swap` turns what the words after it speak of. */
export function listSides(operator: string, decorators: readonly Decorator[]): ListSides {
  const lists = { fact: false, value: false };
  let [left, right]: readonly ["fact" | "value", "fact" | "value"] = ["fact", "value"];
  for (const decorator of decorators) {
    if (decorator === "swap") [left, right] = [right, left];
    else if (decorator === "someFact" || decorator === "everyFact") lists[left] = true;
    else if (decorator === "someValue" || decorator === "everyValue") lists[right] = true;
  }
  if (operator === "contains" || operator === "doesNotContain") lists[left] = true;
  if (operator === "in" || operator === "notIn") lists[right] = true;
  return lists;
}
