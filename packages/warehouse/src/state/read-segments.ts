import { open, type FileHandle } from "node:fs/promises";
import type { Lang } from "@evertend/core";
import { readPieces } from "../source/source-file.js";
import { diagnosticError } from "../throw-diagnostic.js";
import type { StateSegment } from "./state-manifest.js";

const lineFeed = 0x0a;
const windowBytes = 1 << 16;

/** A line of a segment: the bytes of `piece` from `from` to `to`, at `offset` in the file. */
export interface SegmentLine {
  readonly piece: Buffer;
  readonly from: number;
  readonly to: number;
  readonly segment: number;
  readonly offset: number;
}

/** What a line holds, however it is read; `undefined` where it is no line of a state. */
export type ReadLine<T> = (line: SegmentLine) => T | undefined;

/**
 * The states of several segments in ascending order of id; of a customer who is in several, that of the last. They come
 * by the piece that is read, for there are many.
 *
 * @throws DiagnosticError STATE_INVALID
 */
export async function* readSegments<T extends { readonly customerId: string }>(dir: string, segments: readonly StateSegment[], read: ReadLine<T>, lang: Lang): AsyncGenerator<readonly T[]> {
  const cursors = segments.map((segment, i) => new SegmentCursor(dir, segment, i, read, lang));
  try {
    for (const cursor of cursors) await cursor.advance();
    if (cursors.length === 1) {
      // One file is in order as it is.
      const [only] = cursors;
      for (let rest = only?.takePiece(); rest !== undefined && rest.length > 0; rest = only?.takePiece()) {
        yield rest;
        await only?.advance();
      }
      return;
    }
    let merged: T[] = [];
    for (;;) {
      let least: T | undefined;
      for (const { current } of cursors) if (current !== undefined && (least === undefined || current.customerId <= least.customerId)) least = current;
      if (least === undefined) break;
      merged.push(least);
      for (const cursor of cursors) if (cursor.current?.customerId === least.customerId && !cursor.step()) await cursor.advance();
      if (merged.length < 1024) continue;
      yield merged;
      merged = [];
    }
    if (merged.length > 0) yield merged;
  } finally {
    for (const cursor of cursors) await cursor.close();
  }
}

class SegmentCursor<T extends { readonly customerId: string }> {
  readonly #pieces: AsyncGenerator<T[]>;
  #piece: T[] = [];
  #at = 0;
  current: T | undefined;

  constructor(dir: string, segment: StateSegment, index: number, read: ReadLine<T>, lang: Lang) {
    this.#pieces = readSegment(dir, segment, index, read, lang);
  }

  /** Goes on within what was read; false where that has ended. */
  step(): boolean {
    this.current = this.#piece[++this.#at];
    return this.current !== undefined;
  }

  /** Reads on. */
  async advance(): Promise<void> {
    const next = await this.#pieces.next();
    this.#piece = next.done === true ? [] : next.value;
    this.#at = 0;
    this.current = this.#piece[0];
  }

  /** All that was read, as one. */
  takePiece(): readonly T[] {
    return this.#piece;
  }

  async close(): Promise<void> {
    await this.#pieces.return(undefined);
  }
}

async function* readSegment<T extends { readonly customerId: string }>(dir: string, { path, count }: StateSegment, segment: number, read: ReadLine<T>, lang: Lang): AsyncGenerator<T[]> {
  let line = 0;
  let offset = 0;
  let previous: string | undefined;
  let rest: Buffer = Buffer.alloc(0);
  let items: T[] = [];
  const fault = (): Error => diagnosticError(lang, "STATE_INVALID", { file: path, line }, { name: dir, line });
  const take = (piece: Buffer, from: number, to: number): void => {
    line++;
    const item = read({ piece, from, to, segment, offset: offset + from });
    if (item === undefined || (previous !== undefined && item.customerId <= previous)) throw fault();
    previous = item.customerId;
    items.push(item);
  };
  for await (const bytes of readPieces({ path, gzip: false }, lang)) {
    const piece = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let from = 0;
    for (let to = piece.indexOf(lineFeed); to !== -1; to = piece.indexOf(lineFeed, from)) {
      take(piece, from, to);
      from = to + 1;
    }
    rest = piece.subarray(from);
    offset += from;
    if (items.length === 0) continue;
    yield items;
    items = [];
  }
  if (rest.length > 0) take(rest, 0, rest.length);
  if (line !== count) throw fault();
  if (items.length > 0) yield items;
}

/** Reads single lines of files, cheaply where they come in ascending order. */
export class LineReader {
  readonly #handles = new Map<string, FileHandle>();
  readonly #windows = new Map<string, { readonly offset: number; readonly bytes: Buffer }>();

  async read(path: string, offset: number, length: number): Promise<string> {
    const known = this.#windows.get(path);
    if (known && known.offset <= offset && offset + length <= known.offset + known.bytes.length) return known.bytes.toString("utf8", offset - known.offset, offset - known.offset + length);
    const handle = this.#handles.get(path) ?? (await open(path, "r"));
    this.#handles.set(path, handle);
    const bytes = Buffer.allocUnsafe(Math.max(windowBytes, length));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    this.#windows.set(path, { offset, bytes: bytes.subarray(0, bytesRead) });
    return bytes.toString("utf8", 0, Math.min(length, bytesRead));
  }

  async close(): Promise<void> {
    for (const handle of this.#handles.values()) await handle.close();
  }
}
