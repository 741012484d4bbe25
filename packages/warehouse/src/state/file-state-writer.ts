import { createHash } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CustomerState, Lang, ReviewWriter, ScheduledState } from "@evertend/core";
import { DurableFile, syncFolder } from "../durable-file.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { writeFault } from "../write-fault.js";
import type { StateLock } from "./state-lock.js";
import { stateLine } from "./state-line.js";
import { manifestText, stateFiles } from "./state-manifest.js";

/** What a state is written with. */
export interface WrittenWith {
  /** Civil date of the run. */
  readonly asOf?: string | undefined;
  /** What the run is made with; see `ReviewStore.basis`. */
  readonly basis?: string | undefined;
}

/**
 * Writes the next state beside the current one. `commit` replaces `state.json` last and in one step: a run that is
 * killed at any moment leaves either the whole old state or the whole new one.
 */
export class FileStateWriter implements ReviewWriter {
  readonly #dir: string;
  readonly #asOf: string | undefined;
  readonly #basis: string | undefined;
  readonly #lock: StateLock;
  readonly #lang: Lang;
  readonly #data: DurableFile;
  readonly #hash = createHash("sha256");
  #latest: string | null = null;
  #previous: string | undefined;
  #count = 0;
  #ended = false;

  private constructor(dir: string, { asOf, basis }: WrittenWith, lock: StateLock, lang: Lang, data: DurableFile) {
    this.#dir = dir;
    this.#asOf = asOf;
    this.#basis = basis;
    this.#lock = lock;
    this.#lang = lang;
    this.#data = data;
  }

  /** Errors of the file system pass through. */
  static async open(dir: string, written: WrittenWith, lock: StateLock, lang: Lang): Promise<FileStateWriter> {
    // Only the holder of the lock writes, so whatever is unfinished was left by a run that was killed.
    for (const name of await readdir(dir)) if (/^state\.(nd)?json\..*\.part$/.test(name)) await rm(join(dir, name), { force: true });
    const data = new DurableFile(join(dir, partName(stateFiles.data, lock)));
    await data.opened;
    return new FileStateWriter(dir, written, lock, lang, data);
  }

  write(state: CustomerState): Promise<void> {
    return this.#add(state, stateLine(state));
  }

  /** States of the store that this writer belongs to know their line. */
  keep(state: ScheduledState & { readonly line?: string }): Promise<void> {
    return state.line === undefined ? this.write(state.read()) : this.#add(state, `${state.line}\n`);
  }

  async #add(state: Pick<CustomerState, "customerId" | "asOf">, line: string): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    if (this.#previous !== undefined && state.customerId <= this.#previous) throw new Error("states must be written in ascending order of customerId, each customer once");
    this.#previous = state.customerId;
    if (this.#latest === null || state.asOf > this.#latest) this.#latest = state.asOf;
    this.#count++;
    this.#hash.update(line);
    await this.#guarded(() => this.#data.write(line));
  }

  async commit(): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    this.#ended = true;
    const path = (name: string): string => join(this.#dir, name);
    try {
      await this.#guarded(async () => {
        await this.#data.finish();
        const manifest = new DurableFile(path(partName(stateFiles.manifest, this.#lock)));
        const text = manifestText({ version: 1, asOf: this.#asOf ?? this.#latest, count: this.#count, ...(this.#basis === undefined ? {} : { basis: this.#basis }), sha256: this.#hash.digest("hex") });
        await manifest.write(text);
        await manifest.finish();
        if (!(await this.#lock.isHeld())) throw diagnosticError(this.#lang, "STATE_LOCKED", { file: this.#dir }, { name: this.#dir });
        await rename(this.#data.path, path(stateFiles.next));
        await syncFolder(this.#dir);
        await rename(manifest.path, path(stateFiles.manifest));
        await syncFolder(this.#dir);
        await rename(path(stateFiles.next), path(stateFiles.data));
        await syncFolder(this.#dir);
      });
    } finally {
      await this.#end();
    }
  }

  async abort(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#data.abandon();
    await this.#end();
  }

  async #end(): Promise<void> {
    for (const name of [stateFiles.data, stateFiles.manifest]) await rm(join(this.#dir, partName(name, this.#lock)), { force: true }).catch(() => undefined);
    await this.#lock.release();
  }

  async #guarded<T>(run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (error) {
      throw writeFault(error, this.#dir, this.#lang);
    }
  }
}

/** Two runs have different names even if somebody removes the lock between them. */
function partName(name: string, lock: StateLock): string {
  return `${name}.${lock.token}.part`;
}
