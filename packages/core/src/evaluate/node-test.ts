import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";

type Node = TruthNode | ValueNode;

/** The nodes that a node is made of; what a derived fact or level refers to is not followed. */
export function childrenOf(node: Node): readonly Node[] {
  switch (node.op) {
    case "shift":
      return [node.date, node.amount];
    case "diff":
      return [node.from, node.to];
    case "anniversary":
      return [node.date];
    case "arith":
    case "compare":
      return [node.left, node.right];
    case "choose":
      return [...node.rows.flatMap((row) => [row.when, row.value]), node.otherwise];
    case "first":
      return node.of;
    case "fold":
      return [node.where, ...(node.value ? [node.value] : []), ...(node.empty === "unknown" ? [] : [node.empty])];
    case "pick":
      return node.by ? [node.where, node.by] : [node.where];
    case "join":
      return node.parts;
    case "plugin":
    case "pluginTruth":
      return node.arguments;
    case "in":
      return [node.value, node.list];
    case "and":
    case "or":
      return node.items;
    case "not":
    case "named":
      return [node.item];
    case "present":
      return [node.value];
    case "some":
    case "every":
      return [node.where];
    case "anyOf":
    case "allOf":
      return [node.list, node.where];
    case "const":
    case "none":
    case "field":
    case "raw":
    case "fact":
    case "element":
    case "asOf":
    case "namedDay":
    case "period":
    case "level":
    case "constant":
      return [];
  }
}

/** Whether a node, or anything it is made of (derived facts and levels followed), is of a certain sort. */
function anywhere(program: Pick<Program, "facts" | "levels">, sort: (node: Node) => boolean): (node: Node) => boolean {
  const known = new Map<Node, boolean>();
  const referred = (node: Node): readonly Node[] => {
    if (node.op === "fact") {
      const fact = program.facts[node.fact];
      return fact ? [fact.node] : [];
    }
    if (node.op !== "level") return childrenOf(node);
    const level = program.levels[node.state];
    return level ? [level.measure, ...level.levels.flatMap((one) => [one.from, one.keepFrom].filter((limit) => limit !== undefined))] : [];
  };
  const test = (node: Node): boolean => {
    if (node.op === "field" || node.op === "const") return sort(node);
    const before = known.get(node);
    if (before !== undefined) return before;
    // A circle cannot be: programs with one are refused.
    const answer = sort(node) || referred(node).some(test);
    known.set(node, answer);
    return answer;
  };
  return test;
}

/**
 * Tells which nodes may throw when they are evaluated: those that ask a plugin, and exact sums, which may outgrow the
 * numbers. All others may be evaluated in any order, later, or not at all.
 */
export function createFailureTest(program: Pick<Program, "facts" | "levels">): (node: Node) => boolean {
  return anywhere(program, (node) => node.op === "plugin" || node.op === "pluginTruth" || (node.op === "fold" && node.scale !== undefined && (node.kind === "sum" || node.kind === "avg")));
}

/** Tells which nodes may answer differently on another day although the data is the same. */
export function createTimeTest(program: Pick<Program, "facts" | "levels">): (node: Node) => boolean {
  return anywhere(program, (node) => node.op === "asOf" || node.op === "anniversary" || node.op === "namedDay" || node.op === "period" || node.op === "level");
}
