import { createHash } from "node:crypto";
import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Lang } from "@evertend/core";
import { isProcessAlive, processStart } from "../live-process.js";
import { makeFolder } from "../make-folder.js";
import { readLines } from "../source/read-lines.js";
import { readPieces } from "../source/source-file.js";
import { writeFault } from "../write-fault.js";

/** What a log of batches is opened with. */
export interface BatchLogOptions {
  readonly lang: Lang;
  /** Names of the files that every batch adds to. */
  readonly files: readonly string[];
  /** All that the batches hang on, by name. A log of a killed run is continued only if all of it is the same. Absent = never. */
  readonly identity?: Readonly<Record<string, string>> | undefined;
}

/**
 * Files that grow batch by batch, with a journal of the batches: a run that is killed leaves them behind, and one with the
 * same identity goes on after the last whole batch. One of `finish` and `remove`, or `remove` alone, ends it.
 */
export interface BatchLog {
  /** How many batches of a killed run stand. */
  readonly kept: number;
  /** What differs from a killed run whose work is not continued; empty where there was none. */
  readonly differs: readonly string[];
  /** What was noted beside the batches that stand, in order. */
  notes(): AsyncGenerator<unknown>;
  /** Adds a batch: a text for each file, a note (JSON), and the SHA-256 over all of them in that order. */
  append(texts: readonly Uint8Array[], note: string, sha256: string): void;
  /** The lines of a file, after the last batch. */
  lines(name: string): AsyncGenerator<Buffer>;
  /** The bytes of a file, after the last batch, in pieces of any size. */
  pieces(name: string): AsyncGenerator<Buffer>;
  /** Where a file lies until it is moved. */
  path(name: string): string;
  /** Waits for the disk and closes the files. */
  finish(): void;
  /** Removes what is left. */
  remove(): Promise<void>;
}

const folderName = /^\.run-(\d+)-(\d*)-\d+$/;
const journalName = "journal";
let opened = 0;

/**
 * Opens a log of batches in a hidden folder below `dir`. Folders of killed runs are continued or cleared away here; those
 * of runs that go on are left alone. Nobody but the user may read them.
 *
 * Each batch is checked against its hash before it counts as whole, so that neither a torn write nor one that the disk
 * lost is taken for one.
 *
 * @throws DiagnosticError from here and from every method: DISK_FULL, OUTPUT_UNWRITABLE
 */
export async function openBatchLog(dir: string, options: BatchLogOptions): Promise<BatchLog> {
  const folder = join(dir, `.run-${process.pid}-${processStart(process.pid)}-${++opened}`);
  try {
    await makeFolder(dir);
    const { found, differs } = await takeOver(dir, folder, options.identity);
    if (!found) await mkdir(folder, { mode: 0o700 });
    return await FileBatchLog.open(folder, options, found, differs);
  } catch (error) {
    throw writeFault(error, dir, options.lang);
  }
}

/** Makes the folder of a killed run with the same identity our own; removes those of others. */
async function takeOver(dir: string, folder: string, identity: BatchLogOptions["identity"]): Promise<{ readonly found: boolean; readonly differs: readonly string[] }> {
  let found = false;
  let differs: readonly string[] = [];
  for (const name of (await readdir(dir)).sort()) {
    const [, pid, start = ""] = folderName.exec(name) ?? [];
    if (pid === undefined || isProcessAlive(Number(pid), start)) continue;
    const path = join(dir, name);
    const other = await readIdentity(path);
    const different = identity && other ? [...new Set([...Object.keys(identity), ...Object.keys(other)])].filter((key) => identity[key] !== other[key]).sort() : undefined;
    if (different?.length === 0 && !found) {
      // Of two runs that come at once, one finds it gone.
      found = await rename(path, folder).then(() => true, () => false);
    } else {
      if (different) differs = different;
      await rm(path, { recursive: true, force: true });
    }
  }
  return { found, differs: found ? [] : differs };
}

async function readIdentity(folder: string): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    for await (const line of readLines({ path: join(folder, journalName), gzip: false }, "en")) return JSON.parse(line.toString("utf8")) as Readonly<Record<string, string>>;
  } catch {
    // Killed before it wrote anything worth continuing.
  }
  return undefined;
}

class FileBatchLog implements BatchLog {
  readonly #folder: string;
  readonly #lang: Lang;
  readonly #files: readonly { readonly name: string; readonly handle: number; size: number }[];
  readonly #journal: { readonly handle: number; size: number };
  readonly differs: readonly string[];
  kept = 0;
  #open = true;

