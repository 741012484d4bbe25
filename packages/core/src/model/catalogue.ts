import type { Sensitivity } from "../channel/channel.js";
import type { Bilingual } from "../ports/report-data.js";

/**
 * Type of a value that a rule can read. Instants become civil `date`s in the bank's zone once, at normalisation.
 * `list` is a list of texts or numbers.
 */
export type FactType = "text" | "number" | "boolean" | "date" | "list";

/** What it means that a field is absent: nobody knows, or there is none (as for the due date of a card nobody has). */
export type Absence = "unknown" | "none";

/** One readable field of the entity, of an item, or of a context item. */
export interface Field {
  /** Dotted name inside its scope: `assets.total`, or `balance` for an item's field. */
  readonly name: string;
  readonly type: FactType;
  /** Element type of a `list`. */
  readonly elementType?: "text" | "number";
  /** `date-time`, `email`, `phone`, `time-zone`; absent for plain values. */
  readonly format?: string;
  readonly label: Bilingual;
  readonly unit?: string;
  /** Decimal places a number may have: 2 for money. Absent = any. */
  readonly scale?: number;
  readonly sensitivity: Sensitivity;
  readonly absent: Absence;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly (string | number)[];
  /** Index into the normalised record's slots. */
  readonly slot: number;
}

/** An array of objects: of the entity (`holdings`), or of the context (`products`). */
export interface Collection {
  readonly name: string;
  readonly label: Bilingual;
  readonly scope: "record" | "context";
  /** Name of the item's field that identifies it. */
  readonly idField: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly absent: Absence;
  /** Index into the normalised record's collections (or the context's). */
  readonly slot: number;
}

const bySlot = new WeakMap<ReadonlyMap<string, Field>, readonly Field[]>();

/** The field of a slot: fields stand in the order of their slots. */
export function fieldAt(fields: ReadonlyMap<string, Field> | undefined, slot: number): Field | undefined {
  if (!fields) return undefined;
  let list = bySlot.get(fields);
  if (!list) bySlot.set(fields, (list = [...fields.values()].sort((a, b) => a.slot - b.slot)));
  return list[slot];
}

/** Where core finds what policy needs, by role: `rm`, `zone`, `locale`, `address.sms`, `contacts`, `consents`, … → dotted name. */
export type Roles = ReadonlyMap<string, string>;

/** The tree of organisation units, as a context collection whose items name the unit above. */
export interface UnitTree {
  readonly collection: Collection;
  readonly parent: Field;
}

/** A checked model: everything a rule can name. */
export interface Catalogue {
  readonly id: string;
  readonly entity: string;
  readonly idField: string;
  /** IANA zone of the bank; instants turn into civil dates in it. */
  readonly zone: string;
  readonly currency: string;
  readonly fields: ReadonlyMap<string, Field>;
  readonly collections: ReadonlyMap<string, Collection>;
  readonly context: ReadonlyMap<string, Collection>;
  readonly roles: Roles;
  /** Where organisation units stand, and what each is part of. */
  readonly units?: UnitTree;
  /** Fields and collections without which a record is set aside. */
  readonly required: readonly string[];
}
