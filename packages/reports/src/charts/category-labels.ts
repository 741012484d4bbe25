import { textWidth, wrapText } from "../text/text-width.js";
import { CHART_FONT } from "./draw-svg.js";

/** Labels under an axis: the lines of each label, `null` where one is left out for want of room. */
export interface CategoryLabels {
  readonly labels: readonly (readonly string[] | null)[];
  /** Lines of the tallest label. */
  readonly lines: number;
  /** Half the width of the widest label: what it needs beside the outermost points. */
  readonly overhang: number;
}

const FULL_DATE = /^(\d{4})-(\d{2}-\d{2})$/;

/** True if all labels are dates, months or days, whose order is time and must run from left to right. */
export function isTime(categories: readonly string[]): boolean {
  return categories.length > 0 && categories.every((label) => /^\d{4}(-\d{2}){0,2}$|^\d{4}-?[QW]\d{1,2}$/.test(label));
}

/**
 * True if the names under an axis need more than two lines each somewhere: then the points carry numbers, and the names
 * stand in a numbered list below the drawing.
 *
 * @param width - width of the narrowest drawing, in pixels
 */
export function needsNumbers(categories: readonly string[], width: number): boolean {
  if (isTime(categories)) return false;
  const slot = (width - 40) / Math.max(1, categories.length);
  return categories.some((label) => wrapText(label, Math.max(slot - 8, CHART_FONT), CHART_FONT).length > 2);
}

/** Days without their year, except under the first day of each year. */
function shortDates(categories: readonly string[], at: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const short = new Map<number, readonly string[]>();
  let before = "";
  for (const i of at) {
    const label = categories[i] ?? "";
    const [, year, day] = FULL_DATE.exec(label) ?? [];
    short.set(i, year === undefined || day === undefined ? [label] : year === before ? [day] : [day, year]);
    before = year ?? "";
  }
  return short;
}

/**
 * Labels for points `slot` pixels apart. Names are wrapped into their slot. Times and numbers are thinned out instead:
 * every second, third … stays, and full dates give their year once, on a line below.
 */
export function categoryLabels(categories: readonly string[], slot: number): CategoryLabels {
  const width = (text: string): number => textWidth(text, CHART_FONT);
  let labels: (readonly string[] | null)[];
  if (!isTime(categories) && !categories.every((label) => /^\d+$/.test(label))) {
    labels = categories.map((label) => wrapText(label, Math.max(slot - 8, CHART_FONT), CHART_FONT));
  } else if (categories.every((label) => width(label) + 10 <= slot)) {
    labels = categories.map((label) => [label]);
  } else {
    const room = categories.reduce((most, label) => Math.max(most, width(label.replace(FULL_DATE, "$2"))), 0) + 14;
    const every = Math.max(1, Math.ceil(room / slot));
    const short = shortDates(categories, [...categories.keys()].filter((i) => i % every === 0));
    labels = categories.map((_, i) => short.get(i) ?? null);
  }
  const shown = labels.filter((label) => label !== null);
  return {
    labels,
    lines: shown.reduce((most, label) => Math.max(most, label.length), 1),
    overhang: Math.ceil(shown.flat().reduce((most, line) => Math.max(most, width(line)), 0) / 2),
  };
}
