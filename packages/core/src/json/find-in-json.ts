import { joinPointer } from "./pointer.js";

/** A place in JSON text. */
export interface FoundInJson {
  readonly pointer: string;
  /** Offset in UTF-16 units. */
  readonly offset: number;
}

interface Level {
  /** Keys so far of an object; `undefined` for an array. */
  readonly keys: Set<string> | undefined;
  name: string | number;
  /** Whether the next string of an object is a key. */
  expectsKey: boolean;
}

/**
 * The first key that stands twice in its object, or the first bracket deeper than `limit`. One pass, without recursion;
 * text that is not JSON gives no more than a wrong place.
 */
export function findInJson(text: string, what: "duplicate-key" | "too-deep", limit = Infinity): FoundInJson | undefined {
  const levels: Level[] = [];
  const pointer = (): string => joinPointer("", ...levels.map((level) => level.name));
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    const top = levels[levels.length - 1];
    if (c === 0x22) {
      const start = i;
      i = stringEnd(text, i);
      if (top?.keys !== undefined && top.expectsKey) {
        const key = decode(text.slice(start, i + 1));
        top.name = key;
        top.expectsKey = false;
        if (what === "duplicate-key" && top.keys.has(key)) return { pointer: pointer(), offset: start };
        top.keys.add(key);
      }
    } else if (c === 0x7b || c === 0x5b) {
      if (what === "too-deep" && levels.length >= limit) return { pointer: pointer(), offset: i };
      levels.push(c === 0x7b ? { keys: new Set(), name: "", expectsKey: true } : { keys: undefined, name: 0, expectsKey: false });
    } else if (c === 0x7d || c === 0x5d) {
      levels.pop();
    } else if (c === 0x2c && top !== undefined) {
      if (top.keys !== undefined) top.expectsKey = true;
      else if (typeof top.name === "number") top.name++;
    }
  }
  return undefined;
}

/** Offset of the quote that ends the string which begins at `start`; the last offset where there is none. */
export function stringEnd(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x22) return i;
    if (c === 0x5c) i++;
  }
  return text.length - 1;
}

function decode(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
