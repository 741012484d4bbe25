import type { Lang, ReportFigures } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { formatNumber } from "../text/format-number.js";

/** A figure of more characters than this is set smaller. */
const LONG = 9;
/** Figures of up to this many characters may stand closer to each other. */
const SHORT = 6;

/** Large figures side by side, each with what it counts and a remark. */
export function figuresPart(part: ReportFigures, lang: Lang): string {
  const texts = part.figures.map(({ value }) => (typeof value === "number" ? formatNumber(value) : value));
  const figures = part.figures.map(({ label, note }, i) => {
    const text = texts[i] ?? "";
    const long = [...text].length > LONG ? ' class="long"' : "";
    return `<div><dt>${escapeHtml(label[lang])}</dt><dd${long}>${escapeHtml(text)}</dd>` +
      `${note ? `<dd class="remark">${escapeHtml(note[lang])}</dd>` : ""}</div>`;
  });
  const broad = texts.some((text) => [...text].length > SHORT) ? " broad" : "";
  return `<dl class="figures${broad}">${figures.join("")}</dl>`;
}
