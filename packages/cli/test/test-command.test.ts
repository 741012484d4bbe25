import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

const record = { customerId: "T1", rm: "M1", assets: 600000 };
const good = { name: "wealthy", asOf: "2026-03-02", record, expect: { matches: [{ rule: "call-wealthy", occurrence: "2026-03" }] } };
const poor = { name: "poor", asOf: "2026-03-02", record: { ...record, assets: 1 }, expect: { none: ["call-wealthy"] } };
const bad = { name: "wrong", asOf: "2026-03-02", record, expect: { facts: { grade: "base" } } };

async function test(tests: readonly unknown[], more: readonly string[] = []) {
  bench.write("pack/tests/t.json", JSON.stringify({ tests }));
  return bench.run(["test", "pack", ...more]);
}

describe("test", () => {
  it.each<[string, readonly unknown[], readonly string[], number, RegExp]>([
    ["all pass", [good, poor], [], 0, /2 cases: 2 passed, 0 failed\nRule coverage 66\.6% \(2 of 3 rules .* threshold 0%\)\n {2}maturity {2}no case makes it fire/],
    ["one fails", [good, bad], [], 1, /2 cases: 1 passed, 1 failed/],
    ["coverage reaches the threshold", [good, poor], ["--threshold", "66.6"], 0, /threshold 66\.6%/],
    ["coverage is below the threshold", [good, poor], ["--threshold", "80"], 1, /threshold 80%/],
    ["a parameter", [good, poor], ["--param", "wealthyFrom=700000"], 1, /1 failed/],
    ["no cases", [], [], 0, /0 cases: 0 passed, 0 failed\nRule coverage 0%/],
  ])("%s", async (_name, tests, more, code, printed) => {
    const result = await test(tests, more);
    expect(result.stdout).toMatch(printed);
    expect(result.code).toBe(code);
  });

  it("shows a failure where it stands, in both languages", async () => {
    const en = await test([bad]);
    expect(en.stderr).toMatch(/tests\/t\.json:1:\d+ {2}error {2}TEST_FAILED {2}The test case "wrong" failed: the fact "grade" differs/);
    expect(en.stderr).toContain('Expected "base", found "wealthy".');
    const zh = await test([bad], ["--lang", "zh-CN"]);
    expect(zh.stderr).toContain("用例“wrong”未通过：指标“grade”不同");
    expect(zh.stdout).toContain("用例 1 个：通过 0，未通过 1");
  });

  it("prints JSON", async () => {
    const json = JSON.parse((await test([good, bad], ["--format", "json", "--threshold", "90"])).stdout) as Record<string, unknown>;
    expect(json).toMatchObject({ passed: 1, failed: 1, threshold: 90, coverage: { covered: 0, total: 3, percent: 0 }, cases: [{ name: "wealthy", passed: true }, { name: "wrong", passed: false }] });
    expect((json["diagnostics"] as { code: string }[]).map((one) => one.code)).toEqual(["TEST_FAILED", "COVERAGE_LOW"]);
  });

  it("takes pack and threshold from evertend.json", async () => {
    bench.write("pack/tests/t.json", JSON.stringify({ tests: [good, poor] }));
    bench.write("evertend.json", JSON.stringify({ pack: "pack", test: { threshold: 70 } }));
    expect((await bench.run(["test"])).code).toBe(1);
    expect((await bench.run(["test", "--threshold", "60"])).code).toBe(0);
    bench.write("evertend.json", JSON.stringify({ pack: "pack", test: { threshold: 700 } }));
    expect((await bench.run(["test"])).code).toBe(2);
    bench.write("evertend.json", "{}");
  });

  it("a pack with errors fails", async () => {
    bench.write("broken/a.json", "{");
    expect((await bench.run(["test", "broken"])).code).toBe(1);
  });

  it.each([[["test", "nowhere"], "FILE_NOT_FOUND"], [["test", "pack", "--threshold", "101"], "USAGE"], [["test", "pack", "--threshold", "much"], "USAGE"]])("%j ends with 2: %s", async (argv, expected) => {
    const { code, stderr } = await bench.run(argv);
    expect([code, stderr.includes(expected)]).toEqual([2, true]);
  });
});
