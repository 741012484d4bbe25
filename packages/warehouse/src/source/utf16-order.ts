const highBmp = "\\x{E000}-\\x{FFFF}";
const last = "\u{10FFFF}";

/**
 * SQL expression to sort a text by, so that DuckDB's order is that of `<` in JavaScript.
 *
 * DuckDB compares UTF-8 bytes, which is the order of code points; JavaScript compares UTF-16 code units, in which
 * characters beyond U+FFFF (surrogate pairs, D800-DFFF) come before U+E000-U+FFFF. So those are lifted above all others
 * by putting U+10FFFF in front of them; a real U+10FFFF keeps its place below them by a U+0001 after it. Plain ASCII is
 * taken as it is.
 */
export function utf16Order(expression: string): string {
  const realLast = `replace(${expression}, '${last}', '${last}' || chr(1))`;
  const lifted = `regexp_replace(${realLast}, '([${highBmp}])', '${last}\\1', 'g')`;
  return `CASE WHEN strlen(${expression}) = length(${expression}) THEN ${expression} ELSE ${lifted} END`;
}
