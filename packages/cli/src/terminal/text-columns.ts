/** Columns that a text takes on a terminal: East Asian wide characters and emoji take two, combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (/\p{Mn}|\p{Cf}/u.test(character)) continue;
    columns += /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u.test(character) ? 2 : 1;
  }
  return columns;
}

/** Fills a text up with spaces to a width in columns. */
export function pad(text: string, width: number, side: "left" | "right" = "left"): string {
  const space = " ".repeat(Math.max(0, width - columnsOf(text)));
  return side === "left" ? text + space : space + text;
}

/** Shortens a text to a width in columns, with an ellipsis. */
export function shorten(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let out = "";
  let used = 0;
  for (const character of text) {
    const columns = columnsOf(character);
    if (used + columns > width - 1) break;
    out += character;
    used += columns;
  }
  return `${out}…`;
}
