import { closest } from "../diagnostics/did-you-mean.js";
import { isZone } from "../calendar/zone-table.js";
import { bilingual } from "../language/bilingual.js";
import { checkShape } from "../language/check-shape.js";
import { fieldKeys, modelShape } from "../language/model-shapes.js";
import { isObject, jsonType, shown, type Spot } from "../language/spot.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Sensitivity } from "../channel/channel.js";
import type { Absence, Catalogue, Collection, FactType, Field } from "./catalogue.js";

type Json = Readonly<Record<string, unknown>>;

/** Names by which policy and templates find their way in a record. */
export const knownRoles = ["rm", "unit", "unitHead", "zone", "locale", "name", "contacts", "consents", "doNotContact", "preferredChannels", "birthDate"] as const;

const namePattern = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const reserved = new Set(["asOf", "param", "product", "occurrence"]);

interface Reading {
  readonly defs: unknown;
  readonly spot: Spot;
}

/** Reads the model of a pack: JSON Schema with annotations becomes a catalogue of everything a rule can name. */
export function readModel(json: unknown, spot: Spot): Catalogue | undefined {
  if (!checkShape(modelShape, json, spot) || !isObject(json)) return undefined;
  const entity = json["entity"] as Json;
  const zone = String(json["zone"]);
  if (!isZone(zone)) spot.at("zone").report("ZONE_UNKNOWN", { name: zone, field: "zone" });
  const reading: Reading = { defs: json["$defs"], spot };
  const fields = new Map<string, Field>();
  const collections = new Map<string, Collection>();
  readProperties(entity["properties"], spot.at("entity", "properties"), "", fields, collections, reading, 0);
  const context = new Map<string, Collection>();
  for (const [name, collection] of Object.entries((json["context"] ?? {}) as Json)) {
    const at = spot.at("context", name);
    if (collections.has(name) || fields.has(name)) at.report("DUPLICATE_ID", { name });
    const schema = resolve(collection, at, reading);
    if (schema) readCollection(name, schema, at, "context", context, reading);
  }
  const idField = String(entity["id"]);
  if (fields.get(idField)?.type !== "text") spot.at("entity", "id").report(fields.has(idField) ? "ID_MUST_BE_STRING" : "UNKNOWN_REFERENCE", { name: idField, suggestion: closest(idField, fields.keys()) ?? "" });
  const roles = readRoles(entity["roles"], spot.at("entity", "roles"), fields, collections);
  const required = (entity["required"] ?? []) as readonly string[];
  for (const name of required) {
    if (!fields.has(name) && !collections.has(name)) spot.at("entity", "required").report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, fields.keys()) ?? "" });
  }
  const units = readUnits(json["units"], spot.at("units"), context);
  return {
    id: String(json["id"]), entity: String(entity["name"]), idField, zone, currency: typeof json["currency"] === "string" ? json["currency"] : "",
    fields, collections, context, roles, ...(units ? { units } : {}), required,
  };
}

function readRoles(json: unknown, spot: Spot, fields: ReadonlyMap<string, Field>, collections: ReadonlyMap<string, Collection>): Catalogue["roles"] {
  const roles = new Map<string, string>();
  for (const [role, name] of Object.entries((json ?? {}) as Json)) {
    const known: readonly string[] = knownRoles;
    if (!known.includes(role) && !role.startsWith("address.") && !/^[a-z][A-Za-z]*$/.test(role)) spot.at(role).reportKey("UNKNOWN_KEY", { name: role, suggestion: closest(role, known) ?? "", allowed: known.join(", ") });
    const collection = role === "contacts" || role === "consents";
    const names = collection ? [...collections.keys()] : [...fields.keys()];
    if (typeof name === "string" && names.includes(name)) roles.set(role, name);
    else spot.at(role).report("UNKNOWN_REFERENCE", { name: String(name), suggestion: closest(String(name), names) ?? "" });
  }
  return roles;
}

function readUnits(json: unknown, spot: Spot, context: ReadonlyMap<string, Collection>): Catalogue["units"] {
  if (!isObject(json)) return undefined;
  const name = String(json["in"]);
  const collection = context.get(name);
  if (!collection) {
    spot.at("in").report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, context.keys()) ?? "" });
    return undefined;
  }
  const parentName = String(json["parent"]);
  const parent = collection.fields.get(parentName);
  if (parent?.type === "text") return { collection, parent };
  spot.at("parent").report("UNKNOWN_REFERENCE", { name: parentName, suggestion: closest(parentName, collection.fields.keys()) ?? "" });
  return undefined;
}

