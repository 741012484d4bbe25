import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

let bench: Bench;
beforeAll(() => void (bench = openBench()));
afterAll(() => bench.remove());

interface Printed { readonly text: string; readonly parameters: readonly { readonly value: unknown; readonly type: string }[]; readonly facts: readonly { readonly column: string; readonly fact: string }[] }

describe("sql", () => {
  it.each(["duckdb", "postgres", "spark"])("prints the pack for %s, each rule's id over its expression and the parameters below", async (dialect) => {
    const { code, stdout, stderr } = await bench.run(["sql", "pack", "--as-of", "2026-11-30", "--dialect", dialect]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const id of ["maturity", "call-wealthy", "invite-wealthy"]) expect(stdout).toContain(`/* ${id} */`);
    expect(stdout).toMatch(/^-- [$:]\w+ text: "\[\\"call-wealthy\\",/m);
    // The threshold goes in as a parameter, not as text.
    expect(stdout).toMatch(/^-- [$:]\w+ number: 500000$/m);
    expect(stdout.split("\n").filter((line) => line.startsWith("--")).length).toBeGreaterThan(3);
  });

  it("prints less for matches alone", async () => {
    const { stdout } = await bench.run(["sql", "pack", "--as-of", "2026-11-30", "--answers", "matches", "--format", "json"]);
    const printed = JSON.parse(stdout) as Printed;
    expect(printed.text).not.toContain("wake_up");
    expect(printed.facts).toEqual([]);
    expect(printed.parameters.some(({ value }) => value === 500000)).toBe(true);
  });

  it("reads where tables and columns are", async () => {
    bench.write("layout.json", JSON.stringify({ entity: "bank.main.customers", children: { deposits: { relation: { sql: "live_deposits" }, known: "has_deposits" } } }));
    const { stdout } = await bench.run(["sql", "pack", "--as-of", "2026-11-30", "--dialect", "postgres", "--layout", "layout.json"]);
    expect(stdout).toContain(`FROM "bank"."main"."customers" e`);
    expect(stdout).toContain("FROM live_deposits i");
  });

  it.each<[string, unknown, string]>([
    ["no entity", {}, "KEY_MISSING"],
    ["a key that nobody knows", { entity: "c", tables: {} }, "UNKNOWN_KEY"],
    ["a relation that is none", { entity: 7 }, "TYPE_MISMATCH"],
    ["a child without a relation", { entity: "c", children: { deposits: {} } }, "KEY_MISSING"],
  ])("refuses a layout with %s", async (_name, layout, code) => {
    bench.write("bad.json", JSON.stringify(layout));
    const ended = await bench.run(["sql", "pack", "--as-of", "2026-11-30", "--layout", "bad.json", "--format", "json"]);
    expect(ended.code).toBe(2);
    expect(ended.stdout + ended.stderr).toContain(code);
  });

  it.each<[string, readonly string[], string]>([
    ["a day that is none", ["sql", "pack", "--as-of", "2026-02-30"], "AS_OF_INVALID"],
    ["a dialect that nobody knows", ["sql", "pack", "--as-of", "2026-11-30", "--dialect", "oracle"], "USAGE"],
    ["a layout that is not there", ["sql", "pack", "--as-of", "2026-11-30", "--layout", "nowhere.json"], "FILE_NOT_FOUND"],
  ])("refuses %s", async (_name, argv, code) => {
    const ended = await bench.run(argv);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
  });
});
