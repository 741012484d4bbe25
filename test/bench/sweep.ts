import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256Hex } from "@evertend/core";
import type { BenchOptions, BenchResult, BenchRow } from "./bench-result.js";
import { goalRows } from "./goals.js";
import { asOf, nextDay } from "./parquet/bench-day.js";
import { makePopulation } from "./parquet/make-population.js";
import { makeRules } from "./parquet/make-rules.js";
import type { CommandMeasure } from "./parquet/measure-command.js";
import type { PeerMeasure, PeerTask } from "./parquet/measure-peer.js";
import { renderPack } from "./parquet/render-pack.js";
import { runChild } from "./parquet/run-child.js";

const ruleCount = 50;
const sample = 500;
const rounds = 3;
const fewCustomers = 200_000;

/** The run whose time is the median. */
function middle(runs: readonly CommandMeasure[]): CommandMeasure {
  return [...runs].sort((a, b) => a.seconds - b.seconds)[Math.floor(runs.length / 2)] as CommandMeasure;
}

/**
 * A whole night: the command line reads Parquet, evaluates, decides, plans and writes, with state; then the next day,
 * with one customer in a hundred changed, as a sweep and in full. json-rules-engine is measured on a sample, from JSON
 * text to matches only, and scaled: reading, deciding and writing are given to it for nothing.
 */
export async function sweep({ scale, full }: BenchOptions): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "evertend-bench-"));
  try {
    const pack = join(folder, "pack");
    mkdirSync(pack);
    for (const [name, text] of Object.entries(renderPack(makeRules(ruleCount)))) writeFileSync(join(pack, name), text ?? "");
    const large = Math.round((full ? 10_000_000 : 1_000_000) * scale);
    const nights: Record<number, CommandMeasure> = {};
    for (const customers of [large / 10, large]) {
      await makePopulation({ file: join(folder, `${customers}.parquet`), customers });
      nights[customers] = await runChild<CommandMeasure>("measure-command.ts", "run", pack, "--source", join(folder, `${customers}.parquet`), "--as-of", asOf, "--state", join(folder, `state-${customers}`), "--out", join(folder, "out"), "--format", "json");
    }
    // The night once more with the other back-end, over the smaller file: it must come to the same.
    const bySql = await runChild<CommandMeasure>("measure-command.ts", "run", pack, "--source", join(folder, `${large / 10}.parquet`), "--as-of", asOf, "--state", join(folder, "state-sql"), "--out", join(folder, "out"), "--format", "json", "--backend", "sql");
    if (bySql.output !== nights[large / 10]?.output) throw new Error("back-ends came to different summaries");
    const million = full ? large / 10 : large;
    const file = join(folder, `${million}.parquet`);
    const changed = join(folder, "changed.parquet");
    await makePopulation({ file: changed, customers: million, changed: 0.01 });
    const next = async (name: string, ...more: readonly string[]): Promise<CommandMeasure> => {
      rmSync(join(folder, name), { recursive: true, force: true });
      cpSync(join(folder, `state-${million}`), join(folder, name), { recursive: true });
      return runChild<CommandMeasure>("measure-command.ts", "run", pack, "--source", changed, "--as-of", nextDay, "--state", join(folder, name), "--out", join(folder, `out-${name}`), "--format", "json", ...more);
    };
    // Alternating, so that a busy moment does not meet one of the two alone; a million in full takes long enough to be measured once.
    const [alls, sinces]: [CommandMeasure[], CommandMeasure[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      sinces.push(await next("since", "--since", asOf));
      if (round === 1 || million <= fewCustomers) alls.push(await next("all"));
    }
    const [all, since] = [middle(alls), middle(sinces)];
    const peer = await runChild<PeerMeasure>("measure-peer.ts", JSON.stringify({ file, rules: ruleCount, customers: sample } satisfies PeerTask));
    const row = (contender: string, customers: number, measure: CommandMeasure): BenchRow => ({ contender, rules: ruleCount, customers, microsPerCustomer: (measure.seconds * 1e6) / customers, cpuMicrosPerCustomer: (measure.cpuSeconds * 1e6) / customers, checksum: sha256Hex(measure.output), megabytes: measure.peakMb });
    const night = nights[million] as CommandMeasure;
    const [small, big] = [nights[large / 10], nights[large]] as [CommandMeasure, CommandMeasure];
    const peerMicros = peer.microsPerCustomer;
    return {
      rows: [
        row("evertend run", large / 10, small),
        row("evertend run --backend sql", large / 10, bySql),
        row("evertend run", large, big),
        row("evertend run, next day in full", million, all),
        row("evertend run --since, next day, 1 % changed", million, since),
        { contender: `json-rules-engine 7.3.1, evaluation alone`, sampled: true, rules: ruleCount, customers: sample, microsPerCustomer: peerMicros, checksum: peer.checksum },
        { contender: `evertend, evaluation alone of the same customers`, sampled: true, rules: ruleCount, customers: sample, microsPerCustomer: peer.ourMicrosPerCustomer, checksum: peer.ourChecksum },
      ],
      limits: [{ id: "JSON.parse of a record", microsPerCustomer: peer.parseMicrosPerCustomer }],
      goals: goalRows("sweep", {
        "nightly run: times json-rules-engine": peerMicros / ((night.seconds * 1e6) / million),
        "nightly run: peak memory in MB": big.peakMb,
        "nightly run: 10 M customers, times a tenth of them": full ? big.seconds / small.seconds : undefined,
        "nightly run: 1 M customers, times a tenth of them": full ? undefined : big.seconds / small.seconds,
        "incremental sweep: share of the full sweep's time": since.seconds / all.seconds,
      }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
