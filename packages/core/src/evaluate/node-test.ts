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

/** What a node, or anything it is made of, may do. */
const fails = 1;
const moves = 2;

/** Tells two things of nodes, derived facts and levels followed. */
export interface NodeTest {
  /**
   * Whether it may throw when it is evaluated: what asks a plugin, and exact sums, which may outgrow the numbers. All
   * others may be evaluated in any order, later, or not at all.
   */
  readonly mayFail: (node: Node) => boolean;
  /** Whether it may answer differently on another day although the data is the same. */
  readonly moves: (node: Node) => boolean;
}

/** Builds the test of a program's nodes. */
export function createNodeTest(program: Pick<Program, "facts" | "levels">): NodeTest {
  // What is referred to is looked at once; a circle cannot be: programs with one are refused.
  const facts = new Map<number, number>();
  const levels = new Map<number, number>();
  const known = new WeakMap<Node, number>();
  const asked = (node: Node): number => {
    let traits = known.get(node);
    if (traits === undefined) known.set(node, (traits = traitsOf(node)));
    return traits;
  };
  return { mayFail: (node) => (asked(node) & fails) !== 0, moves: (node) => (asked(node) & moves) !== 0 };

  function traitsOf(node: Node): number {
    switch (node.op) {
      case "field":
      case "const":
        return 0;
      case "compare":
        return traitsOf(node.left) | traitsOf(node.right);
      case "and":
      case "or":
        return all(node.items);
      case "some":
      case "every":
        return traitsOf(node.where);
      case "fact":
        return once(facts, node.fact, () => [program.facts[node.fact]?.node]);
      case "level":
        return moves | once(levels, node.state, () => {
          const level = program.levels[node.state];
          return level ? [level.measure, ...level.levels.flatMap((one) => [one.from, one.keepFrom])] : [];
        });
      case "asOf":
      case "anniversary":
      case "namedDay":
      case "period":
        return moves | all(childrenOf(node));
      case "plugin":
      case "pluginTruth":
        return fails | all(node.arguments);
      case "fold":
        return (node.scale !== undefined && (node.kind === "sum" || node.kind === "avg") ? fails : 0) | all(childrenOf(node));
      default:
        return all(childrenOf(node));
    }
  }

  function all(nodes: readonly (Node | undefined)[]): number {
    let traits = 0;
    for (const node of nodes) if (node) traits |= traitsOf(node);
    return traits;
  }

  function once(of: Map<number, number>, index: number, nodes: () => readonly (Node | undefined)[]): number {
    let traits = of.get(index);
    if (traits === undefined) of.set(index, (traits = all(nodes())));
    return traits;
  }
}
