import type { Client } from "pg";

/** Rows of a statement by a cursor of the server, `batch` at a time: memory does not grow with their number. */
export async function* readCursor<Row>(client: Client, text: string, parameters: unknown[] = [], batch = 1000): AsyncGenerator<Row> {
  const { default: Cursor } = await import("pg-cursor");
  const cursor = client.query(new Cursor<Row>(text, parameters));
  try {
    for (;;) {
      const rows = await cursor.read(batch);
      yield* rows;
      if (rows.length < batch) return;
    }
  } finally {
    await cursor.close().catch(() => undefined);
  }
}
