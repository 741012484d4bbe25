import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { reasonToSkip } from "../setup/required.js";

/** A database that nobody else uses. */
export interface TestDatabase {
  /** A connection string. */
  readonly url: string;
  /** Removes the database. */
  stop(): Promise<void>;
}

interface Answer {
  readonly url?: string;
  readonly reason?: string;
}

/** What a server of our own ends with: the test run as a whole, or this process. See test/setup/test-run.ts. */
const run = process.env["EVERTEND_TEST_RUN"] ?? `${process.pid}.${randomUUID()}`;
const owner = run.split(".", 1)[0] as string;
const folder = join(tmpdir(), `evertend-postgres-${run}`);

/**
 * Why there is no PostgreSQL here; `undefined` where there is one: the one that `DATABASE_URL` names, or one that is
 * started by the first who asks and shared by all files of a test run.
 *
 * @throws Error where it is required and missing
 */
export async function postgresMissing(): Promise<string | undefined> {
  return reasonToSkip("postgres", (await findServer()).reason);
}

/**
 * A fresh, empty database on a real PostgreSQL. Durability is switched off on a server of our own.
 *
 * @throws Error with the reason of `postgresMissing`
 */
export async function startPostgres(): Promise<TestDatabase> {
  const { url, reason } = await findServer();
  if (url === undefined) throw new Error(reason);
  const name = `evertend_test_${randomUUID().replaceAll("-", "")}`;
  const manage = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: url });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await manage(`CREATE DATABASE ${name} TEMPLATE template0`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, stop: () => manage(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

let found: Promise<Answer> | undefined;

function findServer(): Promise<Answer> {
  const given = process.env["DATABASE_URL"];
  return (found ??= given === undefined ? startOnce() : Promise.resolve({ url: given }));
}

async function startOnce(): Promise<Answer> {
  try {
    // Whoever makes the folder starts the server; the others wait for what it says.
    mkdirSync(folder);
    spawn(process.execPath, [fileURLToPath(new URL("serve.mjs", import.meta.url)), folder, owner], { detached: true, stdio: "ignore" }).unref();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  for (let waited = 0; waited < 50_000; waited += 50) {
    try {
      return JSON.parse(readFileSync(join(folder, "answer.json"), "utf8")) as Answer;
    } catch {
      await delay(50);
    }
  }
  return { reason: "PostgreSQL did not start within 50 s" };
}
