import type { Diagnostic, Lang } from "@evertend/core";
import { Findings } from "@evertend/core";

/** Part of a channel's `configSchema`: the subset of JSON Schema that is read. Anything else in it is refused by `unreadKeywords`. */
export interface ConfigSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, ConfigSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ConfigSchema;
  readonly items?: ConfigSchema;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly secret?: boolean;
}

const keywords = new Set([
  "type", "properties", "required", "additionalProperties", "items", "enum", "minimum", "maximum", "minLength", "maxLength",
  "minItems", "maxItems", "secret", "title", "description", "default", "examples", "$schema",
]);

/** A reference to a secret: the name of an environment variable, or a file. */
const reference = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$/;

/** One step down in a JSON pointer. */
export function pointerTo(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replace(/~/g, "~0").replace(/\//g, "~1")}`;
}

/**
 * Checks a channel's configuration against its `configSchema`: everything that is wrong, each with its JSON pointer. A
 * secret written out is SECRET_LITERAL, and its value is never repeated.
 *
 * @example
 * checkConfig(channel.configSchema, { host: "mail.example", port: "587" });
 * // [{ code: "CHANNEL_CONFIG_INVALID", pointer: "/port", … }]
 */
export function checkConfig(schema: Readonly<Record<string, unknown>>, config: unknown, lang: Lang = "en"): readonly Diagnostic[] {
  const findings = new Findings(lang);
  checkValue(schema, config, "", findings);
  return findings.list;
}

/** JSON pointers of keywords in a schema that `checkConfig` does not read, and which would hold nobody to anything. */
export function unreadKeywords(schema: ConfigSchema, pointer = ""): readonly string[] {
  const unread = Object.keys(schema).filter((keyword) => !keywords.has(keyword)).map((keyword) => pointerTo(pointer, keyword));
  return [...unread, ...subschemas(schema).flatMap(([name, inner]) => unreadKeywords(inner, pointerTo(pointer, name)))];
}

/** The schemas below a schema, named for a person. */
export function subschemas(schema: ConfigSchema): readonly (readonly [string, ConfigSchema])[] {
  const extra = typeof schema.additionalProperties === "object" ? [["additionalProperties", schema.additionalProperties] as const] : [];
  return [...Object.entries(schema.properties ?? {}), ...(schema.items === undefined ? [] : [["items", schema.items] as const]), ...extra];
}

function checkValue(schema: ConfigSchema, value: unknown, pointer: string, findings: Findings): void {
  const place = { file: "", pointer, line: 0, column: 0 };
  const refuse = (expected: string): void => findings.add("CHANNEL_CONFIG_INVALID", place, { detail: pointer === "" ? "/" : pointer, expected });
  if (schema.secret === true) {
    if (typeof value !== "string" || !reference.test(value)) findings.add("SECRET_LITERAL", place, { name: pointer });
    return;
  }
  if (schema.type !== undefined && !hasType(value, schema.type)) return refuse(schema.type);
  if (schema.enum !== undefined && !schema.enum.includes(value)) return refuse(schema.enum.map((option) => JSON.stringify(option)).join(", "));
  if (typeof value === "number") checkRange(value, schema.minimum, schema.maximum, refuse);
  if (typeof value === "string") checkRange(value.length, schema.minLength, schema.maxLength, (range) => refuse(`length ${range}`));
  if (Array.isArray(value)) {
    checkRange(value.length, schema.minItems, schema.maxItems, (range) => refuse(`items ${range}`));
    value.forEach((item: unknown, index) => schema.items && checkValue(schema.items, item, pointerTo(pointer, index), findings));
  } else if (typeof value === "object" && value !== null) {
    checkObject(schema, value as Readonly<Record<string, unknown>>, pointer, findings);
  }
}

function checkObject(schema: ConfigSchema, value: Readonly<Record<string, unknown>>, pointer: string, findings: Findings): void {
  const place = (key: string) => ({ file: "", pointer: pointerTo(pointer, key), line: 0, column: 0 });
  const properties = schema.properties ?? {};
  for (const key of schema.required ?? []) if (!Object.hasOwn(value, key)) findings.add("KEY_MISSING", place(key), { name: key });
  for (const [key, item] of Object.entries(value)) {
    const inner = Object.hasOwn(properties, key) ? properties[key] : schema.additionalProperties;
    if (inner === false) findings.add("UNKNOWN_KEY", place(key), { name: key, allowed: Object.keys(properties).sort().join(", ") });
    else if (typeof inner === "object") checkValue(inner, item, pointerTo(pointer, key), findings);
  }
}

function checkRange(value: number, least: number | undefined, most: number | undefined, refuse: (range: string) => void): void {
  if ((least !== undefined && value < least) || (most !== undefined && value > most)) refuse(`${least ?? "…"} – ${most ?? "…"}`);
}

function hasType(value: unknown, type: string): boolean {
  if (type === "integer") return Number.isSafeInteger(value);
  if (type === "number") return typeof value === "number" && Number.isFinite(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
  return typeof value === type;
}
