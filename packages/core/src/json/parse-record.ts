import type { DiagnosticCode } from "../diagnostics/codes.js";
import { findInJson } from "./find-in-json.js";
import { joinPointer } from "./pointer.js";
import { isReservedName } from "./reserved-name.js";
import { scanJson } from "./scan-json.js";

/** Most JSON levels of a data record. */
export const maxRecordDepth = 16;

/** A record as a plain object, or why it cannot be used. */
export type ParsedRecord =
  | { readonly value: Record<string, unknown> }
  | { readonly code: DiagnosticCode; readonly pointer: string };

const loneSurrogate = /\p{Cs}/u;

/**
 * Parses one data record. Never throws. Refused: what is no JSON (JSON_SYNTAX) or no object (TYPE_INVALID), more than 16
 * levels (TOO_DEEP), a key twice (DUPLICATE_KEY), `__proto__`, `constructor`, `prototype` as keys (KEY_FORBIDDEN),
 * numbers beyond ±(2^53 − 1), which JSON.parse rounds (NUMBER_INVALID), half surrogate pairs (TEXT_INVALID).
 *
 * It sees every record of a bank, hence the shape: one pass over the text for depth and the number of keys, JSON.parse,
 * one walk over the value. Fewer keys in the value than in the text means one stood twice; where, is searched only then.
 */
export function parseRecord(json: string): ParsedRecord {
  const scan = scanJson(json);
  if (scan.depth > maxRecordDepth) return { code: "TOO_DEEP", pointer: findInJson(json, "too-deep", maxRecordDepth)?.pointer ?? "" };
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { code: "JSON_SYNTAX", pointer: "" };
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return { code: "TYPE_INVALID", pointer: "" };
  const keys = countKeys(value, scan.surrogates);
  if (keys < 0) return findBadValue(value, "") ?? { code: "TEXT_INVALID", pointer: "" };
  if (keys !== scan.colons) return { code: "DUPLICATE_KEY", pointer: findInJson(json, "duplicate-key")?.pointer ?? "" };
  return { value: value as Record<string, unknown> };
}

/** Keys in all objects of a value; −1 where the value holds something that is refused. */
function countKeys(value: object, surrogates: boolean): number {
  let count = 0;
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      const inner = countInner(value[i], surrogates);
      if (inner < 0) return -1;
      count += inner;
    }
    return count;
  }
  for (const key in value) {
    if (isReservedName(key) || (surrogates && loneSurrogate.test(key))) return -1;
    const inner = countInner((value as Record<string, unknown>)[key], surrogates);
    if (inner < 0) return -1;
    count += 1 + inner;
  }
  return count;
}

function countInner(value: unknown, surrogates: boolean): number {
  if (typeof value === "number") return isExact(value) ? 0 : -1;
  if (typeof value === "string") return surrogates && loneSurrogate.test(value) ? -1 : 0;
  return typeof value === "object" && value !== null ? countKeys(value, surrogates) : 0;
}

function isExact(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER;
}

/** The first refused part of a value, with its place. Depth is bounded by the scan before. */
function findBadValue(value: unknown, pointer: string): { code: DiagnosticCode; pointer: string } | undefined {
  if (typeof value === "number") return isExact(value) ? undefined : { code: "NUMBER_INVALID", pointer };
  if (typeof value === "string") return loneSurrogate.test(value) ? { code: "TEXT_INVALID", pointer } : undefined;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const at = joinPointer(pointer, Array.isArray(value) ? Number(key) : key);
    if (!Array.isArray(value)) {
      if (isReservedName(key)) return { code: "KEY_FORBIDDEN", pointer: at };
      if (loneSurrogate.test(key)) return { code: "TEXT_INVALID", pointer };
    }
    const found = findBadValue(inner, at);
    if (found !== undefined) return found;
  }
  return undefined;
}
