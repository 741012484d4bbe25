import { closest, type DiagnosticCode, type DiagnosticParams, type Findings, type Parameter, type Program } from "@evertend/core";
import { columnName, type ReadCell, type ReadSheet } from "@evertend/reports";
import { cellOf, changeable, packRows, paramsColumns, sheetNames, type ParamsColumn } from "./params-sheet.js";
import { valueOfCell } from "./value-of-cell.js";

/** What a workbook sets of a parameter. */
export interface ParameterChange {
  readonly name: string;
  readonly value?: Parameter["value"];
  readonly source?: string;
  readonly owner?: string;
}

interface Row {
  /** Index from 0, the heading included. */
  readonly row: number;
  readonly cell: (column: ParamsColumn) => ReadCell | undefined;
  readonly report: (column: ParamsColumn, code: DiagnosticCode, params?: DiagnosticParams) => void;
}

/**
 * Reads the sheets that `params export` made and checks them against the pack: what differs from it comes back, what is
 * wrong goes into `findings` with sheet, row (`line`) and column.
 */
export function readParamsSheet(sheets: readonly ReadSheet[], file: string, program: Program, findings: Findings): readonly ParameterChange[] {
  const find = (which: "parameters" | "pack"): ReadSheet | undefined => {
    const names = Object.values(sheetNames[which]);
    const found = sheets.find(({ name }) => names.includes(name));
    if (!found) findings.add("WORKBOOK_SHEET_MISSING", { file, pointer: "", line: 0, column: 0 }, { name: names.join(" / ") });
    else reportFormulas(found, file, findings);
    return found;
  };
  const [parameters, pack] = [find("parameters"), find("pack")];
  if (pack) checkPack(pack, file, program, findings);
  return parameters ? readRows(parameters, file, program, findings) : [];
}

/** `[params.xlsx]Parameters`, as spreadsheet programs write it. */
function placeOf(file: string, sheet: ReadSheet, row: number, column: number): Parameters<Findings["add"]>[1] {
  return { file: `[${file}]${sheet.name}`, pointer: `/${columnName(column)}${row + 1}`, line: row + 1, column: column + 1 };
}

function reportFormulas(sheet: ReadSheet, file: string, findings: Findings): void {
  sheet.rows.forEach((row, r) => row.forEach((cell, c) => {
    if (cell.formula) findings.add("WORKBOOK_FORMULA", placeOf(file, sheet, r, c), { name: `${columnName(c)}${r + 1}` });
  }));
}

function checkPack(sheet: ReadSheet, file: string, { hash }: Program, findings: Findings): void {
  const labels: readonly unknown[] = Object.values(packRows.hash);
  const row = sheet.rows.findIndex((cells) => labels.includes(cells[0]?.value));
  const found = row < 0 ? "" : String(sheet.rows[row]?.[1]?.value ?? "");
  if (found !== hash) findings.add("PACK_CHANGED", placeOf(file, sheet, Math.max(0, row), 1), { expected: hash.slice(0, 12), found: found.slice(0, 12) });
}

function readRows(sheet: ReadSheet, file: string, program: Program, findings: Findings): readonly ParameterChange[] {
  const columns = readHead(sheet, file, findings);
  if (!columns.has("id") || !columns.has("value")) return [];
  const seen = new Set<string>();
  const changes: ParameterChange[] = [];
  for (let r = 1; r < sheet.rows.length; r++) {
    const cells = sheet.rows[r] ?? [];
    if (cells.every(({ value }) => value === null || value === "")) continue;
    const at = (column: ParamsColumn): number => columns.get(column) ?? 0;
    const row: Row = { row: r, cell: (column) => (columns.has(column) ? (cells[at(column)] ?? { value: null, formula: false }) : undefined), report: (column, code, params) => findings.add(code, placeOf(file, sheet, r, at(column)), params) };
    const name = String(row.cell("id")?.value ?? "");
    const parameter = program.parameters.get(name);
    if (!parameter) row.report("id", "PARAMETER_UNKNOWN", { name, suggestion: closest(name, program.parameters.keys()) ?? "" });
    else if (seen.has(name)) row.report("id", "DUPLICATE_ID", { name });
    else changes.push(...readRow(row, parameter));
    seen.add(name);
  }
  for (const name of program.parameters.keys()) if (!seen.has(name)) findings.add("PARAMETER_ROW_MISSING", placeOf(file, sheet, 0, columns.get("id") ?? 0), { name });
  return changes;
}

