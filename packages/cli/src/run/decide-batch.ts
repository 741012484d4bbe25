import { createHash } from "node:crypto";
import { countEvaluated, countSettled } from "@evertend/banking";
import type { Candidate, ChannelConfig, Program, Settled } from "@evertend/core";
import { sha256 } from "../wiring/sha256.js";
import { batchFiles, type BatchNote, type DayBatch, type DecidedBatch } from "./day-batch.js";
import { decideGroup, type GroupDay } from "./decide-group.js";
import type { QuietCustomer } from "./quiet-customer.js";
import { recordsMark } from "./record-hash.js";
import { settledCustomer, stateAfter, stateSetAside } from "./settle-customer.js";
import { SettledLines } from "./settled-lines.js";
import { carryCustomer, storeCustomer } from "./spooled-customer.js";

/** The day that batches are decided for. */
export interface BatchDay extends GroupDay {
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  /** Whether every customer's next state is wanted. */
  readonly keepStates: boolean;
}

/**
 * Decides the customers of a batch. Who competes with nobody for slots, budgets and seats is settled and written; who does waits.
 * Pure: the same batch gives the same bytes, in whichever thread.
 */
export function decideBatch(day: BatchDay, batch: DayBatch): DecidedBatch {
  const lines = { matches: "", facts: "", unknowns: "", setAside: "", waiting: "" };
  const { program } = day.engine;
  const files = new SettledLines({ program, channelConfigs: day.channelConfigs, lang: day.lang });
  const figures = countEvaluated();
  const settledFigures = countSettled({ asOf: day.asOf, sha256 });
  const at = { asOf: day.asOf, zone: program.model.zone };
  const offers: BatchNote["offers"][number][] = [];
  let waiting = 0;
  for (const group of batch) {
    const { setAside, decided, quiet } = decideGroup(day, group);
    for (const { row, diagnostics } of setAside) {
      figures.setAside(diagnostics[0]?.code ?? "TYPE_INVALID");
      for (const { code, pointer } of diagnostics) lines.setAside += `${JSON.stringify({ row, code, pointer })}\n`;
    }
    if (quiet) {
      figures.evaluated(quiet);
      writeEvaluated(quiet, lines);
      if (day.keepStates) files.state({ ...quiet.nextState(), record: recordsMark(group.records) });
      continue;
    }
    if (!decided) {
      if (day.keepStates && group.id !== "") files.state(stateSetAside(group, day.asOf));
      continue;
    }
    figures.evaluated(decided.day);
    writeEvaluated(decided.day, lines);
    const { candidates } = decided.day.decisions;
    if (candidates.length === 0 && !day.keepStates) continue;
    const carried = carryCustomer(decided.day.program, decided.day, group.prior, recordsMark(group.records));
    const limited = candidates.filter(({ rank, spends, seat }) => seat !== undefined || (rank && spends && isLimited(program.policy, spends)));
    for (const { rank, spends, seat } of limited) offers.push({ ...(rank ? { rank } : {}), ...(spends ? { spends } : {}), ...(seat ? { seat } : {}) });
    // What must be told is told, whoever's day is full; a seat is there or not.
    if (limited.some(({ rank, seat }) => seat !== undefined || rank?.class !== 0)) {
      waiting++;
      lines.waiting += `${JSON.stringify(storeCustomer(carried, candidates))}\n`;
      files.gap();
      continue;
    }
    const settled = candidates.map((candidate): Settled => ({ candidate, decision: candidate.decision }));
    if (settled.length > 0) {
      settledFigures.settled(carried.customerId, settled, group.prior);
      files.add(settledCustomer(carried, settled));
    }
    if (day.keepStates) files.state(stateAfter(carried, settled, at));
  }
  const texts = [lines.matches, lines.facts, lines.unknowns, lines.setAside, lines.waiting, ...files.take()].map((text) => encoder.encode(text));
  if (texts.length !== batchFiles(program).length) throw new Error("a batch has a text for every file");
  const note = JSON.stringify({ figures: figures.finish(), settled: settledFigures.finish(), offers, waiting } satisfies BatchNote);
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text);
  return { texts, note, sha256: hash.update(note).digest("hex") };
}

const encoder = new TextEncoder();

function writeEvaluated({ customerId, evaluation, matches, unknowns, facts }: Omit<QuietCustomer, "nextState">, lines: { matches: string; facts: string; unknowns: string }): void {
  if (evaluation.matches.length > 0) for (const { ruleId, subject, occurrence, until } of matches) lines.matches += `${JSON.stringify({ customerId, ruleId, subject, occurrence, until })}\n`;
  lines.facts += `${JSON.stringify({ customerId, ...facts })}\n`;
  for (const { ruleId, subject, missing } of unknowns) lines.unknowns += `${JSON.stringify({ customerId, ruleId, subject, missing })}\n`;
}

/** Most packs limit slots of some people or nothing: what is not limited need not be told to the whole run. */
function isLimited({ slotsPerDay, channelBudget }: Program["policy"], spends: NonNullable<Candidate["spends"]>): boolean {
  return spends.kind === "slot" ? Object.hasOwn(slotsPerDay, spends.role) : Object.hasOwn(channelBudget, spends.channel);
}
