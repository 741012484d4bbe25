import { parseDay } from "../calendar/civil-date.js";
import { civilOf, isZone, parseInstant } from "../calendar/zone-table.js";
import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Value } from "../evaluate/value.js";
import type { Field } from "../model/catalogue.js";

/** What is wrong with a value. */
export class Wrong {
  constructor(readonly code: DiagnosticCode) {}
}

/** Checks a value that is there, and gives it as rules read it. */
export type Read = (value: unknown) => Value | Wrong;

/** Longest collection or list a record may hold. */
export const longestList = 10_000;

const wrongs = new Map<DiagnosticCode, Wrong>();

/** One object a code: records by the million must not make garbage. */
function problem(code: DiagnosticCode): Wrong {
  let wrong = wrongs.get(code);
  if (!wrong) wrongs.set(code, (wrong = new Wrong(code)));
  return wrong;
}

/** The reader of a field; instants become civil dates of `zone`. */
export function readerOf(field: Field, zone: string): Read {
  switch (field.type) {
    case "number":
      return numberReader(field);
    case "boolean":
      return (value) => (typeof value === "boolean" ? value : problem("TYPE_INVALID"));
    case "date":
      return field.format === "date-time" ? instantReader(zone) : dateReader;
    case "list":
      return listReader(field);
    case "text":
      return textReader(field);
  }
}

function numberReader(field: Field): Read {
  const power = field.scale === undefined ? undefined : 10 ** field.scale;
  const allowed = field.enum ? new Set<unknown>(field.enum) : undefined;
  return (value) => {
    if (typeof value !== "number") return problem("NUMBER_INVALID");
    if (!Number.isFinite(value) || Math.abs(value) * (power ?? 1) > Number.MAX_SAFE_INTEGER) return problem("NUMBER_INVALID");
    if (power !== undefined && Math.round(value * power) / power !== value) return problem("SCALE_EXCEEDED");
    if (value < (field.minimum ?? -Infinity) || value > (field.maximum ?? Infinity)) return problem("NUMBER_INVALID");
    if (allowed && !allowed.has(value)) return problem("VALUE_UNKNOWN");
    // -0 and 0 are one amount.
    return value === 0 ? 0 : value;
  };
}

const dateReader: Read = (value) => (typeof value === "string" ? (parseDay(value) ?? problem("DATE_INVALID")) : problem("DATE_INVALID"));

function instantReader(zone: string): Read {
  return (value) => {
    if (typeof value !== "string") return problem("DATE_INVALID");
    const instant = parseInstant(value);
    return typeof instant === "number" ? civilOf(zone, instant).day : problem(instant);
  };
}

// Lone surrogates and NUL are no text.
export const brokenText = /\u0000|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

function textReader(field: Field): Read {
  const allowed = field.enum ? new Set<unknown>(field.enum) : undefined;
  const limit = field.maxLength ?? 100_000;
  const check = field.format === undefined ? undefined : formats[field.format];
  return (value) => {
    if (typeof value !== "string") return problem("TYPE_INVALID");
    if (allowed) return allowed.has(value) ? value : problem("VALUE_UNKNOWN");
    if (value.length > limit || brokenText.test(value)) return problem("TEXT_INVALID");
    const wrong = check?.(value);
    return wrong ? problem(wrong) : value;
  };
}

function listReader(field: Field): Read {
  const type = field.elementType === "number" ? "number" : "string";
  return (value) => {
    if (!Array.isArray(value)) return problem("TYPE_INVALID");
    if (value.length > longestList) return problem("LIST_TOO_LONG");
    for (const item of value as readonly unknown[]) {
      if (typeof item !== type) return problem("TYPE_INVALID");
      if (typeof item === "string" && brokenText.test(item)) return problem("TEXT_INVALID");
      if (typeof item === "number" && !Number.isFinite(item)) return problem("NUMBER_INVALID");
    }
    return value as (string | number)[];
  };
}

 
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

const formats: Readonly<Record<string, (value: string) => DiagnosticCode | undefined>> = {
  phone(value) {
    if (controls.test(value)) return "ADDRESS_CONTROL_CHAR";
    if (/[,;]/.test(value)) return "ADDRESS_MULTIPLE";
    return /^\+[1-9]\d{6,14}$/.test(value) ? undefined : "PHONE_INVALID";
  },
  email(value) {
    if (controls.test(value)) return "ADDRESS_CONTROL_CHAR";
    if (/[,;]/.test(value) || value.split("@").length > 2) return "ADDRESS_MULTIPLE";
    return /^[^\s@<>"()[\]\\:]{1,64}@[^\s@<>"()[\]\\:]{1,253}$/u.test(value) && !value.includes("..") ? undefined : "TEXT_INVALID";
  },
  // Lunar months have 29 or 30 days; which, only a calendar knows.
  "lunar-day": (value) => (/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|30)$/.test(value) ? undefined : "LUNAR_DAY_INVALID"),
  "time-zone": (value) => (isZone(value) ? undefined : "ZONE_UNKNOWN"),
};
