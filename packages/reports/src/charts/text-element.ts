import { CHART_FONT, CHART_LINE } from "./draw-svg.js";

/** A shape or text at a fixed place of a drawing, as ECharts' `graphic` takes it. */
export type Element = Readonly<Record<string, unknown>>;

/** A text of one or more lines; `style` overrides size, colour, weight and how it is aligned to its point. */
export function textElement(x: number, y: number, lines: readonly string[], style: Element = {}): Element {
  return {
    type: "text",
    silent: true,
    x,
    y,
    style: { text: lines.join("\n"), fontSize: CHART_FONT, fontFamily: "inherit", lineHeight: CHART_LINE, fill: "var(--ink)", verticalAlign: "middle", ...style },
  };
}
