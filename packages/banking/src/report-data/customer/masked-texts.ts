import type { Bilingual, Catalogue } from "@evertend/core";
import type { RecordView } from "./record-view.js";

/** How identifying texts of one customer are shown. */
export interface MaskedTexts {
  readonly reveal: boolean;
  /** A customer's id or another number that stands for a person. */
  readonly id: (id: string) => string;
  readonly name: (name: string) => string;
  readonly phone: (phone: string) => string;
  /** Addresses of all sorts, employers and schools. */
  readonly place: (text: string) => string;
  /** Any text about the customer: what identifies somebody is masked wherever it stands in it. */
  readonly text: (text: string) => string;
  readonly both: (text: Bilingual) => Bilingual;
}

/** Fields of the model that tell who somebody is, by how they are masked. Collections stand as `name[]`. */
const identifying: readonly (readonly [name: string, how: "name" | "phone" | "place" | "id"])[] = [
  ["name", "name"], ["rm.name", "name"], ["family[].name", "name"], ["contacts[].name", "name"],
  ["phone", "phone"], ["rm.phone", "phone"], ["contacts[].phone", "phone"],
  ["email", "place"], ["address", "place"], ["employer", "place"], ["family[].schoolOrEmployer", "place"], ["contacts[].email", "place"],
  ["idNumber", "id"],
];

/** The masks of a customer. With `reveal` everything is shown as it is. */
export function maskedTexts(model: Catalogue, record: RecordView, customerId: string, reveal: boolean): MaskedTexts {
  if (reveal) return shown;
  // Most customers of a bank are only counted: what to look for is worked out when there is a text to look at.
  let search: Search | undefined;
  const text = (given: string): string => {
    const { pattern, masked } = (search ??= searchFor(model, record, customerId));
    return pattern === undefined ? given : given.replace(pattern, (literal) => masked.get(literal) ?? "***");
  };
  return { reveal: false, id: maskId, name: maskName, phone: maskPhone, place: maskPlace, text, both: (given) => ({ "zh-CN": text(given["zh-CN"]), en: text(given.en) }) };
}

/** Literals that identify a customer, with their masks. */
interface Search {
  readonly pattern: RegExp | undefined;
  readonly masked: ReadonlyMap<string, string>;
}

function searchFor(model: Catalogue, record: RecordView, customerId: string): Search {
  const masked = new Map<string, string>();
  const add = (text: string | undefined, mask: (text: string) => string): void => {
    if (text !== undefined && text.trim().length > 1) masked.set(text, mask(text));
  };
  // A very short id would be found in every amount.
  if (customerId.length > 3) add(customerId, maskId);
  for (const [name, how] of identifying) for (const text of textsAt(record, name)) add(text, masks[how]);
  for (const field of model.fields.values()) {
    if (field.format === "email") add(record.text(field.name), maskPlace);
    if (field.format === "phone") add(record.text(field.name), maskPhone);
  }
  // A note may hold the number as people say it, without the country's.
  for (const [text, mask] of [...masked]) if (/^\+86\d{11}$/.test(text)) masked.set(text.slice(3), mask.slice(4));
  const literals = [...masked.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return { pattern: literals.length === 0 ? undefined : new RegExp(literals.map(escapePattern).join("|"), "gu"), masked };
}

const shown: MaskedTexts = { reveal: true, id: (text) => text, name: (text) => text, phone: (text) => text, place: (text) => text, text: (text) => text, both: (text) => text };

const masks = { name: maskName, phone: maskPhone, place: maskPlace, id: maskId } as const;

function textsAt(record: RecordView, name: string): readonly string[] {
  const [head = "", rest] = name.split("[].");
  const texts = rest === undefined ? [record.text(head)] : record.items(head).map((item) => item.text(rest));
  return texts.filter((text) => text !== undefined);
}

/** The first and the last two characters of an id; nothing of a short one. */
export function maskId(id: string): string {
  const characters = [...id];
  if (characters.length < 6) return "•".repeat(characters.length);
  return `${characters[0]}${"•".repeat(characters.length - 3)}${characters.slice(-2).join("")}`;
}

/** The first character of a name. */
export function maskName(name: string): string {
  return `${[...name][0] ?? ""}**`;
}

/** The country's number, the first three and the last two digits of a phone number; nothing of a short one. */
export function maskPhone(phone: string): string {
  const digits = /^(\+86)?(\d{3})\d+(\d{2})$/.exec(phone);
  if (digits) return `${digits[1] === undefined ? "" : `${digits[1]} `}${digits[2]}••••${digits[3]}`;
  return "•".repeat(Math.min(8, phone.length));
}

function maskPlace(): string {
  return "***";
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
}
