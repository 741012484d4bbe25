import { DiagnosticError } from "@evertend/core";
import type { Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { machineFault } from "./duckdb-session.js";
import type { DuckDbSession } from "./duckdb-session.js";
import type { OpenedRows } from "./ndjson-source.js";
import { NestingConflict } from "./row-json.js";
import { sourceInvalid, sourceTruncated } from "./source-fault.js";
import { startsWith } from "./source-file.js";
import type { SourceFile } from "./source-file.js";
import { SortedRows, type RowQuery } from "./sorted-rows.js";
import { identifier, literal } from "./sql-text.js";
import { typedRow } from "./typed-row.js";

const magic = [0x50, 0x41, 0x52, 0x31];
const encryptedMagic = [0x50, 0x41, 0x52, 0x45];

/**
 * Customers in a Parquet file: one a row. Structs and lists become objects and arrays; dots in a column's name go into
 * nested objects. A record's `row` counts the rows of the file.
 *
 * @throws DiagnosticError SOURCE_INVALID, SOURCE_TRUNCATED, ID_MISSING
 */
export async function openParquet(session: DuckDbSession, file: SourceFile, idField: string, lang: Lang): Promise<OpenedRows> {
  const query = await prepareParquet(session, file, idField, lang);
  try {
    return { rows: await SortedRows.keep(session, query), rowOf: (row) => row };
  } catch (error) {
    throw parquetFault(error, file, lang);
  }
}

/** Checks the file and writes the SQL that reads it; without `idField` ids are empty. */
export async function prepareParquet(session: DuckDbSession, file: SourceFile, idField: string | undefined, lang: Lang): Promise<RowQuery> {
  if (file.bytes === 0) throw sourceInvalid(lang, { file: file.path }, "empty");
  if (!(await startsWith(file.path, magic)) && !(await startsWith(file.path, encryptedMagic))) throw sourceInvalid(lang, { file: file.path }, "parquet");
  // The index of a Parquet file stands at its end, before the same four bytes it begins with.
  if (file.bytes < 12 || !(await startsWith(file.path, magic, file.bytes - 4))) throw sourceTruncated(lang, { file: file.path });
  const from = `FROM read_parquet(${literal(file.path)})`;
  try {
    const described = await session.connection.prepare(`SELECT * ${from}`);
    // Kept under names of our own: a file may have a column called row.
    const columns = Array.from({ length: described.columnCount }, (_, i) => ({ name: described.columnName(i), type: described.columnType(i), sql: `"c${i}"` }));
    if (idField !== undefined && !columns.some((column) => column.name === idField)) throw diagnosticError(lang, "ID_MISSING", { file: file.path }, { name: idField });
    const id = idField === undefined ? "''" : `CAST(${identifier(idField)} AS VARCHAR)`;
    const cells = columns.map(({ name, sql }) => `${identifier(name)} AS ${sql}`);
    return { select: `SELECT row_number() OVER () AS "row", ${[`${id} AS "id"`, ...cells].join(", ")} ${from}`, ...typedRow(columns), fault: (error) => parquetFault(error, file, lang) };
  } catch (error) {
    throw parquetFault(error, file, lang);
  }
}

/** The diagnostic for an error while a Parquet file is read. */
export function parquetFault(error: unknown, file: SourceFile, lang: Lang): unknown {
  if (error instanceof NestingConflict) return sourceInvalid(lang, { file: file.path }, "headerNested", { name: error.column, other: error.inner });
  if (!(error instanceof Error) || error instanceof DiagnosticError) return error;
  return machineFault(error, file.path, lang) ?? damaged(error, file, lang);
}

function damaged(error: Error, file: SourceFile, lang: Lang): DiagnosticError {
  return diagnosticError(lang, "SOURCE_INVALID", { file: file.path }, { name: file.path, detail: error.message.split("\n", 1)[0] ?? "" });
}
