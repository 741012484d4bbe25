import type { DiagnosticError, Lang } from "@evertend/core";
import { machineFault } from "./duckdb-session.js";
import type { DuckDbSession } from "./duckdb-session.js";
import { readCsvHeader } from "./csv-header.js";
import type { CsvHeader } from "./csv-header.js";
import { csvRecords } from "./csv-records.js";
import { isLooseJson } from "./loose-json.js";
import { jsonFieldText, type OpenedRows } from "./ndjson-source.js";
import { NestingConflict, objectText } from "./row-json.js";
import { scanLines } from "./scan-lines.js";
import type { LineScan } from "./scan-lines.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";
import type { SourceFile } from "./source-file.js";
import type { ColumnKind } from "./source-options.js";
import { rowMark } from "./row-mark.js";
import { SortedRows, type RowQuery } from "./sorted-rows.js";
import { literal } from "./sql-text.js";

/** A CSV file taken apart: SQL that reads it, and what its columns are. */
export interface CsvQuery extends RowQuery {
  /** SELECT of `row` (the header is row 1), `id` and the cells. */
  readonly select: string;
  readonly unknownColumns: readonly string[];
  readonly header: CsvHeader;
  readonly scan: LineScan;
}

/**
 * Customers in a CSV file: one a record, its header the dotted names of the fields. An empty cell is absent. A record's
 * `row` is what a spreadsheet shows beside it (blank lines are not counted).
 *
 * @throws DiagnosticError SOURCE_INVALID, SOURCE_TRUNCATED, ID_MISSING
 */
export async function openCsv(
  session: DuckDbSession,
  file: SourceFile,
  idField: string,
  columns: Readonly<Record<string, ColumnKind>> | undefined,
  lang: Lang,
  aliases: Readonly<Record<string, string>> = {},
): Promise<OpenedRows & { readonly unknownColumns: readonly string[] }> {
  const query = await prepareCsv(file, idField, columns, lang, aliases);
  try {
    return { rows: await SortedRows.keep(session, query), rowOf: (row) => row, unknownColumns: query.unknownColumns };
  } catch (error) {
    throw await csvFault(error, file, query, lang);
  }
}

/** Checks the header and writes the SQL that reads the file; without `idField` ids are empty. */
export async function prepareCsv(
  file: SourceFile,
  idField: string | undefined,
  columns: Readonly<Record<string, ColumnKind>> | undefined,
  lang: Lang,
  aliases: Readonly<Record<string, string>> = {},
): Promise<CsvQuery> {
  const scan = await scanLines(file, Infinity, lang);
  const header = await readCsvHeader(file, idField, lang, aliases);
  const kindOf = (name: string): ColumnKind | undefined =>
    name === idField ? "text" : columns === undefined ? "text" : Object.hasOwn(columns, name) ? columns[name] : undefined;
  const cells = header.names.flatMap((name, i) => {
    const kind = kindOf(name);
    return kind === undefined ? [] : [{ name, cell: `"c${i}"`, sql: cellText(`"c${i}"`, kind) }];
  });
  let json: string;
  try {
    json = objectText(cells);
  } catch (error) {
    if (error instanceof NestingConflict) throw sourceInvalid(lang, { file: file.path, line: 1 }, "headerNested", { name: error.column, other: error.inner });
    throw error;
  }
  const all = header.names.map((_, i) => `"c${i}"`);
  const id = idField === undefined ? "''" : `"c${header.names.indexOf(idField)}"`;
  const types = all.map((name) => `${literal(name.slice(1, -1))}: 'VARCHAR'`).join(", ");
  const select =
    `SELECT ${[`"row"`, `${id} AS "id"`, ...cells.map(({ cell }) => cell)].join(", ")} FROM (SELECT row_number() OVER () + 1 AS "row", * FROM read_csv(${literal(file.path)}, ` +
    `delim = ${literal(header.delimiter)}, quote = '"', escape = '"', header = true, auto_detect = false, strict_mode = true, ` +
    `nullstr = '', allow_quoted_nulls = true, compression = '${file.gzip ? "gzip" : "none"}', columns = {${types}})) ` +
    `WHERE coalesce(${all.join(", ")}) IS NOT NULL`;
  const unknownColumns = header.names.filter((name) => kindOf(name) === undefined).sort(byCodeUnit);
  const text = (field: string): string => cells.find(({ name }) => name === field)?.cell ?? jsonFieldText(json, field);
  return { select, json, mark: rowMark(json, cells.map(({ cell }) => ({ sql: cell }))), text, unknownColumns, header, scan };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** JSON text of one cell; NULL where it is empty. What does not look like its kind stays text, for core to judge. */
function cellText(cell: string, kind: ColumnKind): string {
  const asText = `CAST(to_json(${cell}) AS VARCHAR)`;
  const when = (condition: string, text: string): string => `(CASE WHEN ${condition} THEN ${text} ELSE ${asText} END)`;
  switch (kind) {
    case "number":
      return when(`regexp_full_match(trim(${cell}), '-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?')`, `trim(${cell})`);
    case "boolean":
      return when(`lower(trim(${cell})) IN ('true', 'false')`, `lower(trim(${cell}))`);
    case "json":
      return when(`json_valid(${cell}) AND NOT ${isLooseJson(cell)}`, cell);
    case "date":
    case "instant":
      return `CAST(to_json(trim(${cell})) AS VARCHAR)`;
    case "text":
      return asText;
  }
}

/** The diagnostic for an error of `CsvQuery.select`. DuckDB's own text holds the line with its values; this one never does. */
export async function csvFault(error: unknown, file: SourceFile, query: CsvQuery, lang: Lang): Promise<unknown> {
  return machineFault(error, file.path, lang) ?? (await findBadRecord(file, query, lang)) ?? lineTooLong(error, file, lang) ?? error;
}

async function findBadRecord(file: SourceFile, query: CsvQuery, lang: Lang): Promise<DiagnosticError | undefined> {
  const { header, scan } = query;
  for await (const { fields, line, fault } of csvRecords(file, header.delimiter, lang)) {
    const place = { file: file.path, line };
    if (fault === "encoding") return line === scan.last && !scan.ended ? sourceTruncated(lang, place) : sourceInvalid(lang, place, "notUtf8");
    if (fault === "open") return line === scan.last ? sourceTruncated(lang, place) : sourceInvalid(lang, place, "quote");
    if (fault === "quote") return sourceInvalid(lang, place, "quote");
    const cutOff = line === scan.last && !scan.ended && fields.length < header.names.length;
    if (cutOff) return sourceTruncated(lang, place);
    if (fields.length !== header.names.length) return sourceInvalid(lang, place, "columns", { found: fields.length, expected: header.names.length });
  }
  return undefined;
}

function lineTooLong(error: unknown, file: SourceFile, lang: Lang): DiagnosticError | undefined {
  const message = error instanceof Error ? error.message : "";
  const line = /Line: (\d+)/.exec(message)?.[1];
  return message.includes("Maximum line size") ? sourceInvalid(lang, { file: file.path, line: Number(line ?? 0) }, "lineTooLong", { limit: 2 }) : undefined;
}
