import { mkdirSync, readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson, smallBank } from "./small-pack.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

interface DecisionLine {
  readonly key: string;
  readonly customerId: string;
  readonly outcome: string;
  readonly reason: string;
}
const withState = ["--state", "state"];
const stateOf = (id: string): { keys: Record<string, string>; openTasks: unknown[]; asOf: string } | undefined =>
  bench.lines<{ customerId: string; keys: Record<string, string>; openTasks: unknown[]; asOf: string }>("state/state.ndjson").find(({ customerId }) => customerId === id);

describe("a run with state", () => {
  test("plans nothing twice over three days, and makes up for what had no slot", async () => {
    const planned = new Map<string, number>();
    const held: number[] = [];
    for (const [i, asOf] of ["2026-03-01", "2026-03-02", "2026-03-03"].entries()) {
      expect(await bench.plan(asOf, withState)).toMatchObject({ code: 0 });
      const decisions = bench.lines<DecisionLine>("out/decisions.ndjson");
      for (const { key, outcome } of decisions) if (["touch", "task", "merged"].includes(outcome)) planned.set(key, (planned.get(key) ?? 0) + 1);
      held.push(decisions.filter(({ reason }) => reason === "RM_SLOTS").length);
      const summary = JSON.parse(bench.files("out")["summary.json"] ?? "") as { keysPlannedTwice: number; alreadyPlanned: number };
      expect(summary.keysPlannedTwice).toBe(0);
      expect(summary.alreadyPlanned > 0).toBe(i > 0);
    }
    expect([...planned.values()].every((times) => times === 1)).toBe(true);
    expect(held).toEqual([2, 0, 0]);
    // Four wealthy customers with a call and an invitation each, D1 once, D2 at seven days and at one.
    expect(planned.size).toBe(4 * 2 + 1 + 2);
  });

  test("repeated on the same day neither plans again nor finds the slots free again", async () => {
    await bench.plan("2026-03-01", withState);
    await bench.plan("2026-03-01", withState);
    const decisions = bench.lines<DecisionLine>("out/decisions.ndjson");
    expect(bench.lines("out/tasks.ndjson")).toEqual([]);
    expect(bench.lines("out/touches.ndjson")).toEqual([]);
    expect(decisions.filter(({ reason }) => reason === "RM_SLOTS")).toHaveLength(2);
  });

  test("keeps the state of customers who are missing from the source or set aside today", async () => {
    await bench.plan("2026-03-01", withState);
    const before = stateOf("C1");
    const beforeC2 = stateOf("C2");
    bench.write("few.ndjson", ndjson([{ customerId: "C2", phone: "nonsense" }, ...smallBank.slice(2)]));
    await bench.plan("2026-03-02", [...withState, "--source", "few.ndjson"]);
    expect(stateOf("C1")).toEqual(before);
    // Its record cannot be used until it is another one; all else waits for that.
    expect(stateOf("C2")).toEqual({ ...beforeC2, record: expect.stringMatching(/^[0-9A-F]+$/) as string, reviewOn: null, setAside: true });
    expect(stateOf("C5")?.asOf).toBe("2026-03-02");
    await bench.plan("2026-03-03", withState);
    expect(bench.lines<DecisionLine>("out/decisions.ndjson").filter(({ customerId, reason }) => customerId === "C1" && reason === "ALREADY_PLANNED")).not.toEqual([]);
  });

  test("is refused for a day before the state's", async () => {
    await bench.plan("2026-03-02", withState);
    const files = bench.files("state");
    const ended = await bench.plan("2026-03-01", withState);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("STATE_LATER");
    expect(bench.files("state")).toEqual(files);
  });

  test("without --state remembers nothing", async () => {
    await bench.plan("2026-03-01");
    const first = bench.files("out");
    await bench.plan("2026-03-01");
    expect(bench.files("out")).toEqual(first);
  });

  test("keeps the state of before when the output cannot be put in place", async () => {
    await bench.plan("2026-03-01", withState);
    const state = readFileSync(bench.path("state/state.ndjson"), "utf8");
    // A folder stands where a file must go.
    mkdirSync(bench.path("blocked/summary.json"), { recursive: true });
    const ended = await bench.plan("2026-03-02", [...withState, "--out", "blocked"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("OUTPUT_UNWRITABLE");
    expect(readFileSync(bench.path("state/state.ndjson"), "utf8")).toBe(state);
    expect(Object.keys(bench.files("blocked"))).toEqual([]);
    expect(await bench.plan("2026-03-02", withState)).toMatchObject({ code: 0 });
  });
});
