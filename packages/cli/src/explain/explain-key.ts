import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { explain, replayDifferences, tellDecision, type Decision, type RunSummary, type Task, type ToldDecision, type Touch } from "@evertend/core";
import { pathOf, printLine, type CliIo } from "../cli-io.js";
import { openPack } from "../wiring/open-pack.js";
import { openRun } from "../wiring/open-run.js";
import { requireProgram } from "../wiring/load-pack-folder.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { ExplainCommandOptions } from "./explain-options.js";
import { findCustomer } from "./find-customer.js";
import { findLine } from "./find-lines.js";
import type { Replay } from "./replay.js";
import { toldLines } from "./told-lines.js";

/**
 * Tells a past decision from the files of its run, and replays it where a pack and a source are given that are the same
 * as then.
 *
 * @throws DiagnosticError USAGE, FILE_NOT_FOUND, KEY_UNKNOWN, and whatever keeps pack or source from being opened
 */
export async function explainKey(io: CliIo, key: string, options: ExplainCommandOptions): Promise<void> {
  if (options.out === undefined) throw commandFault(io, "USAGE", { detail: "--key: --out <dir>" });
  const dir = pathOf(io, options.out);
  await access(join(dir, "decisions.ndjson")).catch(() => {
    throw commandFault(io, "FILE_NOT_FOUND", { name: join(options.out ?? "", "decisions.ndjson") });
  });
  const decision = await findLine<Decision>(io, dir, "decisions.ndjson", key, (line) => line.key === key);
  if (!decision) throw commandFault(io, "KEY_UNKNOWN", { name: key });
  const summary = await readSummary(dir);
  const touch = decision.outcome === "touch" ? await findLine<Touch>(io, dir, "touches.ndjson", key, (line) => line.key === key) : undefined;
  const task = decision.outcome === "task" ? await findLine<Task>(io, dir, "tasks.ndjson", key, (line) => line.key === key) : undefined;
  const lead = decision.outcome === "merged" ? await findLine<Decision>(io, dir, "decisions.ndjson", decision.clause, (line) => line.key === decision.clause) : undefined;
  const run = summary && { packId: summary.packId, packVersion: summary.packVersion, asOf: summary.asOf, at: summary.at };
  const told = tellDecision({ decision, touch, task, lead, run });
  const replay = options.pack === undefined ? undefined : await replayOf(io, told, options);
  if (io.format === "json") printLine(io.stdout, JSON.stringify({ ...told, ...(replay ? { replay } : {}) }, undefined, 2));
  else for (const line of toldLines(io, told, replay)) printLine(io.stdout, line);
}

async function readSummary(dir: string): Promise<RunSummary | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, "summary.json"), "utf8")) as RunSummary;
  } catch {
    // A folder without its summary still tells the decision, only not the day.
    return undefined;
  }
}

async function replayOf(io: CliIo, told: ToldDecision, options: ExplainCommandOptions): Promise<Replay> {
  const { decision, run } = told;
  if (options.source === undefined) {
    const opened = await openPack(io, { pack: options.pack, param: options.param, overlay: options.overlay, config: options.config });
    const program = requireProgram(io, { dir: opened.dir, loaded: opened.loaded, files: opened.files });
    return { differences: replayDifferences(decision, { packHash: program.hash, engineVersion: program.engineVersion }) };
  }
  const asOf = options.asOf ?? run?.asOf;
  if (asOf === undefined) throw commandFault(io, "USAGE", { detail: "--as-of <date>" });
  const opened = await openRun(io, { pack: options.pack, source: options.source, overlay: options.overlay, params: options.param, asOf, at: options.at ?? run?.at, context: options.context, config: options.config });
  try {
    const found = await findCustomer(io, opened.source, decision.customerId, options.state, opened.asOf);
    const { program, engine } = opened;
    const known = program.rules.some((rule) => rule.id === decision.ruleId);
    const evaluated = engine.evaluate(found.record, { asOf: opened.asOf, state: found.state });
    const recordHash = "setAside" in evaluated ? undefined : evaluated.evaluation.record.hash;
    const differences = replayDifferences(decision, { packHash: program.hash, engineVersion: program.engineVersion, recordHash });
    if (differences.length > 0 || !known) return { differences };
    const explanation = explain(engine, found.record, { ruleId: decision.ruleId, subject: decision.subject, asOf: opened.asOf, at: opened.at, state: found.state });
    return "setAside" in explanation ? { differences } : { differences, explanation };
  } finally {
    await opened.close();
  }
}
