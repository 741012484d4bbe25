import type { SourceRecord } from "@evertend/core";
import type { DuckDbSession } from "./duckdb-session.js";
import { utf16Order } from "./utf16-order.js";

const table = `"memory"."main"."evertend_rows"`;

/**
 * The customers of one source, sorted by id and kept by DuckDB (in memory, beyond its limit on disk): they are counted
 * before the first is read and can be read more than once.
 */
export class SortedRows {
  readonly #session: DuckDbSession;
  readonly count: number;

  private constructor(session: DuckDbSession, count: number) {
    this.#session = session;
    this.count = count;
  }

  /**
   * Runs `select`, which delivers `row` (place in the source, or another number that orders equal ids), `id` and `json`,
   * and keeps its rows by id and row. The text itself is no sort key: that would hold it in memory. Errors of DuckDB
   * pass through.
   */
  static async keep(session: DuckDbSession, select: string): Promise<SortedRows> {
    await session.connection.run(
      `CREATE TABLE ${table} AS SELECT "row"::BIGINT AS "row", coalesce("id", '') AS "id", "json" FROM (${select}\n) AS "source" ` +
        `ORDER BY ${utf16Order(`coalesce("id", '')`)}, "row"`,
    );
    const [[count] = []] = await session.rows(`SELECT count(*) FROM ${table}`);
    return new SortedRows(session, Number(count));
  }

  /** Tells other rows apart from these: the same rows have the same one, with the same version of DuckDB. */
  async fingerprint(): Promise<string> {
    const [row = []] = await this.#session.rows(`SELECT version(), count(*), bit_xor("h"), sum("h"::HUGEINT) FROM (SELECT hash("row", "id", "json") AS "h" FROM ${table})`);
    return row.map(String).join(" ");
  }

  /** `rowOf` turns the kept `row` and the position in the sorted order (from 1) into the record's `row`. */
  async *read(rowOf: (row: number, position: number) => number): AsyncGenerator<SourceRecord> {
    const connection = await this.#session.connect();
    try {
      const result = await connection.stream(`SELECT "row", "id", "json" FROM ${table}`);
      let previous = "";
      let position = 0;
      for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
        const rows = chunk.getColumnValues(0);
        const ids = chunk.getColumnValues(1);
        const texts = chunk.getColumnValues(2);
        for (let i = 0; i < rows.length; i++) {
          const id = ids[i] as string;
          if (id < previous) throw new Error("rows of a source came out of order");
          previous = id;
          position++;
          yield { row: rowOf(Number(rows[i]), position), id, json: texts[i] as string };
        }
      }
    } finally {
      connection.closeSync();
    }
  }
}
