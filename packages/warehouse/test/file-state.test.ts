import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CustomerState } from "@evertend/core";
import { openFileState } from "@evertend/warehouse";
import { processStart } from "../src/live-process.js";
import { diagnosticsOf, temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
let count = 0;
const newDir = (): string => join(folder.path, `state-${++count}`, "below");

function stateOf(customerId: string, more: Partial<CustomerState> = {}): CustomerState {
  return { customerId, asOf: "2026-03-01", lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [], ...more };
}

async function readAll(dir: string): Promise<CustomerState[]> {
  const states: CustomerState[] = [];
  for await (const state of openFileState(dir, { lang: "en" }).read()) states.push(state);
  return states;
}

async function writeAll(dir: string, states: readonly CustomerState[], asOf?: string): Promise<void> {
  const writer = await openFileState(dir, { lang: "en", ...(asOf === undefined ? {} : { asOf }) }).begin();
  for (const state of states) await writer.write(state);
  await writer.commit();
}

describe("file state", () => {
  test("what was written is read, in order; equal states are equal bytes", async () => {
    const dir = newDir();
    const full = stateOf("中", {
      lastFacts: { tier: "gold", "a.b": null, score: 0.1, vip: true, __proto__x: 1 },
      episodes: { "rule\nsubject": "2026-02-28" },
      keys: { b: "2026-01-01", a: "2026-01-02" },
      contacts: [{ date: "2026-02-01", channel: "sms", key: "k", class: "service" }],
      openTasks: [{ key: "k", ruleId: "r", subject: "", assignee: "rm1", opened: "2026-02-01", expiresAt: null }],
    });
    await writeAll(dir, [stateOf("B"), stateOf("a"), full]);
    expect(await readAll(dir)).toEqual([stateOf("B"), stateOf("a"), full]);
    expect(readdirSync(dir).sort()).toEqual(["state.json", "state.ndjson"]);
    const bytes = readFileSync(join(dir, "state.ndjson"), "utf8");
    expect(bytes.split("\n")[2]).toMatch(/^\{"customerId":"中","asOf":"2026-03-01","lastFacts":\{"__proto__x":1,"a.b":null,"score":0.1,"tier":"gold","vip":true\}.*"keys":\{"a":"2026-01-02","b"/);
    const shuffled = { ...full, keys: { a: "2026-01-02", b: "2026-01-01" }, contacts: [{ class: "service", key: "k", channel: "sms", date: "2026-02-01" }] } as CustomerState;
    await writeAll(dir, [stateOf("B"), stateOf("a"), shuffled]);
    expect(readFileSync(join(dir, "state.ndjson"), "utf8")).toBe(bytes);
    expect(JSON.parse(readFileSync(join(dir, "state.json"), "utf8"))).toMatchObject({ version: 1, asOf: "2026-03-01", count: 3 });
  });

  test("a folder that is missing or empty is an empty state", async () => {
    const dir = newDir();
    expect(await readAll(dir)).toEqual([]);
    expect(await openFileState(dir, { lang: "en" }).asOf()).toBe(null);
    mkdirSync(dir, { recursive: true });
    expect(await readAll(dir)).toEqual([]);
    await writeAll(dir, [], "2026-04-01");
    expect(await readAll(dir)).toEqual([]);
    expect(await openFileState(dir, { lang: "en" }).asOf()).toBe("2026-04-01");
  });

  test("nothing is visible before commit; abort leaves all as it was", async () => {
    const dir = newDir();
    await writeAll(dir, [stateOf("a")]);
    const store = openFileState(dir, { lang: "en" });
    const writer = await store.begin();
    await writer.write(stateOf("b"));
    expect((await readAll(dir)).map((state) => state.customerId)).toEqual(["a"]);
    await writer.abort();
    await writer.abort();
    expect((await readAll(dir)).map((state) => state.customerId)).toEqual(["a"]);
    expect(readdirSync(dir).sort()).toEqual(["state.json", "state.ndjson"]);
    await expect(writer.write(stateOf("c"))).rejects.toThrow("ended");
    await expect(writer.commit()).rejects.toThrow("ended");
  });

  test("out of order or twice is a mistake of the program", async () => {
    const writer = await openFileState(newDir(), { lang: "en" }).begin();
    await writer.write(stateOf("b"));
    await expect(writer.write(stateOf("a"))).rejects.toThrow("ascending order");
    await expect(writer.write(stateOf("b"))).rejects.toThrow("ascending order");
    await writer.abort();
  });

  test("one run at a time", async () => {
    const dir = newDir();
    const writer = await openFileState(dir, { lang: "en" }).begin();
    expect(await diagnosticsOf(() => openFileState(dir, { lang: "en" }).begin())).toMatchObject([{ code: "STATE_LOCKED", file: expect.stringContaining(join(dir, "state.lock.")) as string }]);
    await writer.commit();
    await (await openFileState(dir, { lang: "en" }).begin()).abort();
  });

  test("a run that read before another one committed cannot write", async () => {
    const dir = newDir();
    await writeAll(dir, [stateOf("a")]);
    const slow = openFileState(dir, { lang: "en" });
    for await (const state of slow.read()) void state;
    await writeAll(dir, [stateOf("a"), stateOf("b")]);
    expect(await diagnosticsOf(() => slow.begin())).toMatchObject([{ code: "STATE_LOCKED" }]);
    expect((await readAll(dir)).length).toBe(2);
  });

  test("a lock that somebody removed by hand stops the commit", async () => {
    const dir = newDir();
    await writeAll(dir, [stateOf("a")]);
    const writer = await openFileState(dir, { lang: "en" }).begin();
    for (const name of readdirSync(dir)) if (name.startsWith("state.lock")) rmSync(join(dir, name));
    const other = await openFileState(dir, { lang: "en" }).begin();
    expect(await diagnosticsOf(() => writer.commit())).toMatchObject([{ code: "STATE_LOCKED" }]);
    await other.write(stateOf("b"));
    await other.commit();
    expect((await readAll(dir)).map((state) => state.customerId)).toEqual(["b"]);
  });

  const endedPid = Number(execFileSync(process.execPath, ["-p", "process.pid"], { encoding: "utf8" }));
  const lockOf = (owner: Record<string, unknown>): string => JSON.stringify({ pid: process.ppid, start: processStart(process.ppid), host: hostname(), token: "t", ...owner });
  test.each<[string, string, boolean]>([
    ["of a process that ended", lockOf({ pid: endedPid, start: "" }), true],
    ["of a process whose number is now another's", lockOf({ start: "1" }), processStart(process.pid) !== ""],
    ["of a process that runs", lockOf({}), false],
    ["of another machine", lockOf({ pid: endedPid, host: `${hostname()}-other` }), false],
    ["that cannot be read", "??", false],
    ["that says nothing", "{}", false],
  ])("a lock %s", async (_what, content, taken) => {
    const dir = newDir();
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "state.lock"), content);
    if (taken) {
      await writeAll(dir, [stateOf("a")]);
      expect(readdirSync(dir).sort()).toEqual(["state.json", "state.ndjson"]);
    } else {
      expect(await diagnosticsOf(() => openFileState(dir, { lang: "en" }).begin())).toMatchObject([{ code: "STATE_LOCKED" }]);
      expect(readdirSync(dir)).toEqual(["state.lock"]);
    }
  });

  test("of many that find one stale lock at once, never two get it", async () => {
    let got = 0;
    for (let round = 0; round < 10; round++) {
      const dir = newDir();
      mkdirSync(dir, { recursive: true });
      writeFileSync(join(dir, "state.lock.0"), lockOf({ pid: endedPid, start: "" }));
      const results = await Promise.allSettled(Array.from({ length: 6 }, () => openFileState(dir, { lang: "en" }).begin()));
      const writers = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect(writers.length).toBeLessThanOrEqual(1);
      for (const result of results) if (result.status === "rejected") expect(String(result.reason)).toContain("STATE_LOCKED");
      got += writers.length;
      await writers[0]?.abort();
      expect(readdirSync(dir)).toEqual([]);
    }
    // All may withdraw when they come at the very same moment, but not time and again.
    expect(got).toBeGreaterThan(0);
  });

  const line = `${JSON.stringify(stateOf("a"))}\n`;
  test.each<[string, (dir: string) => void]>([
    ["cut off", (dir) => writeFileSync(join(dir, "state.ndjson"), readFileSync(join(dir, "state.ndjson")).subarray(0, -20))],
    ["shorter by a line", (dir) => writeFileSync(join(dir, "state.ndjson"), line)],
    ["altered", (dir) => writeFileSync(join(dir, "state.ndjson"), readFileSync(join(dir, "state.ndjson"), "utf8").replace("2026", "2025"))],
    ["empty", (dir) => writeFileSync(join(dir, "state.ndjson"), "")],
    ["missing", (dir) => rmSync(join(dir, "state.ndjson"))],
    ["a folder", (dir) => (rmSync(join(dir, "state.ndjson")), mkdirSync(join(dir, "state.ndjson")))],
    ["without state.json", (dir) => rmSync(join(dir, "state.json"))],
    ["with another state.json", (dir) => writeFileSync(join(dir, "state.json"), "[]")],
    ["with a broken state.json", (dir) => writeFileSync(join(dir, "state.json"), "{")],
    ["with a folder state.json", (dir) => (rmSync(join(dir, "state.json")), mkdirSync(join(dir, "state.json")))],
    ["of a later version", (dir) => writeFileSync(join(dir, "state.json"), readFileSync(join(dir, "state.json"), "utf8").replace(`"version": 1`, `"version": 2`))],
    ["with a wrong count", (dir) => writeFileSync(join(dir, "state.json"), readFileSync(join(dir, "state.json"), "utf8").replace(`"count": 2`, `"count": 3`))],
  ])("a state that is %s", async (_what, harm) => {
    const dir = newDir();
    await writeAll(dir, [stateOf("a"), stateOf("b")]);
    harm(dir);
    const before = readdirSync(dir).sort();
    expect(await diagnosticsOf(() => readAll(dir))).toMatchObject([{ code: "STATE_INVALID" }]);
    expect(readdirSync(dir).sort()).toEqual(before);
  });

  test("a state whose lines are wrong although its sum is right names the line", async () => {
    const dir = newDir();
    await writeAll(dir, [stateOf("a"), stateOf("b")]);
    for (const [content, at] of [[`${line}{"customerId":"b"}\n`, 2], [`${line}${line}`, 2], [`x\n`, 1]] as const) {
      writeFileSync(join(dir, "state.ndjson"), content);
      const { createHash } = await import("node:crypto");
      writeFileSync(join(dir, "state.json"), JSON.stringify({ version: 1, asOf: null, count: 2, sha256: createHash("sha256").update(content).digest("hex") }));
      expect(await diagnosticsOf(() => readAll(dir))).toMatchObject([{ code: "STATE_INVALID", line: at }]);
    }
  });

  test("a file in place of the folder; a folder that cannot be made", async () => {
    const file = folder.file("plain", "");
    expect(await diagnosticsOf(() => readAll(file))).toMatchObject([{ code: "STATE_INVALID" }]);
    for (const dir of [file, join(file, "below"), "/proc/evertend"]) {
      expect(await diagnosticsOf(() => openFileState(dir, { lang: "zh-CN" }).begin())).toMatchObject([{ code: "OUTPUT_UNWRITABLE" }]);
    }
  });
});

describe("a run that is killed", () => {
  const [old, next] = [[stateOf("a")], [stateOf("a", { keys: { k: "2026-03-01" } }), stateOf("b")]];

  /** Both generations side by side, to put together what a kill between two steps of a commit leaves. */
  async function prepare(): Promise<{ dir: string; from(name: string): string }> {
    const [dir, other] = [newDir(), newDir()];
    await writeAll(dir, old);
    await writeAll(other, next);
    return { dir, from: (name) => join(other, name) };
  }

  test.each<[string, (dir: string, from: (name: string) => string) => void, readonly CustomerState[]]>([
    ["while it wrote the data", (dir) => writeFileSync(join(dir, "state.ndjson.token.part"), `{"customerId"`), old],
    ["before the new data had their name", (dir, from) => (copyFileSync(from("state.ndjson"), join(dir, "state.ndjson.token.part")), copyFileSync(from("state.json"), join(dir, "state.json.token.part"))), old],
    ["after that, before state.json was replaced", (dir, from) => (copyFileSync(from("state.ndjson"), join(dir, "state.next.ndjson")), copyFileSync(from("state.json"), join(dir, "state.json.token.part"))), old],
    ["after state.json was replaced", (dir, from) => (copyFileSync(from("state.ndjson"), join(dir, "state.next.ndjson")), copyFileSync(from("state.json"), join(dir, "state.json"))), next],
    ["in its very first commit, after state.json was replaced", (dir, from) => (rmSync(join(dir, "state.ndjson")), copyFileSync(from("state.ndjson"), join(dir, "state.next.ndjson")), renameSync(from("state.json"), join(dir, "state.json"))), next],
  ])("%s", async (_what, leave, expected) => {
    const { dir, from } = await prepare();
    leave(dir, from);
    expect(await readAll(dir)).toEqual(expected);
    // The next run goes on from there, whether it aborts or commits.
    await (await openFileState(dir, { lang: "en" }).begin()).abort();
    expect(await readAll(dir)).toEqual(expected);
    await writeAll(dir, [...expected, stateOf("z")]);
    expect(await readAll(dir)).toEqual([...expected, stateOf("z")]);
    expect(readdirSync(dir).filter((name) => name.endsWith(".part") || name.includes("next") || name.includes(".lock"))).toEqual([]);
  });

  /** A state, and beside it the same with one more night laid over it. */
  async function prepareDelta(): Promise<{ dir: string; from(name: string): string; before: readonly CustomerState[]; after: readonly CustomerState[] }> {
    const before = ["a", "b", "c", "d", "e", "f", "g"].map((id) => stateOf(id));
    const changed = stateOf("c", { asOf: "2026-03-02", keys: { k: "2026-03-02" } });
    const [dir, other] = [newDir(), newDir()];
    for (const one of [dir, other]) await writeAll(one, before);
    const writer = await openFileState(other, { lang: "en" }).begin();
    await writer.write(changed);
    await writer.commit("kept");
    return { dir, from: (name) => join(other, name), before, after: before.map((one) => (one.customerId === "c" ? changed : one)) };
  }

  test.each<[string, (dir: string, from: (name: string) => string) => void, "before" | "after"]>([
    ["before the delta had its name", (dir, from) => copyFileSync(from("state.delta-1.ndjson"), join(dir, "state.ndjson.token.part")), "before"],
    ["before state.json was replaced", (dir, from) => (copyFileSync(from("state.delta-1.ndjson"), join(dir, "state.delta-1.ndjson")), copyFileSync(from("state.json"), join(dir, "state.json.token.part"))), "before"],
    ["after that", (dir, from) => (copyFileSync(from("state.delta-1.ndjson"), join(dir, "state.delta-1.ndjson")), copyFileSync(from("state.json"), join(dir, "state.json"))), "after"],
    ["after deltas were put together, before they were removed", (dir, from) => copyFileSync(from("state.delta-1.ndjson"), join(dir, "state.delta-3.ndjson")), "before"],
  ])("while it lays a night over the rest: %s", async (_what, leave, which) => {
    const { dir, from, ...states } = await prepareDelta();
    leave(dir, from);
    expect(await readAll(dir)).toEqual(states[which]);
    await (await openFileState(dir, { lang: "en" }).begin()).abort();
    expect(await readAll(dir)).toEqual(states[which]);
    const named = (JSON.parse(readFileSync(join(dir, "state.json"), "utf8")) as { deltas?: { file: string }[] }).deltas?.map(({ file }) => file) ?? [];
    expect(readdirSync(dir).sort()).toEqual([...named, "state.json", "state.ndjson"]);
    const writer = await openFileState(dir, { lang: "en" }).begin();
    await writer.write(stateOf("z"));
    await writer.commit("kept");
    expect(await readAll(dir)).toEqual([...states[which], stateOf("z")]);
  });

  test.each<[string, (dir: string) => void]>([
    ["altered", (dir) => writeFileSync(join(dir, "state.delta-1.ndjson"), readFileSync(join(dir, "state.delta-1.ndjson"), "utf8").replace("2026-03-02", "2026-03-03"))],
    ["missing", (dir) => rmSync(join(dir, "state.delta-1.ndjson"))],
    ["of another folder", (dir) => writeFileSync(join(dir, "state.json"), readFileSync(join(dir, "state.json"), "utf8").replace("state.delta-1.ndjson", "../state.delta-1.ndjson"))],
  ])("a delta that is %s is said", async (_what, spoil) => {
    const { from } = await prepareDelta();
    const dir = from("");
    spoil(dir);
    expect(await diagnosticsOf(() => readAll(dir))).toMatchObject([{ code: "STATE_INVALID" }]);
  });

  test("at any moment leaves one whole generation", async () => {
    const dir = newDir();
    const child = new URL("./state-writer.child.ts", import.meta.url).pathname;
    let generation = 0;
    for (let round = 0; round < 6; round++) {
      const run = spawn(process.execPath, ["--import", "tsx", "--conditions=source", child, dir, String(generation + 1)], { stdio: ["ignore", "pipe", "inherit"] });
      let committed = generation;
      const kill = new Promise<void>((resolve) => run.once("exit", () => resolve()));
      run.stdout.on("data", (data: Buffer) => {
        committed = Number(data.toString().trim().split("\n").at(-1));
        // A different moment in each round, while the next generation is being written.
        setTimeout(() => run.kill("SIGKILL"), round * 7);
      });
      await kill;
      const states = await readAll(dir);
      const found = new Set(states.map((state) => state.lastFacts["generation"]));
      expect([states.length, found.size]).toEqual([300, 1]);
      const [value] = found;
      expect(value).toBeGreaterThanOrEqual(committed);
      generation = Number(value);
    }
    expect(generation).toBeGreaterThanOrEqual(6);
  }, 60_000);
});
