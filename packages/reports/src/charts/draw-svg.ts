// One minified file instead of `echarts/core` and its parts: an eighth of the start time and 30 MB less memory, because
// the modular entries load several hundred small modules.
import { init } from "echarts/dist/echarts.esm.min.mjs";
import type { EChartsOption } from "echarts";

/** Size of the type in charts, in the drawing's own pixels. */
export const CHART_FONT = 13;
/** Distance of the lines of a wrapped label. */
export const CHART_LINE = 17;

/** What ECharts should draw, and how large in pixels. */
export interface Drawing {
  readonly option: EChartsOption;
  readonly width: number;
  readonly height: number;
}

/**
 * Attributes for scripts and standalone files, which a report does not need, and names that count up per process. Clips go
 * too: all values lie inside the plot, so nothing is ever clipped.
 */
const NEEDLESS = / (?:ecmeta_[\w-]+|xmlns(?::\w+)?|xml:space|version|baseProfile|pointer-events|class|clip-path)="[^"]*"/g;

/** Size and family of most texts, which the page's style sheet sets once. */
const USUAL_FONT = ` style="font-size:${CHART_FONT}px;font-family:inherit;"`;

/** Shapes that are there to catch the mouse: filled with nothing, without a line. */
const INVISIBLE = /<(rect|path)(?=[^>]* fill="none")(?![^>]* stroke=)[^>]*><\/\1>\n?/g;

/**
 * Draws an SVG element to stand in an HTML page: no ids, classes or style sheet, no script, no size but a `viewBox`;
 * colours may be CSS custom properties. The same drawing gives the same bytes, however often and after whatever.
 *
 * ECharts escapes `<`, `>` and quotes in texts, so the patterns above meet real tags only.
 *
 * @param drawing - what to draw; its texts have passed `visibleText`
 * @param attributes - further attributes of the `<svg>` tag, escaped
 */
export function drawSvg(drawing: Drawing, attributes: string): string {
  const { option, width, height } = drawing;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  try {
    chart.setOption({
      animation: false,
      textStyle: { fontFamily: "inherit", fontSize: CHART_FONT, color: "var(--ink)" },
      ...option,
    });
    return chart
      .renderToSVGString({ useViewBox: true })
      .replace(/<(style|defs)[^]*?<\/\1>/g, "")
      .replace(/<[^>]+>/g, (tag) => tag.replace(NEEDLESS, "").replace(USUAL_FONT, ""))
      .replace(INVISIBLE, "")
      .replace(/^<svg width="[^"]*" height="[^"]*"/, `<svg ${attributes}`)
      .trim();
  } finally {
    chart.dispose();
  }
}
