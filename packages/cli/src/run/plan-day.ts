import { createHash } from "node:crypto";
import { createAllocation, nextState, occupyFromState, type Allocation, type CustomerState, type Decided, type Diagnostic, type Engine, type Evaluated, type RecordSource, type Settled, type SourceRecord, type Task, type Touch } from "@evertend/core";
import { Findings, type Lang } from "@evertend/core";
import { Spool } from "./spool.js";
import { restoreCandidates, storeCustomer, type OpenCustomer, type SpooledCustomer } from "./spooled-customer.js";
import { StateCursor } from "./state-cursor.js";

/** A record whose state comes with it: a sweep that leaves others out knows both. */
export interface SweptRecord extends SourceRecord {
  readonly prior: CustomerState | undefined;
}

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

/** A customer with all decisions settled. */
export interface SettledCustomer {
  readonly customerId: string;
  /** In order of rule, subject, occurrence, action. */
  readonly settled: readonly Settled[];
  readonly touches: readonly Touch[];
  readonly tasks: readonly Task[];
  readonly prior: CustomerState | undefined;
}

type Maybe = Promise<void> | undefined | void;

/**
 * Takes what a day gives, customer by customer in ascending order: first all that is evaluated or set aside, then all
 * that is settled, with the states for the next run in between.
 */
export interface DaySink {
  setAside(row: number, diagnostics: readonly Diagnostic[]): Maybe;
  evaluated(evaluated: Evaluated): Maybe;
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

/** Records of one id: the first usable one is the customer. */
interface Group {
  readonly id: string;
  readonly prior: CustomerState | undefined;
  /** The id is taken; further records are duplicates. */
  taken: boolean;
  /** A next state was made. */
  evaluated: boolean;
}

async function decideAll(input: DayInput, sink: DaySink, spool: Spool, allocation: Allocation): Promise<void> {
  const { engine, source, asOf, at } = input;
  const cursor = new StateCursor(input.states);
  const keep = async (state: CustomerState | undefined): Promise<void> => {
    if (!state) return;
    occupyFromState(allocation, state, asOf);
    if (sink.state) await spool.write({ next: state } satisfies SpooledCustomer);
  };
  let group: Group | undefined;
  let done = 0;
  try {
    for await (const record of source.records()) {
      const { row, id, json } = record;
      if (group?.id !== id) {
        if (group && !group.evaluated) await keep(group.prior);
        for await (const state of cursor.before(id)) await keep(state);
        group = { id, prior: "prior" in record ? record.prior : await cursor.take(id), taken: false, evaluated: false };
      }
      input.onProgress?.(++done);
      if (group.taken) {
        await sink.setAside(row, duplicate(input, row));
        continue;
      }
      const { prior } = group;
      const day = engine.decide(json, { asOf, at, state: prior, place: { file: source.name, row } });
      if ("setAside" in day) {
        group.taken = id !== "" && !day.setAside.some(({ code }) => code === "ID_MUST_BE_STRING" || code === "ID_MISSING");
        await sink.setAside(row, day.setAside);
        continue;
      }
      group.taken = true;
      group.evaluated = true;
      await sink.evaluated(day);
      if (prior) occupyFromState(allocation, prior, asOf);
      await spoolDecided(day, input, sink, prior, spool, recordHash(json));
      for (const candidate of day.decisions.candidates) allocation.offer(candidate);
    }
    if (group && !group.evaluated) await keep(group.prior);
    for await (const state of cursor.rest()) await keep(state);
  } finally {
    await cursor.close();
  }
}

async function spoolDecided(day: Decided, input: DayInput, sink: DaySink, prior: CustomerState | undefined, spool: Spool, record: string): Promise<void> {
  if (day.decisions.candidates.length > 0) {
    await spool.write({ open: storeCustomer(input.engine.program, day, prior, record) } satisfies SpooledCustomer);
    return;
  }
  if (!sink.state) return;
  await spool.write({ next: stateOf(input, storeCustomer(input.engine.program, day, prior, record), []) } satisfies SpooledCustomer);
}

async function settleOne(input: DayInput, sink: DaySink, entry: SpooledCustomer, allocation: Allocation): Promise<void> {
  if ("next" in entry) {
    await sink.state?.(entry.next);
    return;
  }
  const { open } = entry;
  const settled = restoreCandidates(open.candidates).map((candidate): Settled => ({ candidate, decision: allocation.settle(candidate) }));
  const touches = settled.flatMap(({ candidate, decision }) => (decision.outcome === "touch" && candidate.touch ? [candidate.touch] : []));
  const tasks = settled.flatMap(({ candidate, decision }) => (decision.outcome === "task" && candidate.task ? [candidate.task] : []));
  await sink.settled({ customerId: open.customerId, settled, touches, tasks, prior: open.prior });
  if (sink.state) await sink.state(stateOf(input, open, settled));
}

function stateOf(input: DayInput, open: OpenCustomer, settled: readonly Settled[]): CustomerState {
  const next = nextState({
    customerId: open.customerId,
    prior: open.prior,
    remember: open.remember,
    settled,
    asOf: input.asOf,
    zone: input.engine.program.model.zone,
    recordContacts: open.contacts,
    review: open.review,
  });
  return { ...next, record: open.record };
}

/** Tells whether a record's text changed since the run that wrote the state: 96 bits are plenty for one customer. */
export function recordHash(json: string): string {
  return createHash("sha256").update(json).digest("base64url").slice(0, 16);
}

function duplicate(input: DayInput, row: number): readonly Diagnostic[] {
  const findings = new Findings(input.lang);
  const { idField } = input.engine.program.model;
  findings.add("DUPLICATE_ID", { file: input.source.name, pointer: `/${idField.split(".").join("/")}`, line: row, column: 0 }, { name: idField });
  return findings.sorted();
}
