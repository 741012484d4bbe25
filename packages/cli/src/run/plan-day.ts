import { createAllocation, occupyFromState, type Allocation, type CustomerState, type Diagnostic, type Engine, type Evaluated, type Lang, type RecordSource, type Settled, type SourceRecord } from "@evertend/core";
import { customerGroups, type SweptRecord } from "./customer-group.js";
import { decideGroup } from "./decide-group.js";
import { recordsMark } from "./record-hash.js";
import { settleCustomer, stateAfter, stateSetAside, type SettledCustomer } from "./settle-customer.js";
import { Spool } from "./spool.js";
import { carryCustomer, storeCustomer, type OpenCustomer, type SpooledCustomer } from "./spooled-customer.js";

/** One day of one pack over one source. */
export interface DayInput {
  readonly engine: Engine;
  /** Customers in ascending order of id; where records bring their states, `states` are those of customers beside them. */
  readonly source: Pick<RecordSource, "name"> & { records(): AsyncIterable<SourceRecord | SweptRecord> };
  /** Civil date and instant. */
  readonly asOf: string;
  readonly at: string;
  /** States of before, in ascending order of id; absent = there are none. */
  readonly states?: AsyncIterable<CustomerState>;
  readonly lang: Lang;
  /** Told after every customer. */
  readonly onProgress?: (done: number) => void;
}

type Maybe = Promise<void> | undefined | void;

/**
 * Takes what a day gives, customer by customer in ascending order: first all that is evaluated or set aside, then all
 * that is settled, with the states for the next run in between.
 */
export interface DaySink {
  setAside(row: number, diagnostics: readonly Diagnostic[]): Maybe;
  /** `record` is the one that was evaluated. */
  evaluated(evaluated: Evaluated, record: Pick<SourceRecord, "row" | "json">): Maybe;
  /** Only customers that have decisions. */
  settled(customer: SettledCustomer): Maybe;
  /** The next state of every customer, also of those whom the source did not have. Absent = states are not wanted. */
  state?(state: CustomerState): Maybe;
}

/**
 * Plans a day in two passes over one stream: decide every customer, then settle what customers share (slots, budgets).
 * Between the passes customers wait in a file, so that memory does not grow with them. The same input gives the same
 * calls in the same order.
 *
 * A second record under an id that was used already is set aside (DUPLICATE_ID); a customer who is set aside, or whom
 * the source does not have, keeps the state of before.
 *
 * @throws DiagnosticError what source and states throw; DISK_FULL where there is no room to wait in
 */
export async function planDay(input: DayInput, sink: DaySink): Promise<void> {
  const spool = await Spool.open(input.lang);
  try {
    const allocation = createAllocation(input.engine.program.policy, input.asOf);
    await decideAll(input, sink, spool, allocation);
    for await (const entry of spool.read()) await settleOne(input, sink, entry as SpooledCustomer, allocation);
  } finally {
    await spool.close();
  }
}

async function decideAll(input: DayInput, sink: DaySink, spool: Spool, allocation: Allocation): Promise<void> {
  const { asOf } = input;
  const day = { ...input, sourceName: input.source.name };
  let done = 0;
  for await (const group of customerGroups(input.source, input.states)) {
    const { prior } = group;
    if (prior) occupyFromState(allocation, prior, asOf);
    const { setAside, decided } = decideGroup(day, group);
    for (const { row, diagnostics } of setAside) await sink.setAside(row, diagnostics);
    if (decided) {
      await sink.evaluated(decided.day, decided);
      await spoolDecided(storeCustomer(carryCustomer(decided.day.program, decided.day, prior, recordsMark(group.records)), decided.day.decisions.candidates), input, sink, spool);
      for (const candidate of decided.day.decisions.candidates) allocation.offer(candidate);
    } else if (group.id !== "" && sink.state) await spool.write({ next: stateSetAside(group, asOf) } satisfies SpooledCustomer);
    done += group.records.length;
    input.onProgress?.(done);
  }
}

async function spoolDecided(customer: OpenCustomer, input: DayInput, sink: DaySink, spool: Spool): Promise<void> {
  if (customer.candidates.length > 0) await spool.write({ open: customer } satisfies SpooledCustomer);
  else if (sink.state) await spool.write({ next: stateOf(input, customer, []) } satisfies SpooledCustomer);
}

async function settleOne(input: DayInput, sink: DaySink, entry: SpooledCustomer, allocation: Allocation): Promise<void> {
  if ("next" in entry) {
    await sink.state?.(entry.next);
    return;
  }
  const customer = settleCustomer(entry.open, allocation);
  await sink.settled(customer);
  if (sink.state) await sink.state(stateOf(input, entry.open, customer.settled));
}

function stateOf({ engine, asOf }: DayInput, open: OpenCustomer, settled: readonly Settled[]): CustomerState {
  return stateAfter(open, settled, { asOf, zone: engine.program.model.zone });
}
