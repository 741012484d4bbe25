import type { CustomerState, Lang } from "@evertend/core";
import type { PostgresConnection } from "../postgres/connect-postgres.js";
import type { QueryResult, QueryResultRow } from "pg";
import { databaseFault } from "../postgres/database-fault.js";
import { identifier } from "../source/sql-text.js";
import { headsOf, stateLine } from "./state-line.js";
import type { StateLineWriter } from "./state-line-writer.js";
import type { WrittenWith } from "./file-state-writer.js";

const batch = 500;

/** An id as bytes that compare as `<` compares texts. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id, "utf16le").swap16();
}

/**
 * Gathers the next states in a temporary table; `commit` brings them over in one transaction and touches only rows that
 * differ. The connection holds the lock: with it, lock and temporary table end, whatever becomes of this process.
 */
export class PostgresStateWriter implements StateLineWriter {
  readonly #connection: PostgresConnection;
  readonly #schema: string;
  readonly #with: WrittenWith;
  readonly #lang: Lang;
  #latest: string | null = null;
  #previous: string | undefined;
  #count = 0;
  #ids: Buffer[] = [];
  #lines: string[] = [];
  #ended = false;

  private constructor(connection: PostgresConnection, schema: string, written: WrittenWith, lang: Lang) {
    this.#connection = connection;
    this.#schema = identifier(schema);
    this.#with = written;
    this.#lang = lang;
  }

  /** `connection` holds the lock; the writer closes it. Errors of the database pass through. */
  static async open(connection: PostgresConnection, schema: string, written: WrittenWith, lang: Lang): Promise<PostgresStateWriter> {
    await connection.client.query("CREATE TEMP TABLE next_state (id bytea PRIMARY KEY, line text)");
    return new PostgresStateWriter(connection, schema, written, lang);
  }

  write(state: CustomerState): Promise<void> {
    return this.writeLines(stateLine(state));
  }

  async writeLines(lines: string): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    for (const { customerId, asOf, line } of headsOf(lines)) {
      if (this.#previous !== undefined && customerId <= this.#previous) throw new Error("states must be written in ascending order of customerId, each customer once");
      this.#previous = customerId;
      if (this.#latest === null || asOf > this.#latest) this.#latest = asOf;
      this.#count++;
      this.#ids.push(idBytes(customerId));
      this.#lines.push(line);
      if (this.#ids.length >= batch) await this.#flush();
    }
  }

  async #flush(): Promise<void> {
    const [ids, lines] = [this.#ids, this.#lines];
    if (ids.length === 0) return;
    this.#ids = [];
    this.#lines = [];
    await this.#query("INSERT INTO next_state SELECT * FROM unnest($1::bytea[], $2::text[])", [ids, lines]);
  }

  async commit(others: "gone" | "kept" = "gone"): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    try {
      await this.#flush();
      this.#ended = true;
      const schema = this.#schema;
      await this.#query("ANALYZE next_state");
      await this.#query("BEGIN");
      if (others === "gone") await this.#query(`DELETE FROM ${schema}.customer_state AS old WHERE NOT EXISTS (SELECT FROM next_state AS next WHERE next.id = old.id)`);
      const kept = others === "gone" ? 0 : await this.#countOthers();
      await this.#query(`INSERT INTO ${schema}.customer_state AS old SELECT id, line FROM next_state ON CONFLICT (id) DO UPDATE SET line = excluded.line WHERE old.line <> excluded.line`);
      await this.#query(
        `INSERT INTO ${schema}.state_run AS run (version, as_of, basis, customers) VALUES (1, $1, $2, $3) ON CONFLICT (single) DO UPDATE SET version = run.version + 1, as_of = coalesce($4, greatest(run.as_of, excluded.as_of)), basis = excluded.basis, customers = excluded.customers + $5`,
        [this.#with.asOf ?? this.#latest, this.#with.basis ?? null, this.#count, this.#with.asOf ?? (others === "gone" ? this.#latest : null), kept],
      );
      await this.#query("COMMIT");
    } finally {
      this.#ended = true;
      await this.#end();
    }
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#end();
  }

  async #end(): Promise<void> {
    await this.#connection.client.end().catch(() => undefined);
  }

  /** How many customers of before stay beside those written, without counting them all. */
  async #countOthers(): Promise<number> {
    const { rows } = await this.#query<{ others: string }>(
      `SELECT coalesce((SELECT customers FROM ${this.#schema}.state_run), 0) - (SELECT count(*) FROM next_state AS next JOIN ${this.#schema}.customer_state AS old USING (id)) AS others`,
    );
    return Number(rows[0]?.others);
  }

  async #query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<QueryResult<Row>> {
    try {
      return await this.#connection.client.query<Row>(text, values);
    } catch (error) {
      throw databaseFault(error, this.#connection.name, this.#lang);
    }
  }
}
