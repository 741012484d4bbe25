import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson, smallBank } from "./small-pack.js";

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

const withState = ["--state", "state"];
const json = ["--format", "json"];
const sweepOf = (stdout: string): unknown => (JSON.parse(stdout) as { sweep?: unknown }).sweep;

describe("run --since", () => {
  it("takes all customers the first time, then those that changed, are due or are new", async () => {
    const first = await bench.plan("2026-03-01", [...withState, "--since", "2026-02-28", ...json]);
    expect([first.code, sweepOf(first.stdout)]).toEqual([0, "all"]);
    const bank = smallBank.map((one, i) => (i === 0 ? { ...one, name: "Changed" } : one));
    bench.write("customers.ndjson", ndjson([...bank, { ...smallBank[0], customerId: "zzz-new" }]));
    const second = await bench.plan("2026-03-02", [...withState, "--since", "2026-03-01", ...json]);
    const sweep = sweepOf(second.stdout) as { seen: number; changed: number; due: number; added: number };
    expect(second.code).toBe(0);
    expect(sweep.seen).toBe(bank.length + 1);
    expect(sweep.changed).toBe(1);
    expect(sweep.added).toBeGreaterThanOrEqual(1);
    expect(sweep.changed + sweep.due + sweep.added).toBeLessThan(sweep.seen);
    const words = await bench.plan("2026-03-03", [...withState, "--since", "2026-03-02", "--lang", "zh-CN"]);
    expect(words.stdout).toMatch(/位客户中处理了/);
  });

  it("leaves the states of all others as they were, to the byte", async () => {
    await bench.plan("2026-03-01", withState);
    const base = readFileSync(bench.path("state/state.ndjson"), "utf8");
    const before = new Map((await bench.states()).map((one) => [one.customerId, one] as const));
    await bench.plan("2026-03-02", [...withState, "--since", "2026-03-01"]);
    const after = await bench.states();
    expect(after.map(({ customerId }) => customerId)).toEqual([...before.keys()]);
    const left = after.filter(({ asOf }) => asOf === "2026-03-01");
    expect(left.length).toBeGreaterThan(0);
    for (const one of left) expect(one).toEqual(before.get(one.customerId));
    // What changed lies over the rest, which is not written again.
    if (Object.hasOwn(bench.files("state"), "state.delta-1.ndjson")) expect(readFileSync(bench.path("state/state.ndjson"), "utf8")).toBe(base);
  });

  it("looks at records that cannot be used when they are new or another, and tells who is gone", async () => {
    const faulty = { ...smallBank[0], customerId: "faulty", phone: 1 };
    bench.write("customers.ndjson", ndjson([...smallBank, faulty, { name: "nobody" }]));
    await bench.plan("2026-03-01", withState);
    const told = (): (string | undefined)[] => bench.lines<{ code?: string }>("out/setaside.ndjson").map(({ code }) => code);
    expect(told()).toEqual(["ID_MISSING", "TYPE_INVALID"]);
    const second = await bench.plan("2026-03-02", [...withState, "--since", "2026-03-01", ...json]);
    expect(sweepOf(second.stdout)).toMatchObject({ changed: 0, added: 0, setAside: 2, gone: 0 });
    // A record without an id cannot be remembered.
    expect(told()).toEqual(["ID_MISSING"]);
    bench.write("customers.ndjson", ndjson([...smallBank.slice(1), { ...faulty, phone: 2 }]));
    const third = await bench.plan("2026-03-03", [...withState, "--since", "2026-03-02", ...json]);
    expect(sweepOf(third.stdout)).toMatchObject({ changed: 1, added: 0, setAside: 0, gone: 1 });
    expect(told()).toEqual(["TYPE_INVALID"]);
    bench.write("customers.ndjson", ndjson([...smallBank.slice(1), { ...faulty, phone: smallBank[0]?.["phone"] }]));
    const fourth = await bench.plan("2026-03-04", [...withState, "--since", "2026-03-03", ...json]);
    expect(sweepOf(fourth.stdout)).toMatchObject({ changed: 1, added: 0, setAside: 0, gone: 1 });
    expect(told()).toEqual([]);
    const words = await bench.plan("2026-03-05", [...withState, "--since", "2026-03-04"]);
    expect(words.stdout).toContain("1 no longer in the source");
  });

  it("takes all where a parameter of the pack is another", async () => {
    await bench.plan("2026-03-01", withState);
    const ended = await bench.plan("2026-03-02", [...withState, "--since", "2026-03-01", "--at", "2026-03-02T10:00:00+08:00", ...json]);
    expect(sweepOf(ended.stdout)).not.toBe("all");
    bench.write("pack/more.json", JSON.stringify({ parameters: { unused: { value: 1, label: { "zh-CN": "无", en: "none" }, source: "test" } } }));
    const changed = await bench.plan("2026-03-03", [...withState, "--since", "2026-03-02", ...json]);
    expect([changed.code, sweepOf(changed.stdout)]).toEqual([0, "all"]);
  });

  it.each([
    ["without a state", ["--since", "2026-03-01"], "USAGE"],
    ["a day that does not exist", [...withState, "--since", "2026-02-30"], "SINCE_TOO_LATE"],
    ["a day after the last run", [...withState, "--since", "2026-03-02"], "SINCE_TOO_LATE"],
  ])("is refused: %s", async (_what, more, code) => {
    await bench.plan("2026-03-01", withState);
    const ended = await bench.plan("2026-03-03", more);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(code);
  });
});
