import { isObject } from "../language/spot.js";
import type { Catalogue } from "../model/catalogue.js";
import type { Consent } from "../ports/consent.js";
import type { ContactEntry } from "../ports/contact-entry.js";
import { ownValue } from "./own-value.js";

type Json = Readonly<Record<string, unknown>>;

function listAt(record: Json, name: string | undefined): readonly unknown[] {
  const value = name === undefined ? undefined : ownValue(record, name.split("."));
  return Array.isArray(value) ? value : [];
}

/** The contact log that the record itself brings; entries without date or channel are left to the record's own check. */
export function contactsOf(model: Catalogue, record: Json): readonly ContactEntry[] {
  return listAt(record, model.roles.get("contacts")).filter((entry): entry is ContactEntry & Json => isObject(entry) && typeof entry["date"] === "string" && typeof entry["channel"] === "string");
}

/** The consents that the record brings. */
export function consentsOf(model: Catalogue, record: Json): readonly Consent[] {
  const known: readonly unknown[] = ["granted", "refused", "withdrawn"];
  return listAt(record, model.roles.get("consents")).filter((entry): entry is Consent & Json => isObject(entry) && typeof entry["purpose"] === "string" && known.includes(entry["status"]));
}

/**
 * The record with the contacts that Evertend planned itself added to its contact log, so that rules see one log.
 * Entries whose key the bank's log already has are the bank's to tell.
 */
export function withContacts(model: Catalogue, record: Json, planned: readonly ContactEntry[]): Json {
  const name = model.roles.get("contacts");
  const collection = name === undefined ? undefined : model.collections.get(name);
  if (!collection || name === undefined || planned.length === 0) return record;
  const own = listAt(record, name);
  const known = new Set(own.map((entry) => (isObject(entry) ? entry["key"] : undefined)));
  const added = planned.filter((entry) => !known.has(entry.key)).map((entry, i) => {
    const item: Record<string, unknown> = {};
    for (const [field, value] of Object.entries(entry)) if (collection.fields.has(field)) item[field] = value;
    if (collection.idField !== "" && item[collection.idField] === undefined) item[collection.idField] = entry.key ?? `planned-${i}`;
    return item;
  });
  return place(record, name.split("."), [...own, ...added]);
}

function place(record: Json, path: readonly string[], value: unknown): Json {
  const [head, ...rest] = path;
  if (head === undefined) return record;
  const inner = record[head];
  return { ...record, [head]: rest.length === 0 ? value : place(isObject(inner) ? inner : {}, rest, value) };
}
