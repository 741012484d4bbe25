import type { Lang, ReportChart } from "@evertend/core";
import { visibleText } from "../text/visible-text.js";

/** A chart in one language and for one width: what the drawing functions read. */
export interface ChartView {
  readonly lang: Lang;
  /** Width of the drawing in pixels. */
  readonly width: number;
  readonly categories: readonly string[];
  readonly series: readonly { readonly label: string; readonly values: readonly number[] }[];
}

/** Takes one language out of a chart; all texts are made visible, so they can be set as they are. */
export function chartView(chart: ReportChart, lang: Lang, width: number): ChartView {
  return {
    lang,
    width,
    categories: chart.categories.map((category) => visibleText(category[lang])),
    series: chart.series.map(({ label, values }) => ({ label: visibleText(label[lang]), values })),
  };
}
