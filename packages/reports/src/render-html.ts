import type { Lang, ReportData } from "@evertend/core";
import { checkReportData } from "./check-report-data.js";
import { partTitle, reportPart } from "./parts/report-part.js";
import { reportStyle } from "./report-style.js";
import { inLanguage } from "./text/in-language.js";
import { textWidth } from "./text/text-width.js";
import { escapeHtml } from "./text/escape-html.js";
import { formatDate } from "./text/format-date.js";
import { words } from "./text/words.js";

/** How a report is rendered. */
export interface RenderHtmlOptions {
  /** Language of the page. */
  readonly lang: Lang;
  /** `true`: the file holds the other language too, and a reader may switch. Default `false`. */
  readonly otherLang?: boolean;
  /** `true`: small type and narrow margins on paper, for a page that somebody signs. Default `false`. */
  readonly onePage?: boolean;
}

/** No script, no address: a report can load and send nothing, whatever its data says. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Pages with fewer headings than this need no table of contents. */
const CONTENTS_FROM = 5;

const LANG_NAMES: Readonly<Record<Lang, string>> = { "zh-CN": "中文", en: "English" };

/** One language of the page, and what its anchors end in. */
interface Edition { readonly lang: Lang; readonly number: 1 | 2 }

/** Anchors of the parts: their ids where those can stand in an address, else their place. */
function anchors(data: ReportData, edition: Edition): readonly string[] {
  const suffix = edition.number === 1 ? "" : `-${edition.lang}`;
  return data.parts.map(({ id }, i) => (/^[A-Za-z][\w.-]*$/.test(id) ? `part-${id}` : `nr-${i + 1}`) + suffix);
}

function masthead(data: ReportData, { lang }: Edition): string {
  const subtitle = data.subtitle[lang];
  return `<div class="mast"><h1>${escapeHtml(data.title[lang])}</h1>` +
    `${subtitle === "" ? "" : `<p class="sub">${escapeHtml(subtitle)}</p>`}` +
    `<p class="asof">${words.asOf[lang]} <time datetime="${escapeHtml(data.asOf)}">${escapeHtml(formatDate(data.asOf, lang))}</time></p></div>`;
}

function contents(data: ReportData, edition: Edition): string {
  const at = anchors(data, edition);
  const links = data.parts.flatMap((part, i) => {
    const title = partTitle(part, edition.lang);
    return title === "" ? [] : [`<li><a href="#${at[i]}">${escapeHtml(title)}</a></li>`];
  });
  return links.length < CONTENTS_FROM ? "" : `<nav aria-label="${words.contents[edition.lang]}"><ul>${links.join("")}</ul></nav>`;
}

function body(data: ReportData, edition: Edition): string {
  const at = anchors(data, edition);
  return data.parts.map((part, i) => reportPart(part, edition.lang, at[i] ?? "")).join("\n");
}

function footer(data: ReportData, { lang }: Edition): string {
  return `<p>${escapeHtml(data.footer[lang])}</p>`;
}

/** Radio buttons that the style sheet reads: the page has no script to switch with. */
function languageSwitch(editions: readonly Edition[]): string {
  const inputs = editions.map(({ number }) => `<input class="pick" type="radio" name="lang" id="lang-${number}"${number === 1 ? " checked" : ""}>`);
  const labels = editions.map(({ lang, number }) => `<label for="lang-${number}" lang="${lang}">${LANG_NAMES[lang]}</label>`);
  return `${inputs.join("")}<div class="switch">${labels.join("")}</div>`;
}

/** Columns of text, by which a page is set in smaller type so that it stays one. */
const DENSE_FROM = 3100;
const DENSER_FROM = 4600;

function onePageClass(data: ReportData, lang: Lang): string {
  const texts = data.parts.flatMap((part) => (part.kind === "table" ? part.rows.flat() : []));
  const columns = texts.reduce((sum: number, cell) => sum + (cell === null ? 0 : textWidth(typeof cell === "number" ? String(cell) : inLanguage(cell, lang), 2)), 0);
  return columns >= DENSER_FROM ? "one-page denser" : columns >= DENSE_FROM ? "one-page dense" : "one-page";
}

/**
 * Renders a report as one HTML file that needs nothing else: no network, no fonts, no script. It follows the reader's
 * light or dark theme, fits phones, and prints on A4. All texts of the data are text and never markup; the same data
 * gives the same bytes.
 *
 * Numbers: columns of format `percent` hold ratios (`0.5` is `50.0%`), `money` shows two places. With `otherLang` the
 * second language is in the file too, behind a switch at the top.
 *
 * @returns the whole file, UTF-8 when written
 * @throws RangeError if the data does not fit together (see `checkReportData`), which is a bug of its maker
 * @example
 * writeFileSync("report.html", renderHtml(data, { lang: "zh-CN" }));
 */
export function renderHtml(data: ReportData, options: RenderHtmlOptions): string {
  checkReportData(data);
  const { lang } = options;
  const first: Edition = { lang, number: 1 };
  const editions: readonly Edition[] = options.otherLang ? [first, { lang: lang === "en" ? "zh-CN" : "en", number: 2 }] : [first];
  const each = (render: (edition: Edition) => string): string =>
    editions.length === 1
      ? render(first)
      : editions.map((edition) => `<div class="l${edition.number}" lang="${edition.lang}">${render(edition)}</div>`).join("\n");
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(data.title[lang])} · ${escapeHtml(data.asOf)}</title>
<style>
${reportStyle}
</style>
</head>
<body${options.onePage === true ? ` class="${onePageClass(data, lang)}"` : ""}>
${editions.length > 1 ? languageSwitch(editions) : ""}<header>${each((edition) => masthead(data, edition) + (options.onePage === true ? "" : contents(data, edition)))}</header>
<main>
${each((edition) => body(data, edition))}
</main>
<footer>${each((edition) => footer(data, edition))}</footer>
</body>
</html>
`;
}
