import { DuckDBInstance } from "@duckdb/node-api";
import { corePlugin, createEnvironment, createEngine, defineFact, defineOperator, definePlugin, DiagnosticError, loadPack, parseDay, type Program, type SqlSpelling } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { canonicalLayout, compileSql, duckdb, postgres, readSqlRow } from "../../src/index.js";

const asOf = parseDay("2026-11-30") as number;

function packWith(sql?: SqlSpelling): Program {
  const operator = defineOperator({
    id: "startsWith", label: { "zh-CN": "以…开头", en: "starts with" }, factTypes: ["text"], valueTypes: ["text"],
    evaluate: (fact, value) => (String(fact).startsWith(String(value)) ? 1 : 0),
    ...(sql ? { sql } : {}),
  });
  const pack = {
    pack: { id: "p", version: "1" },
    model: { id: "m", zone: "UTC", entity: { name: "c", id: "id", properties: { id: { type: "string" }, city: { type: "string" }, card: { type: "string", absent: "none" } } } },
    templates: [{ id: "t", task: { en: { title: "t", brief: "t" } } }],
    rules: [
      { id: "city", when: [["city", "startsWith", "北"]], repeat: "once", then: [{ task: "t" }] },
      { id: "not-city", when: [{ not: ["city", "startsWith", "北"] }], repeat: "once", then: [{ task: "t" }] },
      { id: "not-card", when: [{ not: ["card", "startsWith", "gold"] }], repeat: "once", then: [{ task: "t" }] },
    ],
  };
  const environment = createEnvironment([corePlugin, definePlugin({ name: "own", operators: [operator] })]);
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) }, { environment });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program;
}

const layout = canonicalLayout(duckdb, { entity: "customers" });

describe("operators of plugins in SQL", () => {
  it("answer as their code does, what is missing included", async () => {
    const program = packWith((_dialect, [fact, value]) => `starts_with(${fact ?? ""}, ${value ?? ""})`);
    const people = [{ id: "1", city: "北京", card: "gold 1" }, { id: "2" }, { id: "3", city: "上海", card: "base" }];
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await db.run("CREATE TABLE customers (id VARCHAR, city VARCHAR, card VARCHAR)");
    for (const { id, city, card } of people) await db.run("INSERT INTO customers VALUES ($1, $2, $3)", [id, city ?? null, card ?? null]);
    const statement = compileSql(program, { dialect: duckdb, layout, asOf, answers: "full" });
    const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
    const engine = createEngine(program);
    for (const person of people) {
      const core = engine.evaluate(person, { asOf: "2026-11-30" });
      if ("setAside" in core) throw new Error("a sound record");
      const row = rows.find((one) => one["id"] === person.id) ?? {};
      const found = readSqlRow(row, { program, asOf });
      expect(found.matches.map(({ ruleId }) => ruleId).sort()).toEqual(core.matches.map(({ ruleId }) => ruleId).sort());
      expect(found.unknowns.map(({ ruleId, missing }) => [ruleId, missing])).toEqual(core.unknowns.map(({ ruleId, missing }) => [ruleId, missing]));
    }
    expect(engine.evaluate(people[1], { asOf: "2026-11-30" })).toMatchObject({ matches: [{ ruleId: "not-card" }] });
    db.closeSync();
  });

  it.each<[string, SqlSpelling | undefined]>([
    ["without SQL", undefined],
    ["without SQL for this dialect", (dialect) => (dialect === "duckdb" ? "TRUE" : undefined)],
  ])("are refused %s, each where it stands", (_name, spelling) => {
    let refused: unknown;
    try {
      compileSql(packWith(spelling), { dialect: postgres, layout: canonicalLayout(postgres, { entity: "customers" }), asOf, answers: "full" });
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(DiagnosticError);
    expect((refused as DiagnosticError).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`)).toEqual([
      "SQL_UNSUPPORTED /rules/0/when/0",
      "SQL_UNSUPPORTED /rules/1/when/0/not",
      "SQL_UNSUPPORTED /rules/2/when/0/not",
    ]);
  });
});

function factPack(sql?: SqlSpelling): Program {
  const fact = defineFact({
    id: "net", type: "number", label: { "zh-CN": "净额", en: "net" }, reads: ["assets", "debt"],
    evaluate: ([assets, debt]) => (typeof assets === "number" ? assets - (typeof debt === "number" ? debt : 0) : undefined),
    ...(sql ? { sql } : {}),
  });
  const pack = {
    pack: { id: "p", version: "1" },
    model: { id: "m", zone: "UTC", entity: { name: "c", id: "id", properties: { id: { type: "string" }, assets: { type: "number" }, debt: { type: "number", absent: "none" } } } },
    templates: [{ id: "t", task: { en: { title: "t", brief: "t" } } }],
    facts: [{ id: "size", kind: "bands", of: "net", bands: [{ name: "small" }, { name: "large", from: 100 }] }],
    rules: [
      { id: "large", when: [["size", "=", "large"]], repeat: "once", then: [{ task: "t" }] },
      { id: "not-50", when: [{ not: ["net", "=", 50] }], repeat: "once", then: [{ task: "t" }] },
    ],
  };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([corePlugin, definePlugin({ name: "own", facts: [fact] })]) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program;
}

describe("facts of plugins in SQL", () => {
  it("answer as their code does, what is missing included", async () => {
    const program = factPack((_dialect, [assets, debt]) => `(${assets ?? ""} - COALESCE(${debt ?? ""}, 0))`);
    const people = [{ id: "1", assets: 150, debt: 20 }, { id: "2", assets: 70, debt: 20 }, { id: "3", assets: 100 }, { id: "4", debt: 5 }];
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await db.run("CREATE TABLE customers (id VARCHAR, assets DOUBLE, debt DOUBLE)");
    for (const { id, assets, debt } of people) await db.run("INSERT INTO customers VALUES ($1, $2, $3)", [id, assets ?? null, debt ?? null]);
    const statement = compileSql(program, { dialect: duckdb, layout, asOf, answers: "full" });
    const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
    const engine = createEngine(program);
    const answers = people.map((person) => {
      const core = engine.evaluate(person, { asOf: "2026-11-30" });
      if ("setAside" in core) throw new Error("a sound record");
      const found = readSqlRow(rows.find((one) => one["id"] === person.id) ?? {}, { program, asOf });
      expect(found.matches.map(({ ruleId }) => ruleId).sort()).toEqual(core.matches.map(({ ruleId }) => ruleId).sort());
      expect(found.unknowns.map(({ ruleId, missing }) => [ruleId, missing])).toEqual(core.unknowns.map(({ ruleId, missing }) => [ruleId, missing]));
      return core.matches.map(({ ruleId }) => ruleId);
    });
    expect(answers).toEqual([["large", "not-50"], [], ["large", "not-50"], []]);
    db.closeSync();
  });

  it("are refused without SQL", () => {
    expect(() => compileSql(factPack(), { dialect: duckdb, layout, asOf, answers: "full" })).toThrow(DiagnosticError);
    try {
      compileSql(factPack(), { dialect: duckdb, layout, asOf, answers: "matches" });
    } catch (error) {
      expect(new Set((error as DiagnosticError).diagnostics.map(({ code }) => code))).toEqual(new Set(["SQL_UNSUPPORTED"]));
    }
  });
});
