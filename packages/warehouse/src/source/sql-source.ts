import { readFile } from "node:fs/promises";
import type { DuckDBConnection, DuckDBType } from "@duckdb/node-api";
import type { Lang } from "@evertend/core";
import { DiagnosticError, Findings } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import type { DuckDbSession } from "./duckdb-session.js";
import type { OpenedRows } from "./ndjson-source.js";
import { checkOpenedFiles, watchOpenedFiles } from "./opened-files.js";
import { NestingConflict, columnText, objectText } from "./row-json.js";
import type { TypedColumn } from "./row-json.js";
import type { SourceOptions } from "./source-options.js";
import { SortedRows, type RowQuery } from "./sorted-rows.js";
import { sqlFault, sqlRefused } from "./sql-fault.js";
import { readSqlScript } from "./sql-script.js";
import type { SqlScript, SqlStatement } from "./sql-script.js";
import { identifier, literal } from "./sql-text.js";
import { typedRow } from "./typed-row.js";

/** What may come before the last SELECT: a source reads, it never writes a file nor opens another database. */
const allowed = new Set(["SELECT", "CREATE", "CREATE_FUNC", "INSERT", "UPDATE", "DELETE", "ALTER", "DROP", "SET", "VARIABLE_SET", "ANALYZE"]);
/** The same by their first word: preparing alone may leave traces (EXPORT makes its folder). */
const refused = new Set("COPY EXPORT IMPORT ATTACH DETACH INSTALL FORCE LOAD CALL PRAGMA USE BEGIN START COMMIT ROLLBACK EXPLAIN VACUUM CHECKPOINT PREPARE EXECUTE DEALLOCATE MERGE".split(" "));
const contextPrefix = "context_";

/** What a `.sql` source delivers. */
export interface OpenedSql extends OpenedRows {
  readonly context: Readonly<Record<string, unknown>>;
  readonly unknownColumns: readonly string[];
  readonly variables: readonly string[];
}

/**
 * Runs a script of DuckDB SQL: the statements in order, the last of which must be a SELECT with the column `idField` and
 * delivers the customers. Variables are set beforehand as texts, `as_of` as a DATE; the script reads them with
 * `getvariable('name')`. Views and tables that it creates as `context_<name>` are the context collections, their items in
 * the order of their JSON text. Relative file names in it start at the working directory of the process. A record's `row`
 * is its place in the order of ids.
 *
 * @throws DiagnosticError VARIABLE_MISSING, SQL_FAILED, ID_MISSING, SOURCE_TRUNCATED (a gzip file it reads), DISK_FULL
 */
export async function openSql(session: DuckDbSession, path: string, options: SourceOptions): Promise<OpenedSql> {
  const text = await readFile(path, "utf8");
  const script = readSqlScript(text.replace(/^\uFEFF/, ""));
  checkVariables(script, path, options);
  const { connection } = session;
  const values = await setVariables(connection, script, options);
  const isOwn = (quoted: string): boolean => text.includes(quoted) || values.some((value) => value !== "" && quoted.startsWith(value, 1));
  const guarded: Guard = async (statement, run) => {
    try {
      return await run();
    } catch (error) {
      throw error instanceof DiagnosticError ? error : sqlFault(error, path, statement.line, isOwn, options.lang);
    }
  };

  await watchOpenedFiles(connection);
  let opened: OpenedSql;
  try {
    opened = await runScript(session, script, path, options, guarded);
  } catch (error) {
    // A file that was cut off often shows as an error of the SQL: then the cause takes its place.
    const cause = await checkOpenedFiles(connection, options.lang).then(() => undefined, (found: unknown) => found);
    throw cause instanceof DiagnosticError ? cause : error;
  }
  await checkOpenedFiles(connection, options.lang);
  return opened;
}

/** Runs something for a statement and turns errors of DuckDB into diagnostics. */
type Guard = <T>(statement: SqlStatement, run: () => Promise<T>) => Promise<T>;

async function runScript(session: DuckDbSession, script: SqlScript, path: string, options: SourceOptions, guarded: Guard): Promise<OpenedSql> {
  const { connection } = session;
  const last = script.statements.at(-1);
  if (last === undefined) throw sqlRefused(path, 1, "noSelect", options.lang);
  for (const statement of script.statements.slice(0, -1)) {
    await guarded(statement, async () => {
      const type = await statementType(connection, statement, path, options.lang);
      if (!allowed.has(type)) throw sqlRefused(path, statement.line, "statement", options.lang, { name: type });
      await connection.run(padded(statement));
    });
  }
  const columns = await guarded(last, async () => {
    if ((await statementType(connection, last, path, options.lang)) !== "SELECT") throw sqlRefused(path, last.line, "noSelect", options.lang);
    return describeColumns(connection, padded(last));
  });
  const rows = await guarded(last, () => SortedRows.keep(session, rowQuery(columns, last, path, options)));
  const { context, ignored } = await guarded(last, () => readContext(session, path, last.line, options));
  const variables = script.variables.map((use) => use.name).filter((name) => name.toLowerCase() !== "as_of");
  return { rows, rowOf: (_row, position) => position, context, unknownColumns: ignored, variables: variables.sort(byCodeUnit) };
}

