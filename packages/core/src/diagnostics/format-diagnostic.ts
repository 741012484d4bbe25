import type { Diagnostic } from "./diagnostic.js";
import { compareDiagnostics } from "./findings.js";

/** What `formatDiagnostics` may show besides. */
export interface FormatOptions {
  /** Texts of the files by name, to show the line at fault. */
  readonly sources?: ReadonlyMap<string, string>;
}

/**
 * One finding for a person, without colours: `file:line:column  error  CODE  message`, the hint on a line of its own.
 */
export function formatDiagnostic(d: Diagnostic): string {
  return d.hint === "" ? head(d) : `${head(d)}\n    ${d.hint}`;
}

/** All findings in order, each with the line at fault and a caret where the source is known. */
export function formatDiagnostics(list: readonly Diagnostic[], options: FormatOptions = {}): string {
  const lines = new Map<string, readonly string[]>();
  const linesOf = (file: string): readonly string[] | undefined => {
    const source = options.sources?.get(file);
    if (source === undefined) return undefined;
    let split = lines.get(file);
    if (split === undefined) lines.set(file, (split = source.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)));
    return split;
  };
  return [...list]
    .sort(compareDiagnostics)
    .map((d) => [head(d), ...frame(linesOf(d.file)?.[d.line - 1], d), ...(d.hint === "" ? [] : [`    ${d.hint}`])].join("\n"))
    .join("\n\n");
}

function head(d: Diagnostic): string {
  const position = d.line > 0 ? `${d.file}:${d.line}:${d.column}` : d.file;
  return [position, d.severity, d.code, d.message].filter((part) => part !== "").join("  ");
}

const widest = 100;

function frame(source: string | undefined, d: Diagnostic): string[] {
  if (source === undefined || source.trim() === "") return [];
  const at = Math.max(0, d.column - 1);
  const start = at < widest - 20 ? 0 : at - 40;
  const shown = visible(source.slice(start, start + widest));
  const before = visible(source.slice(start, at));
  const number = String(d.line);
  const lead = start > 0 ? "…" : "";
  return [`  ${number} | ${lead}${shown}`, `  ${" ".repeat(number.length)} | ${" ".repeat(width(lead + before))}^`];
}

/** Tabs become one space; other control and invisible characters would move the caret or the reader. */
function visible(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\u00B7");
}

/** Columns on a terminal: East Asian wide characters take two. */
export function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(character) ? 2 : 1;
  return columns;
}
