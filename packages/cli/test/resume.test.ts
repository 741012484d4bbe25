import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openBench, type Bench, type Ended } from "./command-bench.js";
import { largeBank, ndjson } from "./small-pack.js";

const main = join(import.meta.dirname, "../src/main.ts");
const tsx = import.meta.resolve("tsx");
const seed = Number(process.env["EVERTEND_KILL_SEED"] ?? "20260301");
const kills = Number(process.env["EVERTEND_KILLS"] ?? (process.env["EVERTEND_FULL"] === "1" ? "40" : "5"));

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

const argumentsOf = (threads: number): string[] => ["run", "pack", "--source", "bank.ndjson", "--as-of", "2026-03-02", "--out", "out", "--state", "state", "--threads", String(threads), "--lang", "en"];

/** Batches that a run has finished so far, as its journal tells; -1 before there is one. */
function batchesDone(): number {
  try {
    const folder = readdirSync(bench.path("out")).find((name) => name.startsWith(".run-")) ?? "";
    return readFileSync(bench.path(`out/${folder}/journal`), "latin1").split("\n").length - 2;
  } catch {
    return -1;
  }
}

/** A real process, killed once the journal holds `batches` and some milliseconds more went by; `Infinity` = never. */
async function runProcess(threads: number, batches: number, milliseconds: number): Promise<Ended> {
  const child = spawn(process.execPath, ["--conditions=source", "--import", tsx, main, ...argumentsOf(threads)], { cwd: bench.dir });
  const printed = { stdout: "", stderr: "" };
  child.stdout.on("data", (text: Buffer) => (printed.stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (printed.stderr += text.toString()));
  const ended = new Promise<number>((resolve) => child.once("close", (code) => resolve(code ?? -1)));
  if (batches < Infinity) {
    while (child.exitCode === null && batchesDone() < batches) await setTimeout(2);
    await setTimeout(milliseconds);
    child.kill("SIGKILL");
  }
  return { code: await ended, ...printed };
}

test("a run that is killed again and again comes to the same bytes as one that is left alone", async () => {
  bench.write("bank.ndjson", ndjson(largeBank(12_000)));
  const prepare = async (): Promise<void> => {
    expect((await bench.plan("2026-03-01", ["--source", "bank.ndjson", "--state", "state", "--threads", "1"])).code).toBe(0);
  };
  await prepare();
  expect((await bench.plan("2026-03-02", ["--source", "bank.ndjson", "--state", "state", "--threads", "1"])).code).toBe(0);
  const undisturbed = { out: bench.files("out"), state: bench.files("state") };
  expect(undisturbed.out["decisions.ndjson"]).toContain("ALREADY_PLANNED");

  bench.remove();
  bench = openBench();
  bench.write("bank.ndjson", ndjson(largeBank(12_000)));
  await prepare();
  let random = seed;
  const draw = (below: number): number => (random = (random * 48271) % 2147483647) % below;
  let resumed = 0;
  for (let kill = 0; kill < kills; kill++) {
    const already = Math.max(0, batchesDone());
    const ended = await runProcess(1 + draw(2), already + draw(12), draw(60));
    if (ended.code === 0) await prepareAgain();
    if (/Going on with/.test(ended.stderr)) resumed++;
    expect(ended.stderr.replaceAll(/Going on with.*\n/g, "")).toBe("");
  }
  const last = await runProcess(2, Infinity, 0);
  expect(last).toMatchObject({ code: 0 });
  if (/Going on with/.test(last.stderr)) resumed++;
  expect(resumed, `EVERTEND_KILL_SEED=${seed}`).toBeGreaterThan(0);
  expect({ out: bench.files("out"), state: bench.files("state") }).toEqual(undisturbed);

  /** The kill came too late: the day is done, and doing it over would be another day's run. */
  async function prepareAgain(): Promise<void> {
    const bank = ndjson(largeBank(12_000));
    bench.remove();
    bench = openBench();
    bench.write("bank.ndjson", bank);
    await prepare();
  }
}, 600_000);

test.each([
  ["another day", ["--as-of", "2026-03-03"], "as-of"],
  ["another parameter", ["--param", "wealthyFrom=499999.99"], "param"],
  ["other records", ["--source", "other.ndjson"], "source"],
])("%s begins anew and says so", async (_what, more, differs) => {
  bench.write("bank.ndjson", ndjson(largeBank(6000)));
  bench.write("other.ndjson", ndjson(largeBank(600)));
  const ended = await runProcess(1, 2, 0);
  expect(ended.code).toBe(-1);
  const next = await bench.run([...argumentsOf(1), ...more]);
  expect(next).toMatchObject({ code: 0 });
  expect(next.stderr).toMatch(new RegExp(`begins anew: .*\\b${differs}\\b`));
  expect(Object.keys(bench.files("out")).filter((name) => name.startsWith("."))).toEqual([]);
}, 300_000);
