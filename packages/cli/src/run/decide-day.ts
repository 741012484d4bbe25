import { occupyFromState, type Allocation, type Candidate, type CustomerState } from "@evertend/core";
import type { BatchLog } from "@evertend/warehouse";
import { customerGroups, type GroupSource } from "./customer-group.js";
import { cutBatches, type BatchDecider, type BatchNote, type DecidedBatch } from "./day-batch.js";

/** The first pass of a day: everybody is decided, up to what customers share. */
export interface FirstPass {
  readonly source: GroupSource;
  readonly states?: AsyncIterable<CustomerState> | undefined;
  readonly asOf: string;
  readonly decider: BatchDecider;
  /** Takes what each batch comes to. Batches that stand in it already are not decided again. */
  readonly log: BatchLog;
  readonly allocation: Allocation;
  /** Whether the seats of each customer's state are counted here; where not, they were before. */
  readonly countSeats: boolean;
  readonly onNote: (note: BatchNote) => void;
  /** Told after every batch: records done so far. */
  readonly onProgress: (done: number) => void;
}

/**
 * Decides all customers of a source, several batches at a time, and writes what they come to in their order. Only as many
 * batches are in memory as the decider works on.
 *
 * @throws DiagnosticError what source, states, decider and log throw
 */
export async function decideDay(pass: FirstPass): Promise<void> {
  const { decider, log, allocation, asOf } = pass;
  const kept = log.notes();
  const running: { readonly batch: Promise<DecidedBatch>; readonly records: number }[] = [];
  let place = 0;
  let done = 0;
  const take = (note: BatchNote, records: number): void => {
    pass.onNote(note);
    // What competes is its rank and what it takes; decision and words wait in the log.
    for (const offer of note.offers) allocation.offer(offer as Candidate);
    done += records;
    pass.onProgress(done);
  };
  const finishFirst = async (): Promise<void> => {
    const first = running.shift();
    if (!first) return;
    const { texts, note, sha256 } = await first.batch;
    log.append(texts, note, sha256);
    take(JSON.parse(note) as BatchNote, first.records);
  };
  for await (const batch of cutBatches(customerGroups(pass.source, pass.states))) {
    for (const { prior } of batch) if (prior) occupyFromState(allocation, prior, asOf, { seats: pass.countSeats });
    const records = batch.reduce((sum, group) => sum + group.records.length, 0);
    if (place++ < log.kept) {
      const note = await kept.next();
      take(note.value as BatchNote, records);
      continue;
    }
    const decided = decider.decide(batch);
    // Whoever waits for it hears of a fault; until then it must not end the process.
    decided.catch(() => undefined);
    running.push({ batch: decided, records });
    if (running.length >= decider.width) await finishFirst();
  }
  while (running.length > 0) await finishFirst();
  if (place < log.kept) throw new Error("a log holds more batches than its source");
}
