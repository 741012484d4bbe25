import { DuckDBInstance } from "@duckdb/node-api";
import { corePlugin, createEnvironment, createEngine, defineOperator, definePlugin, DiagnosticError, loadPack, parseDay, type Program, type SqlSpelling } from "@evertend/core";
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
