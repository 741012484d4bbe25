import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { smallPack } from "./small-pack.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
  // Customers belong to the unit that their manager's id stands for.
  bench.write("pack/model.json", JSON.stringify(smallPack["model.json"]).replace('"rm":"rm"', '"rm":"rm","unit":"rm"'));
  bench.write("overlays/m1/pack.json", JSON.stringify({
    pack: { id: "m1", version: "1.0.0", title: { "zh-CN": "一部", en: "Unit one" }, extends: "small", unit: "M1" },
    parameters: { wealthyFrom: { value: 700000 } },
    off: ["invite-wealthy"],
    tests: [{ name: "700,000 is wealthy here", asOf: "2026-03-01", record: { customerId: "T", rm: "M1", assets: 700000 }, expect: { matches: [{ rule: "call-wealthy" }] } }],
  }));
});
afterEach(() => bench.remove());

const overlay = ["--overlay", "overlays/m1"];
const matched = (): readonly string[] => bench.lines<{ customerId: string; ruleId: string }>("out/matches.ndjson").filter(({ ruleId }) => ruleId.endsWith("wealthy")).map(({ customerId, ruleId }) => `${customerId} ${ruleId}`);

describe("overlays on the command line", () => {
  it("are checked and tested over their pack", async () => {
    const checked = await bench.run(["check", "pack", ...overlay]);
    expect([checked.code, checked.stdout.trim()]).toEqual([0, "0 errors, 0 warnings"]);
    const tested = await bench.run(["test", "pack", ...overlay]);
    expect([tested.code, tested.stdout.split("\n")[0]]).toEqual([0, "1 case: 1 passed, 0 failed"]);
  });

  it("hold for the customers of their unit, in one thread or two", async () => {
    await bench.plan("2026-03-01");
    expect(matched()).toContain("C2 call-wealthy");
    expect(matched()).toContain("C1 invite-wealthy");
    const laid = await bench.plan("2026-03-01", overlay);
    expect(laid.code).toBe(0);
    expect(matched()).not.toContain("C2 call-wealthy");
    expect(matched()).toContain("C1 call-wealthy");
    // The tenth customer belongs to another unit.
    expect(matched().filter((one) => one.endsWith("invite-wealthy"))).toEqual(["C10 invite-wealthy"]);
    const one = bench.files("out");
    await bench.plan("2026-03-01", [...overlay, "--threads", "2"]);
    expect(bench.files("out")).toEqual(one);
  });

  it("stand in evertend.json for commands without a pack, and count as another pack for a sweep", async () => {
    bench.write("pack/rich.json", JSON.stringify({ rules: [{ id: "rich", title: "Rich", when: [["assets", ">=", { param: "wealthyFrom" }]], repeat: "year", then: [{ task: "call" }] }] }));
    bench.write("evertend.json", JSON.stringify({ pack: "pack", source: "customers.ndjson", state: "state" }));
    const plan = (asOf: string, ...more: readonly string[]): ReturnType<Bench["run"]> => bench.run(["run", "--as-of", asOf, "--out", "out", "--format", "json", ...more]);
    await plan("2026-03-01");
    bench.write("evertend.json", JSON.stringify({ pack: "pack", overlays: ["overlays/m1"], source: "customers.ndjson", state: "state" }));
    const { code, stdout } = await plan("2026-03-02", "--since", "2026-03-01");
    expect([code, (JSON.parse(stdout) as { sweep?: unknown }).sweep]).toEqual([0, "all"]);
    const explained = await bench.run(["explain", "--customer", "C2", "--rule", "rich", "--as-of", "2026-03-01"]);
    expect(explained.stdout.replace(/\s+/g, " ")).toContain("from Unit one (unit M1), Small pack says 500,000 CNY");
    const off = await bench.run(["explain", "--customer", "C2", "--rule", "invite-wealthy", "--as-of", "2026-03-01"]);
    expect([off.code, off.stderr]).toEqual([2, expect.stringMatching(/RULE_NOT_IN_UNIT[\s\S]*"m1" switches it off/)]);
  });

  it("of units are refused by SQL, before anything is written", async () => {
    const ended = await bench.plan("2026-03-01", [...overlay, "--backend", "sql"]);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringMatching(/SQL_UNSUPPORTED[\s\S]*overlay of unit M1/)]);
    expect(existsSync(bench.path("out"))).toBe(false);
  });

  it("are refused with their place, and without a stack trace", async () => {
    bench.write("overlays/m1/more.json", JSON.stringify({ off: ["nothing"] }, undefined, 2));
    const ended = await bench.plan("2026-03-01", overlay);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/overlays\/m1\/more\.json:3:5 {2}error {2}RULE_UNKNOWN/);
    const missing = await bench.plan("2026-03-01", ["--overlay", "overlays/none"]);
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining("FILE_NOT_FOUND")]);
  });
});
