import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import type { DiagnosticCode } from "@evertend/core";
import { readSource } from "./read-source.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const secret = "Zhang San";

/** Content, code, line, and words that the English message holds. */
type Row = readonly [what: string, name: string, content: string | Uint8Array, code: DiagnosticCode, line: number, words: string];

const rows: readonly Row[] = [
  ["ndjson cut inside a value", "1.ndjson", `{"id":"a"}\n\n{"id":"b","name":"${secret}`, "SOURCE_TRUNCATED", 3, "cut off"],
  ["ndjson cut inside a value, with line end", "1b.ndjson", `{"id":"a"}\n{"id":"b"\n`, "SOURCE_TRUNCATED", 2, "cut off"],
  ["ndjson cut inside a character", "1c.ndjson", Buffer.from(`{"id":"a"}\n{"id":"中`).subarray(0, -1), "SOURCE_TRUNCATED", 2, "cut off"],
  ["ndjson cut inside a line, more follows", "2.ndjson", `{"id":"a"}\n{"id":"b"\n{"id":"c"}\n`, "SOURCE_INVALID", 2, "line 2 is not valid JSON"],
  ["ndjson with something behind an object", "3.ndjson", `{"id":"a"}\n{"id":"b"}}\n`, "SOURCE_INVALID", 2, "line 2 is not valid JSON"],
  ["two objects in a line", "4.ndjson", `{"id":"a"}{"id":"b"}`, "SOURCE_INVALID", 1, "line 1 is not valid JSON"],
  ["ndjson that is one array", "5.ndjson", `[{"id":"a"}]`, "SOURCE_INVALID", 1, "line 1 is not a JSON object"],
  ["a number as a line", "6.ndjson", `{"id":"a"}\n\n\n5\n`, "SOURCE_INVALID", 4, "line 4 is not a JSON object"],
  ["JSON spread over lines", "7.ndjson", `{\n"id":"a"\n}`, "SOURCE_INVALID", 1, "line 1 is not valid JSON"],
  ["binary garbage", "8.ndjson", Uint8Array.from([1, 2, 255, 0, 10, 7]), "SOURCE_INVALID", 1, "line 1 is not UTF-8"],
  ["Latin-1", "9.ndjson", Buffer.from(`{"id":"a"}\n{"id":"caf\xe9"}\n`, "latin1"), "SOURCE_INVALID", 2, "line 2 is not UTF-8"],
  ["UTF-16", "10.ndjson", Buffer.from(`\uFEFF{"id":"a"}\n`, "utf16le"), "SOURCE_INVALID", 1, "not UTF-8"],
  ["half a surrogate pair", "11.ndjson", `{"id":"a"}\n{"id":"\\ud800"}\n`, "SOURCE_INVALID", 2, "line 2 is not UTF-8"],
  ["a byte order mark", "12.ndjson", `\uFEFF{"id":"a"}\n`, "SOURCE_INVALID", 1, "byte order mark"],
  ["a line that is too long", "13.ndjson", `{"id":"a"}\n{"id":"b","x":"${"x".repeat(17 << 20)}"}\n`, "SOURCE_INVALID", 2, "longer than 16 MiB"],
  ["gzip by name only", "14.ndjson.gz", `{"id":"a"}\n`, "SOURCE_INVALID", 0, "not gzip"],
  ["an empty gzip file", "15.csv.gz", "", "SOURCE_INVALID", 0, "empty"],
  ["an unknown kind", "16.xlsx", "x", "SOURCE_INVALID", 0, "not supported"],
  ["a JSON file", "16b.json", "[]", "SOURCE_INVALID", 0, "not supported"],
  ["gzip of a kind that has none", "16c.sql.gz", "x", "SOURCE_INVALID", 0, "not supported"],
  ["an empty CSV file", "17.csv", "", "SOURCE_INVALID", 1, "the file is empty"],
  ["a CSV file of blank lines", "17b.csv", "\n\r\n", "SOURCE_INVALID", 1, "the file is empty"],
  ["a CSV record that is too short", "18.csv", `id,name\na,${secret}\nb\nc,d\n`, "SOURCE_INVALID", 3, "line 3 has 1 columns, the header has 2"],
  ["a CSV record that is too long", "19.csv", `id,name\n"a\nb",${secret}\nc,d,e\n`, "SOURCE_INVALID", 4, "line 4 has 3 columns, the header has 2"],
  ["a CSV file cut inside a record", "20.csv", `id,name\na,b\nc`, "SOURCE_TRUNCATED", 3, "cut off"],
  ["a CSV file cut inside quotes", "21.csv", `id,name\na,b\nc,"${secret}`, "SOURCE_TRUNCATED", 3, "cut off"],
  ["a quote that is never closed", "22.csv", `id,name\na,"${secret}\nc,d\ne,f\n`, "SOURCE_INVALID", 2, "not closed properly"],
  ["something behind a closing quote", "23.csv", `id,name\na,"b"${secret}\n`, "SOURCE_INVALID", 2, "not closed properly"],
  ["a CSV file in GB 18030", "24.csv", Uint8Array.from([...Buffer.from("id,name\na,"), 0xd5, 0xc5, 0x0a]), "SOURCE_INVALID", 2, "line 2 is not UTF-8"],
  ["a header in GB 18030", "25.csv", Uint8Array.from([...Buffer.from("id,"), 0xd5, 0xc5, 0x0a]), "SOURCE_INVALID", 1, "line 1 is not UTF-8"],
  ["a column without a name", "26.csv", "id,,name\n", "SOURCE_INVALID", 1, "column 2 of the header"],
  ["a column with an empty part", "26b.csv", "id,a..b\n", "SOURCE_INVALID", 1, "column 2 of the header"],
  ["a column twice", "27.csv", "id,name,Name\n", "SOURCE_INVALID", 1, `"Name" occurs twice`],
  ["a column inside another", "28.csv", "id,assets,assets.total\n", "SOURCE_INVALID", 1, `"assets" is a value`],
  ["a column inside another, other way round", "28b.csv", "id,assets.total,assets\n", "SOURCE_INVALID", 1, `"assets" is a value`],
  ["no id column", "29.csv", "customer,name\na,b\n", "ID_MISSING", 1, `"id"`],
  ["an unclosed header", "30.csv", `"id,name`, "SOURCE_TRUNCATED", 1, "cut off"],
  ["an empty Parquet file", "31.parquet", "", "SOURCE_INVALID", 0, "empty"],
  ["text called Parquet", "32.parquet", "id,name\n", "SOURCE_INVALID", 0, "not a Parquet file"],
  ["Parquet without its end", "33.parquet", "PAR1xxxxxxxxxxxxxxxxxxxxxxxxxxx", "SOURCE_TRUNCATED", 0, "cut off"],
  ["Parquet with nonsense for an index", "34.parquet", "PAR1xxxxxxxxxxxxxxxxxxxxxxxPAR1", "SOURCE_INVALID", 0, "cannot be read"],
];

