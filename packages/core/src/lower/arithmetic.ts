import type { ValueNode } from "./node.js";

/**
 * A sum, difference, product or quotient of two numbers. Where both have a known number of decimal places, sums and
 * differences are worked out in whole numbers of the smallest unit, and a quotient is one division of whole numbers.
 */
export function arithmetic(kind: "add" | "subtract" | "multiply" | "divide", left: ValueNode, right: ValueNode): ValueNode {
  const [a, b] = [exactScale(left), exactScale(right)];
  const known = a === undefined || b === undefined ? undefined : Math.max(a, b);
  return { op: "arith", type: "number", kind, left, right, ...(known === undefined || kind === "multiply" ? {} : kind === "divide" ? { places: known } : { scale: known }) };
}

/**
 * Decimal places within which every value of a node lies; `undefined` where that is not known, as for averages and
 * ratios. How a derived fact is shown (its `scale`) says nothing of it.
 */
export function exactScale(node: ValueNode): number | undefined {
  switch (node.op) {
    case "const":
      return typeof node.value === "number" ? decimals(node.value) : undefined;
    case "none":
    case "diff":
      return 0;
    case "field":
      return node.scale;
    case "fact":
      return node.exact;
    case "arith":
      return node.kind === "add" || node.kind === "subtract" ? node.scale : undefined;
    case "fold":
      return node.kind === "avg" || node.scale === undefined ? undefined : node.empty === "unknown" ? node.scale : most([node.scale, exactScale(node.empty)]);
    case "choose":
      return most([...node.rows.map(({ value }) => exactScale(value)), exactScale(node.otherwise)]);
    case "first":
      return most(node.of.map(exactScale));
    default:
      return undefined;
  }
}

function most(scales: readonly (number | undefined)[]): number | undefined {
  const known = scales.filter((scale) => scale !== undefined);
  return known.length < scales.length ? undefined : Math.max(...known);
}

function decimals(value: number): number | undefined {
  for (let scale = 0; scale <= 9; scale++) if (Math.round(value * 10 ** scale) / 10 ** scale === value) return scale;
  return undefined;
}
