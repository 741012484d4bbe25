import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createEngine, createEnvironment, loadPack, type SourceRecord } from "@evertend/core";
import { bankingPlugin } from "@evertend/banking";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runDayInto } from "../src/run/run-day-into.js";
import { openBench, type Bench } from "./command-bench.js";
import { smallBank, smallPack } from "./small-pack.js";

let bench: Bench;
beforeEach(() => {
  bench = openBench();
});
afterEach(() => bench.remove());

test("a run that fails on its way leaves files and state of before", async () => {
  const { program } = loadPack(Object.fromEntries(Object.entries(smallPack).map(([name, json]) => [name, JSON.stringify(json)])), { environment: createEnvironment([bankingPlugin]) });
  if (!program) throw new Error("the small pack must load");
  const sorted = [...smallBank].sort((a, b) => (String(a["customerId"]) < String(b["customerId"]) ? -1 : 1));
  const source = (failAfter: number) => ({
    name: "test",
    async *records(): AsyncGenerator<SourceRecord> {
      for (const [i, record] of sorted.entries()) {
        if (i === failAfter) throw new Error("the source broke off");
        yield await Promise.resolve({ row: i + 1, id: String(record["customerId"]), json: JSON.stringify(record) });
      }
    },
  });
  const run = (asOf: string, failAfter = Infinity): Promise<unknown> =>
    runDayInto({ engine: createEngine(program), source: source(failAfter), asOf, at: `${asOf}T09:00:00+08:00`, channelConfigs: {}, lang: "en", out: bench.path("out"), state: bench.path("state") });
  await run("2026-03-01");
  const before = { out: bench.files("out"), state: bench.files("state") };
  for (const failAfter of [0, 3, 5]) {
    await expect(run("2026-03-02", failAfter)).rejects.toThrow("the source broke off");
    expect({ out: bench.files("out"), state: bench.files("state") }).toEqual(before);
  }
  await run("2026-03-02");
  expect(bench.files("out")).not.toEqual(before.out);
});

test("a run that is killed leaves nothing under a final name, and the next one clears it away", async () => {
  const root = join(import.meta.dirname, "../../..");
  const out = bench.path("start");
  const temporary = mkdtempSync(join(tmpdir(), "evertend-killed-"));
  const child = spawn(process.execPath, ["--conditions=source", "--import", "tsx", "packages/cli/src/main.ts", "start", "--out", out], { cwd: root, stdio: "ignore", env: { ...process.env, TMPDIR: temporary } });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const names = (): string[] => {
    try {
      return readdirSync(out, { recursive: true, encoding: "utf8" }).filter((name) => name.includes("ndjson"));
    } catch {
      return [];
    }
  };
  for (let waited = 0; names().length === 0 && waited < 20_000 && child.exitCode === null; waited += 20) await setTimeout(20);
  // Outputs are opened first; the file of those who wait has a name for a moment only, which is over by then.
  await setTimeout(500);
  child.kill("SIGKILL");
  await ended;
  const left = names().map((name) => name.split("/").slice(1).join("/"));
  expect(left.length).toBeGreaterThan(0);
  expect(left.filter((name) => !/^\..+\.part$|^\.run-[^/]+\//.test(name))).toEqual([]);
  // Who waits between the passes is nobody else's business.
  for (const name of readdirSync(out, { recursive: true, encoding: "utf8" })) if (/\.run-[^/]+$/.test(name)) expect(statSync(join(out, name)).mode & 0o077).toBe(0);
  expect(readdirSync(temporary, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith("spool"))).toEqual([]);
  rmSync(temporary, { recursive: true, force: true });
  const day = readdirSync(out)[0] ?? "";
  expect(await bench.plan("2026-03-01", ["--out", join("start", day)])).toMatchObject({ code: 0 });
  expect(Object.keys(bench.files(join("start", day))).filter((name) => name.endsWith(".part") || name.includes(".run-"))).toEqual([]);
});
