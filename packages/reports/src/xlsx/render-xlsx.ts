import type { Bilingual, Cell, Lang, ReportCards, ReportChart, ReportData, ReportPart, ReportTable } from "@evertend/core";
import { checkReportData } from "../check-report-data.js";
import { inLanguage } from "../text/in-language.js";
import { textWidth } from "../text/text-width.js";
import { visibleText } from "../text/visible-text.js";
import { words } from "../text/words.js";
import { sheetNames } from "./sheet-names.js";
import type { SheetCell, SheetColumn, SheetData } from "./workbook.js";
import { writeWorkbook } from "./write-workbook.js";

/** How a report is written as a workbook. */
export interface RenderXlsxOptions {
  /** Language of the workbook. */
  readonly lang: Lang;
}

/** Widths of columns, in characters. */
const NARROWEST = 6;
const WIDEST = 60;
/** Rows that the width of a column is taken from. */
const MEASURED = 200;
/** A cell holds no more; what is longer is cut, and said to be. */
const MAX_TEXT = 32_000;

/**
 * Writes a report as a workbook: a sheet about the report with its figures and texts, then one for each table, chart (its
 * numbers) and set of cards. Numbers stay numbers; texts stay texts, whatever they begin with: no cell is a formula.
 * The same data gives the same bytes.
 *
 * @returns the whole file
 * @throws RangeError if the data does not fit together (see `checkReportData`), which is a bug of its maker
 */
export async function renderXlsx(data: ReportData, { lang }: RenderXlsxOptions): Promise<Uint8Array> {
  checkReportData(data);
  const parts = data.parts.filter((part) => part.kind === "table" || part.kind === "chart" || part.kind === "cards");
  const names = sheetNames([words.about[lang], ...parts.map((part) => part.title[lang])]);
  const sheets = parts.map((part, i): SheetData => ({ ...sheetOf(part, lang), name: names[i + 1] ?? "" }));
  const isDate = !Number.isNaN(Date.parse(`${data.asOf}T00:00:00Z`));
  return writeWorkbook({ title: data.title[lang], ...(isDate ? { asOf: data.asOf } : {}), sheets: [{ ...aboutSheet(data, lang), name: names[0] ?? "" }, ...sheets] });
}

type Sheet = Omit<SheetData, "name">;

/** What the report says outside its tables: title, day, figures, notes, texts, small print. */
function aboutSheet(data: ReportData, lang: Lang): Sheet {
  const row = (label: Bilingual | string, value: SheetCell, remark = ""): readonly SheetCell[] => [text(label, lang), value, text(remark, lang)];
  const rows = [
    row(data.title, text(data.subtitle, lang)),
    row(words.asOf, data.asOf),
    ...data.parts.flatMap((part): readonly (readonly SheetCell[])[] => {
      if (part.kind === "figures") return part.figures.map(({ label, value, note }) => row(label, typeof value === "number" ? value : text(value, lang), note?.[lang]));
      if (part.kind === "text") return [row(part.title ?? "", text(part.text, lang))];
      return part.note ? [row(part.title, text(part.note, lang))] : [];
    }),
    row("", text(data.footer, lang)),
  ];
  return sheet([{ label: words.category[lang] }, { label: words.value[lang] }, { label: words.remark[lang] }], rows);
}

function sheetOf(part: Extract<ReportPart, { kind: "table" | "chart" | "cards" }>, lang: Lang): Sheet {
  switch (part.kind) {
    case "table": return tableSheet(part, lang);
    case "chart": return chartSheet(part, lang);
    case "cards": return cardsSheet(part, lang);
  }
}

function tableSheet({ columns, rows }: ReportTable, lang: Lang): Sheet {
  return sheet(
    columns.map(({ label, format }) => ({ label: label[lang], ...(format === undefined || format === "text" || format === "mark" ? {} : { format }) })),
    rows.map((cells) => cells.map((cell) => cellOf(cell, lang))),
  );
}

function chartSheet({ categories, series }: ReportChart, lang: Lang): Sheet {
  return sheet(
    [{ label: words.category[lang] }, ...series.map(({ label }) => ({ label: label[lang], format: "number" as const }))],
    categories.map((category, i) => [text(category, lang), ...series.map(({ values }) => values[i] ?? null)]),
  );
}

/** A row for each card; facts and sections that any card has become columns, in the order in which they first appear. */
function cardsSheet({ cards }: ReportCards, lang: Lang): Sheet {
  const facts = unique(cards.flatMap((card) => card.facts.map(({ label }) => label[lang])));
  const sections = unique(cards.flatMap((card) => (card.sections ?? []).map(({ label }) => label[lang])));
  const hasTags = cards.some(({ tags }) => tags !== undefined);
  const hasText = cards.some((card) => inLanguage(card.text, lang) !== "");
  const choices = cards.some((card) => (card.choices ?? []).length > 0);
  const lines = (list: readonly (string | Bilingual)[]): SheetCell => (list.length === 0 ? null : list.map((line) => text(line, lang)).join("\n"));
  return sheet(
    [
      { label: words.heading[lang] }, ...(hasTags ? [{ label: words.tags[lang] }] : []), ...(hasText ? [{ label: words.text[lang] }] : []),
      ...facts.map((label) => ({ label })), ...sections.map((label) => ({ label })), ...(choices ? [{ label: words.outcome[lang] }] : []),
    ],
    cards.map((card) => [
      text(card.heading, lang), ...(hasTags ? [lines(card.tags ?? [])] : []), ...(hasText ? [text(card.text, lang)] : []),
      ...facts.map((label) => lines(card.facts.filter((fact) => fact.label[lang] === label).map(({ value }) => value))),
      ...sections.map((label) => lines((card.sections ?? []).filter((section) => section.label[lang] === label).flatMap((section) => section.lines))),
      // Whoever works with the list writes the code of the outcome in.
      ...(choices ? [null] : []),
    ]),
  );
}

function sheet(columns: readonly Omit<SheetColumn, "width">[], rows: readonly (readonly SheetCell[])[]): Sheet {
  return { columns: columns.map((column, i) => ({ ...column, width: widthOf(column.label, rows, i) })), rows };
}

/** Room for the longest line of a column, within bounds. */
function widthOf(label: string, rows: readonly (readonly SheetCell[])[], index: number): number {
  let widest = textWidth(label, 1);
  for (const row of rows.slice(0, MEASURED)) {
    const cell = row[index] ?? null;
    if (cell !== null) for (const line of String(cell).split("\n")) widest = Math.max(widest, textWidth(line, 1));
  }
  return Math.min(WIDEST, Math.max(NARROWEST, Math.ceil(widest * 1.9) + 2));
}

function cellOf(cell: Cell, lang: Lang): SheetCell {
  return cell === null || typeof cell === "number" ? cell : text(cell, lang);
}

function text(value: string | Bilingual, lang: Lang): string {
  const shown = visibleText(inLanguage(value, lang));
  return shown.length <= MAX_TEXT ? shown : `${shown.slice(0, MAX_TEXT)}…`;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
