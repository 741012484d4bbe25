import { DuckDBInstance } from "@duckdb/node-api";
import { createEnvironment, corePlugin, loadPack, parseDay, type Field, type Program, type TruthNode, type ValueNode } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { canonicalLayout, compileSql, duckdb, postgres, readSqlRow, spark, type SqlDialect } from "../../src/index.js";

/** Names as an attacker would choose them. */
const hostile = [
  `a"; DROP TABLE customers; --`,
  `a"" OR ""1""=""1`,
  "a`b``; DROP TABLE customers; --",
  `a'b''; DROP TABLE customers; --`,
  "a */ DROP TABLE customers; /* b",
  "a\n; DROP TABLE customers",
  "a\r\n--b",
  "$1 :p1 ? %s",
  "a\\'b\\",
  "\u2028\u0085名字",
];

const model = { id: "m", zone: "UTC", entity: { name: "c", id: "id", properties: { id: { type: "string" }, city: { type: "string" } } } };
const asOf = parseDay("2026-11-30") as number;

/** A pack whose one rule, field and constant are named so; core would refuse some of these names, the compiler must not rely on it. */
function packWith(name: string): Program {
  const pack = { pack: { id: "p", version: "1" }, model, templates: [{ id: "t", task: { en: { title: "t", brief: "t" } } }], rules: [{ id: "r", when: [["city", "=", "PLACEHOLDER"]], repeat: "once", then: [{ task: "t" }] }] };
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([corePlugin]) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  const city = program.model.fields.get("city") as Field;
  const fields = new Map([...program.model.fields].filter(([key]) => key !== "city"));
  fields.set(name, { ...city, name });
  const value: ValueNode = { op: "field", type: "text", level: -1, slot: city.slot, name, label: city.label };
  const when: TruthNode = { op: "compare", cmp: "=", left: value, right: { op: "const", type: "text", value: name } };
  return { ...program, model: { ...program.model, fields }, rules: program.rules.map((rule) => ({ ...rule, id: name, when, occurrence: { op: "join", type: "text", parts: [value] } as const })) };
}

function layoutFor(dialect: SqlDialect): ReturnType<typeof canonicalLayout> {
  return canonicalLayout(dialect, { entity: "customers" });
}

describe.each(hostile.map((name) => [JSON.stringify(name), name] as const))("a rule, a field and a text named %s", (_shown, name) => {
  it("are found, reported as missing, and break nothing", async () => {
    const program = packWith(name);
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await db.run(`CREATE TABLE customers ("id" VARCHAR, ${duckdb.identifier(name)} VARCHAR)`);
    await db.run("INSERT INTO customers VALUES ('1', $1), ('2', NULL), ('3', 'else')", [name]);
    const statement = compileSql(program, { dialect: duckdb, layout: layoutFor(duckdb), asOf, answers: "full" });
    const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
    const found = new Map(rows.map((row) => [row["id"], readSqlRow(row, { program, asOf })] as const));
    expect(found.get("1")?.matches).toEqual([{ ruleId: name, subject: "", occurrence: name, until: Infinity }]);
    expect(found.get("2")?.unknowns.map(({ ruleId, missing }) => [ruleId, ...missing])).toEqual([[name, ...name.split("\n")].length > 2 ? [name, ...name.split("\n").sort()] : [name, name]]);
    expect(found.get("3")?.matches).toEqual([]);
    expect((await db.runAndReadAll("SELECT COUNT(*) FROM customers")).getRowsJson()).toEqual([["3"]]);
    db.closeSync();
  });

  it.each([["duckdb", duckdb], ["postgres", postgres], ["spark", spark]] as const)("stand in %s only as identifiers, parameters and harmless comments", (_id, dialect) => {
    const { text, parameters } = compileSql(packWith(name), { dialect, layout: layoutFor(dialect), asOf, answers: "full" });
    expect(parameters.some(({ value }) => value === name)).toBe(true);
    // With identifiers, string literals and comments taken away, nothing of the name is left.
    const quoted = dialect.id === "spark" ? /`(?:[^`]|``)*`/g : /"(?:[^"]|"")*"/g;
    const bare = text.replaceAll(quoted, " ");
    const rest = bare.replaceAll(/\/\*.*?\*\//gs, " ").replaceAll(/'(?:[^']|'')*'/g, " ");
    expect(rest).not.toMatch(/DROP|OR 1|"|`/);
    for (const [comment] of bare.matchAll(/\/\*.*?\*\//gs)) expect(comment).toMatch(/^\/\* [^*\n\r]* \*\/$/);
  });
});
