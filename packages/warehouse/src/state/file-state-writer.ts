import { createHash } from "node:crypto";
import { readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { CustomerState, Lang } from "@evertend/core";
import { DurableFile, syncFolder } from "../durable-file.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { writeFault } from "../write-fault.js";
import type { StateLineWriter } from "./state-line-writer.js";
import { readSegments } from "./read-segments.js";
import type { StateLock } from "./state-lock.js";
import { headsOf, readSchedule, stateLine } from "./state-line.js";
import { deltaName, findState, manifestText, stateFiles, type FoundState, type StateManifest, type StateSegment } from "./state-manifest.js";

/** What a state is written with. */
export interface WrittenWith {
  /** Civil date of the run. */
  readonly asOf?: string | undefined;
  /** What the run is made with; see `ReviewStore.basis`. */
  readonly basis?: string | undefined;
}

/** Deltas are put together with the rest when there would be more, or when they come to more than this part of it. */
const mostDeltas = 6;
const largestDeltas = 1 / 3;

/** A file of states, not yet under its name. */
interface Written {
  readonly file: DurableFile;
  readonly count: number;
  readonly sha256: string;
}

/**
 * Writes the next state beside the current one. `commit` replaces `state.json` last and in one step: a run that is
 * killed at any moment leaves either the whole old state or the whole new one. Where others are kept, what was written
 * becomes a delta over them; now and then it is put together with them.
 */
export class FileStateWriter implements StateLineWriter {
  readonly #dir: string;
  readonly #with: WrittenWith;
  readonly #lock: StateLock;
  readonly #lang: Lang;
  readonly #data: DurableFile;
  readonly #hash = createHash("sha256");
  #latest: string | null = null;
  #previous: string | undefined;
  #count = 0;
  #bytes = 0;
  #ended = false;

  private constructor(dir: string, written: WrittenWith, lock: StateLock, lang: Lang, data: DurableFile) {
    this.#dir = dir;
    this.#with = written;
    this.#lock = lock;
    this.#lang = lang;
    this.#data = data;
  }

  /** `found` is the state of before. Errors of the file system pass through. */
  static async open(dir: string, found: FoundState | undefined, written: WrittenWith, lock: StateLock, lang: Lang): Promise<FileStateWriter> {
    // Only the holder of the lock writes, so whatever is unfinished or in no manifest was left by a run that was killed.
    const deltas = new Set(found?.manifest.deltas?.map(({ file }) => file));
    for (const name of await readdir(dir)) if (/^state\.(nd)?json\..*\.part$/.test(name) || (deltaName.test(name) && !deltas.has(name))) await rm(join(dir, name), { force: true });
    const data = new DurableFile(join(dir, partName(stateFiles.data, lock)));
    await data.opened;
    return new FileStateWriter(dir, written, lock, lang, data);
  }

  write(state: CustomerState): Promise<void> {
    return this.writeLines(stateLine(state));
  }

  async writeLines(lines: string): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    for (const { customerId, asOf } of headsOf(lines)) {
      if (this.#previous !== undefined && customerId <= this.#previous) throw new Error("states must be written in ascending order of customerId, each customer once");
      this.#previous = customerId;
      if (this.#latest === null || asOf > this.#latest) this.#latest = asOf;
      this.#count++;
    }
    this.#bytes += Buffer.byteLength(lines);
    this.#hash.update(lines);
    await this.#guarded(() => this.#data.write(lines));
  }

  async commit(others: "gone" | "kept" = "gone"): Promise<void> {
    if (this.#ended) throw new Error("the state writer has ended");
    this.#ended = true;
    try {
      await this.#guarded(async () => {
        await this.#data.finish();
        const written: Written = { file: this.#data, count: this.#count, sha256: this.#hash.digest("hex") };
        const found = others === "kept" ? await findState(this.#dir, this.#lang) : undefined;
        if (!found) await this.#replace(written);
        else if (this.#isMany(found)) await this.#replace(await this.#together(found, written));
        else await this.#layOver(found, written);
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

  #isMany({ segments: [base, ...deltas] }: FoundState): boolean {
    return deltas.length >= mostDeltas || deltas.reduce((sum, { bytes }) => sum + bytes, this.#bytes) > base.bytes * largestDeltas;
  }

  /** The states of before with those written in their place, as one file. */
  async #together(found: FoundState, written: Written): Promise<Written> {
    const file = new DurableFile(join(this.#dir, partName(stateFiles.next, this.#lock)));
    const hash = createHash("sha256");
    let count = 0;
    const latest: StateSegment = { path: written.file.path, count: written.count, bytes: this.#bytes };
    try {
      for await (const states of readSegments(this.#dir, [...found.segments, latest], ({ piece, from, to }) => {
        const line = piece.toString("utf8", from, to);
        const customerId = readSchedule(line)?.customerId;
        return customerId === undefined ? undefined : { customerId, line };
      }, this.#lang)) {
        count += states.length;
        const text = `${states.map(({ line }) => line).join("\n")}\n`;
        hash.update(text);
        await file.write(text);
      }
      await file.finish();
    } catch (error) {
      await file.abandon();
      throw error;
    }
    return { file, count, sha256: hash.digest("hex") };
  }

  /** Makes a file the whole state. */
  async #replace({ file, count, sha256 }: Written): Promise<void> {
    const { asOf, basis } = this.#with;
    const manifest = await this.#manifest({ version: 1, asOf: asOf ?? this.#latest, count, ...(basis === undefined ? {} : { basis }), sha256 });
    await this.#rename(file.path, stateFiles.next);
    await this.#rename(manifest.path, stateFiles.manifest);
    await this.#rename(join(this.#dir, stateFiles.next), stateFiles.data);
    // No manifest names them any more.
    for (const name of await readdir(this.#dir)) if (deltaName.test(name)) await rm(join(this.#dir, name), { force: true });
  }

  /** Makes a file a delta over the state of before. */
  async #layOver({ manifest: before }: FoundState, { file, count, sha256 }: Written): Promise<void> {
    const { asOf = [before.asOf, this.#latest].reduce((a, b) => (a === null || (b !== null && b > a) ? b : a)), basis } = this.#with;
    const deltas = before.deltas ?? [];
    const name = stateFiles.delta(1 + Math.max(0, ...deltas.map((delta) => Number(deltaName.exec(delta.file)?.[1]))));
    const manifest = await this.#manifest({ version: 2, asOf, count: before.count, ...(basis === undefined ? {} : { basis }), sha256: before.sha256, deltas: [...deltas, { file: name, count, sha256 }] });
    await this.#rename(file.path, name);
    await this.#rename(manifest.path, stateFiles.manifest);
  }

  /** A manifest that lies ready; from here on nothing but renames is left. */
  async #manifest(manifest: StateManifest): Promise<DurableFile> {
    const file = new DurableFile(join(this.#dir, partName(stateFiles.manifest, this.#lock)));
    await file.write(manifestText(manifest));
    await file.finish();
    if (!(await this.#lock.isHeld())) throw diagnosticError(this.#lang, "STATE_LOCKED", { file: this.#dir }, { name: this.#dir });
    return file;
  }

  async #rename(path: string, name: string): Promise<void> {
    await rename(path, join(this.#dir, name));
    await syncFolder(this.#dir);
  }

  async #end(): Promise<void> {
    for (const name of [stateFiles.data, stateFiles.next, stateFiles.manifest]) await rm(join(this.#dir, partName(name, this.#lock)), { force: true }).catch(() => undefined);
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
