import type { ChartView } from "./chart-view.js";
import { isTime } from "./category-labels.js";
import { textWidth } from "../text/text-width.js";
import { CHART_FONT, type Drawing } from "./draw-svg.js";
import { horizontalBars } from "./horizontal-bars.js";
import { verticalBars } from "./vertical-bars.js";

/** Standing bars are for times, and for stacks of a few names that fit on one line of the narrow drawing. */
const NARROW = 320;

/**
 * Bars for one or more series. Times run from left to right under standing bars; everything else lies, so that long
 * names and many rows stay legible.
 */
export function barChart(view: ChartView, stacked: boolean): Drawing {
  const { categories } = view;
  const few = categories.length <= 6 && categories.every((name) => textWidth(name, CHART_FONT) + 8 <= NARROW / categories.length);
  return isTime(categories) || (stacked && few) ? verticalBars(view, stacked) : horizontalBars(view, stacked);
}
