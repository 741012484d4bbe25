import type { ValueNode } from "../lower/node.js";
import { clockOf } from "./clock.js";

/** How many days from asOf a day is that moves with it. */
export function daysFromAsOf(node: ValueNode): number | undefined {
  const clock = clockOf(node);
  if (!clock || clock.unit !== "days" || clock.calendar) return undefined;
  if (clock.kind === "today") return 0;
  const amount = clock.kind === "shift" && clock.argument?.op === "const" ? clock.argument.value : undefined;
  return typeof amount === "number" ? Math.trunc(amount * clock.sign) + 0 : undefined;
}
