import type { Field } from "@evertend/core";

/** How a column is read, as the mapping says it. */
export interface ColumnMapping {
  readonly column: string;
  readonly format?: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** JSON text of a value for a field; `undefined` where the column's text is not what the field takes. */
export function columnValue(field: Field, { format, values }: ColumnMapping, text: string): string | undefined {
  const given = values === undefined ? text : Object.hasOwn(values, text) ? values[text] : undefined;
  if (given === undefined) return undefined;
  switch (field.type) {
    case "text":
      return JSON.stringify(given);
    case "number":
      return /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(given) ? given : undefined;
    case "boolean":
      return /^(true|t|1)$/i.test(given) ? "true" : /^(false|f|0)$/i.test(given) ? "false" : undefined;
    case "date": {
      const date = field.format === "date-time" ? instant(given) : civilDate(given, format);
      return date === undefined ? undefined : JSON.stringify(date);
    }
    case "list":
      return listText(given);
  }
}

/** What a field takes, for people. */
export function expectedOf(field: Field, { format, values }: ColumnMapping): string {
  if (values !== undefined) return Object.keys(values).join(" | ");
  if (field.type === "date") return field.format === "date-time" ? "2026-03-01T09:00:00+08:00" : (format ?? "yyyy-MM-dd");
  return field.type;
}

/** Whether a format names year, month and day once each. */
export function isDateFormat(format: string): boolean {
  return ["yyyy", "MM", "dd"].every((part) => format.split(part).length === 2) && /^[ydM\d\s./年月日-]*$/.test(format);
}

function civilDate(text: string, format = "yyyy-MM-dd"): string | undefined {
  const pattern = format.replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&").replace("yyyy", "(?<y>\\d{4})").replace("MM", "(?<m>\\d{2})").replace("dd", "(?<d>\\d{2})");
  // A timestamp at the beginning of a day stands for the day.
  const found = new RegExp(`^${pattern}(?:[ T]00:00:00(?:\\.0+)?)?$`).exec(text)?.groups;
  return found && `${found["y"]}-${found["m"]}-${found["d"]}`;
}

/** Databases write a space for the T and offsets without minutes. */
function instant(text: string): string | undefined {
  const found = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}(?:\.\d+)?)(?:(Z)|([+-]\d{2}):?(\d{2})?)$/.exec(text);
  if (!found) return undefined;
  const [, date, time, zulu, hours, minutes] = found;
  return `${date}T${time}${zulu ?? `${hours}:${minutes ?? "00"}`}`;
}

/** A list is JSON; a column of texts that hold JSON comes as a JSON text of JSON. */
function listText(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return text;
    return typeof value === "string" && Array.isArray(JSON.parse(value)) ? value : undefined;
  } catch {
    return undefined;
  }
}
