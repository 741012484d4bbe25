import { canonicalJson, isObject, type Overlay, type PackFiles, type Program, type Shape } from "@evertend/core";
import { sha256 } from "../wiring/sha256.js";

/** A second person's approval of a pack, as its file holds it. */
export interface Approval {
  /** Version of the file's form. */
  readonly approval: 1;
  readonly pack: { readonly id: string; readonly version: string; readonly hash: string };
  /** Who wrote the pack, as it says itself. */
  readonly authors: readonly string[];
  readonly by: string;
  /** Civil date. */
  readonly on: string;
}

const text: Shape = { type: "string", maxLength: 80 };

/** What an approval file may hold. */
export const approvalShape: Shape = {
  type: "object",
  properties: {
    approval: { type: "integer", minimum: 1, maximum: 1 },
    pack: { type: "object", properties: { id: text, version: text, hash: text }, required: ["id", "version", "hash"] },
    authors: { type: "array", minItems: 1, items: text },
    by: text,
    on: { type: "string", format: "date" },
  },
  required: ["approval", "pack", "authors", "by", "on"],
};

/** What an approval is bound to: the pack's hash; with overlays one over it, their files and the parameters that are set. */
export function approvedHash(program: Program, overlays: readonly Overlay[], params: Readonly<Record<string, string>>): string {
  if (overlays.length === 0) return program.hash;
  const texts = (files: PackFiles): PackFiles => Object.fromEntries(Object.entries(files).filter(([file]) => !file.startsWith("tests/")));
  return sha256(canonicalJson([program.hash, overlays.map(({ files }) => texts(files)), params]));
}

/** Who wrote the pack and its overlays, as they say themselves under `pack.authors`, sorted. */
export function authorsOf(packs: readonly PackFiles[]): readonly string[] {
  const found = packs.flatMap((files) => Object.values(files).flatMap((source) => {
    const json: unknown = JSON.parse(source.replace(/^\uFEFF/, ""));
    const authors = isObject(json) && isObject(json["pack"]) ? json["pack"]["authors"] : undefined;
    return Array.isArray(authors) ? authors.filter((one) => typeof one === "string") : [];
  }));
  return [...new Set(found)].sort();
}

/** Whether two names are one person's: letter case, width and spaces aside. */
export function samePerson(a: string, b: string): boolean {
  const plain = (name: string): string => name.normalize("NFKC").replace(/\s+/gu, " ").trim().toLowerCase();
  return plain(a) === plain(b);
}
