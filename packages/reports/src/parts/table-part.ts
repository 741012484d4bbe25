import type { Cell, Lang, ReportTable } from "@evertend/core";
import { escapeHtml } from "../text/escape-html.js";
import { formatInteger, formatMoney, formatNumber, formatPercent } from "../text/format-number.js";
import { inLanguage } from "../text/in-language.js";
import { textWidth } from "../text/text-width.js";
import { words } from "../text/words.js";

type Column = ReportTable["columns"][number];

/** Tables with more rows than this scroll inside their own box on a screen; on paper they run on. */
const TALL = 24;
/** Tables with up to this many rows stay on one page of paper. */
const KEPT = 14;
/** Size of the type in tables, and the width of texts that are not broken, in pixels. */
const FONT = 14;
const SHORT = 120;

function isNumeric(column: Column): boolean {
  return column.align === undefined ? column.format !== undefined && column.format !== "text" && column.format !== "mark" : column.align === "right";
}

function cellText(cell: NonNullable<Cell>, column: Column, lang: Lang): string {
  if (typeof cell !== "number") return inLanguage(cell, lang);
  switch (column.format) {
    case "integer": return formatInteger(cell);
    case "money": return formatMoney(cell);
    case "percent": return formatPercent(cell);
    default: return formatNumber(cell);
  }
}

/** Class of a cell: figures stand right; short texts stay on one line, or Chinese breaks after every sign on a phone. */
function cellClass(text: string, column: Column): string {
  if (column.format === "mark") return ' class="mk"';
  if (isNumeric(column)) return ' class="num"';
  return textWidth(text, FONT) <= SHORT ? ' class="nb"' : "";
}

function cellHtml(cell: Cell, column: Column, first: boolean, lang: Lang): string {
  const text = cell === null ? "" : cellText(cell, column, lang);
  const open = `${first ? 'th scope="row"' : "td"}${cellClass(text, column)}`;
  const content = cell === null ? `<span class="nil" aria-hidden="true">–</span><span class="vh">${words.none[lang]}</span>` : escapeHtml(text);
  return `<${open}>${content}</${first ? "th" : "td"}>`;
}

function headHtml(column: Column, lang: Lang): string {
  const label = column.label[lang];
  const classes = [column.format === "mark" ? "mk" : "", isNumeric(column) ? "num" : "", textWidth(label, FONT) <= SHORT ? "nb" : ""].filter((name) => name !== "").join(" ");
  return `<th scope="col"${classes === "" ? "" : ` class="${classes}"`}>${escapeHtml(label)}</th>`;
}

/** A table of the report; its title stands above it as the section's heading. */
export function tablePart(table: ReportTable, lang: Lang): string {
  const { columns, rows } = table;
  const title = escapeHtml(table.title[lang]);
  if (rows.length === 0) return `<p class="empty">${words.empty[lang]}</p>`;
  const heads = columns.map((column) => headHtml(column, lang));
  const body = rows.map((row) => `<tr>${columns.map((column, i) => cellHtml(row[i] ?? null, column, i === 0, lang)).join("")}</tr>`);
  return `<div class="scroll${rows.length > TALL ? " tall" : rows.length <= KEPT ? " kept" : ""}" role="region" tabindex="0" aria-label="${title}"><table>` +
    `<caption class="vh">${title}</caption><thead><tr>${heads.join("")}</tr></thead><tbody>${body.join("")}</tbody></table></div>` +
    (rows.length > TALL ? `<p class="count">${formatInteger(rows.length)} ${words.rows[lang]}</p>` : "");
}
