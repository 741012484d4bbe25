import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { createEvaluator, createNormaliser, formatDiagnostics, loadPack, parseDay, type Program } from "@evertend/core";
import { compileSql, duckdb, nestedLayout } from "@evertend/warehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asOf, quarter } from "./parquet/bench-day.js";
import { makePopulation } from "./parquet/make-population.js";
import { makeRules } from "./parquet/make-rules.js";
import { renderJsonRulesEngine } from "./parquet/render-json-rules-engine.js";
import { renderPack } from "./parquet/render-pack.js";
import { renderSql } from "./parquet/render-sql.js";

const folder = mkdtempSync(join(tmpdir(), "evertend-bench-test-"));
const file = join(folder, "customers.parquet");
const from = `read_parquet('${file}')`;
const rules = makeRules(50);
const day = parseDay(asOf) ?? 0;
const sample = 400;
let db: DuckDBConnection;
let program: Program;

beforeAll(async () => {
  await makePopulation({ file, customers: 20_000 });
  db = await (await DuckDBInstance.create(":memory:")).connect();
  const loaded = loadPack(renderPack(rules));
  if (!loaded.program) throw new Error(formatDiagnostics(loaded.diagnostics));
  program = loaded.program;
});

afterAll(() => {
  db.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

async function rows(sql: string, parameters: readonly (string | number | boolean)[] = []): Promise<readonly Record<string, unknown>[]> {
  return (await db.runAndReadAll(sql, [...parameters])).getRowObjectsJson();
}

/** Ids of rules by customer, out of the column that both queries have. */
function found(answers: readonly Record<string, unknown>[]): ReadonlyMap<string, readonly string[]> {
  return new Map(answers.map(({ id, matches }) => [String(id), (JSON.parse(`[${String(matches ?? "")}]`) as [string, string, string][]).map(([rule]) => rule)]));
}

describe("the population in Parquet", () => {
  it("is the same each time, and a larger one begins with it", async () => {
    const other = join(folder, "other.parquet");
    await makePopulation({ file: other, customers: 21_000 });
    const [missing] = await rows(`SELECT count(*) AS n FROM (SELECT * FROM ${from} EXCEPT SELECT * FROM read_parquet('${other}'))`);
    expect(missing).toEqual({ n: "0" });
  });

  it("changes as many customers as asked", async () => {
    const other = join(folder, "changed.parquet");
    await makePopulation({ file: other, customers: 20_000, changed: 0.01 });
    const [changed] = await rows(`SELECT count(*) AS n FROM (SELECT * FROM ${from} EXCEPT SELECT * FROM read_parquet('${other}'))`);
    expect(Number(changed?.["n"])).toBeGreaterThan(120);
    expect(Number(changed?.["n"])).toBeLessThan(280);
  });

  it("lacks a tenth of the optional values", async () => {
    const [share] = await rows(`SELECT avg((assets.total IS NULL)::INT) AS total, avg((city IS NULL)::INT) AS city FROM ${from}`);
    for (const one of Object.values(share ?? {})) expect(Number(one)).toBeCloseTo(0.1, 1);
  });
});

describe("the rules", () => {
  it("are each true for 0.1 % to 10 % of customers", async () => {
    const answers = [...found(await rows(renderSql(rules, from, quarter))).values()];
    const shares = rules.map(({ id }) => ({ id, share: answers.filter((one) => one.includes(id)).length / answers.length }));
    expect(shares.filter(({ share }) => share < 0.001 || share > 0.1)).toEqual([]);
  });

  it("mean the same in compiled SQL and in hand-written SQL, to the letter", async () => {
    const statement = compileSql(program, { dialect: duckdb, layout: nestedLayout(duckdb, { entity: from }), asOf: day, answers: "matches" });
    const ours = await rows(`SELECT id, COALESCE(matches, '') AS matches FROM (${statement.text}) ORDER BY id`, statement.parameters.map(({ value }) => value));
    expect(ours).toEqual(await rows(`SELECT * FROM (${renderSql(rules, from, quarter)}) ORDER BY id`));
  });

  it("mean the same in core and json-rules-engine, customer by customer", async () => {
    const expected = found(await rows(renderSql(rules, from, quarter)));
    const normaliser = createNormaliser(program.model);
    const evaluator = createEvaluator(program);
    const engine = renderJsonRulesEngine(rules);
    const records = (await rows(`SELECT CAST(to_json(t) AS VARCHAR) AS json FROM (SELECT * FROM ${from} LIMIT ${sample}) t`)).map(({ json }) => JSON.parse(String(json)) as Record<string, unknown>);
    expect(records).toHaveLength(sample);
    for (const record of records) {
      const normal = normaliser.record(record);
      if (!("slots" in normal)) throw new Error(JSON.stringify(normal));
      const wanted = expected.get(String(record["customerId"]));
      expect(evaluator.matches(normal, { asOf: day, context: [] }).map(({ rule }) => rule.id).sort()).toEqual(wanted);
      expect((await engine.run(record)).events.map(({ type }) => type).sort()).toEqual(wanted);
    }
  });
});
