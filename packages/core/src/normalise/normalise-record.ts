import type { DiagnosticCode } from "../diagnostics/codes.js";
import type { Item, NormalRecord, Value } from "../evaluate/value.js";
import { canonicalJson } from "../json/canonical-json.js";
import { sha256Hex, type Sha256 } from "../json/hash.js";
import { isObject } from "../language/spot.js";
import type { Catalogue, Collection, Field } from "../model/catalogue.js";
import { longestList, readerOf, Wrong, type Read } from "./field-readers.js";
import { generateReader, type QuickReader } from "./generate-reader.js";
import { ownValue } from "./own-value.js";

/** Why a record cannot be used: the code, and a pointer into the record. */
export interface RecordProblem {
  readonly code: DiagnosticCode;
  readonly pointer: string;
  readonly field: string;
}

type Json = Readonly<Record<string, unknown>>;

interface FieldReader {
  readonly path: readonly string[];
  readonly slot: number;
  readonly field: Field;
  readonly read: Read;
}

/** How a normaliser is built. */
export interface NormaliserOptions {
  /**
   * Code generated from the model: `true` = from the first record on where the host allows it, `false` = never. Left out,
   * a normaliser that is given many records gets it. The answers are the same.
   */
  readonly generate?: boolean;
}

/** Records after which generating code is worth its time. */
const recordsBeforeCode = 64;

/** Turns records of one model into their fixed shape. Build it once per model. */
export interface Normaliser {
  /** Checks and normalises a parsed record; all its problems at once. */
  record(json: unknown): NormalRecord | readonly RecordProblem[];
  /** Checks and normalises the items of a context collection. */
  items(collection: Collection, json: unknown): readonly Item[] | readonly RecordProblem[];
}

/**
 * Builds the normaliser of a model: own properties only, types checked, money held to its scale, instants turned into
 * civil dates of the bank's zone. `null` and absent are the same.
 */
export function createNormaliser(model: Catalogue, options: NormaliserOptions = {}): Normaliser {
  const fields = [...model.fields.values()].map((field) => fieldReader(field, model.zone));
  const known = tree(model.fields.keys(), model.collections.keys());
  const collections = [...model.collections.values()].map((collection) => ({ collection, path: collection.name.split("."), read: itemsReader(collection, model.zone) }));
  const context = new Map([...model.context.values()].map((collection) => [collection, itemsReader(collection, model.zone)] as const));
  const idPath = model.idField.split(".");
  const required = model.required.filter((name) => name !== model.idField).map((name) => name.split("."));
  let quick: QuickReader | undefined;
  let seen = 0;
  return {
    record(json) {
      if (seen >= 0 && options.generate !== false && (options.generate === true || ++seen > recordsBeforeCode)) {
        seen = -1;
        quick = generateReader(model);
      }
      return quick?.(json) ?? readClosely(json);
    },
    items(collection, json) {
      const problems: RecordProblem[] = [];
      const read = context.get(collection);
      const items = read?.(json, "", problems) ?? [];
      return problems.length > 0 ? problems : items;
    },
  };

  function readClosely(json: unknown): NormalRecord | readonly RecordProblem[] {
    const problems: RecordProblem[] = [];
    if (!isObject(json)) return [{ code: "TYPE_INVALID", pointer: "", field: "" }];
    const id = ownValue(json, idPath);
    if (typeof id !== "string" || id === "") problems.push({ code: typeof id === "number" ? "ID_MUST_BE_STRING" : "ID_MISSING", pointer: `/${idPath.join("/")}`, field: model.idField });
    // What is wrong with the id was said.
    const slots = readFields(fields, json, "", problems, typeof id === "string" ? undefined : model.idField);
    const lists = collections.map(({ collection, path, read }) => {
      const value = ownValue(json, path);
      if (value === undefined || value === null) return collection.absent === "none" ? [] : undefined;
      return read(value, `/${path.join("/")}`, problems);
    });
    checkObjects(known, json, "", problems);
    for (const path of required) {
      const value = ownValue(json, path);
      if (value === undefined || value === null) problems.push({ code: "FIELD_MISSING", pointer: `/${path.join("/")}`, field: path.join(".") });
    }
    return problems.length > 0 ? problems : { id: id as string, slots, collections: lists, hash: "" };
  }
}

