import { DuckDBInstance } from "@duckdb/node-api";
import { corePlugin, createEnvironment, loadPack, parseDay } from "@evertend/core";
import { expect, it } from "vitest";
import { canonicalLayout, compileSql, duckdb, readSqlRow } from "../../src/index.js";

const pack = {
  pack: { id: "p", version: "1" },
  model: { id: "m", zone: "UTC", entity: { name: "c", id: "id", properties: { id: { type: "string" }, due: { type: "string", format: "date" }, n: { type: "number" }, lots: { type: "array", id: "lotId", absent: "none", items: { type: "object", properties: { lotId: { type: "string" }, units: { type: "number", scale: 2 }, price: { type: "number", scale: 2 } } } } } } },
  templates: [{ id: "t", task: { en: { title: "t", brief: "t" } } }],
  facts: [
    { id: "value", forEach: "lots as lot", kind: "sum", of: ["lot.units", "lot.price"] },
    { id: "total", kind: "aggregate", fold: "sum", over: "lots as lot", of: "lot.value" },
    { id: "age", kind: "daysSince", date: "due", unit: "months" },
  ],
  rules: [
    ...["withinNextDays", "withinLastDays", "withinNextMonths", "withinLastMonths"].map((operator) => ({ id: operator, when: [["due", operator, { fact: "n" }]], repeat: "once", then: [{ task: "t" }] })),
    { id: "age", when: [["age", ">=", { fact: "n" }]], repeat: "once", then: [{ task: "t" }] },
    { id: "total", when: [["total", ">", 1]], repeat: "once", then: [{ task: "t" }] },
  ],
};

it("one record with huge numbers ends the statement for nobody", async () => {
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([corePlugin]) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run("CREATE TABLE customers (id VARCHAR, due DATE, n DOUBLE, lots STRUCT(lotId VARCHAR, units DOUBLE, price DOUBLE)[])");
  await db.run(`INSERT INTO customers VALUES ('1', DATE '2026-12-01', 9e15, [{lotId: 'a', units: 9e15, price: 9e15}]), ('2', DATE '2026-12-01', -9e15, [{lotId: 'a', units: -9e15, price: 9e15}]), ('3', DATE '2026-12-01', 3, [{lotId: 'a', units: 1, price: 2}]), ('4', NULL, NULL, NULL)`);
  const asOf = parseDay("2026-11-30") as number;
  const statement = compileSql(program, { dialect: duckdb, layout: canonicalLayout(duckdb, { entity: "customers" }), asOf, answers: "full" });
  const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
  db.closeSync();
  const found = new Map(rows.map((row) => [row["id"], readSqlRow(row, { program, asOf })] as const));
  expect(found.get("3")?.matches.map(({ ruleId }) => ruleId)).toEqual(["total", "withinNextDays", "withinNextMonths"]);
  expect(found.get("1")?.matches.map(({ ruleId }) => ruleId)).toContain("withinNextMonths");
  expect(found.get("1")?.failures.map(({ ruleId, message }) => `${ruleId} ${message}`)).toContain("total SUM_TOO_LARGE");
});
