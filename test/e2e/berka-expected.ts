import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** What is used of DuckDB here. */
interface Connection {
  run(sql: string, values?: string[]): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
  closeSync(): void;
}
interface DuckDb {
  readonly DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection>; closeSync(): void }> };
}

/** A match as the rules' words demand it. `occurrence` and `until` are given where the words fix them. */
export interface ExpectedMatch {
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence?: string;
  readonly until?: string;
}

/** What a run of the Berka example must answer. Lists are sorted by customerId, ruleId, subject, as `<` compares. */
export interface ExpectedBerka {
  readonly matches: readonly ExpectedMatch[];
  /** Of every client whose account was opened by the day; `null` = unknown. */
  readonly tiers: Readonly<Record<string, string | null>>;
  readonly unknown: readonly { readonly customerId: string; readonly ruleId: string }[];
}

/** Answers for 1994-03-30 (or a day before it) and 1998-12-31, by `berka-expected.sql`. */
export async function expectedBerka(dataDir: string, asOf: string): Promise<ExpectedBerka> {
  // DuckDB is a dependency of the warehouse, not of the tests: it is found from there.
  const { DuckDBInstance } = createRequire(new URL("../../packages/warehouse/package.json", import.meta.url))("@duckdb/node-api") as DuckDb;
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run("SET VARIABLE data = $1::VARCHAR", [dataDir]);
    await connection.run("SET VARIABLE as_of = $1::DATE", [asOf]);
    await connection.run(readFileSync(new URL("./berka-expected.sql", import.meta.url), "utf8"));
    const matches = (await rows(connection, "SELECT * FROM matches")).map(
      ([customerId, ruleId, subject, occurrence, until]): ExpectedMatch => ({
        customerId: customerId ?? "",
        ruleId: ruleId ?? "",
        subject: subject ?? "",
        ...(typeof occurrence === "string" ? { occurrence } : {}),
        ...(typeof until === "string" ? { until } : {}),
      }),
    );
    const tiers = await rows(connection, "SELECT customer_id, tier FROM tiers");
    const unknown = (await rows(connection, "SELECT * FROM unknown")).map(([customerId, ruleId]) => ({ customerId: customerId ?? "", ruleId: ruleId ?? "" }));
    return {
      matches: matches.sort(by((match) => [match.customerId, match.ruleId, match.subject])),
      tiers: Object.fromEntries(tiers.map(([customerId, tier]) => [customerId ?? "", tier ?? null])),
      unknown: unknown.sort(by((entry) => [entry.customerId, entry.ruleId])),
    };
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function rows(connection: Connection, sql: string): Promise<(string | null)[][]> {
  return (await connection.runAndReadAll(sql)).getRows() as (string | null)[][];
}

/** Orders by the first part that differs. */
export function by<T>(parts: (value: T) => readonly string[]): (a: T, b: T) => number {
  return (a, b) => {
    const right = parts(b);
    for (const [i, left] of parts(a).entries()) {
      const other = right[i] ?? "";
      if (left !== other) return left < other ? -1 : 1;
    }
    return 0;
  };
}
