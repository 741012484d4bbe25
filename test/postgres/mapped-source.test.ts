import { DuckDBInstance } from "@duckdb/node-api";
import { bankingPlugin } from "@evertend/banking";
import { createEnvironment, loadPack, type Catalogue, type SourceRecord } from "@evertend/core";
import { openMappedSource, type MappedSource } from "@evertend/warehouse";
import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { openBench } from "../../packages/cli/test/command-bench.js";
import { smallPack } from "../../packages/cli/test/small-pack.js";
import { diagnosticsOf, temporaryFolder } from "../../packages/warehouse/test/temporary-folder.js";
import { postgresMissing, startPostgres } from "./start-postgres.js";

const missing = await postgresMissing();
if (missing !== undefined) console.warn(`mapping of PostgreSQL skipped: ${missing}`);
const database = missing === undefined ? await startPostgres() : undefined;
process.env["EVERTEND_TEST_MAPPED"] = database?.url;
afterAll(() => database?.stop());
const folder = temporaryFolder();
const model = modelOf();

function modelOf(): Catalogue {
  const files = Object.fromEntries(Object.entries(smallPack).map(([name, json]) => [name, JSON.stringify(json)]));
  const { program, diagnostics } = loadPack(files, { environment: createEnvironment([bankingPlugin]) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program.model;
}

/** The bank's own tables. 𠀀 comes before Ａ by UTF-16 code unit, and after it by code point. */
const accounts = [["c3", "M1", "100.50", "19800229"], ["\uFF21", "M2", null, null], ["\u{20000}", null, "7", "20000101"], ["c1", "M'1\"", "0.10", "bad date"]];
const deposits = [["D3", "c3", "2026-03-09"], ["D1", "c1", "2026-03-08"], ["D2", "c1", null], ["D9", "nobody", "2026-01-01"], ["D4", "\u{20000}", "2026-03-07"]];
const customersSql = rowsSql(accounts, ["Cust No", "rm", "amt", "born"]);
const depositsSql = rowsSql(deposits, ["id", "cust", "due"]);

function rowsSql(rows: readonly (readonly (string | null)[])[], names: readonly string[]): string {
  const cell = (one: string | null): string => (one === null ? "NULL" : `'${one.replaceAll("'", "''")}'`);
  return `SELECT * FROM (VALUES ${rows.map((row) => `(${row.map(cell).join(", ")})`).join(", ")}) AS t(${names.map((name) => `"${name}"`).join(", ")})`;
}

const mapping = {
  customers: { from: "accounts", id: "Cust No", fields: { rm: { column: "rm", values: { M1: "Manager 1", M2: "Manager 2" } }, assets: "amt", birthDate: { column: "born", format: "yyyyMMdd" } } },
  collections: { deposits: { from: "deposits", customer: "cust", fields: { depositId: "id", maturesOn: "due" } } },
};

async function all(source: MappedSource): Promise<SourceRecord[]> {
  const found: SourceRecord[] = [];
  for await (const one of source.records()) found.push(one);
  return found;
}

const expected = [
  { customerId: "c1", deposits: [{ depositId: "D1", maturesOn: "2026-03-08" }, { depositId: "D2" }], rm: {}, assets: 0.1, birthDate: {} },
  { customerId: "c3", deposits: [{ depositId: "D3", maturesOn: "2026-03-09" }], rm: "Manager 1", assets: 100.5, birthDate: "1980-02-29" },
  { customerId: "\u{20000}", deposits: [{ depositId: "D4", maturesOn: "2026-03-07" }], assets: 7, birthDate: "2000-01-01" },
  { customerId: "\uFF21", deposits: [], rm: "Manager 2" },
];

async function files(extension: "csv" | "parquet" | "ndjson"): Promise<object> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const options = { csv: "FORMAT csv, HEADER", parquet: "FORMAT parquet", ndjson: "FORMAT json" }[extension];
  for (const [name, sql] of [["accounts", customersSql], ["deposits", depositsSql]] as const) await connection.run(`COPY (${sql}) TO '${folder.path}/${name}.${extension}' (${options})`);
  connection.closeSync();
  return { files: { accounts: `accounts.${extension}`, deposits: `deposits.${extension}` } };
}

async function tables(schema: string): Promise<object> {
  const client = new Client({ connectionString: database?.url });
  await client.connect();
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}; CREATE TABLE accounts AS SELECT "Cust No", rm, amt::numeric AS amt, born FROM (${customersSql}) AS one; CREATE TABLE deposits AS SELECT id, cust, due::date AS due FROM (${depositsSql}) AS one`);
  await client.end();
  return { postgres: { env: "EVERTEND_TEST_MAPPED" } };
}

describe("mapping", () => {
  test.each([
    ["csv", () => files("csv")],
    ["parquet", () => files("parquet")],
    ["ndjson", () => files("ndjson")],
    ...(database === undefined ? [] : [["postgres", () => tables("one")] as const]),
  ] as const)("%s: customers with their items, by UTF-16 code unit; what does not fit is told by row and column", async (name, make) => {
    const file = folder.file(`${name}.mapping.json`, JSON.stringify({ source: await make(), ...mapping }));
    const source = await openMappedSource({ file, model, lang: "en" });
    const records = await all(source);
    expect(records.map(({ json }) => JSON.parse(json) as unknown)).toEqual(expected);
    expect(records.map(({ id }) => id)).toEqual(expected.map(({ customerId }) => customerId));
    expect(await source.total()).toBe(4);
    // Read twice, told once. A file's rows have the numbers of the file; a table has none but its order.
    await all(source);
    expect(await source.fingerprint()).toBe(await source.fingerprint());
    const row = name === "postgres" ? 1 : 4;
    expect(source.faults().map(({ code, file: table, line, message }) => [code, table, line, message])).toEqual([
      ["COLUMN_VALUE_INVALID", "accounts", row, `Column "rm" in row ${row} is not as the model wants it: expected M1 | M2`],
      ["COLUMN_VALUE_INVALID", "accounts", row, `Column "born" in row ${row} is not as the model wants it: expected yyyyMMdd`],
    ]);
    expect(JSON.stringify(source.faults())).not.toContain("bad date");
    await source.close();
  });

  test("all that is wrong with a mapping is said at once, with its place", async () => {
    const wrong = {
      source: await files("csv"),
      customers: { from: "accounts", id: "cust no", fields: { asets: "amt", rm: "Rm", assets: { column: "amt", format: "yyyyMMdd" }, customerId: "Cust No" } },
      collections: { deposit: { from: "deposits", customer: "cust", fields: {} }, deposits: { from: "nothing", customer: "cust", fields: { depositId: "id" } } },
    };
    const found = await diagnosticsOf(() => openMappedSource({ file: folder.file("wrong.json", JSON.stringify(wrong, undefined, 2)), model, lang: "en" }));
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`).sort()).toEqual([
      "COLUMN_UNKNOWN /customers/fields/rm",
      "COLUMN_UNKNOWN /customers/id",
      "UNKNOWN_KEY /customers/fields/customerId",
      "UNKNOWN_REFERENCE /collections/deposit",
      "UNKNOWN_REFERENCE /collections/deposits/from",
      "UNKNOWN_REFERENCE /customers/fields/asets",
      "UNKNOWN_REFERENCE /customers/fields/assets/format",
    ]);
    expect(found.every(({ line }) => line > 1)).toBe(true);
    expect(found.find(({ pointer }) => pointer === "/customers/fields/asets")?.hint).toContain("assets");
  });

  test.each([
    ["a connection string", { source: { postgres: "postgres://a:hunter2@b/c" }, ...mapping }, "SECRET_LITERAL"],
    ["a variable that is not set", { source: { postgres: { env: "EVERTEND_TEST_NOTHING" } }, ...mapping }, "SECRET_MISSING"],
    ["a file that is not there", { source: { files: { accounts: "gone.csv" } }, ...mapping }, "FILE_NOT_FOUND"],
    ["two sources", { source: { files: {}, postgres: { env: "X" } }, ...mapping }, "UNKNOWN_KEY"],
    ["no source", { source: {}, ...mapping }, "KEY_MISSING"],
    ["an unknown key", { source: { files: {} }, ...mapping, customer: {} }, "UNKNOWN_KEY"],
  ])("refuses %s", async (_what, json, code) => {
    const found = await diagnosticsOf(() => openMappedSource({ file: folder.file("refused.json", JSON.stringify(json)), model, lang: "en" }));
    expect(found.map((one) => one.code)).toContain(code);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  test("run takes a mapping as its source, and sets aside whose data does not fit", async () => {
    const bench = openBench();
    bench.write("accounts.csv", "no,rm,amt\nC2,M1,600000\nC1,M1,lots\n");
    bench.write("map.json", JSON.stringify({ source: { files: { accounts: "accounts.csv" } }, customers: { from: "accounts", id: "no", fields: { rm: "rm", assets: "amt" } } }));
    const json = await bench.plan("2026-03-01", ["--source", "map.json", "--format", "json"]);
    expect(json.code).toBe(0);
    expect(bench.lines<{ customerId: string }>("out/tasks.ndjson").every(({ customerId }) => customerId === "C2")).toBe(true);
    expect(JSON.parse(json.stdout)).toMatchObject({ customers: 1, setAside: { NUMBER_INVALID: 1 } });
    const told = json.stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as { code: string; line: number });
    expect(told.map(({ code, line }) => [code, line])).toEqual([["COLUMN_VALUE_INVALID", 2]]);
    expect(json.stderr).not.toContain("lots");
    const words = await bench.plan("2026-03-01", ["--source", "map.json"]);
    expect(words.stderr).toContain('Column "amt" in row 2');
    expect(words.stderr).not.toContain("lots");
    bench.remove();
  });
});

