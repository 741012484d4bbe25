import { formatNumber, formatPercent } from "../text/format-number.js";
import { textWidth, wrapText } from "../text/text-width.js";
import type { ChartView } from "./chart-view.js";
import { CHART_FONT, CHART_LINE, type Drawing } from "./draw-svg.js";
import { textElement, type Element } from "./text-element.js";

/** Below this width a step's name stands above its bar instead of beside it. */
const BESIDE_FROM = 480;
const BAR = 26;
const LOSS = 22;

/**
 * What is left after each step: a bar per step from the same left edge, its count and its share of the first step at the
 * end, and what was lost on the way in between. A paler shape leads from bar to bar.
 *
 * @param view - its categories are the steps
 * @param values - one count per step, not negative
 */
export function funnelChart(view: ChartView, values: readonly number[]): Drawing {
  const { categories, width } = view;
  const beside = width >= BESIDE_FROM;
  const most = values.reduce((a, b) => Math.max(a, b), 0);
  const first = values[0] ?? 0;
  const figures = values.map((value) => [formatNumber(value), first === 0 ? "" : formatPercent(value / first)] as const);
  const countRoom = figures.reduce((room, [count]) => Math.max(room, textWidth(count, CHART_FONT) * 1.1), 0);
  const shareRoom = figures.reduce((room, [, share]) => Math.max(room, textWidth(share, CHART_FONT)), 0);
  const widestName = Math.ceil(categories.reduce((room, name) => Math.max(room, textWidth(name, CHART_FONT)), 0));
  const nameRoom = beside ? Math.min(widestName, Math.round(width * 0.3)) : 0;
  const left = beside ? nameRoom + 18 : 0;
  const right = countRoom + shareRoom + 28;
  const names = categories.map((name) => wrapText(name, beside ? nameRoom : width - right, CHART_FONT));
  const above = beside ? 0 : names.reduce((lines, name) => Math.max(lines, name.length), 1) * CHART_LINE + 4;
  const length = (value: number): number => (most === 0 ? 0 : (value / most) * (width - left - right));
  const pitch = above + BAR + LOSS;

  const elements = values.flatMap((value, i): Element[] => {
    const y = i * pitch + above;
    const [count, share] = figures[i] ?? ["", ""];
    const name = names[i] ?? [];
    const drawn: Element[] = [
      { type: "rect", silent: true, shape: { x: left, y, width: Math.max(length(value), value > 0 ? 1.5 : 0.5), height: BAR, r: 1 }, style: { fill: "var(--s1)" } },
      beside
        ? textElement(0, y + BAR / 2, name)
        : textElement(0, y - 4, name, { verticalAlign: "bottom" }),
      textElement(width - shareRoom - 16, y + BAR / 2, [count], { align: "right", fontWeight: 600 }),
      textElement(width, y + BAR / 2, [share], { align: "right", fill: "var(--soft)" }),
    ];
    const next = values[i + 1];
    if (next === undefined) return drawn;
    const end = (i + 1) * pitch + above;
    const lead: Element = {
      type: "polygon",
      silent: true,
      shape: { points: [[left, y + BAR], [left + length(value), y + BAR], [left + length(next), end], [left, end]] },
      style: { fill: "var(--s1)", opacity: 0.1 },
    };
    const loss = next - value;
    const said = loss === 0 ? "" : `${loss > 0 ? "+" : ""}${formatNumber(loss)}`;
    const at = beside ? y + BAR + LOSS / 2 : y + BAR + LOSS / 2 - 3;
    return [lead, ...drawn, ...(said === "" ? [] : [textElement(width - shareRoom - 16, at, [said], { align: "right", fill: "var(--soft)", fontSize: 12 })])];
  });
  return { option: { graphic: elements }, width, height: Math.max(1, values.length * pitch - LOSS) };
}
