import type { DuckDBConnection } from "@duckdb/node-api";
import { stat } from "node:fs/promises";
import type { Lang } from "@evertend/core";
import { checkGzip, startsWith } from "./source-file.js";

/** Lets DuckDB note which files a script opens. */
export async function watchOpenedFiles(connection: DuckDBConnection): Promise<void> {
  await connection.run("CALL enable_logging('FileSystem')");
}

/**
 * Reads every gzip file that a script opened to its end, because DuckDB takes a file that was cut off for a short one,
 * and customers would silently be missing.
 *
 * @throws DiagnosticError SOURCE_TRUNCATED, SOURCE_INVALID
 */
export async function checkOpenedFiles(connection: DuckDBConnection, lang: Lang): Promise<void> {
  await connection.run("CALL disable_logging()");
  const opened = await connection.runAndReadAll("SELECT DISTINCT path FROM duckdb_logs_parsed('FileSystem') WHERE op = 'OPEN' ORDER BY path");
  await connection.run("CALL truncate_duckdb_logs()");
  for (const [path] of opened.getRows()) {
    if (typeof path !== "string" || !(await stat(path).then((found) => found.isFile(), () => false))) continue;
    if (await startsWith(path, [0x1f, 0x8b])) await checkGzip(path, lang);
  }
}
