import { readFile } from "node:fs/promises";
import type { Lang } from "@evertend/core";
import type { Client } from "pg";
import { diagnosticError } from "../throw-diagnostic.js";
import { databaseFault } from "./database-fault.js";

/**
 * Where a connection string is kept: an environment variable or a file. Never the string itself, for it holds a
 * password.
 */
export type ConnectionReference = { readonly env: string } | { readonly file: string };

/** A connection, and how it is called in diagnostics. */
export interface PostgresConnection {
  readonly client: Client;
  readonly name: string;
}

/** Name of a connection in diagnostics: that of its reference. */
export function connectionName(reference: ConnectionReference): string {
  return "env" in reference ? `env:${reference.env}` : `file:${reference.file}`;
}

/**
 * Connects to the PostgreSQL that a reference names.
 *
 * @param statementTimeout milliseconds that one statement may take; 0 = any
 * @throws DiagnosticError SECRET_MISSING, DATABASE_FAILED
 */
export async function connectPostgres(reference: ConnectionReference, lang: Lang, statementTimeout = 0): Promise<PostgresConnection> {
  const name = connectionName(reference);
  const connectionString = await read(reference);
  if (connectionString === undefined || connectionString === "") throw diagnosticError(lang, "SECRET_MISSING", { file: name }, { name });
  // Loaded late: whoever keeps customers and state in files needs no driver.
  const pg = await import("pg");
  let client: Client;
  try {
    client = new pg.Client({ connectionString, connectionTimeoutMillis: 30_000, application_name: "evertend", keepAlive: true, options: `-c statement_timeout=${statementTimeout} -c timezone=UTC -c datestyle=ISO` });
  } catch {
    // The driver's text would quote what it was given.
    throw diagnosticError(lang, "DATABASE_FAILED", { file: name }, { name, detail: "connection string" });
  }
  // A connection that breaks while nothing is asked; the next question says so.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw databaseFault(error, name, lang);
  }
  return { client, name };
}

async function read(reference: ConnectionReference): Promise<string | undefined> {
  if ("env" in reference) return process.env[reference.env]?.trim();
  return readFile(reference.file, "utf8").then((text) => text.trim(), () => undefined);
}
