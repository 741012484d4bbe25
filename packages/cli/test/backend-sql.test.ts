import { cpSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { sampleBank, sampleBankAsOf, sampleContext } from "@evertend/banking";
import { formatDay, parseDay } from "@evertend/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { largeBank, ndjson } from "./small-pack.js";

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

/** What a run comes to with a back-end on some days, one after the other. */
async function outcome(backend: string, days: readonly string[], argv: readonly string[]): Promise<unknown> {
  const printed: string[] = [];
  for (const [i, asOf] of days.entries()) {
    const given = argv.map((one) => (one === "STATE" ? `state-${backend}` : one === "YESTERDAY" ? formatDay((parseDay(asOf) ?? 0) - 1) : one));
    const pack = argv.includes("--pack") ? argv[argv.indexOf("--pack") + 1] : "pack";
    const own = given.filter((one, at) => one !== "--pack" && given[at - 1] !== "--pack" && (i > 0 || (one !== "--since" && given[at - 1] !== "--since")));
    const ended = await bench.run(["run", pack ?? "", "--as-of", asOf, "--backend", backend, "--out", `out-${backend}`, "--format", "json", ...own]);
    expect({ code: ended.code, stderr: ended.stderr, ...(ended.code === 0 ? {} : { stdout: ended.stdout }) }).toEqual({ code: 0, stderr: "" });
    printed.push(ended.stdout);
  }
  return { printed, out: bench.files(`out-${backend}`), state: existsSync(bench.path(`state-${backend}`)) ? bench.files(`state-${backend}`) : {} };
}

/** Both back-ends write and print the same bytes. */
async function expectSame(days: readonly string[], argv: readonly string[]): Promise<void> {
  expect(await outcome("sql", days, argv)).toEqual(await outcome("compiled", days, argv));
  expect(bench.lines("out-sql/decisions.ndjson").length).toBeGreaterThan(0);
}

/** Records as CSV: members of objects are columns of their own, lists are JSON in their cells. */
function csv(records: readonly object[]): string {
  const flat = (record: object, before = ""): (readonly [string, unknown])[] =>
    Object.entries(record).flatMap(([name, value]: [string, unknown]) => (typeof value === "object" && value !== null && !Array.isArray(value) ? flat(value, `${before}${name}.`) : [[before + name, value] as const]));
  const rows = records.map((record) => new Map(flat(record)));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const cell = (value: unknown): string => (value === undefined || value === null ? "" : `"${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll('"', '""')}"`);
  return [names.join(","), ...rows.map((row) => names.map((name) => cell(row.get(name))).join(","))].map((line) => `${line}\n`).join("");
}

/** The same customers as a Parquet file. */
async function convert(name: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  const from = `read_json('${bench.path(`${name}.ndjson`)}', format = 'newline_delimited', sample_size = -1)`;
  await db.run(`COPY (SELECT * FROM ${from}) TO '${bench.path(`${name}.parquet`)}' (FORMAT PARQUET)`);
  db.closeSync();
  instance.closeSync();
}

describe("the small pack", () => {
  test("with bad records and duplicates, over days with state, in threads", async () => {
    bench.write("bank.ndjson", ndjson(largeBank(530)));
    await expectSame(["2026-03-01", "2026-03-02", "2026-03-08"], ["--source", "bank.ndjson", "--state", "STATE", "--threads", "2"]);
    expect(bench.files("out-sql")["setaside.ndjson"]).toContain("DUPLICATE_ID");
  }, 300_000);

  test("a sweep after a whole run", async () => {
    bench.write("bank.ndjson", ndjson(largeBank(300)));
    await expectSame(["2026-03-01", "2026-03-02"], ["--source", "bank.ndjson", "--state", "STATE", "--since", "YESTERDAY"]);
  }, 300_000);

  test("texts that are JSON for DuckDB but not for core, and records that core refuses", async () => {
    const good = (id: string): string => JSON.stringify({ customerId: id, rm: "M1", assets: 600000, deposits: [{ depositId: "D", maturesOn: "2026-03-04" }] });
    const lines = [
      good("A1"),
      good("A2").replace(`"rm":"M1"`, `"rm":"M1","rm":"M2"`),
      good("A3").replace(`"depositId":"D"`, `"depositId":"D","depositId":"E"`),
      good("A4").replace("600000", "600000.001"),
      good("A5").replace("600000", "9007199254740993"),
      good("A6").replace(`"rm"`, `"other":12345678901234567890,"rm"`),
      good("A7").replace(`"rm"`, `"__proto__":{},"rm"`),
      good("A9").replace("2026-03-04", "2026-02-30"),
      good("B1").replace(`[{`, `[null,{`),
      good("B2").replace("600000", `"600000"`),
      good("B3").replace("600000", "6e5"),
      good("B4").replace(`"rm"`, `"deep":${"[".repeat(20)}${"]".repeat(20)},"rm"`),
      good("B5").replace("600000", "NaN"),
      good("B6").replace(`"customerId":"B6"`, `"customerId":6`),
      good("B7").replace(`"deposits":[`, `"deposits":"none","x":[`),
      good("B8").replace(`"rm"`, `"RM":"M9","rm"`),
      good("B9").replace(`"M1"`, "null"),
      good("C1").replace(`"M1"`, `"a\\u0000b"`),
      good("C2").replace("600000", "-0"),
      good("C3").replace(`"maturesOn":"2026-03-04"`, `"maturesOn":"2026-3-4"`),
    ];
    bench.write("bank.ndjson", `${lines.join("\n")}\n`);
    await expectSame(["2026-03-01"], ["--source", "bank.ndjson"]);
    expect(bench.lines("out-sql/setaside.ndjson").length).toBeGreaterThan(10);
    expect(bench.lines("out-sql/facts.ndjson").length).toBeGreaterThan(4);
  });

  test("evertend.json names the back-end", async () => {
    bench.write("evertend.json", JSON.stringify({ pack: "pack", source: "customers.ndjson", backend: "sql" }));
    const ended = await bench.run(["run", "--as-of", "2026-03-01", "--out", "out", "--format", "json"]);
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: "" });
    await bench.plan("2026-03-01", ["--out", "out-compiled", "--backend", "compiled"]);
    expect(bench.files("out")).toEqual(bench.files("out-compiled"));
  });

  test("a plugin without an SQL form is refused before anything is written", async () => {
    bench.write("even.mjs", `export const plugin = { name: "bench", operators: [{ id: "even", label: { "zh-CN": "偶", en: "even" }, factTypes: ["number"], valueTypes: ["number"], evaluate: (a, b) => (a % b === 0 ? 1 : 0) }] };\n`);
    const rules = JSON.parse(bench.files("pack")["rules.json"] ?? "") as { rules: unknown[] };
    bench.write("pack/rules.json", JSON.stringify({ ...rules, rules: [...rules.rules, { id: "even", when: [["assets", "even", 2]], repeat: "month", then: [{ task: "call" }] }] }));
    bench.write("evertend.json", JSON.stringify({ environment: { plugins: ["even.mjs"] } }));
    bench.write("out/matches.ndjson", "before\n");
    const ended = await bench.plan("2026-03-01", ["--backend", "sql", "--state", "state"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("SQL_UNSUPPORTED");
    expect(ended.stderr).toContain("even");
    expect(bench.files("out")).toEqual({ "matches.ndjson": "before\n" });
    expect(bench.files("state")).toEqual({});
  });
});

describe("the retail pack over the sample bank", () => {
  const first = parseDay(sampleBankAsOf) ?? 0;

  test.each(["ndjson", "csv", "parquet"])("as %s", async (format) => {
    cpSync(fileURLToPath(new URL("../../banking/packs/retail", import.meta.url)), bench.path("retail"), { recursive: true });
    const bank = [...sampleBank({ customers: 40 })];
    bench.write("bank.ndjson", ndjson(bank));
    bench.write("bank.csv", csv(bank));
    const context = Object.entries(sampleContext()).flatMap(([name, items]) => {
      bench.write(`${name}.json`, JSON.stringify(items));
      return ["--context", `${name}=${name}.json`];
    });
    if (format === "parquet") await convert("bank");
    const days = format === "parquet" ? [first, first + 9] : [first];
    await expectSame(days.map(formatDay), ["--pack", "retail", "--source", `bank.${format}`, ...context, "--state", "STATE"]);
    expect(bench.lines("out-sql/touches.ndjson").length).toBeGreaterThan(0);
  }, 600_000);
});
