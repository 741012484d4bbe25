import type { Lang } from "@evertend/core";
import { DuckDbSession, machineFault } from "../source/duckdb-session.js";
import { checkGzip, inspectSourceFile, type SourceFile } from "../source/source-file.js";
import { sourceInvalid } from "../source/source-fault.js";
import { identifier, literal } from "../source/sql-text.js";
import { utf16Order } from "../source/utf16-order.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { TableReader } from "./table-reader.js";

interface FileTable extends SourceFile {
  /** What stands after FROM. */
  readonly from: string;
}

/**
 * Files as tables, read by DuckDB; what does not fit into its memory while it sorts goes to disk. The number of a row is
 * its place in the file. A CSV file has headings, and nothing between two commas is NULL.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, SOURCE_INVALID, SOURCE_TRUNCATED, DISK_FULL, also while rows are read
 */
export async function openFileTables(files: Readonly<Record<string, string>>, lang: Lang): Promise<TableReader> {
  const tables = new Map<string, FileTable>();
  for (const [name, path] of Object.entries(files)) {
    const file = await inspectSourceFile(path, lang);
    if (file.gzip) await checkGzip(path, lang);
    tables.set(name, { ...file, from: fromOf(file, lang) });
  }
  const session = await DuckDbSession.open({});
  const guarded = async <T>(file: FileTable, run: () => Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      // DuckDB's text may quote the line it could not read.
      throw machineFault(error, file.path, lang) ?? diagnosticError(lang, "SOURCE_INVALID", { file: file.path }, { name: file.path, detail: file.format });
    }
  };
  const tableOf = (name: string): FileTable => {
    const found = tables.get(name);
    if (!found) throw new Error(`there is no table ${name}`);
    return found;
  };
  const value = ({ format }: FileTable, column: string): string => (format === "ndjson" ? `("json" ->> ${literal(`$."${column.replaceAll('"', '\\"')}"`)})` : identifier(column));

  async function* rows(table: string, columns: Parameters<TableReader["rows"]>[1], sorted: boolean): ReturnType<TableReader["rows"]> & AsyncGenerator {
    const file = tableOf(table);
    const connection = await session.connect();
    try {
      const cells = columns.map(({ name, json }, i) => `CAST(${json && file.format === "parquet" ? `to_json(${identifier(name)})` : value(file, name)} AS VARCHAR) AS c${i}`);
      const select = `SELECT "row", ${columns.map((_, i) => `c${i}`).join(", ")} FROM (SELECT row_number() OVER () AS "row", ${cells.join(", ")} FROM ${file.from})`;
      const result = await guarded(file, () => connection.stream(`${select}${sorted ? ` ORDER BY ${utf16Order("coalesce(c0, '')")}, "row"` : ""}`));
      for (let chunk = await guarded(file, () => result.fetchChunk()); chunk !== null && chunk.rowCount > 0; chunk = await guarded(file, () => result.fetchChunk())) {
        const [numbers = [], ...texts] = [...Array(columns.length + 1).keys()].map((i) => chunk?.getColumnValues(i) ?? []);
        for (let i = 0; i < numbers.length; i++) yield { row: Number(numbers[i]), values: texts.map((column) => column[i] as string | null) };
      }
    } finally {
      connection.closeSync();
    }
  }

  return {
    columns: async (table) => {
      const file = tables.get(table);
      if (!file) return undefined;
      if (file.format === "ndjson") return guarded(file, async () => (await session.rows(`SELECT DISTINCT unnest(json_keys("json")) FROM ${file.from} ORDER BY 1`)).map(([name]) => String(name)));
      return guarded(file, async () => (await session.rows(`DESCRIBE SELECT * FROM ${file.from}`)).map(([name]) => String(name)));
    },
    count: async (table) => guarded(tableOf(table), async () => Number((await session.rows(`SELECT count(*) FROM ${tableOf(table).from}`))[0]?.[0])),
    rows,
    close: async () => session.close(),
  };
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
