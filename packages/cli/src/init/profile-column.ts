import { parseDay, parseInstant, type Sensitivity } from "@evertend/core";

/** What the values of a column look like. */
export type ColumnType = "number" | "integer" | "boolean" | "date" | "instant" | "list" | "text";

/** A column as its values show it. */
export interface ColumnProfile {
  readonly type: ColumnType;
  /** Rows with a value, and without. */
  readonly present: number;
  readonly missing: number;
  /** No value occurs twice. */
  readonly unique: boolean;
  /** Most decimals of a number. */
  readonly scale: number;
  /** Different values, sorted; at most `mostValues`, absent where there are more. */
  readonly values?: readonly string[];
  /** Numbers in ascending order; empty for other types. */
  readonly numbers: readonly number[];
  /** Day numbers in ascending order; empty for other types. */
  readonly days: readonly number[];
  /** Longest text. */
  readonly longest: number;
  readonly format?: "email" | "phone";
  /** What the shape of the values says. */
  readonly sensitivity: Sensitivity;
}

/** A column with no more different values than this may be a list of choices. */
export const mostValues = 12;

// As the source reads them: other spellings of numbers stay text.
const numberText = /^-?(0|[1-9]\d*)(\.\d+)?$/;

/** Looks at the cells of a column; empty cells are absent. */
export function profileColumn(cells: Iterable<string>): ColumnProfile {
  const texts: string[] = [];
  let missing = 0;
  for (const cell of cells) {
    if (cell === "") missing++;
    else texts.push(cell);
  }
  const trimmed = texts.map((text) => text.trim());
  const different = new Set(texts);
  const type = texts.length === 0 ? "text" : typeOf(trimmed);
  const format = type === "text" || type === "integer" ? formatOf(trimmed) : undefined;
  const kind = format === "phone" ? "text" : type;
  return {
    type: kind,
    present: texts.length,
    missing,
    unique: different.size === texts.length,
    scale: kind === "number" ? Math.max(...trimmed.map(decimals)) : 0,
    ...(different.size <= mostValues ? { values: [...different].sort() } : {}),
    numbers: kind === "number" || kind === "integer" ? trimmed.map(Number).sort((a, b) => a - b) : [],
    days: kind === "date" ? trimmed.map((text) => parseDay(text) ?? 0).sort((a, b) => a - b) : [],
    longest: texts.reduce((longest, text) => Math.max(longest, text.length), 0),
    ...(format ? { format } : {}),
    sensitivity: texts.length === 0 ? "internal" : sensitivityOf(trimmed),
  };
}

function typeOf(texts: readonly string[]): ColumnType {
  const all = (test: (text: string) => boolean): boolean => texts.every(test);
  if (all((text) => /^(true|false)$/i.test(text))) return "boolean";
  if (all(isExact)) return all((text) => /^-?\d+$/.test(text)) ? "integer" : "number";
  if (all((text) => parseDay(text) !== undefined)) return "date";
  if (all((text) => typeof parseInstant(text) === "number")) return "instant";
  return all(isList) ? "list" : "text";
}

/** A number that keeps all its digits; what is longer is an id. */
function isExact(text: string): boolean {
  return numberText.test(text) && text.replace(/[^\d]/g, "").length <= 15 && decimals(text) <= 9;
}

function decimals(text: string): number {
  const point = text.indexOf(".");
  return point < 0 ? 0 : text.length - point - 1;
}

function isList(text: string): boolean {
  if (!text.startsWith("[")) return false;
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) && json.every((item) => typeof item === "string");
  } catch {
    return false;
  }
}

const email = /^[^\s@<>"()[\]\\:,;]{1,64}@[^\s@<>"()[\]\\:,;]{1,253}$/u;
const phone = /^\+[1-9]\d{6,14}$/;

function formatOf(texts: readonly string[]): ColumnProfile["format"] {
  if (texts.every((text) => email.test(text) && !text.includes(".."))) return "email";
  return texts.every((text) => phone.test(text)) ? "phone" : undefined;
}

const mobile = /^(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}$/;
const citizenId = /^\d{17}[\dXx]$/;

/** Values that look like ids of people, cards, phones or mailboxes; one in five is enough. */
function sensitivityOf(texts: readonly string[]): Sensitivity {
  const share = (test: (text: string) => boolean): boolean => texts.filter(test).length * 5 >= texts.length;
  if (share((text) => citizenId.test(text) || isCardNumber(text))) return "restricted";
  return share((text) => mobile.test(text) || phone.test(text) || email.test(text)) ? "personal" : "internal";
}

/** 13 to 19 digits with a valid check digit (Luhn). */
function isCardNumber(text: string): boolean {
  const digits = text.replace(/[ -]/g, "");
  if (!/^\d{13,19}$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    sum += i % 2 === 0 ? digit : digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return sum % 10 === 0;
}
