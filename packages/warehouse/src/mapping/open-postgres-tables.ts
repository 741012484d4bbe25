import type { Lang } from "@evertend/core";
import { connectPostgres, type ConnectionReference } from "../postgres/connect-postgres.js";
import { databaseFault } from "../postgres/database-fault.js";
import { identifier } from "../source/sql-text.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { TableReader } from "./table-reader.js";

const batch = 1000;
const last = "\u{10FFFF}";

/**
 * Tables and views of a PostgreSQL, in one read-only transaction: whatever is written meanwhile, all is of one moment.
 * Rows come by cursors of the server. The number of a row is its place in the order in which it is read.
 *
 * @throws DiagnosticError SECRET_MISSING, DATABASE_FAILED, also while rows are read
 */
export async function openPostgresTables(reference: ConnectionReference, lang: Lang): Promise<TableReader> {
  const { client, name } = await connectPostgres(reference, lang, 3_600_000);
  const ask = async (text: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } catch (error) {
      throw databaseFault(error, name, lang);
    }
  };
  try {
    await ask("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const [encoding] = await ask("SHOW server_encoding");
    if (encoding?.["server_encoding"] !== "UTF8") throw diagnosticError(lang, "DATABASE_FAILED", { file: name }, { name, detail: "server_encoding is not UTF8" });
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  let cursors = 0;

  async function* rows(table: string, columns: Parameters<TableReader["rows"]>[1], sorted: boolean): ReturnType<TableReader["rows"]> & AsyncGenerator {
    const cursor = `evertend_${++cursors}`;
    const values = columns.map((column, i) => `${column.json ? `to_json(${identifier(column.name)})` : identifier(column.name)}::text AS c${i}`);
    const key = columns[0] === undefined ? "''" : `${identifier(columns[0].name)}::text`;
    await ask(`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${values.join(", ")} FROM ${tableName(table)}${sorted ? ` ORDER BY ${await orderOf(table, key)} NULLS FIRST` : ""}`);
    try {
      let row = 0;
      for (;;) {
        const found = await ask(`FETCH ${batch} FROM ${cursor}`);
        for (const one of found) yield { row: ++row, values: columns.map((_, i) => one[`c${i}`] as string | null) };
        if (found.length < batch) return;
      }
    } finally {
      await client.query(`CLOSE ${cursor}`).catch(() => undefined);
    }
  }

  /**
   * The C collation is the order of code points. It differs from that of UTF-16 code units only where a text has
   * characters from U+E000 on; those of the BMP are then lifted above all others, as in `utf16Order`.
   */
  async function orderOf(table: string, key: string): Promise<string> {
    const [high] = await ask(`SELECT EXISTS (SELECT FROM ${tableName(table)} WHERE ${key} ~ '[\\uE000-\\U0010FFFF]') AS found`);
    if (high?.["found"] !== true) return `${key} COLLATE "C"`;
    return `regexp_replace(replace(${key}, '${last}', '${last}' || chr(1)), '([\\uE000-\\uFFFF])', '${last}\\1', 'g') COLLATE "C"`;
  }

  return {
    columns: async (table) => {
      const [found] = await ask(`SELECT to_regclass('${tableName(table).replaceAll("'", "''")}') IS NOT NULL AS found`);
      if (found?.["found"] !== true) return undefined;
      try {
        return (await client.query(`SELECT * FROM ${tableName(table)} LIMIT 0`)).fields.map((field) => field.name);
      } catch (error) {
        throw databaseFault(error, name, lang);
      }
    },
    count: async (table) => Number((await ask(`SELECT count(*) AS count FROM ${tableName(table)}`))[0]?.["count"]),
    rows,
    close: () => client.end().catch(() => undefined),
  };
}

/** `schema.table` or `table`, each part quoted. */
function tableName(table: string): string {
  return table.split(".").map(identifier).join(".");
}
