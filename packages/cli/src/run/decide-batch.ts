import { createHash } from "node:crypto";
import { countEvaluated } from "@evertend/banking";
import { batchFiles, type BatchNote, type DayBatch, type DecidedBatch } from "./day-batch.js";
import { decideGroup, type GroupDay } from "./decide-group.js";
import type { QuietCustomer } from "./quiet-customer.js";
import { recordsMark } from "./record-hash.js";
import { stateAfter, stateSetAside } from "./settle-customer.js";
import { storeCustomer, type SpooledCustomer } from "./spooled-customer.js";

/** The day that batches are decided for. */
export interface BatchDay extends GroupDay {
  /** Whether every customer's next state is wanted. */
  readonly keepStates: boolean;
}

/** Decides the customers of a batch. Pure: the same batch gives the same bytes, in whichever thread. */
export function decideBatch(day: BatchDay, batch: DayBatch): DecidedBatch {
  const lines = { matches: "", facts: "", unknowns: "", setAside: "", waiting: "" };
  const figures = countEvaluated();
  let waiting = 0;
  const wait = (entry: SpooledCustomer): void => {
    waiting++;
    lines.waiting += `${JSON.stringify(entry)}\n`;
  };
  const offers: BatchNote["offers"][number][] = [];
  const { program } = day.engine;
  const limits = limitsOf(day);
  for (const group of batch) {
    const { setAside, decided, quiet } = decideGroup(day, group);
    for (const { row, diagnostics } of setAside) {
      figures.setAside(diagnostics[0]?.code ?? "TYPE_INVALID");
      for (const { code, pointer } of diagnostics) lines.setAside += `${JSON.stringify({ row, code, pointer })}\n`;
    }
    if (quiet) {
      figures.evaluated(quiet);
      writeEvaluated(quiet, lines);
      if (day.keepStates) wait({ next: { ...quiet.nextState(), record: recordsMark(group.records) } });
      continue;
    }
    if (!decided) {
      if (day.keepStates && group.id !== "") wait({ next: stateSetAside(group, day.asOf) });
      continue;
    }
    figures.evaluated(decided.day);
    writeEvaluated(decided.day, lines);
    const { candidates } = decided.day.decisions;
    if (candidates.length === 0 && !day.keepStates) continue;
    const customer = storeCustomer(decided.day.program, decided.day, group.prior, recordsMark(group.records));
    wait(candidates.length > 0 ? { open: customer } : { next: stateAfter(customer, [], { asOf: day.asOf, zone: program.model.zone }) });
    for (const { rank, spends, seat } of candidates) {
      if (seat?.competes !== true && !(rank && spends && limits.has(spends.kind))) continue;
      offers.push({ ...(rank ? { rank } : {}), ...(spends ? { spends } : {}), ...(seat ? { seat } : {}) });
    }
  }
  const texts = [lines.matches, lines.facts, lines.unknowns, lines.setAside, lines.waiting].map((text) => new TextEncoder().encode(text));
  if (texts.length !== batchFiles.length) throw new Error("a batch has a text for every file");
  const note = JSON.stringify({ figures: figures.finish(), offers, waiting } satisfies BatchNote);
  const hash = createHash("sha256");
  for (const text of texts) hash.update(text);
  return { texts, note, sha256: hash.update(note).digest("hex") };
}

function writeEvaluated({ customerId, evaluation, matches, unknowns, facts }: Omit<QuietCustomer, "nextState">, lines: { matches: string; facts: string; unknowns: string }): void {
  if (evaluation.matches.length > 0) for (const { ruleId, subject, occurrence, until } of matches) lines.matches += `${JSON.stringify({ customerId, ruleId, subject, occurrence, until })}\n`;
  lines.facts += `${JSON.stringify({ customerId, ...facts })}\n`;
  for (const { ruleId, subject, missing } of unknowns) lines.unknowns += `${JSON.stringify({ customerId, ruleId, subject, missing })}\n`;
}

/** Most packs limit slots of people or nothing: what is not limited need not be told to the whole run. */
function limitsOf({ engine }: BatchDay): ReadonlySet<"slot" | "budget"> {
  const { slotsPerDay, channelBudget } = engine.program.policy;
  return new Set([...(Object.keys(slotsPerDay).length > 0 ? ["slot" as const] : []), ...(Object.keys(channelBudget).length > 0 ? ["budget" as const] : [])]);
}
