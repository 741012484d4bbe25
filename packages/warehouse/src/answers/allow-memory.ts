import type { DuckDbSession } from "../source/duckdb-session.js";

/**
 * Lets DuckDB have the memory that a statement needs: what it holds of a piece of the customers grows with the statement,
 * and a long one needs more than the usual limit of 1 GB.
 */
export async function allowMemory(session: DuckDbSession, statement: string): Promise<void> {
  const gigabytes = 1 + Math.floor(statement.length / 100_000);
  if (gigabytes > 1) await session.connection.run(`SET memory_limit = '${gigabytes}GB'`);
}