/** SHA-256 over a record as it came, keys sorted: what evidence refers to. */
export function recordHash(json: unknown, sha256: Sha256 = sha256Hex): string {
  return sha256(canonicalJson(json));
}

function readFields(fields: readonly FieldReader[], json: Json, pointer: string, problems: RecordProblem[], except?: string): Value[] {
  const slots = new Array<Value>(fields.length);
  for (const { path, slot, field, read } of fields) {
    const value = ownValue(json, path);
    if (value === undefined || value === null) {
      slots[slot] = field.absent === "none" ? null : undefined;
      continue;
    }
    if (field.name === except) continue;
    const result = read(value);
    if (result instanceof Wrong) problems.push({ code: result.code, pointer: `${pointer}/${path.join("/")}`, field: field.name });
    else slots[slot] = result;
  }
  return slots;
}

function itemsReader(collection: Collection, zone: string): (json: unknown, pointer: string, problems: RecordProblem[]) => readonly Item[] | undefined {
  const fields = [...collection.fields.values()].map((field) => fieldReader(field, zone));
  const known = tree(collection.fields.keys(), []);
  const idField = collection.fields.get(collection.idField);
  const idPath = collection.idField.split(".");
  return (json, pointer, problems) => {
    if (!Array.isArray(json)) {
      problems.push({ code: "TYPE_INVALID", pointer, field: collection.name });
      return undefined;
    }
    if (json.length > longestList) {
      problems.push({ code: "LIST_TOO_LONG", pointer, field: collection.name });
      return undefined;
    }
    const seen = new Set<Value>();
    return json.map((item: unknown, i) => {
      const at = `${pointer}/${i}`;
      if (!isObject(item)) {
        problems.push({ code: "TYPE_INVALID", pointer: at, field: collection.name });
        return [];
      }
      checkObjects(known, item, at, problems);
      const given = idField && ownValue(item, idPath);
      const slots = readFields(fields, item, at, problems, typeof given === "number" ? idField?.name : undefined);
      if (idField) {
        const id = slots[idField.slot];
        if (typeof id !== "string" || id === "") problems.push({ code: typeof given === "number" ? "ID_MUST_BE_STRING" : "ID_MISSING", pointer: `${at}/${collection.idField}`, field: idField.name });
        else if (seen.has(id)) problems.push({ code: "DUPLICATE_ID", pointer: `${at}/${collection.idField}`, field: idField.name });
        seen.add(id);
      }
      return slots;
    });
  };
}

type Tree = Map<string, { readonly inner: Tree } | null>;

/** Objects on the way to fields, so that a text where an object belongs is seen. */
function tree(fields: Iterable<string>, collections: Iterable<string>): Tree {
  const root: Tree = new Map();
  for (const name of [...fields, ...collections]) {
    let node = root;
    const path = name.split(".");
    path.forEach((step, i) => {
      if (i === path.length - 1) node.set(step, null);
      else {
        const next = node.get(step) ?? { inner: new Map() };
        node.set(step, next);
        node = next.inner;
      }
    });
  }
  return root;
}

function checkObjects(known: Tree, json: Json, pointer: string, problems: RecordProblem[]): void {
  for (const [key, branch] of known) {
    if (!branch) continue;
    const value = Object.hasOwn(json, key) ? json[key] : undefined;
    if (value === undefined || value === null) continue;
    if (isObject(value)) checkObjects(branch.inner, value, `${pointer}/${key}`, problems);
    else problems.push({ code: "TYPE_INVALID", pointer: `${pointer}/${key}`, field: key });
  }
}

function fieldReader(field: Field, zone: string): FieldReader {
  return { path: field.name.split("."), slot: field.slot, field, read: readerOf(field, zone) };
}