/** Follows a local `$ref`; everything remote, and `$data`, is refused. */
function resolve(json: unknown, spot: Spot, reading: Reading, seen: readonly string[] = []): Json | undefined {
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "field", expected: "object", found: jsonType(json) });
    return undefined;
  }
  if (Object.values(json).some((value) => isObject(value) && Object.hasOwn(value, "$data")) || Object.hasOwn(json, "$data")) {
    spot.report("DATA_REF_FORBIDDEN", { name: "$data" });
    return undefined;
  }
  if (Object.hasOwn(json, "pattern") || Object.hasOwn(json, "patternProperties")) {
    spot.at(Object.hasOwn(json, "pattern") ? "pattern" : "patternProperties").reportKey("PATTERN_FORBIDDEN", { name: "pattern" });
    return undefined;
  }
  const ref = json["$ref"];
  if (ref === undefined) return json;
  const name = typeof ref === "string" ? /^#\/\$defs\/([^/]+)$/.exec(ref)?.[1] : undefined;
  if (name === undefined) {
    spot.at("$ref").report("REF_FORBIDDEN", { name: shown(ref) });
    return undefined;
  }
  const defs = isObject(reading.defs) ? reading.defs : {};
  if (!Object.hasOwn(defs, name)) {
    spot.at("$ref").report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, Object.keys(defs)) ?? "" });
    return undefined;
  }
  if (seen.includes(name)) {
    spot.at("$ref").report("CYCLIC_REFERENCE", { name: [...seen, name].join(" → ") });
    return undefined;
  }
  const target = resolve(defs[name], reading.spot.at("$defs", name), reading, [...seen, name]);
  const { $ref: _ref, ...own } = json;
  return target && { ...target, ...own };
}

function readProperties(json: unknown, spot: Spot, prefix: string, fields: Map<string, Field>, collections: Map<string, Collection> | undefined, reading: Reading, depth: number): void {
  if (!isObject(json)) {
    spot.report("TYPE_MISMATCH", { name: "properties", expected: "object", found: jsonType(json) });
    return;
  }
  if (depth > 4) {
    spot.report("TOO_DEEP", { limit: 4 });
    return;
  }
  for (const [key, raw] of Object.entries(json)) {
    const at = spot.at(key);
    if (!namePattern.test(key)) {
      at.reportKey("ID_INVALID", { name: key });
      continue;
    }
    if (prefix === "" && collections && reserved.has(key)) {
      at.reportKey("RESERVED_NAME", { name: key });
      continue;
    }
    const schema = resolve(raw, at, reading);
    if (!schema || !checkShape({ type: "object", properties: fieldKeys }, schema, at)) continue;
    const name = prefix + key;
    const type = schema["type"];
    if (type === "object") readProperties(schema["properties"], at.at("properties"), `${name}.`, fields, collections, reading, depth + 1);
    else if (type === "array" && isObject(schema["items"]) && resolve(schema["items"], at.at("items"), reading)?.["type"] === "object") {
      if (collections) readCollection(name, schema, at, "record", collections, reading);
      else at.report("TYPE_MISMATCH", { name, expected: "scalar | list", found: "collection inside an item" });
    } else {
      const field = readField(name, schema, at, fields.size, reading);
      if (field) fields.set(name, field);
    }
  }
}

function readCollection(name: string, schema: Json, spot: Spot, scope: "record" | "context", into: Map<string, Collection>, reading: Reading): void {
  const items = resolve(schema["items"], spot.at("items"), reading);
  if (!items) return;
  const fields = new Map<string, Field>();
  readProperties(items["properties"], spot.at("items", "properties"), "", fields, undefined, reading, 1);
  const idField = typeof schema["id"] === "string" ? schema["id"] : "";
  if (idField !== "" && fields.get(idField)?.type !== "text") {
    spot.at("id").report(fields.has(idField) ? "ID_MUST_BE_STRING" : "UNKNOWN_REFERENCE", { name: idField, suggestion: closest(idField, fields.keys()) ?? "" });
  }
  into.set(name, { name, label: bilingual(schema["label"], name), scope, idField, fields, absent: absence(schema), slot: into.size });
}

function absence(schema: Json): Absence {
  return schema["absent"] === "none" ? "none" : "unknown";
}

function readField(name: string, schema: Json, spot: Spot, slot: number, reading: Reading): Field | undefined {
  const type = factType(schema, spot, reading);
  if (!type) return undefined;
  const label: Bilingual = bilingual(schema["label"], name);
  const copy: Record<string, unknown> = {};
  for (const key of ["unit", "maxLength", "minimum", "maximum", "enum", "format"]) if (schema[key] !== undefined) copy[key] = schema[key];
  const scale = schema["type"] === "integer" ? 0 : schema["scale"];
  return {
    ...copy, name, label, slot, type: type.type, absent: absence(schema),
    sensitivity: (schema["sensitivity"] ?? "internal") as Sensitivity,
    ...(typeof scale === "number" ? { scale } : {}),
    ...(type.element ? { elementType: type.element } : {}),
  };
}

function factType(schema: Json, spot: Spot, reading: Reading): { type: FactType; element?: "text" | "number" } | undefined {
  switch (schema["type"]) {
    case "string":
      return { type: schema["format"] === "date" || schema["format"] === "date-time" ? "date" : "text" };
    case "number":
    case "integer":
      return { type: "number" };
    case "boolean":
      return { type: "boolean" };
    case "array": {
      const items = resolve(schema["items"], spot.at("items"), reading);
      if (!items) return undefined;
      if (items["type"] === "string") return { type: "list", element: "text" };
      if (items["type"] === "number" || items["type"] === "integer") return { type: "list", element: "number" };
      spot.at("items", "type").report("VALUE_NOT_ALLOWED", { name: String(items["type"]), allowed: "string, number, integer, object" });
      return undefined;
    }
    default:
      spot.report("KEY_MISSING", { name: "type" });
      return undefined;
  }
}
