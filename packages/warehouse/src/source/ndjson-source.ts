import type { DiagnosticError, Lang } from "@evertend/core";
import { machineFault } from "./duckdb-session.js";
import type { DuckDbSession } from "./duckdb-session.js";
import { readLines } from "./read-lines.js";
import { lineOf, scanLines } from "./scan-lines.js";
import type { LineScan } from "./scan-lines.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";
import type { SourceFile } from "./source-file.js";
import { SortedRows } from "./sorted-rows.js";
import { literal } from "./sql-text.js";

const mebibyte = 1 << 20;
const longestLine = 16 * mebibyte;

/** Rows of a source and how to tell the place of one. */
export interface OpenedRows {
  readonly rows: SortedRows;
  readonly rowOf: (row: number, position: number) => number;
}

/**
 * One JSON object a line; its text is kept as written. Blank lines are skipped. A record's `row` is its line. DuckDB is
 * more lenient than JSON with NaN, Infinity and trailing commas: such a text is handed on, for core to set that customer
 * aside.
 *
 * @throws DiagnosticError SOURCE_TRUNCATED, SOURCE_INVALID
 */
export async function openNdjson(session: DuckDbSession, file: SourceFile, idField: string, lang: Lang): Promise<OpenedRows> {
  const scan = await scanLines(file, longestLine, lang);
  if (scan.byteOrderMark) throw sourceInvalid(lang, { file: file.path, line: 1 }, "byteOrderMark");
  if (scan.tooLong !== undefined) throw sourceInvalid(lang, { file: file.path, line: scan.tooLong }, "lineTooLong", { limit: longestLine / mebibyte });
  try {
    const rows = await SortedRows.keep(
      session,
      {
        select: `SELECT row_number() OVER () AS "row", ${jsonFieldText(`"json"`, idField)} AS "id", ` +
        `CASE WHEN json_type("json") = 'OBJECT' THEN CAST("json" AS VARCHAR) ELSE error('no JSON object') END AS "json" ` +
        `FROM read_ndjson_objects(${literal(file.path)}, compression = '${file.gzip ? "gzip" : "uncompressed"}', maximum_object_size = ${longestLine})`,
        json: `"json"`,
        mark: `hash("json")`,
        text: (field) => jsonFieldText(`"json"`, field),
      },
    );
    return { rows, rowOf: (row) => lineOf(row, scan.blank) };
  } catch (error) {
    throw machineFault(error, file.path, lang) ?? (await findBadLine(file, scan, lang, /unexpected end of data/.test(String(error)))) ?? error;
  }
}

/** SQL for the text of a field of a JSON text, by the field's dotted name. */
export function jsonFieldText(json: string, field: string): string {
  const pointer = field.split(".").map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return `json_extract_string(${json}, ${literal(pointer)})`;
}

/**
 * DuckDB's line numbers do not count as people do; this reads the file again up to the line at fault. `cutOff`: DuckDB
 * met the end of the text inside a value.
 */
async function findBadLine(file: SourceFile, scan: LineScan, lang: Lang, cutOff: boolean): Promise<DiagnosticError | undefined> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let line = 0;
  for await (const bytes of readLines(file, lang)) {
    line++;
    const place = { file: file.path, line };
    let text: string;
    try {
      text = decoder.decode(bytes);
    } catch {
      const partOfCharacter = line === scan.last && !scan.ended;
      return partOfCharacter ? sourceTruncated(lang, place) : sourceInvalid(lang, place, "notUtf8");
    }
    if (text.trim() === "") continue;
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value !== "object" || value === null || Array.isArray(value)) return sourceInvalid(lang, place, "notObject");
      if (!isWellFormed(value)) return sourceInvalid(lang, place, "notUtf8");
    } catch {
      return line === scan.last && cutOff ? sourceTruncated(lang, place) : sourceInvalid(lang, place, "notJson");
    }
  }
  return undefined;
}

/** `JSON.stringify` writes half a surrogate pair as an escape, and nothing else that starts so. */
function isWellFormed(value: unknown): boolean {
  return !/(?<!\\)(?:\\\\)*\\ud[89a-f]/.test(JSON.stringify(value));
}
