import type { CustomerState, Lang, ReviewStore, ScheduledState } from "@evertend/core";
import { connectPostgres, type ConnectionReference, type PostgresConnection } from "../postgres/connect-postgres.js";
import { databaseFault } from "../postgres/database-fault.js";
import { readCursor } from "../postgres/read-cursor.js";
import { identifier, literal } from "../source/sql-text.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { StateLineWriter } from "./state-line-writer.js";
import { lockOf, migrateState } from "./postgres-state-schema.js";
import { idBytes, PostgresStateWriter } from "./postgres-state-writer.js";
import { readSchedule, readStateLine } from "./state-line.js";

/** Run state in PostgreSQL. */
export interface PostgresStateStore extends ReviewStore {
  /** Civil date of the run that wrote the state; `null` where there is none. */
  asOf(): Promise<string | null>;
  /** Version of the state as it is, another one after every run; `null` where there is none. */
  hash(): Promise<string | null>;
  begin(): Promise<StateLineWriter>;
}

/** Enough for all of a line's head but the id. */
const headCharacters = 160;
const loadBatch = 1000;

interface Run {
  readonly version: string;
  readonly as_of: string | null;
  readonly basis: string | null;
  readonly customers: string;
}

/**
 * Keeps run state in PostgreSQL, in a schema of its own, with the promises of `openFileState`: order by UTF-16 code unit,
 * one run at a time, nothing visible before `commit`, a killed run leaves the old state whole. `begin` makes the tables
 * where they are missing; reading alone changes nothing and needs no right to write.
 *
 * The lock belongs to a connection, so the connection string must name the server itself or a pooler that gives a
 * connection to one client (not one that shares it between transactions).
 *
 * @param options.schema its name; default `evertend`
 * @throws DiagnosticError from all methods: SECRET_MISSING, DATABASE_FAILED, STATE_INVALID, STATE_LOCKED, DISK_FULL
 */
export function openPostgresState(reference: ConnectionReference, options: { readonly lang: Lang; readonly asOf?: string; readonly basis?: string; readonly schema?: string }): PostgresStateStore {
  const { lang, schema = "evertend" } = options;
  const tables = identifier(schema);
  /** Version of the state that was read last; `undefined` = nothing was read. */
  let seen: string | undefined;
  const locked = (name: string): Error => diagnosticError(lang, "STATE_LOCKED", { file: name }, { name });

  async function* connected<T>(use: (connection: PostgresConnection) => AsyncIterable<T>): AsyncGenerator<T> {
    const connection = await connectPostgres(reference, lang);
    try {
      yield* use(connection);
    } catch (error) {
      throw databaseFault(error, connection.name, lang);
    } finally {
      await connection.client.end().catch(() => undefined);
    }
  }

  async function findRun({ client }: PostgresConnection): Promise<Run | undefined> {
    const { rows } = await client.query<{ found: boolean }>(`SELECT to_regclass(${literal(`${tables}.state_run`)}) IS NOT NULL AS found`);
    if (rows[0]?.found !== true) return undefined;
    return (await client.query<Run>(`SELECT version::text, as_of, basis, customers::text FROM ${tables}.state_run`)).rows[0];
  }

  const readAs = <T extends { readonly customerId: string }>(column: string, parse: (line: string) => T | undefined): AsyncIterable<T> =>
    connected(async function* ({ client, name }) {
      // One moment for run and rows, however long the reading takes.
      await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      const run = await findRun({ client, name });
      seen = run?.version ?? "0";
      if (run === undefined) return;
      let row = 0;
      let previous: string | undefined;
      const fault = (): Error => diagnosticError(lang, "STATE_INVALID", { file: name, line: row }, { name, line: row });
      for await (const { line } of readCursor<{ line: string }>(client, `SELECT ${column} AS line FROM ${tables}.customer_state ORDER BY id`)) {
        row++;
        const state = parse(line);
        if (state === undefined || (previous !== undefined && state.customerId <= previous)) throw fault();
        previous = state.customerId;
        yield state;
      }
      if (row !== Number(run.customers)) throw fault();
    });

  const load = async (scheduled: readonly ScheduledState[]): Promise<readonly CustomerState[]> => {
    const states: CustomerState[] = [];
    for await (const rows of connected(async function* ({ client, name }) {
      for (let from = 0; from < scheduled.length; from += loadBatch) {
        const ids = scheduled.slice(from, from + loadBatch).map(({ customerId }) => customerId);
        const { rows } = await client.query<{ line: string }>(`SELECT line FROM ${tables}.customer_state WHERE id = ANY ($1::bytea[]) ORDER BY id`, [ids.map(idBytes)]);
        const found = rows.map(({ line }) => readStateLine(line));
        if (found.length !== ids.length || found.some((state, i) => state?.customerId !== ids[i])) throw diagnosticError(lang, "STATE_INVALID", { file: name }, { name });
        yield found as CustomerState[];
      }
    })) states.push(...rows);
    return states;
  };

  const about = async (): Promise<Run | undefined> => {
    for await (const run of connected(async function* (connection) {
      yield await findRun(connection);
    })) return run;
    return undefined;
  };

  const begin = async (): Promise<StateLineWriter> => {
    const connection = await connectPostgres(reference, lang);
    const { client, name } = connection;
    try {
      const { rows } = await client.query<{ mine: boolean }>(`SELECT pg_try_advisory_lock(${lockOf("run")}) AS mine`, [schema]);
      if (rows[0]?.mine !== true) throw locked(name);
      if (!(await migrateState(client, schema))) throw diagnosticError(lang, "STATE_INVALID", { file: name }, { name });
      const run = await findRun(connection);
      if (seen !== undefined && seen !== (run?.version ?? "0")) throw locked(name);
      return await PostgresStateWriter.open(connection, schema, options, lang);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw databaseFault(error, name, lang);
    }
  };

  return {
    read: (): AsyncIterable<CustomerState> => readAs("line", readStateLine),
    // An id within a line takes at most six characters for each byte of the key; the rest of a head is short.
    schedule: (): AsyncIterable<ScheduledState> => readAs(`left(line, ${headCharacters} + 6 * length(id))`, readSchedule),
    load,
    begin,
    asOf: async () => (await about())?.as_of ?? null,
    hash: async () => (await about())?.version ?? null,
    basis: async () => (await about())?.basis ?? null,
  };
}
