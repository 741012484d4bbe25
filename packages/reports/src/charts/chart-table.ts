import type { ReportChart } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { formatNumber, formatPercent } from "../text/format-number.js";
import { words } from "../text/words.js";
import type { ChartView } from "./chart-view.js";
import { stackTotals } from "./stack-totals.js";

/** A further column that the picture shows and the data does not hold: its heading and the cell of a row. */
interface Extra { readonly heading: string; readonly cell: (row: number) => string }

function extras(chart: ReportChart, view: ChartView): readonly Extra[] {
  const values = view.series[0]?.values ?? [];
  const share = (value: number, of: number): string => (of === 0 ? "" : formatPercent(value / of));
  if (chart.chart === "stackedBar" && view.series.length > 1) {
    const totals = stackTotals(view);
    return [{ heading: words.total[view.lang], cell: (row) => formatNumber((totals[row]?.positive ?? 0) + (totals[row]?.negative ?? 0)) }];
  }
  if (view.series.length !== 1) return [];
  if (chart.chart === "pie") {
    const sum = values.reduce((a, b) => a + b, 0);
    return [{ heading: words.share[view.lang], cell: (row) => share(values[row] ?? 0, sum) }];
  }
  if (chart.chart === "funnel") {
    return [
      { heading: words.ofFirst[view.lang], cell: (row) => share(values[row] ?? 0, values[0] ?? 0) },
      { heading: words.change[view.lang], cell: (row) => (row === 0 ? "" : formatNumber((values[row] ?? 0) - (values[row - 1] ?? 0))) },
    ];
  }
  return [];
}

/** The numbers behind a chart, one row per category, folded away until asked for. */
export function chartTable(chart: ReportChart, view: ChartView): string {
  const { lang, categories, series } = view;
  const more = extras(chart, view);
  const heads = [...series.map(({ label }) => label || words.value[lang]), ...more.map(({ heading }) => heading)];
  const rows = categories.map((name, row) => {
    const cells = [...series.map(({ values }) => formatNumber(values[row] ?? 0)), ...more.map(({ cell }) => cell(row))];
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td class="num">${cell}</td>`).join("")}</tr>`;
  });
  const title = escapeHtml(chart.title[lang]);
  return `<details class="numbers"><summary>${words.numbers[lang]}</summary>` +
    `<div class="scroll" role="region" tabindex="0" aria-label="${title}"><table><caption class="vh">${title}</caption>` +
    `<thead><tr><th scope="col">${words.category[lang]}</th>${heads.map((head) => `<th scope="col" class="num">${escapeHtml(head)}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.join("")}</tbody></table></div></details>`;
}
