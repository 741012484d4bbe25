import { readFileSync, writeFileSync } from "node:fs";
import { readWorkbook, writeWorkbook, type ReadSheet, type SheetCell } from "@evertend/reports";
import { writeXlsx } from "hucre/xlsx";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

const parameters = {
  floor: { value: 1000, label: { "zh-CN": "最低余额", en: "floor" }, unit: "CNY", minimum: 0, maximum: 5000, source: "not from the documents", owner: "retail" },
  branch: { value: "0571", label: { "zh-CN": "机构", en: "branch" }, source: "S1" },
  ways: { value: ["phone", "meeting"], label: { "zh-CN": "方式", en: "ways" }, source: "S2" },
  days: { value: [7, 30], label: { "zh-CN": "天数", en: "days" }, source: "S2" },
  strict: { value: true, label: { "zh-CN": "从严", en: "strict" }, source: "S3" },
};
const pack = { pack: { id: "p", version: "2", title: { "zh-CN": "包", en: "pack" } }, model: { id: "m", zone: "Asia/Shanghai", entity: { name: "customer", id: "id", properties: { id: { type: "string" }, total: { type: "number", scale: 2 } } } } };
const rules = { rules: [{ id: "r", when: { all: [{ fact: "total", operator: "greaterThan", value: { param: "floor" } }] } }] };

