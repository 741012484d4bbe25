import type { RunFigures } from "@evertend/banking";
import { createAllocation, occupySeats, type Allocation, type CustomerState } from "@evertend/core";
import { openBatchLog, type BatchLog } from "@evertend/warehouse";
import { openBatchPool } from "./batch-pool.js";
import type { GroupSource } from "./customer-group.js";
import { batchFiles, statesFile, waitingFile, type BatchDecider } from "./day-batch.js";
import { wholeLines } from "./gap-file.js";
import { openDayFiles, type DayFiles } from "./day-files.js";
import { decideBatch, type BatchDay } from "./decide-batch.js";
import { decideDay } from "./decide-day.js";
import type { DayRun } from "./day-run.js";
import { settleCustomer, stateAfter } from "./settle-customer.js";
import type { OpenCustomer } from "./spooled-customer.js";

/** Whose day is written. */
export interface DayCustomers {
  readonly source: GroupSource;
  /** States of before, in ascending order of id; absent = there are none, or records bring them. */
  readonly states?: AsyncIterable<CustomerState>;
  /** What the outcome hangs on; absent = a killed run is not gone on with. */
  readonly identity: Readonly<Record<string, string>> | undefined;
  /** States of everybody, where the source delivers only some customers: seats that others have are taken. */
  readonly seated?: AsyncIterable<CustomerState>;
  /**
   * Takes lines of next states (`stateLine`), of every customer, also of those whom the source did not have; absent = states
   * are not wanted.
   */
  readonly keep?: (lines: string) => Promise<void>;
}

/**
 * Plans a day in two passes and writes its files: everybody is decided, then what customers share (slots, budgets) is
 * settled. What the first pass finished is on disk batch by batch; a run that was killed is gone on with after the last
 * whole batch. The same input gives the same bytes, whatever the number of threads and however often it was killed.
 *
 * @throws DiagnosticError what source and states throw, THREAD_DIED, DISK_FULL, OUTPUT_UNWRITABLE. Then files are as before.
 */
export async function writeDay(run: DayRun, customers: DayCustomers): Promise<RunFigures> {
  const log = await openBatchLog(run.out, { lang: run.lang, files: batchFiles(run.engine.program), identity: customers.identity });
  try {
    if (log.kept > 0 || log.differs.length > 0) run.onResume?.({ batches: log.kept, differs: log.differs });
    const files = await openDayFiles({ dir: run.out, program: run.engine.program, asOf: run.asOf, at: run.at, channelConfigs: run.channelConfigs, lang: run.lang });
    try {
      await writeInto(run, customers, log, files);
      return await files.commit(log);
    } catch (error) {
      await files.abort();
      throw error;
    }
  } finally {
    await log.remove();
  }
}

async function writeInto(run: DayRun, customers: DayCustomers, log: BatchLog, files: DayFiles): Promise<void> {
  const { engine, asOf } = run;
  const allocation = createAllocation(engine.program.policy, asOf);
  if (customers.seated) for await (const state of customers.seated) occupySeats(allocation, state);
  const decider = openDecider(run, customers.keep !== undefined);
  let waiting = 0;
  try {
    await decideDay({
      source: customers.source, states: customers.states, asOf, decider, log, allocation, countSeats: customers.seated === undefined,
      onNote: (note) => {
        files.add(note.figures, note.settled);
        waiting += note.waiting;
      },
      onProgress: (done) => run.onProgress?.(done, "decide"),
    });
  } finally {
    await decider.close();
  }
  if (waiting > 0) await settleWaiting(run, customers, log, files, allocation, waiting);
  else if (customers.keep) for await (const lines of wholeLines(log.pieces(statesFile))) await customers.keep(lines);
}

/** Settles those who waited, each in the place that the first pass kept. */
async function settleWaiting(run: DayRun, customers: DayCustomers, log: BatchLog, files: DayFiles, allocation: Allocation, waiting: number): Promise<void> {
  const day = { asOf: run.asOf, zone: run.engine.program.model.zone };
  const { keep } = customers;
  const second = files.fill(log, keep ?? (() => Promise.resolve()));
  let done = 0;
  for await (const line of log.lines(waitingFile)) {
    const open = JSON.parse(line.toString("utf8")) as OpenCustomer;
    const customer = settleCustomer(open, allocation);
    await second.settled(customer, keep && stateAfter(open, customer.settled, day));
    run.onProgress?.(++done, "settle", waiting);
  }
  await second.finish();
}

function openDecider(run: DayRun, keepStates: boolean): BatchDecider {
  const { engine, ...day } = { engine: run.engine, sourceName: run.source.name, asOf: run.asOf, at: run.at, lang: run.lang, channelConfigs: run.channelConfigs, keepStates } satisfies BatchDay;
  if (run.setup && run.threads !== undefined && run.threads > 1) return openBatchPool(run.threads, { setup: run.setup, day });
  return { width: 1, decide: (batch) => Promise.resolve().then(() => decideBatch({ ...day, engine }, batch)), close: () => Promise.resolve() };
}
