import type { CustomerState, RecordMark, RecordSource, ReviewStore, ScheduledState } from "@evertend/core";
import { changedDay } from "./changed-at.js";
import type { SweptRecord } from "./customer-group.js";
import { groupMark } from "./record-hash.js";

/** Why customers were swept, in numbers. */
export interface SweepCounts {
  /** Records that the source delivered. */
  seen: number;
  changed: number;
  due: number;
  added: number;
  /** Customers whose record could not be used before and is the same, and records without an id. */
  setAside: number;
  /** Customers of the state whom the source does not have. */
  gone: number;
}

/** What a sweep goes by. */
export interface SweepInput {
  readonly source: Pick<RecordSource, "name" | "records" | "marks">;
  readonly store: Pick<ReviewStore, "schedule" | "load">;
  readonly asOf: string;
  /** Field that tells when a record was changed, and the civil date from which on that counts; absent = by the records' marks. */
  readonly changed?: { readonly since: string; readonly field: string };
  readonly counts: SweepCounts;
}

/** So many customers are looked up together: few enough to be kept in memory, many enough that it costs little. */
const windowCustomers = 16_384;

/** A customer whom the sweep takes. */
interface Wanted {
  readonly id: string;
  readonly known: ScheduledState | undefined;
}

/**
 * The customers that a day's sweep must look at: records that are new or changed, and those that are due: their wake-up
 * day has come, or an action of theirs is open. Marks and schedule are compared for everybody; records and states are read
 * only of those who are taken. Each record brings its state.
 */
export function sweepSource(input: SweepInput): { readonly name: string; records(): AsyncGenerator<SweptRecord> } {
  return { name: input.source.name, records: () => sweptRecords(input) };
}

async function* sweptRecords(input: SweepInput): AsyncGenerator<SweptRecord> {
  let wanted: Wanted[] = [];
  for await (const one of wantedCustomers(input)) {
    wanted.push(one);
    if (wanted.length < windowCustomers) continue;
    yield* read(input, wanted);
    wanted = [];
  }
  if (wanted.length > 0) yield* read(input, wanted);
}

async function* read({ source, store }: SweepInput, wanted: readonly Wanted[]): AsyncGenerator<SweptRecord> {
  const known = wanted.flatMap((one) => one.known ?? []);
  const states = new Map<string, CustomerState>((await store.load(known)).map((state) => [state.customerId, state]));
  for await (const record of source.records(wanted.map(({ id }) => id))) yield { ...record, prior: states.get(record.id) };
}

/** Goes through marks and schedule side by side. */
async function* wantedCustomers({ source, store, asOf, changed, counts }: SweepInput): AsyncGenerator<Wanted> {
  const states = store.schedule()[Symbol.asyncIterator]();
  try {
    let state = await states.next();
    for await (const { id, marks } of grouped(source.marks(changed?.field))) {
      counts.seen += marks.length;
      for (; state.done !== true && state.value.customerId < id; state = await states.next()) counts.gone++;
      const known = state.done !== true && state.value.customerId === id ? state.value : undefined;
      if (known) state = await states.next();
      const reason = id === "" ? "setAside" : reasonFor(known, marks, asOf, changed);
      if (reason) counts[reason]++;
      if (reason && (reason !== "setAside" || id === "")) yield { id, known };
    }
    for (; state.done !== true; state = await states.next()) counts.gone++;
  } finally {
    await states.return?.();
  }
}

/** Records of one id come one after the other; the first usable one is the customer, so all of them count. */
async function* grouped(marks: AsyncIterable<RecordMark>): AsyncGenerator<{ readonly id: string; readonly marks: readonly (string | null)[] }> {
  let group: { readonly id: string; readonly marks: (string | null)[] } | undefined;
  for await (const { id, mark } of marks) {
    if (group?.id === id) group.marks.push(mark);
    else {
      if (group) yield group;
      group = { id, marks: [mark] };
    }
  }
  if (group) yield group;
}

function reasonFor(known: ScheduledState | undefined, marks: readonly (string | null)[], asOf: string, changed: SweepInput["changed"]): "added" | "changed" | "due" | "setAside" | undefined {
  if (!known) return "added";
  if (isChanged(known, marks, changed)) return "changed";
  // Who was swept today already holds slots of today.
  if (known.asOf === asOf) return "due";
  if (known.setAside) return "setAside";
  return known.reviewOn === undefined || (known.reviewOn !== null && known.reviewOn <= asOf) ? "due" : undefined;
}

/** A record that does not say when it was changed counts as changed. */
function isChanged(known: ScheduledState, marks: readonly (string | null)[], changed: SweepInput["changed"]): boolean {
  if (!changed) return known.record === undefined || known.record !== groupMark(marks);
  return marks.some((mark) => {
    const day = changedDay(mark);
    return day === undefined || day >= changed.since;
  });
}
