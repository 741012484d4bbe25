import { isTime } from "./category-labels.js";
import type { ChartView } from "./chart-view.js";
import type { Drawing } from "./draw-svg.js";
import { horizontalBars } from "./horizontal-bars.js";
import { verticalBars } from "./vertical-bars.js";

/** Up to so many times lie like other rows: a lying bar is longer and shows more of its parts. */
const FEW_TIMES = 4;

/**
 * Bars for one or more series. Longer rows of times run from left to right under standing bars; everything else lies, so
 * that long names and many rows stay legible.
 */
export function barChart(view: ChartView, stacked: boolean): Drawing {
  const standing = view.categories.length > FEW_TIMES && isTime(view.categories);
  return standing ? verticalBars(view, stacked) : horizontalBars(view, stacked);
}