  private constructor(folder: string, options: BatchLogOptions, found: boolean, differs: readonly string[]) {
    this.#folder = folder;
    this.#lang = options.lang;
    this.differs = differs;
    const mode = found ? "r+" : "wx+";
    this.#files = options.files.map((name) => ({ name, handle: openSync(join(folder, name), mode), size: 0 }));
    this.#journal = { handle: openSync(join(folder, journalName), mode, 0o600), size: 0 };
  }

  static async open(folder: string, options: BatchLogOptions, found: boolean, differs: readonly string[]): Promise<FileBatchLog> {
    // Its files are begun after the first line: a log that lacks one was killed before its first batch.
    const log = await Promise.resolve().then(() => new FileBatchLog(folder, options, found, differs)).catch(async (error: unknown) => {
      if (!found) throw error;
      await rm(folder, { recursive: true, force: true });
      await mkdir(folder, { mode: 0o700 });
      return new FileBatchLog(folder, options, false, differs);
    });
    const head = Buffer.from(`${JSON.stringify(options.identity ?? {})}\n`);
    if (found) await log.#check(head.length);
    else log.#writeTo(log.#journal, head);
    return log;
  }

  /** Counts the batches that are whole and cuts off what comes after them. */
  async #check(head: number): Promise<void> {
    this.#journal.size = head;
    let first = true;
    for await (const line of readLines({ path: join(this.#folder, journalName), gzip: false }, this.#lang)) {
      if (!first && !this.#isWhole(line)) break;
      if (!first) this.kept++;
      first = false;
    }
    for (const file of [...this.#files, this.#journal]) ftruncateSync(file.handle, file.size);
  }

  #isWhole(line: Buffer): boolean {
    const entry = readEntry(line.toString("utf8"));
    if (entry?.lengths.length !== this.#files.length) return false;
    const hash = createHash("sha256");
    for (const [i, file] of this.#files.entries()) {
      const piece = Buffer.allocUnsafe(entry.lengths[i] as number);
      if (readSync(file.handle, piece, 0, piece.length, file.size) !== piece.length) return false;
      hash.update(piece);
    }
    if (hash.update(entry.note).digest("hex") !== entry.sha256) return false;
    this.#files.forEach((file, i) => (file.size += entry.lengths[i] as number));
    this.#journal.size += line.length + 1;
    return true;
  }

  async *notes(): AsyncGenerator<unknown> {
    let place = -1;
    for await (const line of readLines({ path: join(this.#folder, journalName), gzip: false }, this.#lang)) {
      if (++place === 0) continue;
      if (place > this.kept) return;
      yield JSON.parse(readEntry(line.toString("utf8"))?.note ?? "null");
    }
  }

  append(texts: readonly Uint8Array[], note: string, sha256: string): void {
    if (texts.length !== this.#files.length) throw new Error("a batch has a text for every file");
    try {
      this.#files.forEach((file, i) => this.#writeTo(file, texts[i] as Uint8Array));
      // Last: a batch that is not in the journal does not count.
      this.#writeTo(this.#journal, Buffer.from(`${sha256} ${texts.map((text) => text.length).join(",")} ${note}\n`));
    } catch (error) {
      throw writeFault(error, this.#folder, this.#lang);
    }
  }

  lines(name: string): AsyncGenerator<Buffer> {
    return readLines({ path: this.path(name), gzip: false }, this.#lang);
  }

  pieces(name: string): AsyncGenerator<Buffer> {
    return readPieces({ path: this.path(name), gzip: false }, this.#lang);
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  finish(): void {
    try {
      for (const { handle } of this.#files) fsyncSync(handle);
    } catch (error) {
      throw writeFault(error, this.#folder, this.#lang);
    } finally {
      this.#close();
    }
  }

  async remove(): Promise<void> {
    this.#close();
    await rm(this.#folder, { recursive: true, force: true }).catch(() => undefined);
  }

  #close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const { handle } of [...this.#files, this.#journal]) closeSync(handle);
  }

  #writeTo(file: { readonly handle: number; size: number }, bytes: Uint8Array): void {
    for (let written = 0; written < bytes.length;) {
      const count = writeSync(file.handle, bytes, written, bytes.length - written, file.size);
      written += count;
      file.size += count;
    }
  }
}

interface JournalEntry {
  readonly sha256: string;
  readonly lengths: readonly number[];
  readonly note: string;
}

function readEntry(line: string): JournalEntry | undefined {
  const found = /^([0-9a-f]{64}) (\d{1,10}(?:,\d{1,10})*) ([^]*)$/.exec(line);
  if (!found) return undefined;
  const [, sha256 = "", lengths = "", note = ""] = found;
  return { sha256, lengths: lengths.split(",").map(Number), note };
}
