/** What one pass over a JSON text tells of it, without understanding it. */
export interface JsonScan {
  /** Most brackets that stand open at once. */
  readonly depth: number;
  /** Colons outside strings: the number of keys. */
  readonly colons: number;
  /** Numbers written as a bare `0`; other ways to write nought (`-0`, `0.0`, `1e-400`) are not among them. */
  readonly zeros: number;
  /** Whether half a surrogate pair may occur, as a character or as an escape. */
  readonly surrogates: boolean;
}

/** Scans a text that should be JSON. Of a text that is none the figures say nothing. */
export function scanJson(json: string): JsonScan {
  const length = json.length;
  let level = 0;
  let depth = 0;
  let colons = 0;
  let zeros = 0;
  let surrogates = false;
  for (let i = 0; i < length; i++) {
    const c = json.charCodeAt(i);
    if (c === 0x22) {
      for (i++; i < length; i++) {
        const s = json.charCodeAt(i);
        if (s === 0x22) break;
        if (s === 0x5c) {
          i++;
          if (json.charCodeAt(i) === 0x75) surrogates = true;
        } else if (s >= 0xd800 && s <= 0xdfff) surrogates = true;
      }
    } else if (c === 0x3a) colons++;
    else if (c === 0x7b || c === 0x5b) {
      if (++level > depth) depth = level;
    } else if (c === 0x7d || c === 0x5d) level--;
    else if (c === 0x30 && !isOfNumber(json.charCodeAt(i - 1)) && !isOfNumber(json.charCodeAt(i + 1))) zeros++;
  }
  return { depth, colons, zeros, surrogates };
}

/** Digits, signs, the point and the letter of an exponent. */
function isOfNumber(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || c === 0x2e || c === 0x2d || c === 0x2b || c === 0x65 || c === 0x45;
}