test.skipIf(database === undefined)("PostgreSQL: many rows in little memory, of one moment, hostile names", async () => {
  const client = new Client({ connectionString: database?.url });
  await client.connect();
  await client.query(`CREATE SCHEMA "o'dd"; CREATE TABLE "o'dd"."a""b" AS SELECT 'c' || lpad(i::text, 6, '0') AS "i'd""", i AS amt FROM generate_series(1, 20000) AS i`);
  const file = folder.file("many.json", JSON.stringify({ source: { postgres: { env: "EVERTEND_TEST_MAPPED" } }, customers: { from: `o'dd.a"b`, id: `i'd"`, fields: { assets: "amt" } } }));
  const source = await openMappedSource({ file, model, lang: "en" });
  const seen: string[] = [];
  for await (const { id } of source.records()) {
    if (seen.push(id) === 1) await client.query(`DELETE FROM "o'dd"."a""b"`);
  }
  expect([seen.length, seen[0], seen.at(-1)]).toEqual([20_000, "c000001", "c020000"]);
  // The connection is lost while rows are read: a diagnostic, not a short list.
  const reading = source.records()[Symbol.asyncIterator]();
  await reading.next();
  await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'evertend' AND datname = current_database()");
  const rest = async (): Promise<void> => {
    while ((await reading.next()).done !== true);
  };
  expect((await diagnosticsOf(rest))[0]?.code).toBe("DATABASE_FAILED");
  await source.close();
  await client.end();
});
