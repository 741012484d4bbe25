import { mkdtemp, open, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { CliIo } from "../cli-io.js";

const newline = 10;
const pieceBytes = 1 << 20;

/** Where a value of a spool lies, in bytes. */
export interface SpoolPlace {
  readonly start: number;
  readonly length: number;
}

/**
 * Values that wait between the two passes of a run: written one after the other, then read once in the same order. They
 * lie in a file of the system's temporary folder that only this user may read and that has no name any more, so that a
 * killed run leaves nothing behind.
 */
export class Spool {
  readonly #file: FileHandle;
  readonly #dir: string;
  readonly #lang: CliIo["lang"];
  #pending: string[] = [];
  #pendingLength = 0;
  #size = 0;

  private constructor(file: FileHandle, dir: string, lang: CliIo["lang"]) {
    this.#file = file;
    this.#dir = dir;
    this.#lang = lang;
  }

  /** @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE; so do the methods. */
  static async open(lang: CliIo["lang"]): Promise<Spool> {
    try {
      const dir = await mkdtemp(join(tmpdir(), "evertend-"));
      const file = await open(join(dir, "spool"), "wx+", 0o600);
      // Where the system does not allow this the folder goes with `close`.
      await rm(dir, { recursive: true, force: true }).catch(() => undefined);
      return new Spool(file, dir, lang);
    } catch (error) {
      throw spoolFault(error, lang);
    }
  }

  async write(value: unknown): Promise<void> {
    await this.add(value);
  }

  /** As `write`; tells where the value lies. */
  async add(value: unknown): Promise<SpoolPlace> {
    const line = `${JSON.stringify(value)}\n`;
    const place = { start: this.#size, length: Buffer.byteLength(line) };
    this.#size += place.length;
    this.#pending.push(line);
    this.#pendingLength += line.length;
    if (this.#pendingLength >= pieceBytes) await this.#flush();
    return place;
  }

  /** One value; nothing may be written afterwards. */
  async at({ start, length }: SpoolPlace): Promise<unknown> {
    await this.#flush();
    const data = Buffer.allocUnsafe(length);
    await this.#file.read(data, 0, length, start);
    return JSON.parse(data.toString("utf8"));
  }

  /** The values in the order of writing. Nothing may be written afterwards. */
  async *read(): AsyncGenerator<unknown> {
    await this.#flush();
    const piece = Buffer.allocUnsafe(pieceBytes);
    let position = 0;
    let rest: Buffer = Buffer.alloc(0);
    for (;;) {
      const { bytesRead } = await this.#file.read(piece, 0, pieceBytes, position);
      if (bytesRead === 0) return;
      position += bytesRead;
      let data = rest.length === 0 ? Buffer.from(piece.subarray(0, bytesRead)) : Buffer.concat([rest, piece.subarray(0, bytesRead)]);
      for (let end = data.indexOf(newline); end >= 0; end = data.indexOf(newline)) {
        yield JSON.parse(data.toString("utf8", 0, end));
        data = data.subarray(end + 1);
      }
      rest = data;
    }
  }

  async close(): Promise<void> {
    await this.#file.close().catch(() => undefined);
    await rm(this.#dir, { recursive: true, force: true }).catch(() => undefined);
  }

  async #flush(): Promise<void> {
    if (this.#pending.length === 0) return;
    const text = this.#pending.join("");
    this.#pending = [];
    this.#pendingLength = 0;
    try {
      await this.#file.appendFile(text);
    } catch (error) {
      throw spoolFault(error, this.#lang);
    }
  }
}

/** What the file system said about a file of the temporary folder, as a finding. */
export function spoolFault(error: unknown, lang: CliIo["lang"]): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === undefined) return error;
  const name = tmpdir();
  if (code === "ENOSPC" || code === "EDQUOT") return commandFault({ lang }, "DISK_FULL", { name }, { file: name });
  return commandFault({ lang }, "OUTPUT_UNWRITABLE", { name, detail: code }, { file: name });
}
