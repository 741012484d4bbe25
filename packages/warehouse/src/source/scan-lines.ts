import type { Lang } from "@evertend/core";
import { sourceInvalid } from "./source-fault.js";
import { readPieces } from "./source-file.js";
import type { SourceFile } from "./source-file.js";

/** What one pass over the bytes of a text file tells. */
export interface LineScan {
  /** Numbers of the lines that hold nothing but white space, ascending; lines count from 1. */
  readonly blank: readonly number[];
  /** Number of the last line that is not blank; 0 = there is none. */
  readonly last: number;
  /** Number of the first line longer than `limit`, or `undefined`. */
  readonly tooLong: number | undefined;
  /** Whether the file starts with a UTF-8 byte order mark. */
  readonly byteOrderMark: boolean;
  /** Whether the last line ends with a line feed. */
  readonly ended: boolean;
}

const lineFeed = 0x0a;

function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0d;
}

/**
 * One pass over a text file (unpacked): its lines as far as DuckDB does not tell about them. It also sees whether a gzip
 * file is whole.
 *
 * @throws DiagnosticError SOURCE_TRUNCATED, SOURCE_INVALID (gzip, UTF-16)
 */
export async function scanLines(file: SourceFile, limit: number, lang: Lang): Promise<LineScan> {
  const blank: number[] = [];
  let line = 1;
  let length = 0;
  let blankSoFar = true;
  let last = 0;
  let tooLong: number | undefined;
  let head = Buffer.alloc(0);
  const endLine = (): void => {
    if (blankSoFar) blank.push(line);
    else last = line;
    if (length > limit) tooLong ??= line;
  };
  const take = (piece: Buffer, from: number, to: number): void => {
    length += to - from;
    for (let i = from; blankSoFar && i < to; i++) if (!isBlank(piece[i] ?? 0)) blankSoFar = false;
  };
  let ended = true;
  for await (const piece of readPieces(file, lang)) {
    if (head.length < 3) head = Buffer.concat([head, piece.subarray(0, 3)]);
    let from = 0;
    for (let to = piece.indexOf(lineFeed); to !== -1; to = piece.indexOf(lineFeed, from)) {
      take(piece, from, to);
      endLine();
      line++;
      length = 0;
      blankSoFar = true;
      from = to + 1;
    }
    take(piece, from, piece.length);
    ended = piece.length === from;
  }
  if (length > 0) endLine();
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)) throw sourceInvalid(lang, { file: file.path, line: 1 }, "notUtf8");
  return { blank, last, tooLong, ended, byteOrderMark: head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf };
}

/** The line on which the `ordinal`-th line that is not blank stands. */
export function lineOf(ordinal: number, blank: readonly number[]): number {
  // The k-th blank line (from 0) has blank[k] - 1 - k others before it: count those with fewer than `ordinal`.
  let low = 0;
  let high = blank.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blank[middle] ?? 0) - 1 - middle < ordinal) low = middle + 1;
    else high = middle;
  }
  return ordinal + low;
}
