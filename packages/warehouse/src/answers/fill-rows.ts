import type { SourceRecord } from "@evertend/core";
import type { DuckDbSession } from "../source/duckdb-session.js";
import type { KeptRows } from "../source/sorted-rows.js";

/** Puts records that come from elsewhere, in order, into a table. */
export async function fillRows(session: DuckDbSession, records: AsyncIterable<SourceRecord>): Promise<KeptRows> {
  const table = `"memory"."main"."evertend_rows"`;
  await session.connection.run(`CREATE OR REPLACE TABLE ${table} ("row" BIGINT, "id" VARCHAR, "json" VARCHAR, "mark" VARCHAR)`);
  const appender = await session.connection.createAppender("evertend_rows", "main", "memory");
  for await (const { row, id, json, mark } of records) {
    appender.appendBigInt(BigInt(row));
    appender.appendVarchar(id);
    appender.appendVarchar(json);
    if (mark === undefined) appender.appendNull();
    else appender.appendVarchar(mark);
    appender.endRow();
  }
  appender.closeSync();
  return { table, json: `"json"`, mark: `"mark"` };
}
