import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

const good = { name: "vip", conditions: { all: [{ fact: "age", operator: "greaterThan", value: 30 }, { fact: "country", operator: "notEqual", value: "CN" }] }, event: { type: "greetVip" } };
const bad = { name: "scan", conditions: { all: [{ fact: "p", path: "$..x", operator: "equal", value: 1 }] }, event: { type: "x" } };

describe("import", () => {
  it("writes a pack that checks, and tells what differs", async () => {
    bench.write("rules.json", JSON.stringify([good]));
    const { code, stdout, stderr } = await bench.run(["import", "rules.json", "--out", "made"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("differs  MISSING_IS_UNKNOWN");
    expect(stdout).toContain("vip  /0/conditions/all/1");
    expect((await bench.run(["check", "made"])).code).toBe(0);
    // A second time nothing is replaced.
    expect((await bench.run(["import", "rules.json", "--out", "made"])).code).toBe(2);
    expect((await bench.run(["import", "rules.json", "--out", "made", "--force", "--lang", "zh-CN"])).stdout).toContain("有差异");
  });

  it("leaves out what cannot be said, and ends with 1", async () => {
    bench.write("mixed.json", JSON.stringify([good, bad]));
    const { code, stdout } = await bench.run(["import", "mixed.json", "--out", "mixed", "--format", "json"]);
    expect(code).toBe(1);
    const { differences } = JSON.parse(stdout) as { differences: { code: string; refused: boolean; rule: string }[] };
    expect(differences.filter(({ refused }) => refused).map(({ code: one, rule }) => [one, rule])).toEqual([["PATH_REFUSED", "scan"]]);
    expect(readFileSync(bench.path("mixed/pack.json"), "utf8")).not.toContain("$..x");
  });

  it.each([
    ["a file that is not there", ["import", "nowhere.json", "--out", "n"], "FILE_NOT_FOUND"],
    ["no JSON", ["import", "broken.json", "--out", "n"], "JSON_SYNTAX"],
    ["a zone that does not exist", ["import", "rules.json", "--out", "n", "--zone", "Mars/Base"], "ZONE_UNKNOWN"],
  ])("refuses %s", async (_what, argv, code) => {
    bench.write("broken.json", "[{");
    const ended = await bench.run(argv);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
  });
});
