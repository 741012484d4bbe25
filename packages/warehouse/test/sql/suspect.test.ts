import { DuckDBInstance } from "@duckdb/node-api";
import { corePlugin, createEngine, createEnvironment, loadPack, parseDay } from "@evertend/core";
import { expect, it } from "vitest";
import { compileSql, duckdb, nestedLayout, postgres, canonicalLayout, spark } from "../../src/index.js";

const model = {
  id: "m", zone: "Asia/Shanghai", currency: "CNY",
  entity: {
    name: "customer", id: "id", required: ["rm"],
    properties: {
      id: { type: "string" }, rm: { type: "string" },
      total: { type: "number", scale: 2, minimum: 0, maximum: 1_000_000_000 },
      level: { type: "integer", enum: [1, 2] },
      grade: { type: "string", enum: ["gold", "base"] },
      name: { type: "string", maxLength: 5 },
      phone: { type: "string", format: "phone", sensitivity: "personal" },
      email: { type: "string", format: "email", sensitivity: "personal" },
      timeZone: { type: "string", format: "time-zone" },
      born: { type: "string", format: "lunar-day" },
      scores: { type: "array", items: { type: "number" } },
      tags: { type: "array", items: { type: "string" } },
      deposits: { type: "array", id: "depositId", items: { type: "object", properties: { depositId: { type: "string" }, balance: { type: "number", scale: 2 }, kind: { type: "string", enum: ["term", "demand"] } } } },
    },
  },
};
const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model }) }, { environment: createEnvironment([corePlugin]) });
if (!program) throw new Error(JSON.stringify(diagnostics));
const asOf = parseDay("2026-11-30") as number;

const sound: Readonly<Record<string, unknown>> = {
  id: "1", rm: "m1", total: 19.99, level: 1, grade: "gold", name: "王小明明明", phone: "+8613800000000", email: "a.b@bank.example", timeZone: "Asia/Shanghai", born: "08-15", scores: [1, 2.5], tags: ["a"],
  deposits: [{ depositId: "d1", balance: 0.1, kind: "term" }, { depositId: "d2", balance: null, kind: null }],
};
const deposit = { depositId: "d1", balance: 1, kind: "term" };

/** Records that core sets aside; types fit their columns. */
const wrong: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ["an id that is empty", { id: "" }],
  ["no id", { id: null }],
  ["no required field", { rm: null }],
  ["too many decimals", { total: 19.999 }],
  ["a number too small", { total: -0.01 }],
  ["a number too large", { total: 1_000_000_000.01 }],
  ["a number that no double holds exactly", { total: 1e17 }],
  ["a number that is not allowed", { level: 3 }],
  ["a text that is not allowed", { grade: "silver" }],
  ["a text too long", { name: "abcdef" }],
  ["a text too long by signs that count two", { name: "😀😀😀" }],
  ["a NUL in a text", { name: "a\u0000b" }],
  ["two phones", { phone: "+8613800000000,+8613900000000" }],
  ["a line break behind a phone", { phone: "+8613800000000\n" }],
  ["a phone without a country", { phone: "13800000000" }],
  ["an address that is none", { email: "a@b@c" }],
  ["a line break in an address", { email: "a@b.example\r\nBcc: c@d" }],
  ["two dots in an address", { email: "a..b@c.example" }],
  ["a zone that is none", { timeZone: "Mars/Base" }],
  ["a lunar month that is none", { born: "13-01" }],
  ["a lunar day that is none", { born: "02-31" }],
  ["a lunar day with its year", { born: "1965-08-15" }],
  ["a line break behind a lunar day", { born: "08-15\n" }],
  ["a NUL in a list", { tags: ["a", "b\u0000"] }],
  ["a hole in a list", { tags: ["a", null] }],
  ["a list too long", { scores: Array.from({ length: 10_001 }, () => 1) }],
  ["an item without an id", { deposits: [{ ...deposit, depositId: null }] }],
  ["an item whose id is empty", { deposits: [{ ...deposit, depositId: "" }] }],
  ["two items of one id", { deposits: [deposit, { ...deposit, balance: 2 }] }],
  ["an item with too many decimals", { deposits: [{ ...deposit, balance: 0.001 }] }],
  ["an item with a text that is not allowed", { deposits: [deposit, { depositId: "d2", balance: 1, kind: "loan" }] }],
];

const types: Readonly<Record<string, string>> = { total: "DOUBLE", level: "DOUBLE", scores: "DOUBLE[]", tags: "VARCHAR[]", deposits: "STRUCT(depositId VARCHAR, balance DOUBLE, kind VARCHAR)[]" };
const text = (value: string): string => `'${value.replaceAll("'", "''").replaceAll("\u0000", "' || chr(0) || '")}'`;

function literal(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([key, one]) => `${key}: ${literal(one)}`).join(", ")}}`;
  return typeof value === "string" ? `(${text(value)})` : String(value);
}

async function suspects(records: readonly Readonly<Record<string, unknown>>[]): Promise<readonly unknown[]> {
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  const columns = Object.keys(sound);
  await db.run(`CREATE TABLE customers (place INTEGER, ${columns.map((name) => `"${name}" ${types[name] ?? "VARCHAR"}`).join(", ")})`);
  for (const [i, record] of records.entries()) await db.run(`INSERT INTO customers VALUES (${i}, ${columns.map((name) => literal(record[name])).join(", ")})`);
  const statement = compileSql(program as NonNullable<typeof program>, { dialect: duckdb, layout: nestedLayout(duckdb, { entity: "(SELECT * FROM customers ORDER BY place)" }), asOf, answers: "matches", suspect: true });
  const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
  db.closeSync();
  return rows.map((row) => row["suspect"]);
}

it("a record that core sets aside is suspect", async () => {
  const engine = createEngine(program);
  const records = wrong.map(([, change]) => ({ ...sound, ...change }));
  expect(wrong.filter((_, i) => !("setAside" in engine.evaluate(records[i], { asOf: "2026-11-30" }))).map(([name]) => name)).toEqual([]);
  const found = await suspects(records);
  expect(wrong.filter((_, i) => found[i] !== true).map(([name]) => name)).toEqual([]);
});

it("a sound record is not", async () => {
  const records = [sound, { id: "2", rm: "m" }, { ...sound, name: "😀😀", total: 0, deposits: [] }];
  expect(records.map((record) => "setAside" in createEngine(program).evaluate(record, { asOf: "2026-11-30" }))).toEqual([false, false, false]);
  expect(await suspects(records)).toEqual([false, false, false]);
});

it("is a column for every database", () => {
  const children = { deposits: { relation: "deposits" } };
  for (const [dialect, options] of [[postgres, { entity: "customers", children }], [spark, { entity: "customers" }]] as const) {
    const { text: statement } = compileSql(program, { dialect, layout: canonicalLayout(dialect, options), asOf, answers: "matches", suspect: true });
    expect(statement).toContain(dialect.identifier("suspect"));
  }
});
