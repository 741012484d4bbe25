import { describe, expect, test } from "vitest";
import { goalRows, goals, type BenchName, type GoalDefinition } from "./goals.js";

/** The table of goals as it was agreed, row by row: benchmark, what is measured, limit. */
const agreed: readonly (readonly [BenchName, string, "at least" | "at most", number])[] = [
  // Parsed JSON in, 50 rules, matches only.
  ["peers", "parsed JSON, 50 rules, matches only: times json-rules-engine", "at least", 500],
  ["peers", "parsed JSON, 50 rules, matches only: times json-logic-engine", "at least", 1.4],
  ["peers", "parsed JSON, 50 rules, matches only: of hand-written", "at most", 1.7],
  // The same with unknowns and `until`.
  ["peers", "with unknowns and until: times json-logic-engine, sure and possible", "at least", 2],
  ["peers", "with unknowns and until: of hand-written", "at most", 2],
  // Records already normalised, matches only.
  ["peers", "normalised records, 50 rules, matches only: times json-rules-engine", "at least", 2500],
  // 1,000 rules.
  ["peers", "1,000 rules: times json-logic-engine", "at least", 40],
  ["peers", "1,000 rules: of its own time at 50 rules", "at most", 4],
  // Build of a pack, and the first decision after it.
  ["peers", "build of a pack with 50 rules, ms", "at most", 10],
  ["peers", "build of a pack with 1,000 rules, ms", "at most", 60],
  ["peers", "first decision after the build of 50 rules, ms", "at most", 0.5],
  ["peers", "first decision after the build of 1,000 rules, ms", "at most", 0.5],
  // SQL over Parquet, two threads.
  ["sql", "sql: 1 M customers, processor time, times hand-written SQL", "at most", 1.2],
  ["sql", "sql: 10 M customers, processor time, times hand-written SQL", "at most", 1.2],
  ["sql", "sql: 1 M customers, peak memory in MB", "at most", 1000],
  ["sql", "sql: 10 M customers, peak memory in MB", "at most", 1000],
  // `diff` of one changed parameter.
  ["sql", "diff of one parameter, share of one full evaluation", "at most", 1 / 3],
  // The whole nightly run; linear: 10 M in at most 11 times 1 M, which a shorter run shows with a tenth of both.
  ["sweep", "nightly run: times json-rules-engine", "at least", 10],
  ["sweep", "nightly run: peak memory in MB", "at most", 1000],
  ["sweep", "nightly run: 10 M customers, times a tenth of them", "at most", 11],
  ["sweep", "nightly run: 1 M customers, times a tenth of them", "at most", 11],
  // Incremental sweep, 1 % of records changed, one day passed.
  ["sweep", "incremental sweep: share of the full sweep's time", "at most", 0.15],
];

describe("goals of the benchmarks", () => {
  test("are those that were agreed, one a number", () => {
    const declared = Object.entries(goals).flatMap(([bench, list]) =>
      Object.entries<GoalDefinition>(list).map(([id, { atLeast, atMost }]) => {
        expect([atLeast, atMost].filter((limit) => limit !== undefined), id).toHaveLength(1);
        return [bench, id, atLeast === undefined ? "at most" : "at least", atLeast ?? atMost];
      }));
    expect(declared).toEqual(agreed);
  });

  test.each(Object.keys(goals) as BenchName[])("%s has a row for each, met up to its limit and not beyond", (bench) => {
    const all = agreed.filter(([of]) => of === bench);
    const rowsAt = (figure: (way: string, limit: number) => number) => goalRows(bench, Object.fromEntries(all.map(([, id, way, limit]) => [id, figure(way, limit)])) as never);
    const at = rowsAt((_, limit) => limit);
    expect(at.map(({ id, value, met, reason }) => [id, value, met, reason])).toEqual(all.map(([, id, , limit]) => [id, limit, true, undefined]));
    for (const missed of [rowsAt((way, limit) => (way === "at most" ? limit * 1.001 : limit * 0.999)), rowsAt(() => NaN)]) {
      expect(missed.map(({ id, met }) => [id, met])).toEqual(all.map(([, id]) => [id, false]));
      for (const { id, reason } of missed) expect(reason, id).toMatch(/\w.*\.$/);
    }
    expect(rowsAt(() => undefined as never)).toEqual([]);
  });
});
