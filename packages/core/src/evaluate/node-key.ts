import type { Range, TruthNode, ValueNode } from "../lower/node.js";
import { childrenOf } from "./node-test.js";

type Node = TruthNode | ValueNode;

/** What a node is apart from its children and from where it was written. */
function ownParts(node: Exclude<Node, { op: "named" | "field" | "compare" }>): readonly unknown[] {
  switch (node.op) {
    case "const":
      return [node.type, node.value];
    case "none":
      return [node.type];
    case "raw":
      return [node.path];
    case "fact":
      return [node.fact];
    case "element":
      return [node.depth];
    case "shift":
      return [node.unit, node.sign, node.calendar?.id];
    case "diff":
      return [node.unit, node.calendar?.id];
    case "anniversary":
      return [node.feb29];
    case "namedDay":
      return [node.name, node.calendar.id];
    case "arith":
      return [node.kind, node.scale, node.places];
    case "choose":
      return [node.rows.length];
    case "fold":
      return [node.kind, ...rangeParts(node.range), node.missing, node.empty === "unknown", node.value === undefined, node.scale];
    case "pick":
      return [...rangeParts(node.range), node.order];
    case "period":
      return [node.unit];
    case "join":
      return node.parts.map((part) => part.type === "date");
    case "level":
      return [node.state, node.part];
    case "plugin":
      return [node.plugin];
    case "constant":
      return [node.value];
    case "some":
    case "every":
      return rangeParts(node.range);
    case "anyOf":
    case "allOf":
      return [node.depth];
    case "pluginTruth":
      return [node.operator];
    case "asOf":
    case "first":
    case "in":
    case "and":
    case "or":
    case "not":
    case "present":
      return [];
  }
}

function rangeParts(range: Range): readonly unknown[] {
  return [range.collection.scope, range.collection.slot, range.level];
}

/** Numbers nodes so that equal ones, wherever they were written, have the same number. Names of conditions do not count. */
export function createNodeKeys(): (node: Node) => number {
  const numbers = new Map<string, number>();
  return (node) => {
    const text = textOf(node);
    let number = numbers.get(text);
    if (number === undefined) numbers.set(text, (number = numbers.size));
    return number;
  };
}

/** A node as text: the same for equal nodes only, since every part says where it ends. */
function textOf(node: Node): string {
  switch (node.op) {
    case "named":
      return textOf(node.item);
    case "field":
      return `field:${node.level},${node.slot};`;
    case "compare":
      return `${node.cmp}(${textOf(node.left)}${textOf(node.right)})`;
    default: {
      let text = `${node.op}:`;
      for (const part of ownParts(node)) text += typeof part === "number" ? `${part},` : `${JSON.stringify(part)},`;
      text += "(";
      for (const child of childrenOf(node)) text += textOf(child);
      return `${text})`;
    }
  }
}

/** Whether a node reads an item or element that stands open around it, from the given level on outwards. */
export function readsOutside(node: Node, level: number, depth = 0): boolean {
  if (node.op === "field") return node.level >= 0 && node.level < level;
  if (node.op === "element") return node.depth < depth;
  return childrenOf(node).some((child) => readsOutside(child, level, node.op === "anyOf" || node.op === "allOf" ? Math.max(depth, node.depth) : depth));
}
