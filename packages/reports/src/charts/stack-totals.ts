import type { ChartView } from "./chart-view.js";

/** Sums of one stack: what goes up (or right) from zero and what goes down (or left). */
export interface StackTotal {
  readonly positive: number;
  readonly negative: number;
}

/** The sums of each category's stack. */
export function stackTotals(view: ChartView): readonly StackTotal[] {
  return view.categories.map((_, i) => {
    let positive = 0;
    let negative = 0;
    for (const { values } of view.series) {
      const value = values[i] ?? 0;
      if (value > 0) positive += value;
      else negative += value;
    }
    return { positive, negative };
  });
}
