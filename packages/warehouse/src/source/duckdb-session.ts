import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { DiagnosticError, Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { sourceInvalid } from "./source-fault.js";

/** Limits of a session. */
export interface SessionOptions {
  readonly memoryLimit?: string;
  readonly threads?: number;
}

/**
 * One DuckDB database in memory and the connection that prepares the source. What does not fit into the memory limit
 * goes to a folder of its own under the system's temporary folder, which is removed at `close`. Nothing is downloaded
 * and no setting of the machine is read.
 */
export class DuckDbSession {
  readonly #instance: DuckDBInstance;
  readonly connection: DuckDBConnection;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.connection = connection;
  }

  static async open(options: SessionOptions): Promise<DuckDbSession> {
    // Loaded late: the native library is large, and state and outputs do not need it.
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(":memory:", {
      memory_limit: options.memoryLimit ?? "1GB",
      temp_directory: join(tmpdir(), `evertend-${process.pid}-${randomUUID().slice(0, 8)}`),
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      allow_persistent_secrets: "false",
      preserve_insertion_order: "true",
      ...(options.threads === undefined ? {} : { threads: String(options.threads) }),
    });
    const connection = await instance.connect();
    // Otherwise dates taken out of instants would depend on the machine's zone.
    await connection.run("SET TimeZone = 'UTC'");
    return new DuckDbSession(instance, connection);
  }

  /** One more connection; the caller closes it. */
  connect(): Promise<DuckDBConnection> {
    return this.#instance.connect();
  }

  /** All rows of a small result. */
  async rows(sql: string): Promise<unknown[][]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

/** The diagnostic for an error of DuckDB that has nothing to do with the source's content, or `undefined`. */
export function machineFault(error: unknown, file: string, lang: Lang): DiagnosticError | undefined {
  const message = error instanceof Error ? error.message : String(error);
  if (/No space left on device|max_temp_directory_size/i.test(message)) return diagnosticError(lang, "DISK_FULL", { file }, { name: tmpdir() });
  if (/^Out of Memory/i.test(message)) return sourceInvalid(lang, { file }, "memory");
  return undefined;
}
