import type { RecordSource, ScheduledState } from "@evertend/core";
import type { SweptRecord } from "./customer-group.js";
import { recordHash } from "./record-hash.js";

/** Why customers were swept, in numbers. */
export interface SweepCounts {
  /** Customers that the source delivered. */
  seen: number;
  changed: number;
  due: number;
  added: number;
}

/** What a sweep goes by. */
export interface SweepInput {
  readonly source: Pick<RecordSource, "name" | "records">;
  /** In ascending order of id. */
  readonly schedule: AsyncIterable<ScheduledState>;
  readonly asOf: string;
  /** Civil date from which on a record counts as changed, and how to read when it was; absent = by the hash of its text. */
  readonly changed?: { readonly since: string; at(json: string): string | undefined };
  readonly counts: SweepCounts;
}

/**
 * The customers that a day's sweep must look at: records that are new or changed, and those that are due: their wake-up
 * day has come, or an action of theirs is open. Each brings its state.
 */
export function sweepSource(input: SweepInput): { readonly name: string; records(): AsyncGenerator<SweptRecord> } {
  return { name: input.source.name, records: () => sweptRecords(input) };
}

async function* sweptRecords({ source, schedule, asOf, changed, counts }: SweepInput): AsyncGenerator<SweptRecord> {
  const states = schedule[Symbol.asyncIterator]();
  try {
    let state = await states.next();
    // Records of one id come one after the other; the first usable one is the customer, so all of them go along.
    let last: { readonly id: string; readonly swept: boolean; readonly prior: SweptRecord["prior"] } | undefined;
    for await (const record of source.records()) {
      counts.seen++;
      if (last?.id === record.id) {
        if (last.swept) yield { ...record, prior: last.prior };
        continue;
      }
      while (state.done !== true && state.value.customerId < record.id) state = await states.next();
      const known = state.done !== true && state.value.customerId === record.id ? state.value : undefined;
      const reason = reasonFor(known, record.json, asOf, changed);
      if (reason) counts[reason]++;
      const prior = reason ? known?.read() : undefined;
      last = { id: record.id, swept: reason !== undefined, prior };
      if (reason) yield { ...record, prior };
    }
  } finally {
    await states.return?.();
  }
}

function reasonFor(known: ScheduledState | undefined, json: string, asOf: string, changed: SweepInput["changed"]): "added" | "changed" | "due" | undefined {
  if (!known) return "added";
  if (isChanged(known, json, changed)) return "changed";
  // Who was swept today already holds slots of today.
  return known.asOf === asOf || known.reviewOn === undefined || (known.reviewOn !== null && known.reviewOn <= asOf) ? "due" : undefined;
}

/** A record that does not say when it was changed counts as changed. */
function isChanged(known: ScheduledState, json: string, changed: SweepInput["changed"]): boolean {
  if (!changed) return known.record === undefined || known.record !== recordHash(json);
  const at = changed.at(json);
  return at === undefined || at >= changed.since;
}
