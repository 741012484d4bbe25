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

const FULL_DATE = /^\d{4}-(\d{2}-\d{2})$/;

/** True if all labels are dates, months or days, whose order is time and must run from left to right. */
export function isTime(categories: readonly string[]): boolean {
  return categories.length > 0 && categories.every((label) => /^\d{4}(-\d{2}){0,2}$|^\d{4}-?[QW]\d{1,2}$/.test(label));
}

/**
 * Labels for points `slot` pixels apart. Names are wrapped into their slot. Times are thinned out instead: every
 * second, third … stays, and after the first, a full date loses its year.
 */
export function categoryLabels(categories: readonly string[], slot: number): CategoryLabels {
  const width = (text: string): number => textWidth(text, CHART_FONT);
  let labels: (readonly string[] | null)[];
  if (isTime(categories)) {
    const fits = categories.every((label) => width(label) + 10 <= slot);
    const short = categories.map((label, i) => [fits || i === 0 ? label : label.replace(FULL_DATE, "$1")]);
    const room = short.reduce((most, [label = ""], i) => Math.max(most, i === 0 ? 0 : width(label)), 0) + 14;
    const every = fits ? 1 : Math.max(1, Math.ceil(room / slot));
    // The first label is the long one: the second stays away from it.
    const second = fits ? 1 : Math.ceil((width(short[0]?.[0] ?? "") / 2 + room / 2) / slot);
    labels = short.map((label, i) => (i === 0 || (i % every === 0 && i >= second) ? label : null));
  } else {
    labels = categories.map((label) => wrapText(label, Math.max(slot - 8, CHART_FONT), CHART_FONT));
  }
  const shown = labels.filter((label) => label !== null);
  return {
    labels,
    lines: shown.reduce((most, label) => Math.max(most, label.length), 1),
    overhang: Math.ceil(shown.flat().reduce((most, line) => Math.max(most, width(line)), 0) / 2),
  };
}
