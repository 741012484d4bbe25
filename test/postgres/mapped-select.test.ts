import { DuckDBInstance } from "@duckdb/node-api";
import { createEnvironment, loadPack, type Catalogue } from "@evertend/core";
import { openMappedSource, type MappedSource } from "@evertend/warehouse";
import { Client } from "pg";
import { afterAll, describe, expect, test } from "vitest";
import { diagnosticsOf, temporaryFolder } from "../../packages/warehouse/test/temporary-folder.js";
import { postgresMissing, startPostgres } from "./start-postgres.js";

const missing = await postgresMissing();
if (missing !== undefined) console.warn(`mapping by SELECT in PostgreSQL skipped: ${missing}`);
const database = missing === undefined ? await startPostgres() : undefined;
process.env["EVERTEND_TEST_SELECT"] = database?.url;
afterAll(() => database?.stop());
const folder = temporaryFolder();

const model = ((): Catalogue => {
  const files = {
    "pack.json": JSON.stringify({
      pack: { id: "p", version: "1" },
      model: {
        id: "m", zone: "Asia/Shanghai",
        entity: {
          name: "customer", id: "no",
          properties: {
            no: { type: "string" },
            tags: { type: "array", items: { type: "string" } },
            seen: { type: "string", format: "date-time" },
            assets: { type: "object", properties: { total: { type: "number", scale: 2 }, holdings: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, due: { type: "string", format: "date" }, risk: { type: "object", properties: { level: { type: "number" } } } } } } } },
          },
        },
        context: { products: { type: "array", items: { type: "object", properties: { id: { type: "string" }, price: { type: "number", scale: 2 }, opens: { type: "string", format: "date-time" }, tags: { type: "array", items: { type: "string" } } } } } },
      },
    }),
  };
  const { program, diagnostics } = loadPack(files, { environment: createEnvironment([]) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program.model;
})();

/** Each table as a SELECT of both databases, with the types that a bank's tables have. */
const tableSql = {
  clients: `SELECT * FROM (VALUES ('c2', '["a","b"]', CAST('2026-03-01 23:30:00+08' AS timestamptz), 10.50), ('c1', NULL, CAST('2026-03-01 09:00:00Z' AS timestamptz), NULL), ('c3', 'none', NULL, 7)) AS t(no, tags, seen, total)`,
  positions: `SELECT * FROM (VALUES ('c1', 'h2', CAST('2026-04-01' AS date), 3), ('c2', 'h3', NULL, NULL), ('c1', 'h1', CAST('2026-05-01' AS date), 2)) AS t(client, id, due, level)`,
  goods: `SELECT * FROM (VALUES ('p2', 1.25, CAST('2026-03-01 00:00:00+00' AS timestamptz), '["x"]'), ('p1', 2, NULL, NULL)) AS t(id, price, opens, tags)`,
};

async function files(extension: "csv" | "parquet" | "ndjson"): Promise<object> {
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  await connection.run("SET TimeZone = 'UTC'");
  const options = { csv: "FORMAT csv, HEADER", parquet: "FORMAT parquet", ndjson: "FORMAT json" }[extension];
  for (const [name, sql] of Object.entries(tableSql)) await connection.run(`COPY (${sql}) TO '${folder.path}/${name}.${extension}' (${options})`);
  connection.closeSync();
  return { files: Object.fromEntries(Object.keys(tableSql).map((name) => [name, `${name}.${extension}`])) };
}

let made = false;
async function tables(): Promise<object> {
  if (!made) {
    const client = new Client({ connectionString: database?.url });
    await client.connect();
    for (const [name, sql] of Object.entries(tableSql)) await client.query(`CREATE TABLE ${name} AS ${sql}`);
    await client.end();
  }
  made = true;
  return { postgres: { env: "EVERTEND_TEST_SELECT" } };
}

const sources = [
  ["csv", () => files("csv")],
  ["parquet", () => files("parquet")],
  ["ndjson", () => files("ndjson")],
  ...(database === undefined ? [] : [["postgres", tables] as const]),
] as const;

const byTables = {
  customers: { from: "clients", id: "no", fields: { tags: "tags", seen: "seen", "assets.total": "total" } },
  collections: { "assets.holdings": { from: "positions", customer: "client", fields: { id: "id", due: "due", "risk.level": "level" } } },
  context: { products: { from: "goods" } },
};
folder.file("positions.sql", `-- what a customer holds
WITH all_of_them AS (
  SELECT client AS "customer", id, due, level AS "risk.level"
  FROM positions
)
SELECT * FROM all_of_them;
`);
const bySelects = {
  customers: { from: { sql: 'SELECT no, tags, seen, total AS "assets.total" FROM clients' }, id: "no" },
  collections: { "assets.holdings": { from: { file: "positions.sql" }, customer: "customer" } },
  context: { products: { from: { sql: "SELECT id, price, opens, tags FROM goods" } } },
};

interface ReadRecord {
  readonly no: string;
  readonly tags?: unknown;
  readonly seen?: string;
  readonly assets: { readonly total?: number; readonly holdings: readonly { readonly id: string }[] };
}

async function all(source: MappedSource): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const { json } of source.records()) found.push(JSON.parse(json));
  return found;
}

const open = (name: string, mapping: object): Promise<MappedSource> => openMappedSource({ file: folder.file(`${name}.json`, JSON.stringify(mapping, undefined, 1)), model, lang: "en" });

