import { DiagnosticError, type Lang } from "@evertend/core";
import { DuckDbSession, machineFault } from "../source/duckdb-session.js";
import { checkGzip, inspectSourceFile, type SourceFile } from "../source/source-file.js";
import { sqlFault } from "../source/sql-fault.js";
import { sourceInvalid } from "../source/source-fault.js";
import { identifier, literal } from "../source/sql-text.js";
import { utf16Order } from "../source/utf16-order.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { Relation, Select } from "./relation.js";
import type { TableColumn, TableReader } from "./table-reader.js";

interface FileTable extends SourceFile {
  /** What stands after FROM. */
  readonly from: string;
}

/**
 * Files as tables, read by DuckDB; what does not fit into its memory while it sorts goes to disk. The number of a row is
 * its place in the file, or in the order of a SELECT's rows. A CSV file has headings, and nothing between two commas is
 * NULL. A SELECT sees each file as a view; all columns of a CSV file are texts.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID, SOURCE_TRUNCATED, SQL_FAILED, DISK_FULL, also while rows are read
 */
export async function openFileTables(files: Readonly<Record<string, string>>, lang: Lang): Promise<TableReader> {
  const tables = new Map<string, FileTable>();
  for (const [name, path] of Object.entries(files)) {
    const file = await inspectSourceFile(path, lang);
    if (file.gzip) await checkGzip(path, lang);
    tables.set(name, { ...file, from: fromOf(file, lang) });
  }
  const session = await DuckDbSession.open({});
  const guarded = async <T>(relation: Relation, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      if (relation.select) throw selectFault(error, relation.name, relation.select, lang);
      // DuckDB's text may quote the line it could not read.
      const file = tableOf(relation.name);
      throw machineFault(error, file.path, lang) ?? diagnosticError(lang, "SOURCE_INVALID", { file: file.path }, { name: file.path, detail: file.format });
    }
  };
  const tableOf = (name: string): FileTable => {
    const found = tables.get(name);
    if (!found) throw new Error(`there is no table ${name}`);
    return found;
  };
  const fromText = ({ name, select }: Relation): string => (select ? `(${select.text}\n)` : tableOf(name).from);
  const value = (file: FileTable | undefined, { name, json }: TableColumn): string => {
    if (file?.format === "ndjson") return `("json" ->> ${literal(`$."${name.replaceAll('"', '\\"')}"`)})`;
    return json && file?.format !== "csv" ? `to_json(${identifier(name)})` : identifier(name);
  };
  let views: Promise<void> | undefined;
  const makeViews = (): Promise<void> => (views ??= (async () => {
    for (const [name, file] of tables) await guarded({ name }, () => session.rows(`CREATE VIEW ${identifier(name)} AS SELECT * FROM ${file.format === "ndjson" ? `read_ndjson(${literal(file.path)}, sample_size = -1)` : file.from}`));
  })());

  async function* rows(relation: Relation, columns: readonly TableColumn[], sorted: boolean, keys?: readonly string[]): ReturnType<TableReader["rows"]> & AsyncGenerator {
    const { name, select } = relation;
    const connection = await session.connect();
    try {
      const cells = columns.map((column, i) => `CAST(${value(select ? undefined : tableOf(name), column)} AS VARCHAR) AS c${i}`);
      const order = [...(sorted ? [utf16Order("coalesce(c0, '')")] : []), ...(select ? columns.map((_, i) => `c${i}`) : sorted ? ['"row"'] : [])];
      const statement = `SELECT ${select ? "0" : '"row"'}, ${columns.map((_, i) => `c${i}`).join(", ")} FROM (SELECT ${select ? "" : 'row_number() OVER () AS "row", '}${cells.join(", ")} FROM ${fromText(relation)})`;
      const { LIST, VARCHAR, listValue } = await import("@duckdb/node-api");
      const where = keys === undefined ? "" : " WHERE coalesce(c0, '') IN (SELECT unnest($1))";
      const result = await guarded(relation, () => connection.stream(`${statement}${where}${order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`}`, keys && [listValue([...keys])], keys && [LIST(VARCHAR)]));
      let place = 0;
      for (let chunk = await guarded(relation, () => result.fetchChunk()); chunk !== null && chunk.rowCount > 0; chunk = await guarded(relation, () => result.fetchChunk())) {
        const [numbers = [], ...texts] = [...Array(columns.length + 1).keys()].map((i) => chunk?.getColumnValues(i) ?? []);
        for (let i = 0; i < numbers.length; i++) yield { row: select ? ++place : Number(numbers[i]), values: texts.map((column) => column[i] as string | null) };
      }
    } finally {
      connection.closeSync();
    }
  }

  return {
    columns: async (relation) => {
      if (relation.select) {
        await makeViews();
        return guarded(relation, async () => {
          const prepared = await session.connection.prepare(`SELECT * FROM ${fromText(relation)}`);
          const names = Array.from({ length: prepared.columnCount }, (_, i) => prepared.columnName(i));
          prepared.destroySync();
          return names;
        });
      }
      const file = tables.get(relation.name);
      if (!file) return undefined;
      const names = file.format === "ndjson" ? `SELECT DISTINCT unnest(json_keys("json")) FROM ${file.from} ORDER BY 1` : `DESCRIBE SELECT * FROM ${file.from}`;
      return guarded(relation, async () => (await session.rows(names)).map(([name]) => String(name)));
    },
    count: async (relation) => guarded(relation, async () => Number((await session.rows(`SELECT count(*) FROM ${fromText(relation)}`))[0]?.[0])),
    rows,
    close: async () => session.close(),
  };
}

/** The fault of a SELECT; a line that DuckDB names is one of the text it got. */
function selectFault(error: unknown, name: string, { text, file, line, ownFile }: Select, lang: Lang): unknown {
  if (error instanceof DiagnosticError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return sqlFault(new Error(ownFile ? message : message.replaceAll(/^LINE \d+:/gm, "")), file, line, (quoted) => text.includes(quoted), lang, name);
}

function fromOf(file: SourceFile, lang: Lang): string {
  switch (file.format) {
    case "csv":
      return `read_csv(${literal(file.path)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')`;
    case "parquet":
      return `read_parquet(${literal(file.path)})`;
    case "ndjson":
      return `read_ndjson_objects(${literal(file.path)})`;
    default:
      throw sourceInvalid(lang, { file: file.path }, "kind");
  }
}
