import type { RecordMark, SourceRecord } from "@evertend/core";
import type { DuckDbSession } from "./duckdb-session.js";
import type { TypedColumn } from "./row-json.js";
import { utf16Order } from "./utf16-order.js";

const table = `"memory"."main"."evertend_rows"`;

/** A query for customers: the rows that are sorted and kept, and what is made of a kept row when it is read. */
export interface RowQuery {
  /** SELECT of `row` (place in the source, or another number that orders equal ids), `id`, and columns of other names. */
  readonly select: string;
  /** The source's columns where they are typed; absent = all there is is text. */
  readonly columns?: readonly (TypedColumn & { readonly sql: string })[];
  /** SQL for the record's JSON text. */
  readonly json: string;
  /** SQL for a hash (UBIGINT) of all that the JSON is made of. */
  readonly mark: string;
  /** SQL for the text of one field by its dotted name. */
  text(field: string): string;
  /** The error that an error of DuckDB means. */
  fault?(error: unknown): unknown;
}

/** A table of customers: `row`, `id`, and the columns that `json` and `mark` (a text) read, in ascending order of id and row. */
export interface KeptRows extends Pick<RowQuery, "json" | "mark" | "columns"> {
  readonly table: string;
}

/**
 * The customers of one source, sorted by id and kept by DuckDB (in memory, beyond its limit on disk): they are counted
 * before the first is read and can be read more than once. What is kept is the source's own columns: only the records
 * that somebody reads are written as JSON.
 */
export class SortedRows {
  readonly #session: DuckDbSession;
  readonly #query: RowQuery;
  readonly count: number;

  private constructor(session: DuckDbSession, query: RowQuery, count: number) {
    this.#session = session;
    this.#query = query;
    this.count = count;
  }

  /** The kept rows, as they are asked. */
  get kept(): KeptRows {
    const { json, mark, columns } = this.#query;
    return { table, json, mark: `hex(${mark})`, ...(columns ? { columns } : {}) };
  }

  /** Runs the query's `select` and keeps its rows by id and row. Errors of DuckDB pass through. */
  static async keep(session: DuckDbSession, query: RowQuery): Promise<SortedRows> {
    await session.connection.run(
      `CREATE TABLE ${table} AS SELECT * REPLACE ("row"::BIGINT AS "row", coalesce("id", '') AS "id") FROM (${query.select}\n) AS "source" ` +
        `ORDER BY ${utf16Order(`coalesce("id", '')`)}, "row"`,
    );
    const [[count] = []] = await session.rows(`SELECT count(*) FROM ${table}`);
    return new SortedRows(session, query, Number(count));
  }

  /** Tells other rows apart from these: the same rows have the same one, with the same version of DuckDB. */
  async fingerprint(): Promise<string> {
    const [row = []] = await this.#session.rows(`SELECT version(), count(*), bit_xor("h"), sum("h"::HUGEINT) FROM (SELECT hash("row", "id", ${this.#query.mark}) AS "h" FROM ${table})`);
    return row.map(String).join(" ");
  }

  /**
   * All records, or those of some ids, in their order. `rowOf` turns the kept `row` and the position in the sorted order
   * (from 1) into the record's `row`.
   */
  async *read(rowOf: (row: number, position: number) => number, ids?: readonly string[]): AsyncGenerator<SourceRecord> {
    const { json, mark } = this.#query;
    for await (const [row, position, id, text, hash] of this.#rows([json, `hex(${mark})`], ids)) {
      yield { row: rowOf(row, position), id, json: text as string, mark: hash as string };
    }
  }

  /** What tells of every record whether it is that of before: a hash, or the text of a field. */
  async *marks(field?: string): AsyncGenerator<RecordMark> {
    for await (const [, , id, mark] of this.#rows([field === undefined ? `hex(${this.#query.mark})` : this.#query.text(field)])) yield { id, mark: mark as string | null };
  }

  async *#rows(made: readonly string[], ids?: readonly string[]): AsyncGenerator<readonly [row: number, position: number, id: string, ...made: (string | null)[]]> {
    const connection = await this.#session.connect();
    const asked = async <T>(run: () => Promise<T>): Promise<T> => run().catch((error: unknown) => {
      throw this.#query.fault?.(error) ?? error;
    });
    try {
      const { LIST, VARCHAR, listValue } = await import("@duckdb/node-api");
      const select = `SELECT "row", "rowid" AS "place", "id", ${made.join(", ")} FROM ${table}`;
      const result = await asked(() => ids === undefined
        ? connection.stream(select)
        : connection.stream(`${select} WHERE "id" IN (SELECT unnest($1)) ORDER BY "place"`, [listValue([...ids])], [LIST(VARCHAR)]));
      let previous = -1;
      for (let chunk = await asked(() => result.fetchChunk()); chunk !== null && chunk.rowCount > 0; chunk = await asked(() => result.fetchChunk())) {
        const [rows = [], places = [], texts = [], ...others] = [...Array(made.length + 3).keys()].map((i) => chunk?.getColumnValues(i) ?? []);
        for (let i = 0; i < rows.length; i++) {
          const place = Number(places[i]);
          if (place <= previous) throw new Error("rows of a source came out of order");
          previous = place;
          yield [Number(rows[i]), place + 1, texts[i] as string, ...others.map((column) => column[i] as string | null)];
        }
      }
    } finally {
      connection.closeSync();
    }
  }
}
