import type { RecordMark, SourceRecord } from "@evertend/core";
import { askRows } from "../answers/ask-rows.js";
import { compareRows } from "../answers/compare-rows.js";
import { readContextFile } from "./context-files.js";
import { openCsv } from "./csv-source.js";
import { DuckDbSession } from "./duckdb-session.js";
import { openNdjson } from "./ndjson-source.js";
import type { OpenedRows } from "./ndjson-source.js";
import { openParquet } from "./parquet-source.js";
import { sourceInvalid } from "./source-fault.js";
import { inspectSourceFile } from "./source-file.js";
import type { SourceFile } from "./source-file.js";
import type { SourceOptions, WarehouseSource } from "./source-options.js";
import { openSql } from "./sql-source.js";

interface Opened extends OpenedRows {
  readonly unknownColumns?: readonly string[];
  readonly variables?: readonly string[];
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Opens a file of customers. All of it is read and sorted by id here (by UTF-16 code unit; within the memory limit, the
 * rest on disk in the system's temporary folder), so that whatever is wrong with it is said before a run begins.
 *
 * Ids are not judged: a customer without one comes first, with the id `""`; one that is not text keeps its JSON and is
 * ordered by its text; equal ids come one after the other in the order of the source.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID, SOURCE_TRUNCATED, SQL_FAILED, VARIABLE_MISSING, ID_MISSING (no
 * such column), DISK_FULL
 *
 * @example
 * const source = await openSource({ file: "customers.ndjson", idField: "customerId", variables: {}, asOf: "2026-03-01", lang: "en" });
 * for await (const { id, json } of source.records()) console.log(id, JSON.parse(json));
 * await source.close();
 */
export async function openSource(options: SourceOptions): Promise<WarehouseSource> {
  const file = await inspectSourceFile(options.file, options.lang);
  const session = await DuckDbSession.open(options);
  try {
    const opened = await openRows(session, file, options);
    const fromFiles = await readContextFiles(session, options);
    return {
      name: options.file,
      unknownColumns: opened.unknownColumns ?? [],
      variables: opened.variables ?? [],
      total: async () => opened.rows.count,
      fingerprint: () => opened.rows.fingerprint(),
      records: (ids?: readonly string[]): AsyncIterable<SourceRecord> => opened.rows.read(opened.rowOf, ids),
      marks: (field?: string): AsyncIterable<RecordMark> => opened.rows.marks(field),
      compare: (request) => compareRows(session, opened.rows.kept, request),
      answer: (request) => askRows(session, opened.rows.kept, request, opened.rowOf),
      context: async () => ({ ...opened.context, ...fromFiles }),
      close: async () => {
        session.close();
      },
    };
  } catch (error) {
    session.close();
    throw error;
  }
}

async function openRows(session: DuckDbSession, file: SourceFile, options: SourceOptions): Promise<Opened> {
  const { idField, lang } = options;
  switch (file.format) {
    case "ndjson":
      return openNdjson(session, file, idField, lang);
    case "csv":
      return openCsv(session, file, idField, options.columns, lang, options.aliases);
    case "parquet":
      return openParquet(session, file, idField, lang);
    case "sql":
      return openSql(session, file.path, options);
    case "json":
      throw sourceInvalid(lang, { file: file.path }, "kind");
  }
}

async function readContextFiles(session: DuckDbSession, options: SourceOptions): Promise<Record<string, unknown>> {
  const entries: [string, unknown][] = [];
  for (const [name, path] of Object.entries(options.contextFiles ?? {})) {
    entries.push([name, await readContextFile(session, path, options.contextColumns?.[name], options.lang)]);
  }
  return Object.fromEntries(entries);
}