describe("what a source can have wrong with it", () => {
  test.each(rows)("%s", async (_what, name, content, code, line, words) => {
    const file = folder.file(name, content);
    const found = await diagnosticsOf(() => readSource(file));
    expect(found).toMatchObject([{ code, line, file, severity: "error" }]);
    expect(found[0]?.message).toContain(words);
    expect(JSON.stringify(found)).not.toContain(secret);
    // The same in Chinese: other words, same place.
    const [chinese] = await diagnosticsOf(() => readSource(file, { lang: "zh-CN" }));
    expect(chinese).toMatchObject({ code, line });
    expect(chinese?.message).toMatch(/\p{Script=Han}/u);
    expect(chinese?.message).not.toMatch(/\{[a-z]+\}/);
  });

  test.each(["ndjson", "csv"])("a gzip file (%s) that was cut off, or has a wrong byte", async (kind) => {
    const lines = Array.from({ length: 20_000 }, (_, i) => (kind === "csv" ? `id${i},${(i * 7919) % 10_007}` : `{"id":"${i}","x":${(i * 7919) % 10_007}}`));
    const whole = folder.gzip(`whole.${kind}.gz`, `${kind === "csv" ? "id,x\n" : ""}${lines.join("\n")}\n`);
    expect((await readSource(whole)).total).toBe(20_000);
    const bytes = readFileSync(whole);
    const cut = folder.file(`cut.${kind}.gz`, bytes.subarray(0, bytes.length >> 1));
    expect(await diagnosticsOf(() => readSource(cut))).toMatchObject([{ code: "SOURCE_TRUNCATED" }]);
    const lastByteMissing = folder.file(`last.${kind}.gz`, bytes.subarray(0, -1));
    expect(await diagnosticsOf(() => readSource(lastByteMissing))).toMatchObject([{ code: "SOURCE_TRUNCATED" }]);
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
    expect(await diagnosticsOf(() => readSource(folder.file(`flipped.${kind}.gz`, bytes)))).toMatchObject([{ code: "SOURCE_INVALID" }]);
  });

  test("a Parquet file that was cut off", async () => {
    const file = join(folder.path, "cut.parquet");
    const instance = await DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    await connection.run(`COPY (SELECT i::VARCHAR AS id, 'x' || i AS x FROM range(1000) t(i)) TO '${file}' (FORMAT parquet)`);
    connection.closeSync();
    expect((await readSource(file)).total).toBe(1000);
    truncateSync(file, 1000);
    expect(await diagnosticsOf(() => readSource(file))).toMatchObject([{ code: "SOURCE_TRUNCATED" }]);
  });

  test.each(["missing.ndjson", "missing/below.csv", "missing.sql", "no-extension"])("%s is not there", async (name) => {
    const file = join(folder.path, name);
    expect(await diagnosticsOf(() => readSource(file))).toMatchObject([{ code: "FILE_NOT_FOUND", file, line: 0 }]);
  });

  test("a folder", async () => {
    const file = join(folder.path, "folder.ndjson");
    mkdirSync(file);
    expect(await diagnosticsOf(() => readSource(file))).toMatchObject([{ code: "SOURCE_INVALID" }]);
  });

  test("a file that may not be read", async (context) => {
    const file = join(folder.path, "secret.ndjson");
    writeFileSync(file, "{}");
    chmodSync(file, 0);
    if (process.getuid?.() === 0) {
      console.warn("skipped: the superuser may read every file, so an unreadable one cannot be made");
      context.skip();
    }
    expect(await diagnosticsOf(() => readSource(file))).toMatchObject([{ code: "FILE_NOT_FOUND" }]);
  });

  test("a limit of memory that is too small", async () => {
    const file = folder.file("memory.ndjson", `{"id":"a"}\n`.repeat(10));
    expect(await diagnosticsOf(() => readSource(file, { memoryLimit: "1MB" }))).toMatchObject([{ code: "SOURCE_INVALID" }]);
  });
});
