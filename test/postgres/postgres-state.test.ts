import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { openPostgresState } from "@evertend/warehouse";
import { postgresMissing, startPostgres } from "./start-postgres.js";
import { openBench, type Bench } from "../../packages/cli/test/command-bench.js";

const missing = await postgresMissing();
if (missing !== undefined) console.warn(`run with its state in PostgreSQL skipped: ${missing}`);
const database = missing === undefined ? await startPostgres() : undefined;
process.env["EVERTEND_TEST_DATABASE"] = database?.url;
afterAll(() => database?.stop());

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

describe("run with its state in PostgreSQL", () => {
  it.skipIf(database === undefined)("plans and remembers what it does with a folder", async () => {
    for (const asOf of ["2026-03-01", "2026-03-02", "2026-03-03"]) {
      const summaries: string[] = [];
      for (const state of ["state", "postgres:env:EVERTEND_TEST_DATABASE"]) {
        const { code, stdout, stderr } = await bench.plan(asOf, ["--state", state, "--format", "json"]);
        expect([code, stderr]).toEqual([0, ""]);
        summaries.push(stdout);
      }
      expect(summaries[1]).toBe(summaries[0]);
    }
    const states: unknown[] = [];
    for await (const state of openPostgresState({ env: "EVERTEND_TEST_DATABASE" }, { lang: "en" }).read()) states.push(state);
    expect(states).toEqual(bench.lines("state/state.ndjson"));
    expect(states.length).toBeGreaterThan(0);
  });

  it.each([
    ["a reference is missed by its name", { postgres: { env: "EVERTEND_TEST_NOTHING" } }, "SECRET_MISSING"],
    ["a connection string", "postgres://bank:hunter2@db/bank", "SECRET_LITERAL"],
    ["a connection string inside", { postgres: "postgresql://bank:hunter2@db/bank" }, "SECRET_LITERAL"],
    ["a file is missed by its name", { postgres: { file: "gone.txt" } }, "SECRET_MISSING"],
    ["no reference", { postgres: {} }, "KEY_MISSING"],
    ["another key", { postgres: { url: "hunter2" } }, "UNKNOWN_KEY"],
  ])("evertend.json: %s", async (_what, state, expected) => {
    bench.write("evertend.json", JSON.stringify({ pack: "pack", source: "customers.ndjson", state }));
    const { code, stdout, stderr } = await bench.run(["run", "--as-of", "2026-03-01", "--out", "out"]);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain(expected);
    expect(stdout + stderr).not.toContain("hunter2");
  });

  it("refuses a connection string itself, and does not repeat it", async () => {
    const { code, stdout, stderr } = await bench.plan("2026-03-01", ["--state", "postgres://bank:hunter2@db/bank"]);
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain("SECRET_LITERAL");
    expect(stdout + stderr).not.toContain("hunter2");
  });
});
