import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { readSource } from "./read-source.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();

async function parquet(name: string, select: string): Promise<string> {
  const file = join(folder.path, name);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(`SET TimeZone = 'Asia/Shanghai'; COPY (${select}) TO '${file}' (FORMAT parquet)`);
  connection.closeSync();
  return file;
}

test("rows become JSON with all their digits; structs and lists nest", async () => {
  const file = await parquet(
    "types.parquet",
    `SELECT 'b' AS id, 1234567890123456.78::DECIMAL(18,2) AS money, 9007199254740993::BIGINT AS big, 170141183460469231731687303715884105727::HUGEINT AS huge,
       0.1::DOUBLE AS double, 0.1::FLOAT AS float, DATE '2024-02-29' AS day, TIMESTAMPTZ '2026-03-01 08:00:00+08' AS seen, TIMESTAMPTZ '2026-03-01 08:00:00.123456+08' AS exact,
       TIMESTAMP '2026-03-01 08:00:00' AS local, true AS vip, NULL::INTEGER AS nothing, 'x"中' AS text,
       [{'day': DATE '2024-01-01', 'at': TIMESTAMPTZ '2026-03-01 00:00:00+00', 'amount': 1.10::DECIMAL(10,2), 'rate': 0.25::DOUBLE, 'none': NULL::VARCHAR}, NULL] AS items,
       {'total': 5.5::DOUBLE, 'deep': {'at': [TIMESTAMPTZ '2026-03-01 00:00:00+00']}} AS assets, MAP {'k': 1.5::DOUBLE} AS map, []::DOUBLE[] AS empty
     UNION ALL BY NAME SELECT 'a' AS id`,
  );
  const { records } = await readSource(file);
  expect(records.map(({ row, id }) => [row, id])).toEqual([[2, "a"], [1, "b"]]);
  expect(records[0]?.json).toBe(`{"id":"a"}`);
  const json = records[1]?.json ?? "";
  expect(json).toBe(
    `{"id":"b","money":1234567890123456.78,"big":9007199254740993,"huge":1.7014118346046923e38,"double":0.1,"float":0.1,"day":"2024-02-29",` +
      `"seen":"2026-03-01T00:00:00Z","exact":"2026-03-01T00:00:00.123456Z","local":"2026-03-01T08:00:00","vip":true,"text":"x\\"中",` +
      `"items":[{"day":"2024-01-01","at":"2026-03-01T00:00:00Z","amount":1.1,"rate":0.25,"none":null},null],` +
      `"assets":{"total":5.5,"deep":{"at":["2026-03-01T00:00:00Z"]}},"map":{"k":1.5},"empty":[]}`,
  );
});

test("NaN and infinity have no JSON and come as text", async () => {
  const file = await parquet("nan.parquet", `SELECT 'a' AS id, 'nan'::DOUBLE AS n, ['inf'::FLOAT, 1::FLOAT] AS list, {'x': '-inf'::DOUBLE} AS inner`);
  const { records } = await readSource(file);
  expect(JSON.parse(records[0]?.json ?? "")).toEqual({ id: "a", n: "nan", list: ["inf", 1], inner: { x: "-inf" } });
});

test("dots in a column's name nest; ids that are numbers stay numbers and sort by their text", async () => {
  const { records } = await readSource(await parquet("dots.parquet", `SELECT i::BIGINT AS id, i * 2 AS "assets.total" FROM range(8, 12) t(i)`));
  expect(records.map(({ id, json }) => [id, json])).toEqual([
    ["10", `{"id":10,"assets":{"total":20}}`],
    ["11", `{"id":11,"assets":{"total":22}}`],
    ["8", `{"id":8,"assets":{"total":16}}`],
    ["9", `{"id":9,"assets":{"total":18}}`],
  ]);
});

test("no id column", async () => {
  const file = await parquet("noid.parquet", `SELECT 1 AS customer`);
  expect(await diagnosticsOf(() => readSource(file))).toMatchObject([{ code: "ID_MISSING", file }]);
});

test("a column inside another", async () => {
  const file = await parquet("nested.parquet", `SELECT 'a' AS id, 1 AS assets, 2 AS "assets.total"`);
  const [found] = await diagnosticsOf(() => readSource(file, { lang: "zh-CN" }));
  expect(found).toMatchObject({ code: "SOURCE_INVALID", file });
  expect(found?.message).toContain("“assets”既是值");
});
