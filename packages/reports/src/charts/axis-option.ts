import type { EChartsOption } from "echarts";
import type { Lang } from "@evertend/core";
import { formatCompact } from "../text/format-number.js";
import { textWidth } from "../text/text-width.js";
import { CHART_FONT } from "./draw-svg.js";
import type { ValueRange } from "./value-range.js";

/** The line of zero with `count` places on it; their names are set by hand, see `categoryLabels`. */
export function categoryAxis(count: number): NonNullable<EChartsOption["xAxis"]> {
  return {
    type: "category",
    data: Array.from({ length: count }, (_, i) => String(i)),
    axisTick: { show: false },
    axisLabel: { show: false },
    axisLine: { lineStyle: { color: "var(--soft)" } },
  };
}

/** A value axis at the left with quiet lines across. */
export function valueAxis(range: ValueRange, lang: Lang): NonNullable<EChartsOption["yAxis"]> {
  return {
    type: "value",
    min: range.min,
    max: range.max,
    interval: range.step,
    axisLabel: { color: "var(--soft)", fontSize: 12, margin: 10, formatter: (value: number) => formatCompact(value, lang) },
    splitLine: { lineStyle: { color: "var(--line)", width: 1 } },
  };
}

/** Room in pixels for the figures of {@link valueAxis}. */
export function valueAxisRoom(range: ValueRange, lang: Lang): number {
  let widest = 0;
  for (let tick = range.min; tick <= range.max + range.step / 2; tick += range.step) {
    widest = Math.max(widest, textWidth(formatCompact(Number(tick.toPrecision(12)), lang), CHART_FONT));
  }
  return Math.ceil(widest) + 12;
}
