import { existsSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { openSource } from "@evertend/warehouse";
import { readSource, sourceOptions } from "./read-source.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
let count = 0;
const script = (sql: string): string => folder.file(`${++count}.sql`, sql);
const jsonOf = async (sql: string, more: Parameters<typeof readSource>[1] = {}): Promise<unknown[]> =>
  (await readSource(script(sql), more)).records.map(({ json }): unknown => JSON.parse(json));

describe("sql", () => {
  test("statements run in order, the last one delivers", async () => {
    const { records, total, variables } = await readSource(
      script(`-- customers; of a test
        CREATE TEMP VIEW v AS SELECT * FROM (VALUES ('b', 2), ('a', 1)) t(id, n);
        CREATE TEMP MACRO twice(x) AS x * 2;
        SELECT id, twice(n) AS n, {'x': n} AS "assets", getvariable('as_of') AS day, getvariable('Data') AS data FROM v; -- the end`),
      { variables: { data: "there", "not-read": "x" }, asOf: "1994-03-30" },
    );
    expect(records).toEqual([
      { row: 1, id: "a", json: `{"id":"a","n":2,"assets":{"x":1},"day":"1994-03-30","data":"there"}` },
      { row: 2, id: "b", json: `{"id":"b","n":4,"assets":{"x":2},"day":"1994-03-30","data":"there"}` },
    ]);
    expect([total, variables]).toEqual([2, ["Data"]]);
  });

  test("a variable is a text, never SQL", async () => {
    const nasty = [`'; DROP TABLE t; --`, `") x`, `$1`, `\u0001中'`, ""];
    for (const value of nasty) expect(await jsonOf(`SELECT 'a' AS id, getvariable('x y"') AS x`, { variables: { 'x y"': value } })).toEqual([{ id: "a", x: value }]);
  });

  test("as_of is a date and cannot be given otherwise", async () => {
    expect(await jsonOf(`SELECT 'a' AS id, getvariable('as_of') - 90 AS d`, { variables: { as_of: "2000-01-01" } })).toEqual([{ id: "a", d: "2025-12-01" }]);
  });

  test("all missing variables are named at once, with their places", async () => {
    const file = script(`SELECT getvariable('a') AS id,\n  getvariable('b') AS b, getvariable('given') AS c, getvariable('a') AS d`);
    const found = await diagnosticsOf(() => readSource(file, { variables: { given: "1" } }));
    expect(found).toMatchObject([
      { code: "VARIABLE_MISSING", line: 1, column: 8, file },
      { code: "VARIABLE_MISSING", line: 2, column: 3, file },
    ]);
    expect(found[0]?.message).toContain(`"a"`);
    expect(found[1]?.hint).toContain("--param b=");
  });

  test("views called context_<name> are the context", async () => {
    const sql = `CREATE VIEW context_products AS SELECT * FROM (VALUES ('p2', 1.50::DECIMAL(5,2), DATE '2026-01-01'), ('p1', NULL, NULL)) t(id, "price.eur", since);
      CREATE TEMP TABLE context_events AS SELECT 'e' AS id;
      SELECT 'a' AS id`;
    const products = [{ id: "p1" }, { id: "p2", price: { eur: 1.5 }, since: "2026-01-01" }];
    expect(await readSource(script(sql))).toMatchObject({ context: { products, events: [{ id: "e" }] }, unknownColumns: [] });
    const some = await readSource(script(sql), { contextNames: ["products", "launches"] });
    expect([some.context, some.unknownColumns]).toEqual([{ products }, ["context_events"]]);
  });

  test("relative file names start at the working directory; gzip is read to its end", async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${i},${(i * 7919) % 30_011}`).join("\n");
    const whole = folder.gzip("data.csv.gz", `id,x\n${lines}\n`);
    const sql = `SELECT id::VARCHAR AS id, x FROM read_csv(getvariable('file'), header = true)`;
    expect((await readSource(script(sql), { variables: { file: relative(process.cwd(), whole) } })).total).toBe(30_000);
    const cut = folder.file("cut.csv.gz", readFileSync(whole).subarray(0, 40_000));
    expect(await diagnosticsOf(() => readSource(script(sql), { variables: { file: cut } }))).toMatchObject([{ code: "SOURCE_TRUNCATED", file: cut }]);
    // Told to look away, DuckDB itself sees nothing wrong.
    const quiet = `SELECT 'x' AS id FROM (SELECT count(*) FROM read_csv(getvariable('file'), header = true, columns = {'id': 'VARCHAR', 'x': 'VARCHAR'}, null_padding = true, ignore_errors = true))`;
    expect(await diagnosticsOf(() => readSource(script(quiet), { variables: { file: cut } }))).toMatchObject([{ code: "SOURCE_TRUNCATED", file: cut }]);
  });

  test("equal ids come in the same order every time", async () => {
    const sql = (order: string): string => `SELECT 'a' AS id, i AS n FROM range(50) t(i) ORDER BY n ${order}`;
    expect(await jsonOf(sql("ASC"))).toEqual(await jsonOf(sql("DESC")));
  });

  test("what does not fit into the memory limit is sorted on disk, and nothing stays there", async () => {
    const file = script(`SELECT lpad(((i * 7919) % 400000)::VARCHAR, 6, '0') AS id, i AS n, repeat(md5(i::VARCHAR), 30) AS pad FROM range(400000) t(i)`);
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith(`evertend-${process.pid}-`)).length;
    const source = await openSource(sourceOptions(file, { memoryLimit: "300MB", threads: 1 }));
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`evertend-${process.pid}-`)).length).toBe(before + 1);
    let n = 0;
    for await (const { id, json } of source.records()) if (Number(id) !== n++ || json.length < 900) throw new Error(`wrong at ${n}`);
    expect(n).toBe(400_000);
    await source.close();
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`evertend-${process.pid}-`)).length).toBe(before);
  }, 60_000);

  test.each([
    ["nothing", "-- to do", 1, "last statement must be a SELECT"],
    ["no SELECT at the end", "SELECT 1 AS id;\nCREATE TABLE t(id INTEGER)", 2, "last statement must be a SELECT"],
    ["EXPLAIN", "EXPLAIN SELECT 1 AS id", 1, "last statement must be a SELECT"],
    ["a syntax error", "SELECT 1 AS id;\n\nSELEC 2", 3, `syntax error at or near "SELEC"`],
    ["a syntax error further down", "SELECT 1 AS id,\n  FROM FROM", 2, "syntax error"],
    ["an unknown table", "CREATE VIEW a AS SELECT 1;\nSELECT *\nFROM nowhere", 3, "nowhere"],
    ["an unknown function in an earlier statement", "\n\nCREATE VIEW a AS\nSELECT nope(1);\nSELECT 1 AS id", 4, "nope"],
    ["a file that is not there", "SELECT * FROM\n read_csv('/nonexistent/x.csv')", 2, "/nonexistent/x.csv"],
    ["a column twice", "SELECT 1 AS id,\n 2 AS Id", 1, `"Id"`],
    ["a column inside another", `SELECT 1 AS id, 2 AS a, 3 AS "a.b"`, 1, `"a"`],
    ["a parameter", "SELECT $1 AS id", 1, "getvariable"],
    ["a parameter further up", "SELECT 1 AS id;\nSELECT ? AS id; SELECT 1 AS id", 2, "getvariable"],
    ["a text that never ends", "SELECT 'abc AS id", 1, "unterminated quoted string"],
  ])("%s", async (_what, sql, line, words) => {
    const file = script(sql);
    const found = await diagnosticsOf(() => readSource(file));
    expect(found).toMatchObject([{ code: "SQL_FAILED", file, line }]);
    expect(found[0]?.message).toContain(words);
    expect(found[0]?.message).not.toContain("\n");
  });

  test("a script that reads cannot write", async () => {
    const target = join(folder.path, "stolen.csv");
    for (const sql of [`COPY (SELECT 1) TO '${target}'`, `EXPORT DATABASE '${target}'`, `ATTACH '${target}' AS other`, "INSTALL httpfs", "LOAD httpfs", "CALL enable_logging()", "EXPLAIN ANALYZE SELECT 1", "PRAGMA version", "USE memory", "BEGIN", "VACUUM", "CHECKPOINT", "PREPARE p AS SELECT 1", "DETACH memory"]) {
      const [found] = await diagnosticsOf(() => readSource(script(`${sql};\nSELECT 1 AS id`)));
      expect(found).toMatchObject({ code: "SQL_FAILED", line: 1 });
      expect(found?.message).toContain("a source only reads");
    }
    expect(existsSync(target)).toBe(false);
  });

  test("no id column", async () => {
    expect(await diagnosticsOf(() => readSource(script("\nSELECT 1 AS customer")))).toMatchObject([{ code: "ID_MISSING", line: 2 }]);
  });

  test("values of the data never get into an error", async () => {
    const data = folder.file("names.csv", "id,name\n1,Zhang San\n2,1234567\n");
    for (const sql of [
      `SELECT id, name::INTEGER AS n FROM read_csv('${data}', all_varchar = true)`,
      `SELECT id, id::INTEGER * 2147483647 * len(name) AS n FROM read_csv('${data}', all_varchar = true)`,
      `SELECT id, strptime(name, '%Y') AS n FROM read_csv('${data}', all_varchar = true)`,
      `SELECT id, name FROM read_csv('${data}', columns = {'id': 'INTEGER', 'name': 'DATE'})`,
      `SELECT id, json(name) FROM read_csv('${data}', all_varchar = true)`,
    ]) {
      const found = await diagnosticsOf(() => readSource(script(sql)));
      expect(found).toMatchObject([{ code: "SQL_FAILED" }]);
      expect(JSON.stringify(found)).not.toMatch(/Zhang|San|1234567|14748364/);
    }
  });

  test("dates do not depend on the machine's zone, unless the script says which", async () => {
    const instant = "TIMESTAMPTZ '2026-03-01 20:00:00+00'";
    expect(await jsonOf(`SELECT 'a' AS id, ${instant}::DATE AS d, ${instant} AS t`)).toEqual([{ id: "a", d: "2026-03-01", t: "2026-03-01T20:00:00Z" }]);
    expect(await jsonOf(`SET TimeZone = 'Asia/Shanghai'; SELECT 'a' AS id, ${instant}::DATE AS d, ${instant} AS t`)).toEqual([{ id: "a", d: "2026-03-02", t: "2026-03-01T20:00:00Z" }]);
  });

  test("numbers keep all their digits", async () => {
    const { records } = await readSource(script(`SELECT 'a' AS id, 170141183460469231731687303715884105727::HUGEINT AS h, 18446744073709551615::UBIGINT AS u, 1234567890123456789012345678.0123456789::DECIMAL(38,10) AS d,
      {'m': 99999999999999999.99::DECIMAL(19,2), 'l': [-9007199254740993]} AS s`));
    expect(records[0]?.json).toBe(
      `{"id":"a","h":170141183460469231731687303715884105727,"u":18446744073709551615,"d":1234567890123456789012345678.0123456789,"s":{"m":99999999999999999.99,"l":[-9007199254740993]}}`,
    );
  });

  test("JSON columns keep their text; JSON null is absent", async () => {
    const { records } = await readSource(script(`SELECT 'a' AS id, '{"x": 1.50, "y": 12345678901234567890.10}'::JSON AS j, 'null'::JSON AS n, json_object('k', NULL) AS o`));
    expect(records[0]?.json).toBe(`{"id":"a","j":{"x": 1.50, "y": 12345678901234567890.10},"o":{"k":null}}`);
  });
});
