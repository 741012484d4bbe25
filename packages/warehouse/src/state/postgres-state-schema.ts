import type { Client } from "pg";
import { identifier } from "../source/sql-text.js";

/** One statement each, in order; what was released is never changed, only added to. `$schema` is the schema's name. */
const migrations: readonly string[] = [
  // Ids as UTF-16, high byte first: bytes compare as `<` compares texts in JavaScript.
  `CREATE TABLE $schema.customer_state (id bytea PRIMARY KEY, line text NOT NULL)`,
  `CREATE TABLE $schema.state_run (single boolean PRIMARY KEY DEFAULT true CHECK (single), version bigint NOT NULL, as_of text, basis text, customers bigint NOT NULL)`,
];

/** Number for PostgreSQL's advisory locks: one state, one lock; see `lockOf`. */
const lockClass = 0x45_76_74_64;

/** SQL for the two arguments of an advisory lock of this schema. */
export function lockOf(use: "run" | "migrate"): string {
  return `${lockClass}, hashtext($1 || '/${use}')`;
}

/** Brings the tables up to date, in one transaction; of several at once, the others wait. Gives `false` where they are newer than this program. */
export async function migrateState(client: Client, schema: string): Promise<boolean> {
  const name = identifier(schema);
  await client.query("BEGIN");
  try {
    await client.query(`SELECT pg_advisory_xact_lock(${lockOf("migrate")})`, [schema]);
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${name}`);
    await client.query(`CREATE TABLE IF NOT EXISTS ${name}.migration (number integer PRIMARY KEY)`);
    const { rows } = await client.query<{ number: number }>(`SELECT coalesce(max(number), 0) AS number FROM ${name}.migration`);
    const done = rows[0]?.number ?? 0;
    for (const [i, text] of migrations.entries()) {
      if (i < done) continue;
      await client.query(text.replaceAll("$schema", () => name));
      await client.query(`INSERT INTO ${name}.migration VALUES ($1)`, [i + 1]);
    }
    await client.query("COMMIT");
    return done <= migrations.length;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