describe.each(sources)("mapping over %s", (name, make) => {
  test.each([["tables", byTables], ["a SELECT each", bySelects]] as const)("by %s: dotted collections, lists, instants with offsets, context", async (_how, mapping) => {
    const source = await open(name, { source: await make(), ...mapping });
    const records = (await all(source)) as ReadRecord[];
    const ids = (holdings: readonly { readonly id: string }[]): string[] => holdings.map(({ id }) => id).sort();
    const held = (id: string, due: string, level: number): object => ({ id, due, risk: { level } });
    expect(records.map(({ no, tags, seen, assets }) => ({ no, tags, when: seen === undefined ? undefined : new Date(seen).toISOString(), total: assets.total, ids: ids(assets.holdings) }))).toEqual([
      { no: "c1", tags: undefined, when: "2026-03-01T09:00:00.000Z", total: undefined, ids: ["h1", "h2"] },
      { no: "c2", tags: ["a", "b"], when: "2026-03-01T15:30:00.000Z", total: 10.5, ids: ["h3"] },
      // A text that is no list is told, and core sets the customer aside.
      { no: "c3", tags: {}, when: undefined, total: 7, ids: [] },
    ]);
    expect(records[0]?.assets.holdings).toEqual(expect.arrayContaining([held("h1", "2026-05-01", 2), held("h2", "2026-04-01", 3)]));
    const products = (await source.context())["products"] as { id: string; opens?: string }[];
    expect([...products].sort((a, b) => (a.id < b.id ? -1 : 1)).map((one) => ({ ...one, ...(one.opens === undefined ? {} : { opens: new Date(one.opens).toISOString() }) }))).toEqual([{ id: "p1", price: 2 }, { id: "p2", price: 1.25, opens: "2026-03-01T00:00:00.000Z", tags: ["x"] }]);
    expect(await source.total()).toBe(3);
    expect(source.faults().map(({ code, message }) => `${code} ${message}`)).toEqual([`COLUMN_VALUE_INVALID Column "tags" in row 3 is not as the model wants it: expected list`]);
    expect(await source.fingerprint()).toBe(await source.fingerprint());
    await source.close();
  });

  test("rows of a SELECT are told by their number in the order of ids, whatever order they come in", async () => {
    const source = await open(`${name}-rows`, { source: await make(), ...bySelects, customers: { from: { sql: "SELECT no, 'secret' AS seen FROM clients ORDER BY no DESC" }, id: "no" } });
    await all(source);
    expect(source.faults().map(({ file, line }) => [file, line])).toEqual([["customers", 1], ["customers", 2], ["customers", 3]]);
    expect(JSON.stringify(source.faults())).not.toContain("secret");
    await source.close();
  });

  test("all that is wrong with SELECTs is said at once, on its line", async () => {
    folder.file("wrong.sql", "-- one\n-- two\nSELECT client,\n  nothing\nFROM positions");
    const mapping = {
      source: await make(),
      customers: { from: { sql: 'SELECT no, total AS "assets.totl" FROM clients' }, id: "number" },
      collections: { "assets.holdings": { from: { file: "wrong.sql" }, customer: "client" } },
      context: { products: { from: { sql: "SELECT id FROM goods; DROP TABLE goods" } } },
    };
    const found = await diagnosticsOf(() => open(`${name}-wrong`, mapping));
    const text = JSON.stringify(mapping, undefined, 1).split("\n");
    const lineOf = (part: string): number => text.findIndex((line) => line.includes(part)) + 1;
    expect(found.map(({ code, file, line }) => [code, file.split("/").at(-1), line]).sort()).toEqual([
      ["COLUMN_UNKNOWN", `${name}-wrong.json`, lineOf('"number"')],
      ["SQL_FAILED", "wrong.sql", 4],
      ["SQL_FAILED", `${name}-wrong.json`, lineOf("DROP TABLE")],
      // The id has a key of its own, and it names another column.
      ["UNKNOWN_KEY", `${name}-wrong.json`, lineOf("SELECT no") - 1],
      ["UNKNOWN_REFERENCE", `${name}-wrong.json`, lineOf("SELECT no") - 1],
    ].sort());
    expect(found.find(({ code }) => code === "UNKNOWN_REFERENCE")?.hint).toContain("assets.total");
  });

  test.each([
    ["writes", "DELETE FROM clients"],
    ["is two statements", "SELECT no FROM clients; SELECT 1"],
    ["is nothing", "-- nothing"],
    ["closes the brackets around it", "SELECT no FROM clients) AS a; DROP TABLE clients; SELECT (1"],
  ])("refuses what %s", async (_what, sql) => {
    const found = await diagnosticsOf(async () => open(`${name}-refused`, { source: await make(), customers: { from: { sql }, id: "no" } }));
    expect(found.map(({ code }) => code)).toEqual(["SQL_FAILED"]);
  });

  test("a value that a SELECT cannot cast ends the reading with its place, never with the value", async () => {
    const source = await open(`${name}-cast`, { source: await make(), customers: { from: { sql: 'SELECT no, CAST(tags AS int) AS "assets.total" FROM clients' }, id: "no" } });
    const [fault] = await diagnosticsOf(() => all(source));
    expect([fault?.code, fault?.file.split("/").at(-1)]).toEqual(["SQL_FAILED", `${name}-cast.json`]);
    expect(JSON.stringify(fault)).not.toMatch(/none|\["a/);
    await source.close();
  });
});
