import { columnsOf } from "../terminal/text-columns.js";

/** Marks that do not begin a line, and marks that do not end one. */
const closing = /^[）”、，。：；！？)\],.:;!?%]/u;
const opening = /[（“(["]$/u;

/** Pieces that stay together: Latin words with the space after them, single wide characters with the marks that cling to them. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (const [piece] of text.matchAll(/[\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60] ?|[^\s\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60]+\s*|\s+/gu)) {
    const last = pieces[pieces.length - 1];
    if (last !== undefined && (closing.test(piece) || opening.test(last))) pieces[pieces.length - 1] = last + piece;
    else pieces.push(piece);
  }
  return pieces;
}

/** Breaks a text into lines of at most `width` columns; a piece that is longer is cut. */
export function wrapText(text: string, width: number): string[] {
  const most = Math.max(8, width);
  const lines: string[] = [];
  let line = "";
  for (const piece of piecesOf(text)) {
    if (columnsOf((line + piece).trimEnd()) <= most) {
      line += piece;
      continue;
    }
    if (line.trim() !== "") lines.push(line.trimEnd());
    line = piece.trimStart();
    while (columnsOf(line.trimEnd()) > most) {
      const head = takeColumns(line, most);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  if (line.trim() !== "") lines.push(line.trimEnd());
  return lines.length === 0 ? [""] : lines;
}

function takeColumns(text: string, width: number): string {
  let out = "";
  for (const character of text) {
    if (columnsOf(out + character) > width) break;
    out += character;
  }
  return out;
}

/** A row of two columns, each broken on its own; the right one may be empty. */
export interface TwoColumns {
  readonly indent: number;
  readonly left: string;
  readonly right: string;
  /** What stands before the first line of the left column, as a mark. */
  readonly mark: string;
  readonly paintMark?: (text: string) => string;
  readonly paintLeft?: (text: string) => string;
  readonly paintRight?: (text: string) => string;
}

const gap = 2;

/** Lays rows out so that all right columns begin at one place and nothing is wider than `width`. */
export function layOut(rows: readonly TwoColumns[], width: number): string[] {
  const limit = Math.floor(width * 0.6);
  const needed = rows.filter((row) => row.right !== "").map((row) => row.indent + columnsOf(row.mark) + 1 + columnsOf(row.left));
  const start = Math.min(limit, Math.max(0, ...needed)) + gap;
  return rows.flatMap((row) => {
    const before = row.indent + (row.mark === "" ? 0 : columnsOf(row.mark) + 1);
    const left = wrapText(row.left, (row.right === "" ? width : start - gap) - before);
    const right = row.right === "" ? [] : wrapText(row.right, width - start);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, i) => {
      const mark = i === 0 && row.mark !== "" ? `${(row.paintMark ?? plain)(row.mark)} ` : " ".repeat(before - row.indent);
      const text = left[i] ?? "";
      const value = right[i] ?? "";
      const space = value === "" ? "" : " ".repeat(Math.max(0, start - before - columnsOf(text)));
      return `${" ".repeat(row.indent)}${mark}${(row.paintLeft ?? plain)(text)}${space}${(row.paintRight ?? plain)(value)}`.replace(/ +$/, "");
    });
  });
}

function plain(text: string): string {
  return text;
}

