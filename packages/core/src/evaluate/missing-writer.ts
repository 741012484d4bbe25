import type { TruthNode, ValueNode } from "../lower/node.js";
import { daysFromAsOf } from "./days-from-as-of.js";
import type { TruthWriter } from "./truth-writer.js";
import { UNKNOWN } from "./value.js";

/** Names that fit beside a truth into the bits of a number. */
const mostNames = 29;
/** Lists of missing names that are kept for one condition. */
const mostLists = 500;

/** The search for what leaves one condition open, as source, and what the number that it gives stands for. */
export interface WrittenMissing {
  /** Statements that leave in `t` the truth in the two lowest bits, and above them a bit for each name that is missing. */
  readonly source: string;
  readonly names: (found: number) => readonly string[];
}

/**
 * Writes the search for missing names as one pass from the leaves up, with the same answers as `find-missing.ts`;
 * `undefined` for conditions that hold more than fields beside what is always there.
 */
export function writeMissing(condition: TruthNode, writer: TruthWriter): WrittenMissing | undefined {
  const names = new Set<string>();
  if (!gather(condition, names) || names.size > mostNames) return undefined;
  const sorted = [...names].sort();
  const bits = new Map(sorted.map((name, bit) => [name, 4 << bit] as const));
  let groups = 0;
  const lists = new Map<number, readonly string[]>();
  return {
    source: write(condition),
    names(found) {
      let list = lists.get(found);
      if (!list) {
        list = Object.freeze(sorted.filter((_, bit) => found & (4 << bit)));
        if (lists.size < mostLists) lists.set(found, list);
      }
      return list;
    },
  };

  function unknown(name: string): number {
    return UNKNOWN | (bits.get(name) ?? 0);
  }

  function write(node: TruthNode): string {
    switch (node.op) {
      case "named":
        return write(node.item);
      case "not":
        return `${write(node.item)} if (t < ${UNKNOWN}) t = 1 - t;`;
      case "and":
      case "or": {
        const deciding = node.op === "and" ? 0 : 1;
        return group(deciding, (seen, label) => node.items.map((item) => `${write(item)} if (t === ${deciding}) break ${label}; if (t >= ${UNKNOWN}) ${seen} |= t;`).join("\n"));
      }
      case "some":
      case "every": {
        const { range, where } = node;
        const { level, collection } = range;
        const deciding = node.op === "some" ? 1 : 0;
        const body = writer.within(range, () => write(where));
        return `if (c[${collection.slot}] === undefined) t = ${unknown(collection.name)}; else ${group(deciding, (seen, label) => `for (let j${level} = 0; j${level} < c[${collection.slot}].length; j${level}++) { const i${level} = c[${collection.slot}][j${level}];
${body} if (t === ${deciding}) break ${label}; if (t >= ${UNKNOWN}) ${seen} |= t; }`)}`;
      }
      default: {
        const field = fieldOf(node);
        const truth = `${writer.write(node, true)} ? 1 : 0`;
        return field ? `t = ${writer.field(field)} === undefined ? ${unknown(field.name)} : ${truth};` : `t = ${truth};`;
      }
    }
  }

  /** Parts that each may decide; where none does, what they lack together. */
  function group(deciding: 0 | 1, parts: (seen: string, label: string) => string): string {
    const number = groups++;
    const seen = `o${number}`;
    return `g${number}: { let ${seen} = 0;
${parts(seen, `g${number}`)}
t = ${seen} === 0 ? ${1 - deciding} : ${seen}; }`;
  }
}

/** Gathers what a condition reads; false where it reads more than fields. */
function gather(node: TruthNode, into: Set<string>): boolean {
  switch (node.op) {
    case "constant":
      return true;
    case "present":
      return node.value.op === "field";
    case "and":
    case "or":
      return node.items.every((item) => gather(item, into));
    case "not":
    case "named":
      return gather(node.item, into);
    case "some":
    case "every":
      if (node.range.collection.scope !== "record") return false;
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