function checkVariables(script: SqlScript, file: string, options: SourceOptions): void {
  const findings = new Findings(options.lang);
  for (const { name, line, column } of script.variables) {
    const given = name.toLowerCase() === "as_of" || givenValue(name, options.variables) !== undefined;
    if (!given) findings.add("VARIABLE_MISSING", { file, pointer: "", line, column }, { name });
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
}

/** DuckDB does not tell the cases of a variable's name apart. */
function givenValue(name: string, variables: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(variables).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Values go in as parameters of a prepared statement: none of them can become SQL. */
async function setVariables(connection: DuckDBConnection, script: SqlScript, options: SourceOptions): Promise<string[]> {
  const values: string[] = [];
  for (const { name } of script.variables) {
    const value = givenValue(name, options.variables);
    if (value === undefined || name.toLowerCase() === "as_of") continue;
    await connection.run(`SET VARIABLE ${identifier(name)} = $1::VARCHAR`, [value]);
    values.push(value);
  }
  await connection.run(`SET VARIABLE as_of = $1::DATE`, [options.asOf]);
  return values;
}

/** The statement on the lines where it stands in the script, so that DuckDB's line numbers are the script's. */
function padded(statement: SqlStatement): string {
  return "\n".repeat(statement.line - 1) + statement.text;
}

async function statementType(connection: DuckDBConnection, statement: SqlStatement, file: string, lang: Lang): Promise<string> {
  const [first = ""] = /^\(|^\w+/.exec(statement.text) ?? [];
  if (refused.has(first.toUpperCase())) return first.toUpperCase();
  const { StatementType } = await import("@duckdb/node-api");
  const prepared = await connection.prepare(padded(statement));
  try {
    if (prepared.parameterCount > 0) throw sqlRefused(file, statement.line, "parameter", lang);
    return StatementType[prepared.statementType];
  } finally {
    prepared.destroySync();
  }
}

async function describeColumns(connection: DuckDBConnection, sql: string): Promise<TypedColumn[]> {
  const prepared = await connection.prepare(sql);
  const columns = Array.from({ length: prepared.columnCount }, (_, i): { name: string; type: DuckDBType } => ({ name: prepared.columnName(i), type: prepared.columnType(i) }));
  prepared.destroySync();
  return columns;
}

function rowQuery(columns: readonly TypedColumn[], last: SqlStatement, file: string, options: SourceOptions): RowQuery {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name.toLowerCase())) throw sqlRefused(file, last.line, "columnTwice", options.lang, { name });
    seen.add(name.toLowerCase());
  }
  if (!columns.some((column) => column.name === options.idField)) {
    throw diagnosticError(options.lang, "ID_MISSING", { file, line: last.line }, { name: options.idField });
  }
  // Kept under names of our own: a script may have a column called row.
  const own = columns.map((column, i) => ({ ...column, sql: `"c${i}"` }));
  const row = nested(file, last.line, options.lang, () => typedRow(own));
  const cells = own.map(({ name, sql }) => `${identifier(name)} AS ${sql}`);
  return {
    // Rows of SQL have no place of their own: equal ids are ordered by a hash of what they hold.
    select: `SELECT CAST(${row.mark} >> 1 AS BIGINT) AS "row", * FROM (SELECT ${[`CAST(${identifier(options.idField)} AS VARCHAR) AS "id"`, ...cells].join(", ")} FROM (${padded(last)}\n))`,
    ...row,
  };
}

function nested<T>(file: string, line: number, lang: Lang, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof NestingConflict) throw sqlRefused(file, line, "headerNested", lang, { name: error.column, other: error.inner });
    throw error;
  }
}

async function readContext(session: DuckDbSession, file: string, line: number, options: SourceOptions): Promise<{ context: Record<string, unknown>; ignored: string[] }> {
  const names = options.contextNames;
  const found = await session.rows(
    `SELECT DISTINCT name FROM (SELECT view_name AS name FROM duckdb_views() WHERE NOT internal UNION ALL SELECT table_name FROM duckdb_tables() WHERE NOT internal) ` +
      `WHERE starts_with(name, ${literal(contextPrefix)})`,
  );
  const views = found.map(([name]) => String(name)).sort(byCodeUnit);
  const known = (view: string): boolean => names === undefined || names.includes(view.slice(contextPrefix.length));
  const entries: [string, unknown][] = [];
  for (const view of views.filter(known)) {
    const from = `FROM ${identifier(view)}`;
    const columns = await describeColumns(session.connection, `SELECT * ${from}`);
    const items = await session.rows(`SELECT json FROM (SELECT ${nested(file, line, options.lang, () => objectText(columns.map(columnText)))} AS json ${from}) ORDER BY json`);
    entries.push([view.slice(contextPrefix.length), items.map(([json]): unknown => JSON.parse(String(json)))]);
  }
  return { context: Object.fromEntries(entries), ignored: views.filter((view) => !known(view)) };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
