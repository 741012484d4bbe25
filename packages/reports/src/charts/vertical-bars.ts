import type { BarSeriesOption } from "echarts";
import { formatNumber } from "../text/format-number.js";
import { textWidth } from "../text/text-width.js";
import { categoryAxis, valueAxis, valueAxisRoom } from "./axis-option.js";
import { categoryLabels } from "./category-labels.js";
import type { ChartView } from "./chart-view.js";
import { CHART_FONT, CHART_LINE, type Drawing } from "./draw-svg.js";
import { labelOn, seriesFill } from "./series-style.js";
import { stackTotals } from "./stack-totals.js";
import { textElement } from "./text-element.js";
import { valueRange } from "./value-range.js";

const PLOT_HEIGHT = 240;
const WIDEST_BAR = 72;

/** Columns side by side, each with its figure at the end if there is room for figures. */
function groupedSeries(view: ChartView, thickness: number, figures: boolean): BarSeriesOption[] {
  return view.series.map(({ values }, index) => ({
    type: "bar",
    silent: true,
    clip: false,
    barWidth: thickness,
    barGap: "15%",
    itemStyle: { ...seriesFill(index), borderWidth: 0 },
    label: { show: figures, distance: 6, color: "var(--ink)", formatter: ({ dataIndex }) => formatNumber(values[dataIndex] ?? 0) },
    data: values.map((value) => ({
      value,
      label: { position: value < 0 ? "bottom" : "top" },
      itemStyle: { borderRadius: value < 0 ? [0, 0, 2, 2] : [2, 2, 0, 0] },
    })),
  }));
}

/** Columns on top of each other; figures inside where they fit, sums at the ends. */
function stackedSeries(view: ChartView, thickness: number, figures: boolean, pixels: (value: number) => number): BarSeriesOption[] {
  const totals = stackTotals(view);
  const parts = view.series.map(({ values }, index): BarSeriesOption => ({
    type: "bar",
    silent: true,
    clip: false,
    stack: "all",
    barWidth: thickness,
    itemStyle: seriesFill(index),
    label: { show: true, position: "inside", color: labelOn(index), fontSize: 12, formatter: ({ dataIndex }) => {
      const value = values[dataIndex] ?? 0;
      const total = totals[dataIndex];
      if (value === 0 || (figures && (value === total?.positive || value === total?.negative))) return "";
      const text = formatNumber(value);
      return pixels(value) >= 17 && textWidth(text, 12) + 6 <= thickness ? text : "";
    } },
    data: [...values],
  }));
  if (!figures) return parts;
  const sums = (["positive", "negative"] as const)
    .filter((side) => side === "positive" || totals.some(({ negative }) => negative < 0))
    .map((side): BarSeriesOption => ({
      type: "bar",
      silent: true,
      clip: false,
      barGap: "-100%",
      barWidth: thickness,
      itemStyle: { color: "transparent" },
      label: { show: true, distance: 6, color: "var(--ink)", fontWeight: 600, position: side === "positive" ? "top" : "bottom",
        formatter: ({ dataIndex }) => {
          const total = totals[dataIndex];
          if (!total || (total[side] === 0 && (side === "negative" || total.negative < 0))) return "";
          return formatNumber(total[side]);
        } },
      data: totals.map((total) => total[side]),
    }));
  return [...parts, ...sums];
}

/**
 * Standing bars from left to right, for times and a few short names. Where columns are too narrow for their figures, a
 * value axis stands at the left instead.
 */
export function verticalBars(view: ChartView, stacked: boolean): Drawing {
  const { categories, series, width, lang } = view;
  const count = Math.max(1, categories.length);
  const ends = stacked
    ? stackTotals(view).flatMap(({ positive, negative }) => [positive, negative])
    : series.flatMap(({ values }) => values);
  const range = valueRange(ends, 4);
  const perSlot = stacked ? 1 : Math.max(1, series.length);
  const widestFigure = ends.reduce((most, end) => Math.max(most, textWidth(formatNumber(end), CHART_FONT)), 0) * (stacked ? 1.1 : 1);
  const figures = (width / count) * 0.8 >= (widestFigure + 6) * perSlot;

  const left = figures ? 1 : valueAxisRoom(range, lang);
  const slot = (width - left - 1) / count;
  const labels = categoryLabels(categories, slot);
  const room = figures ? { min: Math.min(0, ...ends), max: Math.max(0, ...ends) || 1, step: range.step } : range;
  const top = figures ? 22 : 8;
  const below = figures && room.min < 0 ? 22 : 0;
  const bottom = below + 10 + labels.lines * CHART_LINE;
  const thickness = Math.max(1, Math.min(WIDEST_BAR, (slot * (perSlot > 1 ? 0.8 : 0.6)) / (perSlot * 1.15)));
  const height = top + PLOT_HEIGHT + bottom;
  const pixels = (value: number): number => (Math.abs(value) / (room.max - room.min)) * PLOT_HEIGHT;
  return {
    width,
    height,
    option: {
      grid: { left, right: 1, top, bottom, outerBoundsMode: "none" },
      xAxis: categoryAxis(count),
      yAxis: figures ? { type: "value", show: false, min: room.min, max: room.max } : valueAxis(range, lang),
      series: stacked ? stackedSeries(view, thickness, figures, pixels) : groupedSeries(view, thickness, figures),
      graphic: labels.labels.flatMap((label, i) =>
        label === null ? [] : [textElement(left + (i + 0.5) * slot, height - labels.lines * CHART_LINE, label, { align: "center", verticalAlign: "top" })],
      ),
    },
  };
}
