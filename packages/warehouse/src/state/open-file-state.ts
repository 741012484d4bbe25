import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { CustomerState, Lang, ReviewStore, ScheduledState } from "@evertend/core";
import { syncFolder } from "../durable-file.js";
import { makeFolder } from "../make-folder.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { writeFault } from "../write-fault.js";
import { FileStateWriter } from "./file-state-writer.js";
import { LineReader, readSegments, type ReadLine, type SegmentLine } from "./read-segments.js";
import type { StateLineWriter } from "./state-line-writer.js";
import { StateLock } from "./state-lock.js";
import { readSchedule, readStateLine } from "./state-line.js";
import { findState, stateFiles, type FoundState } from "./state-manifest.js";

/** A state that knows where its line is. */
interface PlacedState extends ScheduledState {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
}

/** Run state in a folder. */
export interface FileStateStore extends ReviewStore {
  /** Civil date of the run that wrote the state; `null` where there is none. @throws DiagnosticError STATE_INVALID */
  asOf(): Promise<string | null>;
  /** Hash of the state as it is; `null` where there is none. @throws DiagnosticError STATE_INVALID */
  hash(): Promise<string | null>;
  begin(): Promise<StateLineWriter>;
}

/**
 * Keeps run state in a folder: `state.ndjson`, one customer a line, sorted by id, and `state.json` (version, date, count,
 * SHA-256). What a run writes while it keeps all others lies over it as `state.delta-<n>.ndjson`, until deltas are many and
 * are put together with the rest. A folder that is missing or empty is an empty state; it is made by `begin`.
 *
 * `begin` locks the folder until `commit` or `abort`. A run reads and writes under one lock if it begins first; if it
 * reads first and another run commits in between, `begin` refuses. What is written replaces **all** of the state
 * unless `commit` says that others are kept.
 *
 * `read` checks the whole file before the first customer. It may be called while a writer is open and then sees the
 * state of before.
 *
 * @param options.asOf civil date of the run that is going to write; absent = the latest of the states written
 * @throws DiagnosticError from `read`, `begin`, `write` and `commit`: STATE_INVALID, STATE_LOCKED, DISK_FULL,
 * OUTPUT_UNWRITABLE
 *
 * @example
 * const store = openFileState("state", { lang: "en", asOf: "2026-03-01" });
 * const writer = await store.begin();
 * for await (const state of store.read()) await writer.write(next(state));
 * await writer.commit();
 */
export function openFileState(dir: string, options: { readonly lang: Lang; readonly asOf?: string; readonly basis?: string }): FileStateStore {
  const { lang } = options;
  /** Version of the state that was read last; `""` = there was none; `undefined` = nothing was read. */
  let seen: string | undefined;

  async function* readAs<T extends { readonly customerId: string }>(read: ReadLine<T>): AsyncGenerator<T> {
    const found = await findState(dir, lang);
    seen = found?.version ?? "";
    if (found) for await (const states of readSegments(dir, found.segments, read, lang)) yield* states;
  }

  const load = async (scheduled: readonly ScheduledState[]): Promise<readonly CustomerState[]> => {
    const found = await findState(dir, lang);
    const lines = new LineReader();
    const states: CustomerState[] = [];
    try {
      for (const { customerId, segment, offset, length } of scheduled as readonly PlacedState[]) {
        const path = found?.segments[segment]?.path;
        const state = path === undefined || found?.version !== seen ? undefined : readStateLine(await lines.read(path, offset, length));
        if (state?.customerId !== customerId) throw diagnosticError(lang, "STATE_INVALID", { file: dir }, { name: dir });
        states.push(state);
      }
    } finally {
      await lines.close();
    }
    return states;
  };

  const begin = async (): Promise<StateLineWriter> => {
    let lock: StateLock | undefined;
    try {
      await makeFolder(dir);
      lock = await StateLock.take(dir, lang);
      const found = await findState(dir, lang);
      if (seen !== undefined && seen !== (found?.version ?? "")) throw diagnosticError(lang, "STATE_LOCKED", { file: dir }, { name: dir });
      const base = found?.segments[0].path;
      if (base?.endsWith(stateFiles.next) === true) {
        // A run was killed after its commit: finish what it began, for the name is needed again.
        await rename(base, join(dir, stateFiles.data));
        await syncFolder(dir);
      }
      return await FileStateWriter.open(dir, found, options, lock, lang);
    } catch (error) {
      await lock?.release();
      throw writeFault(error, dir, lang);
    }
  };

  const found = (): Promise<FoundState | undefined> => findState(dir, lang);
  return {
    read: () => readAs(wholeState),
    schedule: () => readAs(placedState),
    load,
    begin,
    asOf: async () => (await found())?.manifest.asOf ?? null,
    hash: async () => (await found())?.version ?? null,
    basis: async () => (await found())?.manifest.basis ?? null,
  };
}

function wholeState({ piece, from, to }: SegmentLine): CustomerState | undefined {
  return readStateLine(piece.toString("utf8", from, to));
}

/** Most lines tell all that the schedule needs within so many bytes. */
const headBytes = 200;

function placedState({ piece, from, to, segment, offset }: SegmentLine): PlacedState | undefined {
  const known = readSchedule(piece.toString("utf8", from, Math.min(to, from + headBytes))) ?? readSchedule(piece.toString("utf8", from, to));
  return known && { ...known, segment, offset, length: to - from };
}