describe("evertend params", () => {
  let bench: Bench;
  const at = (name: string): string => readFileSync(bench.path(name), "utf8");
  const read = async (): Promise<readonly ReadSheet[]> => readWorkbook(readFileSync(bench.path("params.xlsx")));

  beforeAll(() => {
    bench = openBench();
  });
  afterAll(() => bench.remove());

  /** A fresh pack and its export. */
  async function fresh(): Promise<void> {
    bench.write("p/pack.json", JSON.stringify(pack));
    bench.write("p/parameters.json", JSON.stringify({ parameters }));
    bench.write("p/rules.json", JSON.stringify(rules));
    expect((await bench.run(["params", "export", "p", "--file", "params.xlsx"])).code).toBe(0);
  }

  /** The exported workbook with some cells of its first sheet changed (`C2` is the first value). */
  async function change(cells: Readonly<Record<string, SheetCell>>, sheet = 0): Promise<void> {
    const sheets = (await read()).map(({ name, rows }, s) => ({
      name,
      columns: (rows[0] ?? []).map(({ value }, c) => ({ label: s === sheet && c < 26 && `${String.fromCharCode(65 + c)}1` in cells ? String(cells[`${String.fromCharCode(65 + c)}1`]) : String(value), width: 10 })),
      rows: rows.slice(1).map((row, r) => (rows[0] ?? []).map((_, c) => {
        const name = `${String.fromCharCode(65 + c)}${r + 2}`;
        return s === sheet && name in cells ? (cells[name] as SheetCell) : (row[c]?.value ?? null);
      })),
    }));
    writeFileSync(bench.path("params.xlsx"), await writeWorkbook({ title: "t", sheets }));
  }

  const found = async (): Promise<{ readonly code: number; readonly list: readonly string[] }> => {
    const { code, stdout } = await bench.run(["params", "import", "p", "--file", "params.xlsx", "--format", "json"]);
    const json = JSON.parse(stdout) as readonly { code: string; file: string; line: number; column: number }[];
    return { code, list: Array.isArray(json) ? json.map((one) => `${one.code} ${one.file}:${one.line}:${one.column}`) : [] };
  };

  it("exports label, value, unit, range, source and owner, the same bytes every time", async () => {
    await fresh();
    const [sheet, about] = await read();
    expect(sheet?.rows.map((row) => row.map(({ value }) => value)).slice(0, 3)).toEqual([
      ["Parameter", "Label", "Value", "Unit", "Minimum", "Maximum", "Source", "Owner"],
      ["floor", "floor", 1000, "CNY", 0, 5000, "not from the documents", "retail"],
      ["branch", "branch", "0571", null, null, null, "S1", null],
    ]);
    expect(about?.name).toBe("Pack");
    const before = readFileSync(bench.path("params.xlsx"));
    await fresh();
    expect(readFileSync(bench.path("params.xlsx")).equals(before)).toBe(true);
  });

  it("imports what it exported without a change, in either language", async () => {
    await fresh();
    const before = at("p/parameters.json");
    const { code, stdout } = await bench.run(["params", "import", "p", "--file", "params.xlsx"]);
    expect([code, stdout, at("p/parameters.json")]).toEqual([0, "0 parameters changed\n", before]);
    await bench.run(["params", "export", "p", "--file", "params.xlsx", "--lang", "zh-CN"]);
    expect((await bench.run(["params", "import", "p", "--file", "params.xlsx"])).stdout).toBe("0 parameters changed\n");
  });

  it("writes what was changed, formatted, and nothing else", async () => {
    await fresh();
    await change({ C2: 2500.5, G2: "committee of 2026-11", C3: "0755", C4: "phone\nwecom", C5: "7\n14", C6: false, H3: "branch office" });
    const checked = await bench.run(["params", "import", "p", "--file", "params.xlsx", "--check"]);
    expect([checked.code, at("p/parameters.json")]).toEqual([0, JSON.stringify({ parameters })]);
    const { code, stdout } = await bench.run(["params", "import", "p", "--file", "params.xlsx"]);
    expect(code).toBe(0);
    expect(stdout).toBe("floor  1000 → 2500.5; source: committee of 2026-11\nbranch  0571 → 0755; owner: branch office\nways  phone, meeting → phone, wecom\ndays  7, 30 → 7, 14\nstrict  true → false\n5 parameters changed: parameters.json\n");
    const written = JSON.parse(at("p/parameters.json")) as { parameters: typeof parameters };
    expect(written.parameters).toEqual({
      floor: { ...parameters.floor, value: 2500.5, source: "committee of 2026-11" },
      branch: { ...parameters.branch, value: "0755", owner: "branch office" },
      ways: { ...parameters.ways, value: ["phone", "wecom"] }, days: { ...parameters.days, value: [7, 14] }, strict: { ...parameters.strict, value: false },
    });
    expect((await bench.run(["fmt", "p/parameters.json", "--check"])).code).toBe(0);
    expect(at("p/rules.json")).toBe(JSON.stringify(rules));
  });

  it.each<readonly [string, Readonly<Record<string, SheetCell>>, string]>([
    ["a text for a number", { C2: "many" }, "TYPE_MISMATCH [params.xlsx]Parameters:2:3"],
    ["no value", { C2: null }, "TYPE_MISMATCH [params.xlsx]Parameters:2:3"],
    ["a number that lost its zero", { C3: 755 }, "TYPE_MISMATCH [params.xlsx]Parameters:3:3"],
    ["a text in a list of numbers", { C5: "7\nx" }, "TYPE_MISMATCH [params.xlsx]Parameters:5:3"],
    ["a truth that is none", { C6: "yes" }, "TYPE_MISMATCH [params.xlsx]Parameters:6:3"],
    ["a value out of range", { C2: 5000.01 }, "PARAMETER_RANGE [params.xlsx]Parameters:2:3"],
    ["an unknown parameter", { A2: "flor" }, "PARAMETER_UNKNOWN [params.xlsx]Parameters:2:1"],
    ["a parameter twice", { A3: "floor", B3: "floor", C3: 1000, D3: "CNY", E3: 0, F3: 5000 }, "DUPLICATE_ID [params.xlsx]Parameters:3:1"],
    ["a parameter left out", { A3: null, B3: null, C3: null, G3: null }, "PARAMETER_ROW_MISSING [params.xlsx]Parameters:1:1"],
    ["another range", { F2: 9000 }, "PARAMETER_FIXED [params.xlsx]Parameters:2:6"],
    ["another label", { B2: "roof" }, "PARAMETER_FIXED [params.xlsx]Parameters:2:2"],
    ["no column of values", { C1: "Worth" }, "WORKBOOK_COLUMN_MISSING [params.xlsx]Parameters:1:1"],
  ])("refuses %s and writes nothing", async (_what, cells, expected) => {
    await fresh();
    const before = at("p/parameters.json");
    await change(cells);
    const { code, list } = await found();
    expect(code).toBe(1);
    expect(list).toContain(expected);
    expect(at("p/parameters.json")).toBe(before);
  });

  it("says all that is wrong at once, for people with the cell", async () => {
    await fresh();
    await change({ C2: 9999, C3: 1, C6: "no" });
    const { code, stderr } = await bench.run(["params", "import", "p", "--file", "params.xlsx"]);
    expect(code).toBe(1);
    for (const place of ["[params.xlsx]Parameters:2:3  error  PARAMETER_RANGE", "[params.xlsx]Parameters:3:3  error  TYPE_MISMATCH", "[params.xlsx]Parameters:6:3  error  TYPE_MISMATCH"]) expect(stderr).toContain(place);
  });

  it("refuses a formula wherever it stands", async () => {
    await fresh();
    const sheets = (await read()).map(({ name, rows }, s) => ({ name, rows: rows.map((row) => row.map(({ value }) => value)), ...(s === 0 ? { cells: new Map([["1,2", { formula: "500*2", formulaResult: 1000 }], ["2,9", { formula: "NOW()" }]]) } : {}) }));
    writeFileSync(bench.path("params.xlsx"), await writeXlsx({ sheets }));
    expect((await found()).list).toEqual(["WORKBOOK_FORMULA [params.xlsx]Parameters:2:3", "WORKBOOK_FORMULA [params.xlsx]Parameters:3:10"]);
  });

  it("refuses the workbook of a pack that has changed since", async () => {
    await fresh();
    bench.write("p/rules.json", JSON.stringify({ rules: [{ ...rules.rules[0], priority: 1 }] }));
    expect(await found()).toEqual({ code: 1, list: ["PACK_CHANGED [params.xlsx]Pack:4:2"] });
  });

  it("refuses a value that a rule of the pack cannot take", async () => {
    await fresh();
    bench.write("p/rules.json", JSON.stringify({ rules: [{ id: "r", kind: "occasion", date: { asOf: {} }, daysBefore: { param: "floor" } }] }));
    bench.write("p/parameters.json", JSON.stringify({ parameters: { floor: { ...parameters.floor, value: 10 } } }));
    await bench.run(["params", "export", "p", "--file", "params.xlsx"]);
    await change({ C2: 400 });
    const { code, list } = await found();
    expect([code, list]).toEqual([1, ["PARAMETER_RANGE rules.json:1:71"]]);
    expect(at("p/parameters.json")).toContain("\"value\":10");
  });

  it.each([
    ["no workbook", "p/pack.json", "WORKBOOK_UNREADABLE"],
    ["nothing", "nowhere.xlsx", "FILE_NOT_FOUND"],
  ])("ends with 2 where there is %s", async (_what, file, expected) => {
    await fresh();
    const { code, stderr } = await bench.run(["params", "import", "p", "--file", file]);
    expect([code, stderr.includes(expected)]).toEqual([2, true]);
  });

  it("names the sheet that is missing", async () => {
    await fresh();
    writeFileSync(bench.path("params.xlsx"), await writeWorkbook({ title: "t", sheets: [{ name: "Other", columns: [{ label: "x", width: 5 }], rows: [] }] }));
    expect(await found()).toEqual({ code: 1, list: ["WORKBOOK_SHEET_MISSING params.xlsx:0:0", "WORKBOOK_SHEET_MISSING params.xlsx:0:0"] });
  });

  it("keeps conditions in the long form where a file is written so", async () => {
    bench.write("q/pack.json", JSON.stringify({ ...pack, parameters, ...rules }));
    await bench.run(["fmt", "q", "--form", "long"]);
    await bench.run(["params", "export", "q", "--file", "params.xlsx"]);
    await change({ C2: 5 });
    const before = at("q/pack.json");
    expect((await bench.run(["params", "import", "q", "--file", "params.xlsx"])).code).toBe(0);
    expect(at("q/pack.json")).toBe(before.replace("\"value\": 1000,", "\"value\": 5,"));
  });
});
