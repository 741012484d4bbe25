import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { largeBank, ndjson } from "./small-pack.js";

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

test("any number of threads writes the same bytes, with the state of before and without", async () => {
  bench.write("bank.ndjson", ndjson(largeBank(700)));
  const outcomes = [];
  for (const threads of ["1", "2", "3"]) {
    for (const asOf of ["2026-03-01", "2026-03-02"]) {
      const ended = await bench.plan(asOf, ["--source", "bank.ndjson", "--out", `out-${threads}`, "--state", `state-${threads}`, "--threads", threads]);
      expect({ code: ended.code, stderr: ended.stderr.replaceAll(/.*warning.*\n/g, "") }).toEqual({ code: 0, stderr: "" });
    }
    outcomes.push({ out: bench.files(`out-${threads}`), state: bench.files(`state-${threads}`) });
  }
  const [one, two, three] = outcomes;
  expect(Object.keys(one?.out ?? {})).toContain("setaside.ndjson");
  expect(one?.out["setaside.ndjson"]).toContain("DUPLICATE_ID");
  expect(bench.lines<{ outcome: string }>("out-1/decisions.ndjson").filter(({ outcome }) => outcome === "held").length).toBeGreaterThan(3);
  expect(two).toEqual(one);
  expect(three).toEqual(one);
}, 300_000);

describe("a plugin of the project", () => {
  test("that ends its thread ends the run with a diagnostic, and files stay as they were", async () => {
    bench.write("bank.ndjson", ndjson(largeBank(600)));
    bench.write("bad.mjs", `import { isMainThread } from "node:worker_threads";\nif (!isMainThread) process.exit(3);\nexport const plugin = { name: "bad" };\n`);
    bench.write("evertend.json", JSON.stringify({ environment: { plugins: ["bad.mjs"] } }));
    bench.write("out/matches.ndjson", "before\n");
    const ended = await bench.plan("2026-03-01", ["--source", "bank.ndjson", "--threads", "2", "--state", "state"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("THREAD_DIED");
    expect(ended.stderr).not.toMatch(/\n\s+at /);
    expect(bench.files("out")).toEqual({ "matches.ndjson": "before\n" });
    expect(bench.files("state")).toEqual({});
  });
});

test.each(["0", "-1", "two", "1.5", "65"])("--threads %s is refused", async (threads) => {
  const ended = await bench.plan("2026-03-01", ["--threads", threads]);
  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain("USAGE");
});

test("progress on request as JSON lines, with the phase", async () => {
  const ended = await bench.plan("2026-03-01", ["--format", "json", "--progress"]);
  const told = ended.stderr.trim().split("\n").map((line) => JSON.parse(line) as { phase: string; done: number; total: number });
  expect(told.at(-1)).toMatchObject({ phase: "settle" });
  expect(told.find(({ phase }) => phase === "decide")).toMatchObject({ done: 6, total: 6 });
});
