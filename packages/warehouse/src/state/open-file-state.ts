import { rename } from "node:fs/promises";
import { join } from "node:path";
import type { CustomerState, Lang, ReviewStore, ReviewWriter, ScheduledState } from "@evertend/core";
import { syncFolder } from "../durable-file.js";
import { makeFolder } from "../make-folder.js";
import { readLines } from "../source/read-lines.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { writeFault } from "../write-fault.js";
import { FileStateWriter } from "./file-state-writer.js";
import { StateLock } from "./state-lock.js";
import { readSchedule, readStateLine } from "./state-line.js";
import { findState, stateFiles, type StateManifest } from "./state-manifest.js";

/** Run state in a folder. */
export interface FileStateStore extends ReviewStore {
  /** Civil date of the run that wrote the state; `null` where there is none. @throws DiagnosticError STATE_INVALID */
  asOf(): Promise<string | null>;
  /** Hash of the state as it is; `null` where there is none. @throws DiagnosticError STATE_INVALID */
  hash(): Promise<string | null>;
}

/**
 * Keeps run state in a folder: `state.ndjson`, one customer a line, sorted by id, and `state.json` (version, date, count,
 * SHA-256). A folder that is missing or empty is an empty state; it is made by `begin`.
 *
 * `begin` locks the folder until `commit` or `abort`. A run reads and writes under one lock if it begins first; if it
 * reads first and another run commits in between, `begin` refuses. What is written replaces **all** of the state: whoever
 * calls must write the customers of before that are not part of this run as well.
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
  /** Hash of the state that was read last; `""` = there was none; `undefined` = nothing was read. */
  let seen: string | undefined;

  /** The lines of the state, each as `parse` reads it, in order and complete. */
  const readAs = async function* <T extends { readonly customerId: string }>(parse: (text: string, fault: () => Error) => T | undefined): AsyncGenerator<T> {
    const found = await findState(dir, lang);
    seen = found?.manifest.sha256 ?? "";
    if (found === undefined) return;
    let line = 0;
    let previous: string | undefined;
    for await (const bytes of readLines({ path: found.data, gzip: false }, lang)) {
      const at = ++line;
      const fault = (): Error => invalid(found.data, at);
      const state = parse(bytes.toString("utf8"), fault);
      if (state === undefined || (previous !== undefined && state.customerId <= previous)) throw fault();
      previous = state.customerId;
      yield state;
    }
    if (line !== found.manifest.count) throw invalid(found.data, line);
  };
  const read = (): AsyncIterable<CustomerState> => readAs(readStateLine);
  const schedule = (): AsyncIterable<ScheduledState> => readAs((text, fault) => {
    const known = readSchedule(text);
    return known && { ...known, line: text, read: () => readStateLine(text) ?? raise(fault()) };
  });
  const invalid = (file: string, line: number): Error => diagnosticError(lang, "STATE_INVALID", { file, line }, { name: dir, line });

  const begin = async (): Promise<ReviewWriter> => {
    let lock: StateLock | undefined;
    try {
      await makeFolder(dir);
      lock = await StateLock.take(dir, lang);
      const found = await findState(dir, lang);
      if (seen !== undefined && seen !== (found?.manifest.sha256 ?? "")) throw diagnosticError(lang, "STATE_LOCKED", { file: dir }, { name: dir });
      if (found?.data.endsWith(stateFiles.next) === true) {
        // A run was killed after its commit: finish what it began, for the name is needed again.
        await rename(found.data, join(dir, stateFiles.data));
        await syncFolder(dir);
      }
      return await FileStateWriter.open(dir, options, lock, lang);
    } catch (error) {
      await lock?.release();
      throw writeFault(error, dir, lang);
    }
  };

  const manifest = async (): Promise<StateManifest | undefined> => (await findState(dir, lang))?.manifest;
  return { read, schedule, begin, asOf: async () => (await manifest())?.asOf ?? null, hash: async () => (await manifest())?.sha256 ?? null, basis: async () => (await manifest())?.basis ?? null };
}

function raise(error: Error): never {
  throw error;
}
