import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { goalRows } from "./goals.js";
import { median, type BenchOptions, type BenchResult, type BenchRow } from "./bench-result.js";
import { makePopulation } from "./parquet/make-population.js";
import { makeRules } from "./parquet/make-rules.js";
import type { CommandMeasure } from "./parquet/measure-command.js";
import { asOf } from "./parquet/bench-day.js";
import type { SqlMeasure, SqlTask } from "./parquet/measure-sql.js";
import { renderPack } from "./parquet/render-pack.js";
import { runChild } from "./parquet/run-child.js";

const ruleCount = 50;

/**
 * The pack as SQL beside hand-written SQL, over Parquet files with two threads, each query in a process of its own; then
 * `diff` of one changed parameter beside whole runs over the same file, one with each back-end.
 */
export async function sql({ scale }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "evertend-bench-"));
  try {
    const rows: BenchRow[] = [];
    for (const [customers, rounds] of [[1_000_000 * scale, 5], [10_000_000 * scale, 1]] as const) rows.push(...(await compare(join(folder, `${customers}.parquet`), customers, rounds)));
    const diff = await diffRows(folder, 1_000_000 * scale);
    const micros = (row: BenchRow | undefined): number => row?.microsPerCustomer ?? NaN;
    const cpu = (row: BenchRow | undefined): number => row?.cpuMicrosPerCustomer ?? NaN;
    const [ours, hand, , oursLarge, handLarge] = rows;
    return {
      rows: [...rows.filter(({ checksum }) => checksum !== ""), ...diff],
      limits: rows.filter(({ checksum }) => checksum === "").map(({ contender, customers, microsPerCustomer }) => ({ id: `${contender}, ${customers} customers`, microsPerCustomer })),
      goals: goalRows("sql", {
        // Both have the same two threads: their own time says more than the clock of a machine that others use.
        "sql: 1 M customers, processor time, times hand-written SQL": cpu(ours) / cpu(hand),
        "sql: 10 M customers, processor time, times hand-written SQL": cpu(oursLarge) / cpu(handLarge),
        "sql: 1 M customers, peak memory in MB": ours?.megabytes ?? NaN,
        "sql: 10 M customers, peak memory in MB": oursLarge?.megabytes ?? NaN,
        // The full evaluation is the faster of the two back-ends'.
        "diff of one parameter, share of one full evaluation": micros(diff[2]) / Math.min(micros(diff[0]), micros(diff[1])),
      }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(file: string, customers: number, rounds: number): Promise<BenchRow[]> {
  await makePopulation({ file, customers });
  const contenders: readonly SqlTask["contender"][] = ["evertend", "hand-written", "bytes"];
  const measured = new Map<string, SqlMeasure[]>(contenders.map((one) => [one, []]));
  for (let round = 0; round < rounds; round++) {
    // Each goes first as often as last, so that what else the machine does falls on all.
    for (const contender of round % 2 === 0 ? contenders : [...contenders].reverse()) measured.get(contender)?.push(await runChild<SqlMeasure>("measure-sql.ts", JSON.stringify({ contender, file, rules: ruleCount } satisfies SqlTask)));
  }
  const sums = new Set(["evertend", "hand-written"].flatMap((one) => measured.get(one)?.map(({ checksum }) => checksum) ?? []));
  if (sums.size !== 1) throw new Error(`contenders disagree: ${JSON.stringify([...measured])}`);
  const names = { evertend: "evertend, SQL over Parquet", "hand-written": "hand-written SQL over Parquet", bytes: `every value of the file read (${(statSync(file).size / 1e6).toFixed(0)} MB)` };
  return contenders.map((contender) => {
    const all = measured.get(contender) ?? [];
    return { contender: names[contender], rules: ruleCount, customers, microsPerCustomer: (median(all.map(({ seconds }) => seconds)) * 1e6) / customers, cpuMicrosPerCustomer: (median(all.map(({ cpuSeconds }) => cpuSeconds)) * 1e6) / customers, checksum: contender === "bytes" ? "" : (all[0]?.checksum ?? ""), megabytes: Math.max(...all.map(({ peakMb }) => peakMb)) };
  });
}

/** The same file, run once with each back-end, which must come to the same, and compared once with one parameter changed. */
async function diffRows(folder: string, customers: number): Promise<readonly BenchRow[]> {
  const pack = join(folder, "pack");
  mkdirSync(pack);
  for (const [name, text] of Object.entries(renderPack(makeRules(ruleCount), { parameter: true }))) writeFileSync(join(pack, name), text ?? "");
  const source = ["--source", join(folder, `${customers}.parquet`), "--as-of", asOf];
  const run = (backend: string): Promise<CommandMeasure> => runChild<CommandMeasure>("measure-command.ts", "run", pack, ...source, "--out", join(folder, "out"), "--backend", backend, "--format", "json");
  const compiled = await run("compiled");
  const bySql = await run("sql");
  if (bySql.output !== compiled.output) throw new Error("back-ends came to different summaries");
  const diff = await runChild<CommandMeasure>("measure-command.ts", "diff", pack, ...source, "--param", "limit=900000");
  const row = (contender: string, { seconds, cpuSeconds, peakMb }: CommandMeasure): BenchRow => ({ contender, rules: ruleCount, customers, microsPerCustomer: (seconds * 1e6) / customers, cpuMicrosPerCustomer: (cpuSeconds * 1e6) / customers, checksum: "", megabytes: peakMb });
  return [row("evertend run", compiled), row("evertend run --backend sql", bySql), row("evertend diff, one parameter changed", diff)];
}
