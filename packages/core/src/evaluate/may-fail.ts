import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";

/**
 * Tells which nodes may throw when they are evaluated: those that ask a plugin, and exact sums, which may outgrow the
 * numbers. All others may be evaluated in any order, later, or not at all.
 */
export function createFailureFinder(program: Pick<Program, "facts" | "levels">): (node: TruthNode | ValueNode) => boolean {
  const known = new Map<TruthNode | ValueNode, boolean>();
  const anyOf = (nodes: readonly (TruthNode | ValueNode | undefined)[]): boolean => nodes.some((node) => node !== undefined && mayFail(node));

  function mayFail(node: TruthNode | ValueNode): boolean {
    const before = known.get(node);
    if (before !== undefined) return before;
    // A circle cannot be: programs with one are refused.
    const answer = look(node);
    known.set(node, answer);
    return answer;
  }

  function look(node: TruthNode | ValueNode): boolean {
    switch (node.op) {
      case "plugin":
      case "pluginTruth":
        return true;
      case "fold":
        return (node.scale !== undefined && (node.kind === "sum" || node.kind === "avg")) || anyOf([node.where, node.value, node.empty === "unknown" ? undefined : node.empty]);
      case "fact":
        return anyOf([program.facts[node.fact]?.node]);
      case "level": {
        const level = program.levels[node.state];
        return anyOf([level?.measure, ...(level?.levels ?? []).flatMap((one) => [one.from, one.keepFrom])]);
      }
      case "shift":
        return anyOf([node.date, node.amount]);
      case "diff":
        return anyOf([node.from, node.to]);
      case "anniversary":
        return mayFail(node.date);
      case "arith":
      case "compare":
        return anyOf([node.left, node.right]);
      case "choose":
        return anyOf([...node.rows.flatMap((row) => [row.when, row.value]), node.otherwise]);
      case "first":
        return anyOf(node.of);
      case "pick":
        return anyOf([node.where, node.by]);
      case "join":
        return anyOf(node.parts);
      case "in":
        return anyOf([node.value, node.list]);
      case "and":
      case "or":
        return anyOf(node.items);
      case "not":
      case "named":
        return mayFail(node.item);
      case "present":
        return mayFail(node.value);
      case "some":
      case "every":
        return mayFail(node.where);
      case "anyOf":
      case "allOf":
        return anyOf([node.list, node.where]);
      case "const":
      case "none":
      case "field":
      case "raw":
      case "element":
      case "asOf":
      case "namedDay":
      case "period":
      case "constant":
        return false;
    }
  }
  return mayFail;
}
