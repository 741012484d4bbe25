const bare = "'(?i)(^|[:,\\[\\s-])(nan|inf)|,\\s*[}\\]]'";
const texts = `'"(\\\\.|[^"\\\\])*"'`;

/**
 * SQL condition: the text is JSON for DuckDB, but not for others, because it holds NaN, Infinity or a trailing comma
 * outside of its strings.
 */
export function isLooseJson(expression: string): string {
  return `(regexp_matches(${expression}, ${bare}) AND regexp_matches(regexp_replace(${expression}, ${texts}, '""', 'g'), ${bare}))`;
}
