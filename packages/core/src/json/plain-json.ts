import { confusableCharacter } from "./confusable-name.js";
import { isReservedName } from "./reserved-name.js";
import { scanJson } from "./scan-json.js";

const loneSurrogate = /\p{Cs}/u;

/**
 * The value of a text that is plainly good, parsed by the host; `undefined` where anything might have to be said of it,
 * for the parser that looks closer and knows places. It may be too careful, never too lax: fewer keys in the value than
 * in the text mean that one stood twice, more noughts that a number was lost.
 */
export function plainJson(text: string, depth: number): { readonly value: unknown } | undefined {
  const scan = scanJson(text);
  if (scan.depth > depth) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const seen = { keys: 0, zeros: 0, surrogates: scan.surrogates };
  return isPlain(value, seen) && seen.keys === scan.colons && seen.zeros === scan.zeros ? { value } : undefined;
}

interface Seen {
  keys: number;
  zeros: number;
  readonly surrogates: boolean;
}

/** Whether nothing in a value needs a word; its depth is bounded by the text's. */
function isPlain(value: unknown, seen: Seen): boolean {
  if (typeof value === "string") return !seen.surrogates || !loneSurrogate.test(value);
  if (typeof value === "number") {
    if (value === 0) seen.zeros++;
    return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER;
  }
  if (typeof value !== "object" || value === null) return true;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], seen)) return false;
    return true;
  }
  for (const key of Object.keys(value)) {
    seen.keys++;
    if (isReservedName(key) || confusableCharacter(key) !== undefined || !isPlain((value as Record<string, unknown>)[key], seen)) return false;
  }
  return true;
}
