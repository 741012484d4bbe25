/** Two spaces before each line, but not inside of quotes: a name may have a line break. */
export function indent(text: string): string {
  let out = "  ";
  let quote = "";
  for (const sign of text) {
    out += sign;
    if (quote === "" && (sign === '"' || sign === "'" || sign === "`")) quote = sign;
    else if (sign === quote) quote = "";
    else if (sign === "\n" && quote === "") out += "  ";
  }
  return out;
}
