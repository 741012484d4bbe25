import type { TruthNode, ValueNode } from "../lower/node.js";
import { itemsOf } from "./compile-value.js";
import { daysFromAsOf } from "./days-from-as-of.js";
import type { Compiler, Machine } from "./machine.js";
import { FALSE, TRUE, UNKNOWN, type Truth } from "./value.js";

/** Names that fit beside a truth into the bits of a number. */
const mostNames = 29;
/** Lists of missing names that are kept for one condition. */
const mostLists = 500;

/** Truth in the two lowest bits; above them, where it is unknown, a bit for each name whose absence leaves it so. */
type OpenFn = (m: Machine) => number;

/** Finds the missing names of a condition that is unknown. */
export type MissingFn = (m: Machine) => readonly string[];

/**
 * Compiles the search for missing names to one pass from the leaves up, with the same answers as `find-missing.ts`;
 * `undefined` for conditions that hold more than fields beside what is always there.
 */
export function compileMissing(node: TruthNode, c: Compiler): MissingFn | undefined {
  const names = new Set<string>();
  if (!gather(node, names) || names.size > mostNames) return undefined;
  const sorted = [...names].sort();
  const open = compileOpen(node, c, new Map(sorted.map((name, bit) => [name, 4 << bit] as const)));
  const lists = new Map<number, readonly string[]>();
  return (m) => {
    const found = open(m);
    let list = lists.get(found);
    if (!list) {
      list = Object.freeze(sorted.filter((_, bit) => found & (4 << bit)));
      if (lists.size < mostLists) lists.set(found, list);
    }
    return list;
  };
}

/** Gathers what a condition reads; false where it reads more than fields. */
function gather(node: TruthNode, into: Set<string>): boolean {
  switch (node.op) {
    case "constant":
    case "present":
      return true;
    case "and":
    case "or":
      return node.items.every((item) => gather(item, into));
    case "not":
    case "named":
      return gather(node.item, into);
    case "some":
    case "every":
      into.add(node.range.collection.name);
      return gather(node.where, into);
    default: {
      const field = fieldOf(node);
      if (field) into.add(field.name);
      return field !== undefined;
    }
  }
}

/** The one field of a leaf whose other side is always there. */
function fieldOf(node: TruthNode): Extract<ValueNode, { op: "field" }> | undefined {
  const sides = node.op === "compare" ? [node.left, node.right] : node.op === "in" ? [node.value, node.list] : [];
  const [field] = sides.filter((side) => side.op === "field");
  return field && sides.every((side) => side === field || side.op === "const" || daysFromAsOf(side) !== undefined) ? field : undefined;
}

function compileOpen(node: TruthNode, c: Compiler, bits: ReadonlyMap<string, number>): OpenFn {
  switch (node.op) {
    case "and":
    case "or":
      return compileGroup(node.items.map((item) => compileOpen(item, c, bits)), node.op === "and" ? FALSE : TRUE);
    case "not": {
      const item = compileOpen(node.item, c, bits);
      return (m) => {
        const found = item(m);
        return found === TRUE ? FALSE : found === FALSE ? TRUE : found;
      };
    }
    case "named":
      return compileOpen(node.item, c, bits);
    case "some":
    case "every": {
      const items = itemsOf(node.range);
      const where = compileOpen(node.where, c, bits);
      const { level, collection } = node.range;
      const unknown = UNKNOWN | (bits.get(collection.name) ?? 0);
      const deciding: Truth = node.op === "some" ? TRUE : FALSE;
      return (m) => {
        const list = items(m);
        if (!list) return unknown;
        let open = 0;
        for (const item of list) {
          m.items[level] = item;
          const found = where(m);
          if (found === deciding) return deciding;
          if (found & UNKNOWN) open |= found;
        }
        return open === 0 ? (deciding === TRUE ? FALSE : TRUE) : open;
      };
    }
    default: {
      const truth = c.truth(node);
      const unknown = UNKNOWN | (bits.get(fieldOf(node)?.name ?? "") ?? 0);
      return (m) => {
        const found = truth(m);
        return found === UNKNOWN ? unknown : found;
      };
    }
  }
}

function compileGroup(items: readonly OpenFn[], deciding: Truth): OpenFn {
  return (m) => {
    let open = 0;
    for (const item of items) {
      const found = item(m);
      if (found === deciding) return deciding;
      if (found & UNKNOWN) open |= found;
    }
    return open === 0 ? (deciding === FALSE ? TRUE : FALSE) : open;
  };
}
