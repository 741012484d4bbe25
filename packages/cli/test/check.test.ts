import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

interface Found { readonly code: string; readonly severity: string; readonly file: string; readonly pointer: string; readonly line: number; readonly column: number }

const base = { pack: { id: "p", version: "1" }, model: { id: "m", zone: "Asia/Shanghai", entity: { name: "c", id: "id", properties: { id: { type: "string" }, due: { type: "string", format: "date" }, rm: { type: "string" } } } } };
const calendar = { cn: { from: "2026-01-01", to: "2026-12-31" } };
const working = (id: string) => ({ id, when: [["due", "withinNextDays", 5], ["due", "=", { asOf: { workingDays: 3, calendar: "cn" } }]] });

let n = 0;
async function check(files: Readonly<Record<string, unknown>>, more: readonly string[] = []): Promise<{ code: number; found: readonly Found[] }> {
  const folder = `check-${++n}`;
  for (const [name, json] of Object.entries(files)) bench.write(`${folder}/${name}`, typeof json === "string" ? json : JSON.stringify(json));
  const { code, stdout } = await bench.run(["check", folder, "--format", "json", ...more]);
  return { code, found: JSON.parse(stdout) as readonly Found[] };
}

describe("check", () => {
  it.each<[string, Readonly<Record<string, unknown>>, readonly string[], number, readonly string[]]>([
    ["a pack in order", { "a.json": { ...base, rules: [] } }, [], 0, []],
    ["JSON that is none", { "a.json": base, "b.json": "{" }, [], 1, ["JSON_SYNTAX b.json "]],
    ["several errors at once", { "a.json": { ...base, rules: [{ id: "r", when: [["dew", "=", 1]] }, { id: "s", foo: 1 }] } }, [], 1, ["FACT_UNKNOWN a.json /rules/0/when/0/0", "UNKNOWN_KEY a.json /rules/1/foo"]],
    ["a warning alone", { "a.json": { ...base, rules: [{ id: "r", when: [{ all: [["id", "=", "a"], ["id", "=", "b"]] }] }] } }, [], 0, ["CONTRADICTION a.json /rules/0/when/0/all/1"]],
    ["a project's folder stands for its pack", { "evertend.json": { pack: "rules" }, "rules/a.json": { ...base, rules: [{ id: "r", when: [["dew", "=", 1]] }] } }, [], 1, ["FACT_UNKNOWN a.json /rules/0/when/0/0"]],
    ["golden cases", { "a.json": base, "tests/t.json": { tests: [{ name: "x", asOf: "2026-02-30", record: {}, expect: { only: true } }] } }, [], 1, ["DATE_INVALID tests/t.json /tests/0/asOf"]],
    ["a parameter that is not there", { "a.json": base }, ["--param", "x=1"], 1, ["PARAMETER_UNKNOWN --param "]],
    ["a calendar that ends, where nobody asks for a day", { "a.json": { ...base, calendars: calendar, rules: [working("r")] } }, [], 0, []],
    ["a calendar that ends soon", { "a.json": { ...base, calendars: calendar, rules: [working("r")] } }, ["--as-of", "2026-03-01"], 0, ["CALENDAR_ENDS a.json /calendars/cn/to"]],
    ["a calendar that nothing uses", { "a.json": { ...base, calendars: calendar, rules: [] } }, ["--as-of", "2026-03-01"], 0, []],
    ["a calendar that reaches far enough", { "a.json": { ...base, calendars: { cn: { from: "2026-01-01", to: "2027-12-31" } }, rules: [working("r")] } }, ["--as-of", "2026-03-01"], 0, []],
  ])("%s", async (_name, files, more, code, expected) => {
    const result = await check(files, more);
    expect(result.found.map((one) => `${one.code} ${one.file} ${one.pointer}`).sort()).toEqual([...expected].sort());
    expect(result.code).toBe(code);
    for (const one of result.found) expect(Object.keys(one)).toEqual(["code", "severity", "file", "pointer", "line", "column", "message", "hint"]);
  });

  it("a calendar counts to the day: 400 days ahead are enough", async () => {
    const files = { "a.json": { ...base, calendars: calendar, rules: [working("r")] } };
    expect((await check(files, ["--as-of", "2025-11-26"])).found).toEqual([]);
    expect((await check(files, ["--as-of", "2025-11-27"])).found).toHaveLength(1);
  });

  it("says it to people with the line at fault and a sum, in both languages", async () => {
    bench.write("people/a.json", JSON.stringify({ ...base, rules: [{ id: "r", when: [["dew", "=", 1]] }] }, undefined, 1));
    const en = await bench.run(["check", "people"]);
    expect(en.code).toBe(1);
    expect(en.stderr).toMatch(/a\.json:\d+:\d+ {2}error {2}FACT_UNKNOWN/);
    expect(en.stderr).toMatch(/\| .*"dew"/);
    expect(en.stdout).toBe("1 error, 0 warnings\n");
    const zh = await bench.run(["check", "people", "--lang", "zh-CN"]);
    expect(zh.stderr).toContain("没有名为“dew”的指标");
    expect(zh.stdout).toBe("1 个错误，0 个警告\n");
  });

  it.each([
    [["check", "nowhere"], "FILE_NOT_FOUND"],
    [["check", "customers.ndjson"], "FILE_NOT_FOUND"],
    [["check"], "USAGE"],
    [["check", "pack", "--as-of", "soon"], "AS_OF_INVALID"],
    [["check", "pack", "--param", "x"], "USAGE"],
    [["check", "pack", "--format", "xml"], "USAGE"],
  ])("%j ends with 2: %s", async (argv, expected) => {
    const json = argv.includes("xml") ? [] : ["--format", "json"];
    const { code, stdout, stderr } = await bench.run([...argv, ...json]);
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(expected);
    expect(stdout + stderr).not.toMatch(/\n\s+at /);
  });
});
