import { formatNumber } from "../text/format-number.js";
import { textWidth, wrapText } from "../text/text-width.js";
import type { ChartView } from "./chart-view.js";
import { CHART_FONT, CHART_LINE, type Drawing } from "./draw-svg.js";
import { labelOn, seriesFill } from "./series-style.js";
import { stackTotals } from "./stack-totals.js";
import { textElement, type Element } from "./text-element.js";

/** Below this width a row's name stands above its bar instead of beside it. */
const BESIDE_FROM = 480;
/** Stacks of so few rows may be thick: there is more inside to read. */
const FEW = 5;
/** Room between a bar and the figure at its end. */
const GAP = 8;
/** Bold figures are so much wider. */
const BOLD = 1.1;

/** Where values lie: the pixel of a value, and where zero is. */
type Scale = (value: number) => number;

/** Widest of the texts, rounded up; 0 for none. */
function widest(texts: readonly string[]): number {
  return Math.ceil(texts.reduce((width, text) => Math.max(width, textWidth(text, CHART_FONT)), 0));
}

function bar(from: number, to: number, y: number, height: number, style: Element, round: boolean): Element {
  const radius = !round ? 0 : to < from ? [2, 0, 0, 2] : [0, 2, 2, 0];
  return { type: "rect", silent: true, shape: { x: Math.min(from, to), y, width: Math.abs(to - from), height, r: radius }, style };
}

function figureAt(scale: Scale, value: number, negative: boolean, y: number, style: Element = {}): Element {
  const x = scale(value) + (negative ? -GAP : GAP);
  return textElement(x, y, [formatNumber(value)], { align: negative ? "right" : "left", ...style });
}

/** The bars of one row, one series below the other, each with its figure at the end. */
function groupedRow(view: ChartView, row: number, top: number, thickness: number, step: number, scale: Scale): Element[] {
  return view.series.flatMap(({ values }, index) => {
    const value = values[row] ?? 0;
    const y = top + index * step;
    const { color, opacity } = seriesFill(index);
    return [
      ...(value === 0 ? [] : [bar(scale(0), scale(value), y, thickness, { fill: color, opacity }, true)]),
      figureAt(scale, value, value < 0, y + thickness / 2),
    ];
  });
}

/** The parts of one row end to end, figures inside where they fit, and the sum at the end (at both, about zero). */
function stackedRow(view: ChartView, row: number, top: number, thickness: number, scale: Scale): Element[] {
  const total = stackTotals(view)[row] ?? { positive: 0, negative: 0 };
  const middle = top + thickness / 2;
  let up = 0;
  let down = 0;
  const parts = view.series.flatMap(({ values }, index): Element[] => {
    const value = values[row] ?? 0;
    if (value === 0) return [];
    const start = value > 0 ? up : down;
    if (value > 0) up += value;
    else down += value;
    const [from, to] = [scale(start), scale(start + value)];
    const { color, opacity, borderColor, borderWidth } = seriesFill(index);
    const segment = bar(from, to, top, thickness, { fill: color, opacity, stroke: borderColor, lineWidth: borderWidth }, false);
    const text = formatNumber(value);
    // A part that is the whole bar has its figure at the end already.
    const whole = value === total.positive || value === total.negative;
    if (whole || Math.abs(to - from) < textWidth(text, 12) + 8) return [segment];
    return [segment, textElement((from + to) / 2, middle, [text], { align: "center", fontSize: 12, fill: labelOn(index) })];
  });
  const sums: Element[] = [];
  if (total.negative < 0) sums.push(figureAt(scale, total.negative, true, middle, { fontWeight: 600 }));
  if (total.positive > 0 || total.negative === 0) sums.push(figureAt(scale, total.positive, false, middle, { fontWeight: 600 }));
  return [...parts, ...sums];
}

/**
 * Lying bars, one row per category in the order given: grouped, or stacked end to end. Names are wrapped, never cut:
 * beside the bars on a wide drawing, above them on a narrow one; a row is as high as its name needs, which is why the
 * rows are placed here and not by a category axis.
 */
export function horizontalBars(view: ChartView, stacked: boolean): Drawing {
  const { categories, series, width } = view;
  const beside = width >= BESIDE_FROM;
  const nameRoom = beside ? Math.min(widest(categories), Math.round(width * 0.36)) : 0;
  const names = categories.map((name) => wrapText(name, beside ? nameRoom : width - 4, CHART_FONT));

  const ends = stacked
    ? stackTotals(view).flatMap(({ positive, negative }) => [positive, negative])
    : series.flatMap(({ values }) => values);
  const min = ends.reduce((a, b) => Math.min(a, b), 0);
  const max = ends.reduce((a, b) => Math.max(a, b), 0);
  const bold = stacked ? BOLD : 1;
  const left = nameRoom + (beside ? 14 : 0) + (min < 0 ? widest(ends.filter((end) => end < 0).map(formatNumber)) * bold + GAP : 1);
  const right = widest(ends.filter((end) => end >= 0).map(formatNumber)) * bold + GAP + 2;
  const scale: Scale = (value) => left + ((value - min) / (max - min || 1)) * (width - left - right);

  const count = stacked ? 1 : Math.max(1, series.length);
  const thickness = count > 1 ? 13 : !stacked ? 15 : categories.length <= FEW ? 28 : 18;
  const step = thickness * 1.2;
  const group = (count - 1) * step + thickness;

  const rows: Element[] = [];
  const axis: Element[] = [];
  let y = 0;
  names.forEach((name, row) => {
    const lines = name.length * CHART_LINE;
    const height = beside ? Math.max(group + 13, lines + 9) : lines + 5 + group + 13;
    const top = beside ? y + (height - group) / 2 : y + lines + 5;
    rows.push(beside ? textElement(0, y + height / 2, name) : textElement(0, y + lines, name, { verticalAlign: "bottom" }));
    rows.push(...(stacked ? stackedRow(view, row, top, thickness, scale) : groupedRow(view, row, top, thickness, step, scale)));
    // Above a bar the line of zero would run through the name.
    const from = beside ? y : top - 3;
    axis.push({ type: "line", silent: true, shape: { x1: scale(0), y1: from, x2: scale(0), y2: beside ? y + height : top + group + 3 }, style: { stroke: "var(--line)", lineWidth: 1 } });
    y += height;
  });
  return { option: { graphic: [...axis, ...rows] as never }, width, height: Math.ceil(Math.max(1, y)) };
}
