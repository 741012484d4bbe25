import type { RunFigures } from "@evertend/banking";
import type { ChannelConfig, Engine, Lang, RecordSource } from "@evertend/core";
import { openFileState, type FileStateStore } from "@evertend/warehouse";
import { commandFault } from "../wiring/report-diagnostics.js";
import { openDayFiles } from "./day-files.js";
import { planDay } from "./plan-day.js";

/** One day with its files. */
export interface DayRun {
  readonly engine: Engine;
  readonly source: Pick<RecordSource, "name" | "records">;
  readonly asOf: string;
  readonly at: string;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
  /** Folder for the output. */
  readonly out: string;
  /** Folder of the run state; absent = the state starts empty and is not kept. */
  readonly state?: string | undefined;
  readonly onProgress?: (done: number) => void;
}

/**
 * Plans a day and writes its files, then its state. The files come first: a run that is killed in between is repeated
 * and plans the same again, while a state without its files would have planned what nobody has.
 *
 * @throws DiagnosticError STATE_LATER, STATE_LOCKED, STATE_INVALID, DISK_FULL, OUTPUT_UNWRITABLE, what the source throws.
 * Then neither files nor state have changed.
 */
export async function runDayInto(run: DayRun): Promise<RunFigures> {
  const store = run.state === undefined ? undefined : openFileState(run.state, { lang: run.lang, asOf: run.asOf });
  const writer = await store?.begin();
  try {
    if (store) await refuseLaterState(store, run);
    const files = await openDayFiles({ dir: run.out, program: run.engine.program, asOf: run.asOf, at: run.at, channelConfigs: run.channelConfigs, lang: run.lang, states: writer });
    const figures = await planInto(run, store, files);
    await writer?.commit();
    return figures;
  } catch (error) {
    await writer?.abort();
    throw error;
  }
}

async function planInto(run: DayRun, store: FileStateStore | undefined, files: Awaited<ReturnType<typeof openDayFiles>>): Promise<RunFigures> {
  try {
    await planDay({ ...run, ...(store ? { states: store.read() } : {}) }, files);
    return await files.commit();
  } catch (error) {
    await files.abort();
    throw error;
  }
}

async function refuseLaterState(store: FileStateStore, { asOf, lang, state }: DayRun): Promise<void> {
  const found = await store.asOf();
  if (found !== null && found > asOf) throw commandFault({ lang }, "STATE_LATER", { found, expected: asOf }, { file: state ?? "" });
}
