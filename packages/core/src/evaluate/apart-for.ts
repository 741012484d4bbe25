import type { TruthNode, ValueNode } from "../lower/node.js";
import { apart, type Machine } from "./machine.js";
import { childrenOf } from "./node-test.js";

/** Whether evaluating a node opens items or elements. Derived facts and levels in it keep theirs apart themselves. */
export function opensItems(node: TruthNode | ValueNode): boolean {
  return "range" in node || node.op === "anyOf" || node.op === "allOf" || childrenOf(node).some(opensItems);
}

/** `apart` where the node needs it: most derived facts read fields only. */
export function apartFor<T>(node: TruthNode | ValueNode | undefined, run: (m: Machine) => T): (m: Machine) => T {
  return node && opensItems(node) ? apart(run) : run;
}
