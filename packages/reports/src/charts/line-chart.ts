import type { LineSeriesOption } from "echarts";
import { seriesColour } from "../palette.js";
import { formatNumber } from "../text/format-number.js";
import { textWidth } from "../text/text-width.js";
import { categoryAxis, valueAxis, valueAxisRoom } from "./axis-option.js";
import { categoryLabels } from "./category-labels.js";
import type { ChartView } from "./chart-view.js";
import { CHART_FONT, CHART_LINE, type Drawing } from "./draw-svg.js";
import { textElement } from "./text-element.js";
import { valueRange } from "./value-range.js";

const PLOT_HEIGHT = 220;

/** Marks that tell series apart without colour; the legend shows the same. */
export const LINE_MARKS = ["circle", "rect", "diamond", "triangle"] as const;

/** The mark of the series at `index`. */
export function lineMark(index: number): (typeof LINE_MARKS)[number] {
  return LINE_MARKS[index % LINE_MARKS.length] ?? "circle";
}

/**
 * Lines over the categories, with a mark on each point while there are few points, and figures on the points of a
 * single short line.
 */
export function lineChart(view: ChartView): Drawing {
  const { categories, series, width, lang } = view;
  const range = valueRange(series.flatMap(({ values }) => values), 4);
  const count = Math.max(1, categories.length);
  const left = valueAxisRoom(range, lang);
  const slot = (width - left - 1) / count;
  const labels = categoryLabels(categories, slot);
  const values = series[0]?.values ?? [];
  const figures = series.length === 1 && values.every((value) => textWidth(formatNumber(value), CHART_FONT) + 8 <= slot);
  const right = Math.max(1, Math.ceil(labels.overhang - slot / 2));
  const points = (width - left - right) / count;
  const top = figures ? 22 : 10;
  const bottom = 10 + labels.lines * CHART_LINE;
  const height = top + PLOT_HEIGHT + bottom;
  return {
    width,
    height,
    option: {
      grid: { left, right, top, bottom, outerBoundsMode: "none" },
      xAxis: categoryAxis(count),
      yAxis: valueAxis(range, lang),
      series: series.map((line, index): LineSeriesOption => {
        const { number, opacity } = seriesColour(index);
        const color = `var(--s${number})`;
        return {
          type: "line",
          silent: true,
          clip: false,
          symbol: lineMark(index),
          symbolSize: slot < 14 ? 4 : 7,
          showSymbol: true,
          showAllSymbol: true,
          lineStyle: { color, opacity, width: 2 },
          itemStyle: { color, opacity },
          label: { show: figures, position: "top", distance: 6, color: "var(--ink)", formatter: ({ dataIndex }) => formatNumber(line.values[dataIndex] ?? 0) },
          data: [...line.values],
        };
      }),
      graphic: labels.labels.flatMap((label, i) =>
        label === null ? [] : [textElement(Math.max(left + (i + 0.5) * points, labels.overhang), height - labels.lines * CHART_LINE, label, { align: "center", verticalAlign: "top" })],
      ),
    },
  };
}
