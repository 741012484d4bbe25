import type { BarSeriesOption, EChartsOption } from "echarts";
import { formatNumber } from "../text/format-number.js";
import { textWidth, wrapText } from "../text/text-width.js";
import type { ChartView } from "./chart-view.js";
import { CHART_FONT, CHART_LINE, type Drawing } from "./draw-svg.js";
import { labelOn, seriesFill } from "./series-style.js";
import { stackTotals } from "./stack-totals.js";

/** Below this width a row's name stands above its bar instead of beside it. */
const BESIDE_FROM = 480;
/** Room between a bar and the figure at its end. */
const GAP = 8;

/** Widest of the texts, rounded up; 0 for none. */
function widest(texts: readonly string[]): number {
  return Math.ceil(texts.reduce((width, text) => Math.max(width, textWidth(text, CHART_FONT)), 0));
}

/** Bars of one series each, side by side, every bar with its figure at the end. */
function groupedSeries(view: ChartView, thickness: number): BarSeriesOption[] {
  return view.series.map(({ values }, index) => ({
    type: "bar",
    silent: true,
    clip: false,
    barWidth: thickness,
    barGap: "20%",
    itemStyle: { ...seriesFill(index), borderWidth: 0 },
    label: { show: true, distance: GAP, color: "var(--ink)", formatter: ({ dataIndex }) => formatNumber(values[dataIndex] ?? 0) },
    data: values.map((value) => ({
      value,
      label: { position: value < 0 ? "left" : "right" },
      itemStyle: { borderRadius: value < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0] },
    })),
  }));
}

/** Bars set end to end; figures inside where they fit, and the sum at the end. */
function stackedSeries(view: ChartView, thickness: number, pixels: (value: number) => number): BarSeriesOption[] {
  const parts = view.series.map(({ values }, index): BarSeriesOption => ({
    type: "bar",
    silent: true,
    clip: false,
    stack: "all",
    barWidth: thickness,
    itemStyle: seriesFill(index),
    label: { show: true, position: "inside", color: labelOn(index), fontSize: 12, formatter: ({ dataIndex }) => {
      const text = formatNumber(values[dataIndex] ?? 0);
      return pixels(values[dataIndex] ?? 0) >= textWidth(text, 12) + 8 ? text : "";
    } },
    data: [...values],
  }));
  const totals = stackTotals(view);
  // Sums hang on empty bars: one per direction, since a stack may grow to both sides of zero.
  const sums = (["positive", "negative"] as const)
    .filter((side) => side === "positive" || totals.some(({ negative }) => negative < 0))
    .map((side): BarSeriesOption => ({
      type: "bar",
      silent: true,
      clip: false,
      barGap: "-100%",
      barWidth: thickness,
      itemStyle: { color: "transparent" },
      label: { show: true, distance: GAP, color: "var(--ink)", fontWeight: 600, position: side === "positive" ? "right" : "left",
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
 * Lying bars, one row per category in the order given: grouped, or stacked end to end. Names are wrapped, never cut:
 * beside the bars on a wide drawing, above them on a narrow one.
 */
export function horizontalBars(view: ChartView, stacked: boolean): Drawing {
  const { categories, series, width } = view;
  const beside = width >= BESIDE_FROM;
  const nameRoom = beside ? Math.min(widest(categories), Math.round(width * 0.36)) : 0;
  const names = categories.map((name) => wrapText(name, beside ? nameRoom : width - 4, CHART_FONT));
  const lines = names.reduce((most, name) => Math.max(most, name.length), 1);

  const ends = stacked
    ? stackTotals(view).flatMap(({ positive, negative }) => [positive, negative])
    : series.flatMap(({ values }) => values);
  const min = ends.reduce((a, b) => Math.min(a, b), 0);
  const max = ends.reduce((a, b) => Math.max(a, b), 0);
  const left = nameRoom + (beside ? 14 : 0) + (min < 0 ? widest(ends.filter((end) => end < 0).map(formatNumber)) + GAP : 1);
  const right = widest(ends.filter((end) => end >= 0).map(formatNumber)) * (stacked ? 1.1 : 1) + GAP + 2;
  const plot = width - left - right;

  const bars = stacked ? 1 : series.length;
  const thickness = bars > 1 ? 14 : beside ? 18 : 14;
  const group = bars * thickness + (bars - 1) * thickness * 0.2;
  const row = beside ? Math.max(group + 12, lines * CHART_LINE + 8) : group + 5 + lines * CHART_LINE + 12;
  const top = beside ? 0 : lines * CHART_LINE;

  const option: EChartsOption = {
    grid: { left, right, top, bottom: 0, outerBoundsMode: "none" },
    xAxis: { type: "value", show: false, min, max: min === max ? 1 : max },
    yAxis: {
      type: "category",
      inverse: true,
      data: categories.map((_, i) => String(i)),
      axisTick: { show: false },
      axisLine: { onZero: true, lineStyle: { color: "var(--line)" } },
      axisLabel: { show: false },
    },
    series: stacked ? stackedSeries(view, thickness, (value) => (Math.abs(value) / (max - min || 1)) * plot) : groupedSeries(view, thickness),
    // Names are set by hand and not as axis labels, so that they stay at the left edge when zero is elsewhere.
    graphic: names.map((name, i) => ({
      type: "text",
      silent: true,
      x: 0,
      y: beside ? top + (i + 0.5) * row : top + (i + 0.5) * row - group / 2 - 5,
      style: {
        text: name.join("\n"),
        fontSize: CHART_FONT,
        fontFamily: "inherit",
        lineHeight: CHART_LINE,
        fill: "var(--ink)",
        verticalAlign: beside ? "middle" : "bottom",
      },
    })),
  };
  return { option, width, height: Math.ceil(top + row * Math.max(1, categories.length)) };
}
