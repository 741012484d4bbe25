import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson } from "./small-pack.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

const pack = fileURLToPath(new URL("../../banking/packs/rm-appraisal", import.meta.url));

/** A manager whose score grows with `step`; all are of one period. */
const manager = (step: number): object => ({
  rmId: `M${String(step).padStart(2, "0")}`, name: "示例", period: "2026", grade: "manager", unit: { id: "U1", headId: "H1" }, qualityScore: 80,
  deposits: { dailyAverage: 60000000, newDailyAverage: 30000000 }, loans: { dailyAverage: 0, balance: 1 }, settlement: { international: 0 }, fees: { income: step * 1000 },
  quality: { badLoanRatio: 0.5 }, crossSelling: { products: 2 }, bonus: { points: 0 }, contribution: { profit: 0 },
});

test("a run takes the population in a first pass: the best 60 % of ten, bounds included, are six", async () => {
  bench.write("managers.ndjson", ndjson(Array.from({ length: 10 }, (_, i) => manager(i + 1))));
  expect(await bench.run(["run", pack, "--source", bench.path("managers.ndjson"), "--as-of", "2026-12-31", "--out", bench.path("out")])).toMatchObject({ code: 0 });
  expect(bench.lines("out/facts.ndjson").map((line) => (line as { contributionRank: number }).contributionRank)).toEqual([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  const reached = bench.lines("out/matches.ndjson").filter((line) => (line as { ruleId: string }).ruleId === "appraisal/reached");
  expect(reached.map((line) => (line as { customerId: string }).customerId)).toEqual(["M05", "M06", "M07", "M08", "M09", "M10"]);
});

test("nobody to rank is said, and is no error", async () => {
  bench.write("managers.ndjson", "");
  const result = await bench.run(["run", pack, "--source", bench.path("managers.ndjson"), "--as-of", "2026-12-31", "--out", bench.path("out")]);
  expect(result).toMatchObject({ code: 0 });
  expect(result.stderr).toContain("POPULATION_EMPTY");
});
