import type { Lang } from "@evertend/core";
import { connectPostgres, type ConnectionReference } from "../postgres/connect-postgres.js";
import { databaseFault } from "../postgres/database-fault.js";
import { identifier } from "../source/sql-text.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { QueryConfig } from "pg";
import type { Relation, Select } from "./relation.js";
import type { TableColumn, TableReader } from "./table-reader.js";

const batch = 1000;
const last = "\u{10FFFF}";

/**
 * Tables and views of a PostgreSQL, in one read-only transaction: whatever is written meanwhile, all is of one moment.
 * Rows come by cursors of the server. The number of a row is its place in the order in which it is read.
 *
 * @throws DiagnosticError SECRET_MISSING, DATABASE_FAILED, SQL_FAILED, also while rows are read
 */
export async function openPostgresTables(reference: ConnectionReference, lang: Lang): Promise<TableReader> {
  const { client, name } = await connectPostgres(reference, lang, 3_600_000);
  const ask = async (text: string, select?: Select): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } catch (error) {
      throw select ? selectFault(error, text, select, name, lang) : databaseFault(error, name, lang);
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
  const orders = new Map<string, Promise<string>>();

  async function* rows(relation: Relation, columns: readonly TableColumn[], sorted: boolean, keys?: readonly string[]): ReturnType<TableReader["rows"]> & AsyncGenerator {
    const cursor = `evertend_${++cursors}`;
    const cells = columns.map((column) => `${column.json ? `to_json(${identifier(column.name)})` : identifier(column.name)}::text`);
    // Without the other columns the order of equal ids would be whatever the server happens to read first.
    const others = sorted || relation.select ? cells.slice(sorted ? 1 : 0).map((cell) => `${cell} COLLATE "C"`) : [];
    const order = [...(sorted ? [`${await orderOf(relation, cells[0] ?? "''")} NULLS FIRST`] : []), ...others];
    await ask(`DECLARE ${cursor} NO SCROLL CURSOR FOR SELECT ${cells.map((cell, i) => `${cell} AS c${i}`).join(", ")} FROM ${fromText(relation)}${keys === undefined ? "" : ` WHERE ${isOneOf(cells[0] ?? "''", keys)}`}${order.length === 0 ? "" : ` ORDER BY ${order.join(", ")}`}`, relation.select);
    try {
      let row = 0;
      for (;;) {
        const found = await ask(`FETCH ${batch} FROM ${cursor}`, relation.select);
        for (const one of found) yield { row: ++row, values: columns.map((_, i) => one[`c${i}`] as string | null) };
        if (found.length < batch) return;
      }
    } finally {
      await client.query(`CLOSE ${cursor}`).catch(() => undefined);
    }
  }

  /** DECLARE takes no parameters. What PostgreSQL cannot hold is nobody's id. */
  function isOneOf(key: string, keys: readonly string[]): string {
    const texts = keys.filter((one) => !one.includes("\0")).map((one) => client.escapeLiteral(one));
    return `${keys.includes("") ? `coalesce(${key}, '')` : key} = ANY (ARRAY[${texts.join(", ")}]::text[])`;
  }

  /**
   * The C collation is the order of code points. It differs from that of UTF-16 code units only where a text has
   * characters from U+E000 on; those of the BMP are then lifted above all others, as in `utf16Order`.
   */
  function orderOf(relation: Relation, key: string): Promise<string> {
    const name = `${relation.name}\n${key}`;
    const known = orders.get(name) ?? findOrder(relation, key);
    orders.set(name, known);
    return known;
  }

  async function findOrder(relation: Relation, key: string): Promise<string> {
    const [high] = await ask(`SELECT EXISTS (SELECT FROM ${fromText(relation)} WHERE ${key} ~ '[\\uE000-\\U0010FFFF]') AS found`, relation.select);
    if (high?.["found"] !== true) return `${key} COLLATE "C"`;
    return `regexp_replace(replace(${key}, '${last}', '${last}' || chr(1)), '([\\uE000-\\uFFFF])', '${last}\\1', 'g') COLLATE "C"`;
  }

  return {
    columns: async (relation) => {
      const { select } = relation;
      if (!select) {
        const [found] = await ask(`SELECT to_regclass('${tableName(relation.name).replaceAll("'", "''")}') IS NOT NULL AS found`);
        if (found?.["found"] !== true) return undefined;
      }
      const text = `SELECT * FROM ${fromText(relation)} LIMIT 0`;
      // What fails must not end the transaction: the other relations are looked at as well.
      await ask("SAVEPOINT look");
      try {
        // The extended protocol takes one statement only, whatever the text of a SELECT holds.
        return (await client.query({ text, queryMode: "extended" } as QueryConfig)).fields.map((field) => field.name);
      } catch (error) {
        await ask("ROLLBACK TO SAVEPOINT look");
        throw select ? selectFault(error, text, select, name, lang) : databaseFault(error, name, lang);
      } finally {
        await ask("RELEASE SAVEPOINT look");
      }
    },
    count: async (relation) => Number((await ask(`SELECT count(*) AS count FROM ${fromText(relation)}`, relation.select))[0]?.["count"]),
    rows,
    close: () => client.end().catch(() => undefined),
  };
}

/** What stands after FROM. */
function fromText({ name, select }: Relation): string {
  return select ? `(${select.text}\n) AS "select"` : tableName(name);
}

/**
 * The fault of a SELECT. As in `databaseFault`, the text is told only where it speaks of names and never of values; the
 * place that the database names is counted in the lines of the SELECT's own file.
 */
function selectFault(error: unknown, text: string, { file, line, ownFile }: Select, name: string, lang: Lang): unknown {
  if (!(error instanceof Error) || !("severity" in error) || !("code" in error) || typeof error.code !== "string" || !/^(22|42|21)/.test(error.code)) return databaseFault(error, name, lang);
  const position = "position" in error ? Number(error.position) : NaN;
  const at = ownFile && position > 0 ? Math.max(line, [...text].slice(0, position - 1).filter((character) => character === "\n").length + 1) : line;
  const detail = error.code.startsWith("42") ? `SQLSTATE ${error.code}, ${error.message}` : `SQLSTATE ${error.code}`;
  return diagnosticError(lang, "SQL_FAILED", { file, line: at }, { name: file, detail });
}

/** `schema.table` or `table`, each part quoted. */
function tableName(table: string): string {
  return table.split(".").map(identifier).join(".");
}
