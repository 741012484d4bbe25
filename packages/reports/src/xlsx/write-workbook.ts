import type { Cell, CellStyle, DataValidation, WriteSheet } from "hucre/xlsx";
import type { SheetCell, SheetColumn, SheetData, SheetLimit, WorkbookData } from "./workbook.js";

/** What the format allows. */
const MAX_ROWS = 1_048_575;
const MAX_COLUMNS = 16_384;
const MAX_TEXT = 32_767;

const FORMATS: Readonly<Record<NonNullable<SheetColumn["format"]>, string>> = { integer: "#,##0", money: "#,##0.00", percent: "0.0%", number: "General" };
const HEAD: CellStyle = { font: { bold: true }, fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFE3EEEB" } }, alignment: { vertical: "center", wrapText: true } };
const PLAIN: CellStyle = { alignment: { vertical: "top", wrapText: true } };
const EDITABLE: CellStyle = { ...PLAIN, fill: { type: "pattern", pattern: "solid", fgColor: { rgb: "FFFFF7D6" } } };

/**
 * Writes a workbook (XLSX). Texts are written as texts, also those that begin with `=`, `+`, `-` or `@`, so that no cell
 * can be a formula; the same data gives the same bytes.
 *
 * @returns the whole file
 * @throws RangeError where the data does not fit the format: a bug of its maker
 * @example
 * writeFileSync("list.xlsx", await writeWorkbook({ title: "List", asOf: "2026-12-01", sheets: [{ name: "List", columns: [{ label: "Name", width: 20 }], rows: [["=1+1"]] }] }));
 */
export async function writeWorkbook(book: WorkbookData): Promise<Uint8Array> {
  const day = new Date(`${book.asOf ?? "1980-01-01"}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) throw new RangeError(`workbook: "${book.asOf}" is not a date`);
  checkNames(book.sheets);
  // Loaded when it is needed: it takes a tenth of a second, which a report in HTML need not wait for.
  const { writeXlsx } = await import("hucre/xlsx");
  return writeXlsx({ properties: { title: safeText(book.title), created: day, modified: day }, sheets: book.sheets.map(toSheet) });
}

function toSheet(sheet: SheetData): WriteSheet {
  const { columns } = sheet;
  if (columns.length === 0 || columns.length > MAX_COLUMNS) throw new RangeError(`sheet "${sheet.name}": ${columns.length} columns`);
  const rows = [columns.map(({ label }) => safeText(label)), ...Array.from(sheet.rows, (row) => toRow(row, sheet))];
  if (rows.length > MAX_ROWS + 1) throw new RangeError(`sheet "${sheet.name}": ${rows.length - 1} rows, ${MAX_ROWS} is the most`);
  return {
    name: sheet.name,
    columns: columns.map(({ width, format, editable }) => ({ width, style: { ...(editable === true ? EDITABLE : PLAIN), ...(format ? { numFmt: FORMATS[format] } : {}) } })),
    rows,
    cells: new Map([...columns.map((_column, i): [string, Partial<Cell>] => [`0,${i}`, { style: HEAD }]), ...asTyped(columns, rows)]),
    freezePane: { rows: 1 },
    dataValidations: (sheet.limits ?? []).map(toValidation),
  };
}

/** Texts that people may change are marked as texts, or a spreadsheet program would make a number of `0571`. */
function asTyped(columns: readonly SheetColumn[], rows: readonly (readonly SheetCell[])[]): [string, Partial<Cell>][] {
  const editable = columns.flatMap(({ editable: may }, c) => (may === true ? [c] : []));
  return rows.flatMap((row, r) => (r === 0 ? [] : editable.flatMap((c): [string, Partial<Cell>][] => (typeof row[c] === "string" ? [[`${r},${c}`, { style: { ...EDITABLE, numFmt: "@" } }]] : []))));
}

function toRow(row: readonly SheetCell[], { name, columns }: SheetData): SheetCell[] {
  if (row.length !== columns.length) throw new RangeError(`sheet "${name}": ${row.length} cells for ${columns.length} columns`);
  return row.map((cell) => {
    if (typeof cell === "number" && !Number.isFinite(cell)) throw new RangeError(`sheet "${name}": a cell is not a finite number`);
    return typeof cell === "string" ? safeText(cell) : cell;
  });
}

/** `_x0041_` stands for "A" in this format: a text that looks like it has its underscore written so, or it would turn into another. */
function safeText(text: string): string {
  if (text.length > MAX_TEXT) throw new RangeError(`a text of ${text.length} characters does not fit a cell`);
  return text.replace(/_(?=x[0-9a-f]{4}_)/gi, "_x005F_");
}

function toValidation({ row, column, minimum, maximum }: SheetLimit): DataValidation {
  const cell = `${columnName(column)}${row + 2}`;
  const bounds = minimum !== undefined && maximum !== undefined ? { operator: "between" as const, formula1: String(minimum), formula2: String(maximum) }
    : minimum !== undefined ? { operator: "greaterThanOrEqual" as const, formula1: String(minimum) }
      : { operator: "lessThanOrEqual" as const, formula1: String(maximum) };
  return { type: "decimal", ...bounds, range: cell, allowBlank: false, showErrorMessage: true, errorStyle: "stop" };
}

/** Letters of a column: 0 is `A`, 26 is `AA`. */
export function columnName(index: number): string {
  return (index >= 26 ? columnName(Math.floor(index / 26) - 1) : "") + String.fromCharCode(65 + (index % 26));
}

function checkNames(sheets: readonly SheetData[]): void {
  const names = new Set<string>();
  for (const { name } of sheets) {
    if (name === "" || name.length > 31 || /[[\]:*?/\\]|^'|'$/.test(name)) throw new RangeError(`"${name}" cannot be the name of a sheet`);
    if (names.has(name.toLowerCase())) throw new RangeError(`two sheets have the name "${name}"`);
    names.add(name.toLowerCase());
  }
  if (names.size === 0) throw new RangeError("a workbook without sheets");
}
