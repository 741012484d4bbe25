import type { Comparison } from "../lower/node.js";

/** A comparison, or `!=`, which has no node of its own. */
export type Relation = Comparison | "!=";

/** The relation that holds where this one does not. */
export function opposite(relation: Relation): Relation {
  return relation === "=" ? "!=" : relation === "!=" ? "=" : relation === "<" ? ">=" : relation === ">=" ? "<" : relation === ">" ? "<=" : ">";
}

/** A number that would do, and how far away it is. */
export interface NumberChange {
  readonly to: number;
  /** Positive; never less than what is needed. */
  readonly by: number;
  readonly direction: "more" | "less";
}

/**
 * The nearest number with `scale` decimals that stands in the relation to `limit`. `>` needs one smallest unit more than
 * the limit, `>=` the limit itself. `undefined` where the value does already, or beyond what doubles hold exactly.
 *
 * @example
 * changeNumber(487600, ">=", 500000, 2) // { to: 500000, by: 12400, direction: "more" }
 * changeNumber(500000, ">", 500000, 2) // { to: 500000.01, by: 0.01, direction: "more" }
 */
export function changeNumber(value: number, relation: Exclude<Relation, "!=">, limit: number, scale: number): NumberChange | undefined {
  const power = 10 ** scale;
  const up = relation === ">" || relation === ">=" || (relation === "=" && limit > value);
  const exact = Math.round(limit * power);
  const onGrid = exact / power === limit;
  if (relation === "=" && !onGrid) return undefined;
  let target = onGrid ? exact : up ? Math.ceil(limit * power) : Math.floor(limit * power);
  if (onGrid && relation === ">") target += 1;
  if (onGrid && relation === "<") target -= 1;
  if (!Number.isSafeInteger(target)) return undefined;
  const to = target / power;
  if (up ? to <= value : to >= value) return undefined;
  const own = Math.round(value * power);
  // A value with more decimals than its scale (a mean) is some dust away from the grid: rounded so that it still suffices.
  const steps = own / power === value ? Math.abs(target - own) : Math.ceil(Math.abs(target - value * power) - 1e-9);
  return { to, by: steps / power, direction: up ? "more" : "less" };
}

/** Decimals that a number is written with, up to nine. */
export function decimalsOf(value: number): number {
  for (let scale = 0; scale < 9; scale++) if (Math.round(value * 10 ** scale) / 10 ** scale === value) return scale;
  return 9;
}
