import type { Lang, ReportPart } from "@evertend/core";
import { chartFigure } from "../charts/chart-figure.js";
import { escapeHtml } from "../text/escape-html.js";
import { words } from "../text/words.js";
import { cardsPart } from "./cards-part.js";
import { figuresPart } from "./figures-part.js";
import { tablePart } from "./table-part.js";

/** Tables of so many columns take the whole width, their heading above them. */
const WIDE_TABLE = 9;

/** The heading of a part in one language; empty where it has none. */
export function partTitle(part: ReportPart, lang: Lang): string {
  return part.kind === "figures" ? "" : (part.title?.[lang] ?? "");
}

function paragraphs(text: string): string {
  return text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "").map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("");
}

/**
 * One part of the report as a section with its heading and note at the side.
 *
 * @param anchor - id of the section, unique in the page
 */
export function reportPart(part: ReportPart, lang: Lang, anchor: string): string {
  if (part.kind === "figures") return `<section id="${anchor}" class="plain" aria-label="${words.figures[lang]}">${figuresPart(part, lang)}</section>`;
  const title = partTitle(part, lang);
  const named = title === "" ? "" : ` aria-labelledby="${anchor}-t"`;
  const note = part.kind !== "text" && part.note ? `<p class="note">${escapeHtml(part.note[lang])}</p>` : "";
  const head = `${title === "" ? "" : `<h2 id="${anchor}-t">${escapeHtml(title)}</h2>`}${note}`;
  switch (part.kind) {
    case "chart":
      return `<section id="${anchor}"${named}><figure><figcaption>${head}</figcaption><div>${chartFigure(part, lang)}</div></figure></section>`;
    case "table":
      return `<section id="${anchor}"${named}><div class="part${part.columns.length >= WIDE_TABLE ? " whole" : ""}"><div class="head">${head}</div><div>${tablePart(part, lang)}</div></div></section>`;
    case "cards":
      return `<section id="${anchor}"${named}><div class="part${part.layout === "column" ? " whole" : ""}"><div class="head">${head}</div><div>${cardsPart(part, lang)}</div></div></section>`;
    case "text":
      return `<section id="${anchor}"${named}><div class="part"><div class="head">${head}</div><div class="prose">${paragraphs(part.text[lang])}</div></div></section>`;
  }
}
