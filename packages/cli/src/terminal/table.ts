import type { Paint } from "./paint.js";
import { columnsOf, pad, shorten } from "./text-columns.js";

/** One row: a label with cells; a heading of a group; or an empty line. Numbers stand right, with thousands separated. */
export type TableRow =
  | { readonly label: string; readonly cells: readonly (string | number)[]; readonly strong?: boolean; readonly indent?: boolean }
  | { readonly heading: string }
  | "space";

/** What a table is drawn with. */
export interface TableOptions {
  readonly paint: Paint;
  /** Width of the terminal; labels are shortened to fit. */
  readonly columns: number;
  /** Headings of the cells' columns, if they have any. */
  readonly head?: readonly string[];
}

const gap = "  ";

/** Draws a table as lines of text, wide characters aligned; the same in every language. */
export function formatTable(rows: readonly TableRow[], options: TableOptions): string {
  const { paint, head = [] } = options;
  const texts = rows.map((row) => (typeof row === "object" && "cells" in row ? row.cells.map(cellText) : []));
  const count = Math.max(head.length, ...texts.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, i) => Math.max(columnsOf(head[i] ?? ""), ...texts.map((cells) => columnsOf(cells[i] ?? ""))));
  const taken = widths.reduce((sum, width) => sum + width + gap.length, 0);
  const longest = Math.max(0, ...rows.map((row) => (typeof row === "object" && "label" in row ? columnsOf(labelOf(row)) : 0)));
  const labelWidth = Math.max(12, Math.min(longest, options.columns - taken - 1));
  const line = (label: string, cells: readonly string[]): string =>
    (pad(label, labelWidth) + widths.map((width, i) => gap + pad(cells[i] ?? "", width, "right")).join("")).trimEnd();
  const lines = rows.map((row, i) => {
    if (row === "space") return "";
    if ("heading" in row) return paint.bold(row.heading);
    const drawn = line(shorten(labelOf(row), labelWidth), texts[i] ?? []);
    return row.strong === true ? paint.bold(drawn) : drawn;
  });
  return [...(head.length > 0 ? [paint.dim(line("", head))] : []), ...lines].join("\n");
}

function labelOf(row: { readonly label: string; readonly indent?: boolean }): string {
  return row.indent === true ? `  ${row.label}` : row.label;
}

function cellText(cell: string | number): string {
  return typeof cell === "number" ? formatCount(cell) : cell;
}

/** A whole number with its thousands separated. */
export function formatCount(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
