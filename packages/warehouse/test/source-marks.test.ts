import { DuckDBInstance } from "@duckdb/node-api";
import type { RecordMark } from "@evertend/core";
import { openSource } from "@evertend/warehouse";
import { describe, expect, test } from "vitest";
import { sourceOptions } from "./read-source.js";
import { temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
let count = 0;

async function parquetOf(select: string): Promise<string> {
  const file = `${folder.path}/marks-${++count}.parquet`;
  const db = await (await DuckDBInstance.create(":memory:")).connect();
  await db.run(`COPY (${select}) TO '${file}' (FORMAT PARQUET)`);
  db.closeSync();
  return file;
}

async function marksOf(file: string, field?: string): Promise<RecordMark[]> {
  const source = await openSource(sourceOptions(file));
  try {
    const marks: RecordMark[] = [];
    for await (const mark of source.marks(field)) marks.push(mark);
    return marks;
  } finally {
    await source.close();
  }
}

describe("marks", () => {
  // What DuckDB's own hash takes for the same, one below the other.
  test.each([
    ["a list", ["NULL::INT[]", "[]::INT[]", "[NULL]::INT[]", "[NULL, NULL]::INT[]", "[1]", "[1, NULL]", "[NULL, 1]"]],
    ["a list of lists", ["NULL::INT[][]", "[]::INT[][]", "[NULL]::INT[][]", "[[]]::INT[][]", "[[NULL]]::INT[][]", "[[], []]::INT[][]", "[[1, 2], []]", "[[1], [2]]"]],
    ["an object", ["NULL::STRUCT(a INT, b INT[])", "{'a': NULL::INT, 'b': NULL::INT[]}", "{'a': NULL::INT, 'b': []::INT[]}", "{'a': 1, 'b': NULL::INT[]}"]],
    ["items", ["NULL::STRUCT(a INT, b VARCHAR)[]", "[]::STRUCT(a INT, b VARCHAR)[]", "[NULL]::STRUCT(a INT, b VARCHAR)[]", "[{'a': NULL::INT, 'b': NULL::VARCHAR}]", "[{'a': NULL::INT, 'b': ''}]"]],
    ["a text", ["NULL::VARCHAR", "''", "'NULL'", "' '"]],
    ["an interval", ["INTERVAL 1 MONTH", "INTERVAL 30 DAY"]],
    ["a map", ["NULL::MAP(VARCHAR, INT)", "MAP([], [])::MAP(VARCHAR, INT)", "MAP {'a': NULL::INT}", "MAP {'a': 1}"]],
  ])("are others where %s is another", async (_what, values) => {
    const marks = await marksOf(await parquetOf(values.map((value, i) => `SELECT '${String(i).padStart(2, "0")}' AS id, ${value} AS x`).join(" UNION ALL ").replaceAll(/'(\d\d)' AS id/g, "'same' AS id")));
    expect(new Set(marks.map(({ mark }) => mark)).size).toBe(values.length);
  });

  test("are the same for the same values in another file, and others under another name or type", async () => {
    const row = "SELECT 'a' AS id, 1 AS x, [1.5, NULL] AS y";
    const [first] = await marksOf(await parquetOf(row));
    expect(await marksOf(await parquetOf(row))).toEqual([first]);
    for (const other of ["SELECT 'a' AS id, 1 AS z, [1.5, NULL] AS y", "SELECT 'a' AS id, 1::DOUBLE AS x, [1.5, NULL] AS y", "SELECT 'a' AS id, [1.5, NULL] AS y, 1 AS x"]) expect(await marksOf(await parquetOf(other))).not.toEqual([first]);
  });

  test.each([
    ["a column", "SELECT 'a' AS id, DATE '2026-03-01' AS changedOn UNION ALL SELECT 'b', NULL", "changedOn"],
    ["a column with dots in its name", `SELECT 'a' AS id, DATE '2026-03-01' AS "meta.on" UNION ALL SELECT 'b', NULL`, "meta.on"],
    ["a field inside another", "SELECT 'a' AS id, {'on': DATE '2026-03-01'} AS meta UNION ALL SELECT 'b', NULL", "meta.on"],
  ])("are the text of a field where it is asked for: %s", async (_what, select, field) => {
    const expected = [{ id: "a", mark: "2026-03-01" }, { id: "b", mark: null }];
    expect(await marksOf(await parquetOf(select), field)).toEqual(expected);
  });

  test("are the text of a field of NDJSON and CSV", async () => {
    const expected = [{ id: "a", mark: "2026-03-01" }, { id: "b", mark: null }];
    expect(await marksOf(folder.file("m.ndjson", `{"id":"b"}\n{"id":"a","meta":{"on":"2026-03-01"}}\n`), "meta.on")).toEqual(expected);
    expect(await marksOf(folder.file("m.csv", `id,meta.on\nb,\na,2026-03-01\n`), "meta.on")).toEqual(expected);
  });
});

describe("records of some ids", () => {
  test.each([
    ["NDJSON", () => folder.file("some.ndjson", `{"id":"b","n":1}\n{"n":0}\n{"id":"\\uFF21","n":5}\n{"id":"a","n":2}\n{"id":"b","n":3}\n{"id":"\u{20000}","n":4}\n`)],
    ["CSV", () => folder.file("some.csv", `id,n\nb,1\n,0\n\uFF21,5\na,2\nb,3\n\u{20000},4\n`)],
    ["SQL", () => folder.file("some.sql", `SELECT * FROM (VALUES ('b', 1), (NULL, 0), ('\uFF21', 5), ('a', 2), ('b', 3), ('\u{20000}', 4)) AS t(id, n)`)],
  ])("are those of a whole reading, in its order: %s", async (_what, make) => {
    const source = await openSource(sourceOptions(make()));
    try {
      const all = [];
      for await (const record of source.records()) all.push(record);
      for (const ids of [[], ["b"], ["", "a", "b"], ["'; --", "\u{20000}", "\uFF21"], ["", "a", "b", "\u{20000}", "\uFF21"]]) {
        const some = [];
        for await (const record of source.records(ids)) some.push(record);
        expect(some).toEqual(all.filter(({ id }) => ids.includes(id)));
      }
      expect(all).toHaveLength(6);
    } finally {
      await source.close();
    }
  });
});
