import { width } from "../diagnostics/format-diagnostic.js";
import { escapePointer } from "./pointer.js";

/** How `layoutJson` lays out. */
export interface LayoutOptions {
  /** Lines are shorter than this, in terminal columns, wherever breaking can make them so. */
  readonly columns: number;
  /** Whether the list or object at a JSON pointer takes a line an entry even where it would fit into one. */
  readonly open?: (pointer: string) => boolean;
}

/**
 * Writes JSON with two spaces a level. A list or object stays on one line where that line is short enough, as in
 * `["deposit.balance", ">=", 50000]` and `{ "param": "goldFrom" }`. Depends on nothing but the value: laying out what
 * was laid out gives the same text. Ends without a line break.
 */
export function layoutJson(value: unknown, options: LayoutOptions): string {
  return write(value, "", 0, 0, options);
}

/**
 * @param lead columns that stand before the value on its line
 * @param depth levels of indentation of that line
 */
function write(value: unknown, pointer: string, lead: number, depth: number, options: LayoutOptions): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(value) ? value.map((item, i) => [String(i), item] as const) : Object.entries(value);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (entries.length === 0) return open + close;
  if (!hasOpen(value, pointer, options)) {
    const line = inline(value);
    // One more column for the comma behind it.
    if (lead + width(line) + 1 < options.columns) return line;
  }
  const indent = "  ".repeat(depth + 1);
  const lines = entries.map(([key, item]) => {
    const name = Array.isArray(value) ? "" : `${JSON.stringify(key)}: `;
    return indent + name + write(item, `${pointer}/${escapePointer(key)}`, indent.length + width(name), depth + 1, options);
  });
  return `${open}\n${lines.join(",\n")}\n${"  ".repeat(depth)}${close}`;
}

/** Whether the value itself or anything in it has to be open. */
function hasOpen(value: unknown, pointer: string, options: LayoutOptions): boolean {
  if (typeof value !== "object" || value === null || !options.open) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && (options.open(pointer) || entries.some(([key, item]) => hasOpen(item, `${pointer}/${escapePointer(key)}`, options)));
}

function inline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}
