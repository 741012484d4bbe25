import type { Lang, ReportChart } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { formatNumber, formatPercent } from "../text/format-number.js";
import { words } from "../text/words.js";
import { barChart } from "./bar-chart.js";
import { needsNumbers } from "./category-labels.js";
import { chartTable } from "./chart-table.js";
import { chartView, type ChartView } from "./chart-view.js";
import { drawSvg, type Drawing } from "./draw-svg.js";
import { funnelChart } from "./funnel-chart.js";
import { lineChart, lineMark } from "./line-chart.js";
import { pieChart } from "./pie-chart.js";
import { pieSlices } from "./pie-slices.js";
import { seriesColour } from "../palette.js";

/** Widths of the two drawings of a chart: for pages and paper, and for phones; the style sheet shows one of them. */
const WIDE = 800;
const NARROW = 320;

/** The small mark before a name in a legend. */
function swatch(index: number | null, shape: string): string {
  if (index === null) return `<i class="sw rest"></i>`;
  const { number, opacity } = seriesColour(index);
  return `<i class="sw c${number} ${shape}"${opacity === 1 ? "" : ` style="opacity:${opacity}"`}></i>`;
}

function legend(chart: ReportChart, view: ChartView): string {
  if (view.series.length < 2) return "";
  const shape = (index: number): string => (chart.chart === "line" ? lineMark(index) : "rect");
  return `<ul class="legend">${view.series.map(({ label }, i) => `<li>${swatch(i, shape(i))}${escapeHtml(label)}</li>`).join("")}</ul>`;
}

/** The picture of a chart, drawn for both widths. The figures follow as a table, so the picture has only a name. */
function picture(draw: (width: number) => Drawing, name: string): string {
  const svg = (width: number, kind: string): string => drawSvg(draw(width), `class="${kind}" role="img" aria-label="${escapeHtml(name)}"`);
  return `<div class="chart">${svg(WIDE, "wide")}${svg(NARROW, "narrow")}</div>`;
}

/** Lines; where the names have no room under the axis, the axis counts and the names follow as a numbered list. */
function lines(chart: ReportChart, view: ChartView, name: string): string {
  const numbered = needsNumbers(view.categories, NARROW);
  const categories = numbered ? view.categories.map((_, i) => String(i + 1)) : view.categories;
  const names = numbered ? `<ol class="names">${view.categories.map((label) => `<li>${escapeHtml(label)}</li>`).join("")}</ol>` : "";
  return legend(chart, view) + picture((width) => lineChart({ ...view, categories, width }), name) + names;
}

function pie(view: ChartView, series: ChartView["series"][number], name: string): string {
  const slices = pieSlices(view.categories, series.values, words.others[view.lang]);
  const rows = slices.map(({ label, value, share, index }) =>
    `<tr><th scope="row">${swatch(index, "rect")}${escapeHtml(label)}</th><td>${formatNumber(value)}</td><td>${formatPercent(share)}</td></tr>`);
  return `<div class="chart pie">${drawSvg(pieChart(slices), `role="img" aria-label="${escapeHtml(name)}"`)}` +
    `<table class="key" aria-hidden="true"><tbody>${rows.join("")}</tbody></table></div>`;
}

/** One picture per series, each under the name of its series if there is more than one. */
function perSeries(view: ChartView, draw: (series: ChartView["series"][number]) => string): string {
  const many = view.series.length > 1;
  return view.series.map((series) => (many ? `<p class="series">${escapeHtml(series.label)}</p>` : "") + draw(series)).join("");
}

/**
 * The body of a chart's figure: legend, picture for wide and narrow screens, and its numbers as a table that opens on
 * demand.
 */
export function chartFigure(chart: ReportChart, lang: Lang): string {
  const view = chartView(chart, lang, WIDE);
  if (view.categories.length === 0 || view.series.length === 0) return `<p class="empty">${words.empty[lang]}</p>`;
  const name = `${chart.title[lang]} (${words.chartOf[lang]})`;
  const at = (width: number): ChartView => ({ ...view, width });
  const drawn = (): string => {
    switch (chart.chart) {
      case "bar": return legend(chart, view) + picture((width) => barChart(at(width), false), name);
      case "stackedBar": return legend(chart, view) + picture((width) => barChart(at(width), true), name);
      case "line": return lines(chart, view, name);
      case "pie": return perSeries(view, (series) => pie(view, series, name));
      case "funnel": return perSeries(view, ({ values }) => picture((width) => funnelChart(at(width), values), name));
    }
  };
  return drawn() + chartTable(chart, view);
}