function readHead(sheet: ReadSheet, file: string, findings: Findings): ReadonlyMap<ParamsColumn, number> {
  const columns = new Map<ParamsColumn, number>();
  (sheet.rows[0] ?? []).forEach(({ value }, c) => {
    if (value === null || value === "") return;
    const name = (Object.keys(paramsColumns) as ParamsColumn[]).find((one) => Object.values(paramsColumns[one]).includes(String(value)));
    if (name === undefined) findings.add("WORKBOOK_COLUMN_UNKNOWN", placeOf(file, sheet, 0, c), { name: String(value) });
    else if (columns.has(name)) findings.add("DUPLICATE_ID", placeOf(file, sheet, 0, c), { name: String(value) });
    else columns.set(name, c);
  });
  for (const name of ["id", "value"] as const) if (!columns.has(name)) findings.add("WORKBOOK_COLUMN_MISSING", placeOf(file, sheet, 0, 0), { name: Object.values(paramsColumns[name]).join(" / ") });
  return columns;
}

/** What a row changes; nothing where it says what the pack says. */
function readRow(row: Row, parameter: Parameter): readonly ParameterChange[] {
  const { name } = parameter;
  for (const column of (Object.keys(paramsColumns) as ParamsColumn[]).filter((one) => one !== "id" && !changeable.has(one))) checkFixed(row, column, parameter);
  const value = readValue(row, parameter);
  const text = (column: "source" | "owner"): string | undefined => {
    const cell = row.cell(column);
    if (!cell || cell.formula) return undefined;
    const found = cell.value === null ? "" : String(cell.value);
    return found === (parameter[column] ?? "") ? undefined : found;
  };
  const [source, owner] = [text("source"), text("owner")];
  if (value === undefined && source === undefined && owner === undefined) return [];
  return [{ name, ...(value === undefined ? {} : { value }), ...(source === undefined ? {} : { source }), ...(owner === undefined ? {} : { owner }) }];
}

function checkFixed(row: Row, column: ParamsColumn, parameter: Parameter): void {
  const cell = row.cell(column);
  if (!cell || cell.formula) return;
  const expected: readonly (string | number | boolean | null)[] = column === "label" ? Object.values(parameter.label) : column === "id" || column === "value" ? [] : [parameter[column] ?? null];
  const found = cell.value === "" ? null : cell.value;
  if (!expected.includes(found)) row.report(column, "PARAMETER_FIXED", { name: parameter.name, detail: paramsColumns[column].en, expected: String(expected[0] ?? ""), found: String(found ?? "") });
}

function readValue(row: Row, parameter: Parameter): Parameter["value"] | undefined {
  const cell = row.cell("value");
  if (!cell || cell.formula || cell.value === cellOf(parameter.value)) return undefined;
  const { name, minimum, maximum } = parameter;
  const found = valueOfCell(cell.value, parameter.value);
  if ("expected" in found) {
    row.report("value", "TYPE_MISMATCH", { name, expected: found.expected, found: cell.value === null ? "" : String(cell.value) });
    return undefined;
  }
  const { value } = found;
  if (typeof value === "number" && (value < (minimum ?? -Infinity) || value > (maximum ?? Infinity))) {
    row.report("value", "PARAMETER_RANGE", { name, found: value, from: minimum ?? "−∞", to: maximum ?? "∞" });
    return undefined;
  }
  return JSON.stringify(value) === JSON.stringify(parameter.value) ? undefined : value;
}
