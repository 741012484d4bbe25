import type { TruthNode } from "../lower/node.js";
import { literal } from "./generate-code.js";
import type { TruthWriter } from "./truth-writer.js";

/**
 * Writes statements that leave the truth of a condition in `t` and the last day it holds in `u`, by the rules of
 * `compile-truth.ts`. `moves`: conditions that do not move with time hold for ever.
 */
export function writeUntil(node: TruthNode, writer: TruthWriter, moves: (node: TruthNode) => boolean): string {
  let groups = 0;
  return write(node);

  function write(one: TruthNode): string {
    if (!moves(one)) return `t = ${writer.write(one, true)} ? 1 : ${writer.write(one, false)} ? 0 : 2; u = Infinity;`;
    switch (one.op) {
      case "named":
        return write(one.item);
      case "not":
        return `${write(one.item)} if (t !== 2) t = 1 - t;`;
      case "and":
      case "or":
        return group(one.items, one.op === "and" ? 0 : 1);
      case "compare":
        return comparison(one) ?? call(one);
      default:
        return call(one);
    }
  }

  function call(one: TruthNode): string {
    return `t = ${writer.call(one)}; u = m.until;`;
  }

  function group(items: readonly TruthNode[], deciding: 0 | 1): string {
    const name = groups++;
    const [earliest, latest, unknown] = [`e${name}`, `l${name}`, `k${name}`];
    // What holds for ever first: if it decides, nothing else is asked.
    const parts = [...items.filter((item) => !moves(item)), ...items.filter(moves)].map((item) => `${write(item)}
  if (t === ${deciding}) { if (u === Infinity) break g${name}; if (u > ${latest}) ${latest} = u; } else if (t === 2) ${unknown} = true;
  if (u < ${earliest}) ${earliest} = u;`);
    return `g${name}: { let ${earliest} = Infinity, ${latest} = -Infinity, ${unknown} = false;
  ${parts.join("\n  ")}
  if (${latest} !== -Infinity) { t = ${deciding}; u = ${latest}; } else { t = ${unknown} ? 2 : ${1 - deciding}; u = ${earliest}; } }`;
  }

  /** A date beside a day so many days from asOf: see `linearUntil`. */
  function comparison(one: Extract<TruthNode, { op: "compare" }>): string | undefined {
    const found = writer.dateAndDay(one);
    if (!found) return undefined;
    const { date, days, cmp } = found;
    const day = `(m.asOf + ${literal(days)})`;
    const shown = `${date} - ${literal(days)}`;
    const answers: Readonly<Record<typeof cmp, string>> = {
      ">": `if (${date} > ${day}) { t = 1; u = ${shown} - 1; } else { t = 0; u = Infinity; }`,
      ">=": `if (${date} >= ${day}) { t = 1; u = ${shown}; } else { t = 0; u = Infinity; }`,
      "<": `if (${date} < ${day}) { t = 1; u = Infinity; } else { t = 0; u = ${shown}; }`,
      "<=": `if (${date} <= ${day}) { t = 1; u = Infinity; } else { t = 0; u = ${shown} - 1; }`,
      "=": `if (${date} === ${day}) { t = 1; u = m.asOf; } else { t = 0; u = ${date} < ${day} ? Infinity : ${shown} - 1; }`,
    };
    return `if (${date} === undefined) { t = 2; u = Infinity; } else if (${date} === null) { t = 0; u = Infinity; } else ${answers[cmp]}`;
  }
}
