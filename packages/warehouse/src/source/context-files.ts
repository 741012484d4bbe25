import { readFile } from "node:fs/promises";
import type { Lang } from "@evertend/core";
import { csvFault, prepareCsv } from "./csv-source.js";
import type { DuckDbSession } from "./duckdb-session.js";
import { parquetFault, prepareParquet } from "./parquet-source.js";
import { readLines } from "./read-lines.js";
import { sourceInvalid } from "./source-fault.js";
import { inspectSourceFile } from "./source-file.js";
import type { SourceFile } from "./source-file.js";
import type { RowQuery } from "./sorted-rows.js";
import type { ColumnKind } from "./source-options.js";

/**
 * The items of one context collection from a file, in the file's order. `.json` holds one array, `.ndjson` one object a
 * line; in `.csv` the header gives dotted names and `columns` the kinds (text where it says nothing).
 *
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID, SOURCE_TRUNCATED
 */
export async function readContextFile(
  session: DuckDbSession,
  path: string,
  columns: Readonly<Record<string, ColumnKind>> | undefined,
  lang: Lang,
): Promise<readonly unknown[]> {
  const file = await inspectSourceFile(path, lang);
  switch (file.format) {
    case "json":
      return readArray(file, lang);
    case "ndjson":
      return readObjects(file, lang);
    case "csv": {
      const query = await prepareCsv(file, undefined, columns, lang);
      return readQuery(session, query).catch(async (error: unknown) => Promise.reject(await csvFault(error, file, query, lang) as Error));
    }
    case "parquet": {
      const query = await prepareParquet(session, file, undefined, lang);
      return readQuery(session, query).catch((error: unknown) => Promise.reject(parquetFault(error, file, lang) as Error));
    }
    case "sql":
      throw sourceInvalid(lang, { file: path }, "kind");
  }
}

async function readQuery(session: DuckDbSession, { select, json }: RowQuery): Promise<unknown[]> {
  const rows = await session.rows(`SELECT ${json} FROM (${select}) ORDER BY "row"`);
  return rows.map(([json]): unknown => JSON.parse(String(json)));
}

async function readArray(file: SourceFile, lang: Lang): Promise<unknown[]> {
  const text = await readFile(file.path, "utf8");
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    throw sourceInvalid(lang, { file: file.path }, "notArray");
  }
  if (!Array.isArray(value)) throw sourceInvalid(lang, { file: file.path }, "notArray");
  return value as unknown[];
}

async function readObjects(file: SourceFile, lang: Lang): Promise<unknown[]> {
  const items: unknown[] = [];
  let line = 0;
  for await (const bytes of readLines(file, lang)) {
    line++;
    const text = bytes.toString("utf8").trim();
    if (text === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw sourceInvalid(lang, { file: file.path, line }, "notJson");
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw sourceInvalid(lang, { file: file.path, line }, "notObject");
    items.push(value);
  }
  return items;
}
