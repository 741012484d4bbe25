import { formatNumber, formatPercent } from "../text/format-number.js";
import { textWidth } from "../text/text-width.js";
import type { Drawing } from "./draw-svg.js";
import type { Slice } from "./pie-slices.js";
import { labelOn, seriesFill } from "./series-style.js";

const SIZE = 232;
const HOLE = 0.6;

/**
 * A ring with the sum in the middle and the share on each slice that has room for it. Names and figures stand beside it
 * as text of the page, so they are never cut and wrap as they need.
 */
export function pieChart(slices: readonly Slice[]): Drawing {
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  const sum = formatNumber(total);
  const hole = SIZE * HOLE - 24;
  return {
    width: SIZE,
    height: SIZE,
    option: {
      series: [{
        type: "pie",
        silent: true,
        radius: [(SIZE / 2) * HOLE, SIZE / 2 - 2],
        center: ["50%", "50%"],
        startAngle: 90,
        emptyCircleStyle: { color: "var(--faint)" },
        labelLine: { show: false },
        label: { show: true, position: "inside", fontSize: 12 },
        data: (total === 0 ? [] : slices).map(({ value, share, index }) => {
          const fill = index === null ? { color: "var(--soft)", opacity: 1, borderColor: "var(--paper)" } : seriesFill(index);
          return {
            value,
            itemStyle: { ...fill, borderWidth: 1.5 },
            label: { color: index === null ? "var(--paper)" : labelOn(index), formatter: () => (share >= 0.07 ? formatPercent(share) : "") },
          };
        }),
      }],
      graphic: [{
        type: "text",
        silent: true,
        x: SIZE / 2,
        y: SIZE / 2,
        style: { text: sum, fontSize: Math.min(26, Math.floor((26 * hole) / Math.max(1, textWidth(sum, 26)))), fontFamily: "inherit", fontWeight: 600, fill: "var(--ink)", align: "center", verticalAlign: "middle" },
      }],
    },
  };
}
