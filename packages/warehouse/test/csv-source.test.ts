import { describe, expect, test } from "vitest";
import { readSource } from "./read-source.js";
import { temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const jsonOf = async (file: string, more: Parameters<typeof readSource>[1] = {}): Promise<string[]> => (await readSource(file, more)).records.map(({ json }) => json);

describe("csv", () => {
  test("dotted headers nest, empty cells are absent, numbers keep their digits", async () => {
    const file = folder.file(
      "a.csv",
      [
        "\uFEFFid, assets.total ,assets.cash,name,vip,tags,born,seen,other",
        `b,1.50,,"Li, ""x""\nSan",TRUE,"[""a"",1.10]",1990-02-30,2026-01-01T00:00:00Z,zz`,
        `a,12345678901234567890.10,-0.5e3,"","",,,,`,
        "",
        `c,007,"1,000",1e400, yes ,{a:1},"[NaN]",,`,
      ].join("\r\n"),
    );
    const { records, unknownColumns, total } = await readSource(file, {
      columns: { "assets.total": "number", "assets.cash": "number", name: "text", vip: "boolean", tags: "json", born: "date", seen: "instant" },
    });
    expect(records).toEqual([
      { row: 3, id: "a", json: `{"id":"a","assets":{"total":12345678901234567890.10,"cash":-0.5e3}}` },
      { row: 2, id: "b", json: `{"id":"b","assets":{"total":1.50},"name":"Li, \\"x\\"\\nSan","vip":true,"tags":["a",1.10],"born":"1990-02-30","seen":"2026-01-01T00:00:00Z"}` },
      { row: 4, id: "c", json: `{"id":"c","assets":{"total":"007","cash":"1,000"},"name":"1e400","vip":" yes ","tags":"{a:1}","born":"[NaN]"}` },
    ]);
    expect(unknownColumns).toEqual(["other"]);
    expect(total).toBe(3);
  });

  test.each([
    ["1", "1"], ["-0", "-0"], [" 1.10 ", "1.10"], ["1e5", "1e5"], ["+1", `"+1"`], [".5", `".5"`], ["5.", `"5."`], ["0x1F", `"0x1F"`], ["NaN", `"NaN"`], ["1 000", `"1 000"`],
    ["99999999999999999999999999999999999999999999.000000000000000000001", "99999999999999999999999999999999999999999999.000000000000000000001"],
  ])("the number %s", async (cell, expected) => {
    expect(await jsonOf(folder.file("n.csv", `id;n\na;${cell}\n`), { columns: { n: "number" } })).toEqual([`{"id":"a","n":${expected}}`]);
  });

  test.each([
    [`{"a":1}`, `{"a":1}`], [`[1,]`, `"[1,]"`], [`[1,"x, nan,]"]`, `[1,"x, nan,]"]`], [`{"a":NaN}`, `"{\\"a\\":NaN}"`], [`{"a":-Infinity}`, `"{\\"a\\":-Infinity}"`], [`{`, `"{"`],
  ])("the JSON %s", async (cell, expected) => {
    expect(await jsonOf(folder.file("j.csv", `id;j\na;"${cell.replaceAll('"', '""')}"\n`), { columns: { j: "json" } })).toEqual([`{"id":"a","j":${expected}}`]);
  });

  test.each([[",", "comma"], [";", "semicolon"], ["\t", "tab"], ["|", "bar"]])("the delimiter %j is found in the header", async (delimiter, name) => {
    const file = folder.file(`${name}.csv`, [["id", "a b", "c"], ["1", "x", "y"]].map((cells) => cells.join(delimiter)).join("\n"));
    expect(await jsonOf(file)).toEqual([`{"id":"1","a b":"x","c":"y"}`]);
  });

  test("one column, with blank lines; no kinds given: all is text", async () => {
    const { records } = await readSource(folder.file("one.csv", "id\n2\n\n1\n"));
    expect(records.map(({ id, json }) => [id, json])).toEqual([["1", `{"id":"1"}`], ["2", `{"id":"2"}`]]);
  });

  test("a header alone is no customers", async () => {
    expect((await readSource(folder.file("header.csv", "id,name\n"))).total).toBe(0);
  });

  test("ids are text even where the model says otherwise; an empty one comes first", async () => {
    const { records } = await readSource(folder.file("ids.csv", "id,n\n10,1\n9,2\n,3\n00012345678901234567890,4\n"), { columns: { id: "number", n: "number" } });
    expect(records.map(({ row, id, json }) => [row, id, json])).toEqual([
      [4, "", `{"n":3}`],
      [5, "00012345678901234567890", `{"id":"00012345678901234567890","n":4}`],
      [2, "10", `{"id":"10","n":1}`],
      [3, "9", `{"id":"9","n":2}`],
    ]);
  });

  test("gzip; names with quotes and other marks", async () => {
    expect(await jsonOf(folder.gzip("g.csv.gz", `id,"it's ""so""",__proto__\n1,x,y\n`))).toEqual([`{"id":"1","it's \\"so\\"":"x","__proto__":"y"}`]);
  });

  test("a stray quote inside an unquoted value is a character", async () => {
    expect(await jsonOf(folder.file("stray.csv", `id,size\n1,5" pipe\n`))).toEqual([`{"id":"1","size":"5\\" pipe"}`]);
  });

  test("a wide file", async () => {
    const names = Array.from({ length: 300 }, (_, i) => `group${i % 7}.field${i}`);
    const [json] = await jsonOf(folder.file("wide.csv", `id,${names.join(",")}\n1,${names.map((_, i) => i).join(",")}\n`), { columns: Object.fromEntries(names.map((name) => [name, "number"])) });
    const value = JSON.parse(json ?? "") as Record<string, Record<string, number>>;
    expect(value["group3"]?.["field10"]).toBe(10);
    expect(Object.keys(value).length).toBe(8);
  });
});
