import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkShape, DiagnosticError, Findings, isObject, parseJson, Spot, type Catalogue, type Collection, type Diagnostic, type Lang, type RecordMark, type SourceRecord } from "@evertend/core";
import type { ConnectionReference } from "../postgres/connect-postgres.js";
import { askRows } from "../answers/ask-rows.js";
import { compareRows } from "../answers/compare-rows.js";
import { fillRows } from "../answers/fill-rows.js";
import { DuckDbSession } from "../source/duckdb-session.js";
import type { WarehouseSource } from "../source/source-options.js";
import { diagnosticError } from "../throw-diagnostic.js";

import { checkRelation, type FieldsJson, type RelationRequest } from "./check-relation.js";
import { columnValue } from "./column-value.js";
import { checkOneKey, mappingShape } from "./mapping-shape.js";
import { rowMapper, type MappedFields, type OnFault } from "./map-row.js";
import { openFileTables } from "./open-file-tables.js";
import { openPostgresTables } from "./open-postgres-tables.js";
import { readRelation, reportUnknown, type Relation, type RelationJson } from "./relation.js";
import type { TableReader, TableRow } from "./table-reader.js";

/** What `openMappedSource` needs. */
export interface MappedSourceOptions {
  /** The mapping, a JSON file; paths in it start at its folder. */
  readonly file: string;
  readonly model: Catalogue;
  readonly lang: Lang;
  /** How many faults of the data are kept; default 100. */
  readonly faultLimit?: number;
}

/** Customers out of a bank's own tables. */
export interface MappedSource extends WarehouseSource {
  /** Values that did not fit so far, with row and column, never with the value; at most `faultLimit`. */
  faults(): readonly Diagnostic[];
}

interface Mapping {
  readonly source: { readonly files: Readonly<Record<string, string>> } | { readonly postgres: ConnectionReference };
  readonly customers: { readonly from: RelationJson; readonly id: string; readonly fields?: FieldsJson };
  readonly collections?: Readonly<Record<string, { readonly from: RelationJson; readonly customer: string; readonly fields?: FieldsJson }>>;
  readonly context?: Readonly<Record<string, { readonly from: RelationJson; readonly fields?: FieldsJson }>>;
}

/**
 * Opens the tables that a mapping names, checked against the model: all that is wrong with the mapping is said at once,
 * with its place. Customers and the rows of their collections are read in one pass, each table in the order of the
 * customer's id, so that memory does not grow with their number.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, what is wrong inside the mapping (UNKNOWN_REFERENCE, COLUMN_UNKNOWN,
 * SECRET_LITERAL, …), what opening the tables throws
 */
export async function openMappedSource({ file, model, lang, faultLimit = 100 }: MappedSourceOptions): Promise<MappedSource> {
  const findings = new Findings(lang);
  const { mapping, spot } = await readMapping(file, lang, findings);
  const tables = "files" in mapping.source ? await openFileTables(inFolder(mapping.source.files, file), lang) : await openPostgresTables(referenceIn(mapping.source.postgres, file), lang);
  try {
    const { customers, collections = {}, context = {} } = mapping;
    const relationOf = async (name: string, at: Spot, from: RelationJson, request: Omit<RelationRequest, "at" | "relation">): Promise<Child> => {
      const relation = await readRelation(from, name, at.at("from"), file, lang);
      return { name, relation: relation ?? { name }, mapped: relation ? await checkRelation(tables, { at, relation, ...request }) : { fields: [], columns: [] } };
    };
    const own = await relationOf("customers", spot.at("customers"), customers.from, { keys: { id: customers.id }, fields: without(customers.fields, model.idField, spot), known: model.fields, idField: model.idField });
    const children: Child[] = [];
    for (const [name, one] of Object.entries(collections)) {
      const at = spot.at("collections").at(name);
      const collection = known(model.collections, name, at);
      if (collection) children.push(await relationOf(name, at, one.from, { keys: { customer: one.customer }, fields: one.fields, known: collection.fields }));
    }
    const contexts: Child[] = [];
    for (const [name, one] of Object.entries(context)) {
      const at = spot.at("context").at(name);
      const collection = known(model.context, name, at);
      if (collection) contexts.push(await relationOf(name, at, one.from, { keys: {}, fields: one.fields, known: collection.fields }));
    }
    if (findings.hasErrors) throw new DiagnosticError(findings.sorted());

    const faults = new Map<string, Diagnostic>();
    const faultIn = (table: string): OnFault => (row, column, expected) => {
      const key = `${table}\n${row}\n${column}`;
      if (faults.size >= faultLimit || faults.has(key)) return;
      for (const one of diagnosticError(lang, "COLUMN_VALUE_INVALID", { file: table, line: row }, { name: column, line: row, expected }).diagnostics) faults.set(key, one);
    };
    let session: DuckDbSession | undefined;
    const records = (ids?: readonly string[]): AsyncIterable<SourceRecord> => join(tables, model.idField, own, children, faultIn, ids);
    return {
      name: file,
      unknownColumns: [],
      variables: [],
      total: () => tables.count(own.relation),
      records,
      marks: (field) => (field === undefined ? hashMarks(records()) : fieldMarks(tables, own, field)),
      fingerprint: async () => {
        // The tables' own numbers say nothing of their rows' content: it is read once more.
        const hash = createHash("sha256");
        for await (const { row, mark } of records()) hash.update(`${row} ${mark ?? ""}\n`);
        return hash.digest("hex");
      },
      context: async () => {
        const entries: [string, unknown][] = [];
        for (const { name, relation, mapped } of contexts) {
          const write = rowMapper(mapped, 0, faultIn(relation.name));
          const items: unknown[] = [];
          for await (const row of tables.rows(relation, mapped.columns, false)) items.push(JSON.parse(write(row)));
          entries.push([name, items]);
        }
        return Object.fromEntries(entries);
      },
      answer: async (request) => {
        session ??= await DuckDbSession.open({});
        return askRows(session, await fillRows(session, records()), request, (row) => row);
      },
      compare: async (request) => {
        session ??= await DuckDbSession.open({});
        return compareRows(session, await fillRows(session, records()), request);
      },
      faults: () => [...faults.values()],
      close: async () => {
        session?.close();
        await tables.close();
      },
    };
  } catch (error) {
    await tables.close();
    throw error;
  }
}

interface Child {
  readonly name: string;
  readonly relation: Relation;
  readonly mapped: MappedFields;
}

/** Customers with their items, by merging tables that are all in the order of the customer's id. */
async function* join(tables: TableReader, idField: string, customers: Child, children: readonly Child[], faultIn: (table: string) => OnFault, ids?: readonly string[]): AsyncGenerator<SourceRecord> {
  const write = rowMapper(customers.mapped, 1, faultIn(customers.relation.name), [idField, ...children.map(({ name }) => name)]);
  const readers = children.map(({ relation, mapped }) => ({ write: rowMapper(mapped, 1, faultIn(relation.name)), rows: tables.rows(relation, mapped.columns, true, ids)[Symbol.asyncIterator](), next: undefined as TableRow | undefined, of: "", items: [] as string[] }));
  try {
    for (const reader of readers) reader.next = await pull(reader.rows);
    for await (const row of tables.rows(customers.relation, customers.mapped.columns, true, ids)) {
      const id = row.values[0] ?? "";
      for (const reader of readers) {
        // Two customers of one id both get the items; core says that the id is taken.
        if (reader.of !== id) reader.items = [];
        reader.of = id;
        while (reader.next !== undefined && (reader.next.values[0] ?? "") <= id) {
          if (reader.next.values[0] === id) reader.items.push(reader.write(reader.next));
          reader.next = await pull(reader.rows);
        }
      }
      const json = write(row, [row.values[0] === null ? "" : JSON.stringify(id), ...readers.map(({ items }) => `[${items.join(",")}]`)]);
      yield { row: row.row, id, json, mark: createHash("sha256").update(json).digest("hex").slice(0, 16) };
    }
  } finally {
    for (const { rows } of readers) await rows.return?.();
  }
}

async function* hashMarks(records: AsyncIterable<SourceRecord>): AsyncGenerator<RecordMark> {
  for await (const { id, mark } of records) yield { id, mark: mark ?? null };
}

/** A field of the customers' own table, without what belongs to them. */
async function* fieldMarks(tables: TableReader, { relation, mapped }: Child, name: string): AsyncGenerator<RecordMark> {
  const at = mapped.fields.findIndex(({ field }) => field.name === name);
  const [key] = mapped.columns;
  const [one, column] = [mapped.fields[at], mapped.columns[at + 1]];
  for await (const { values: [id, text] } of tables.rows(relation, [key, column].filter((wanted) => wanted !== undefined), true)) {
    const value = one === undefined || text === null || text === undefined ? undefined : columnValue(one.field, one.mapping, text);
    yield { id: id ?? "", mark: value === undefined ? null : String(JSON.parse(value)) };
  }
}

async function pull(rows: AsyncIterator<TableRow>): Promise<TableRow | undefined> {
  const next = await rows.next();
  return next.done === true ? undefined : next.value;
}

async function readMapping(file: string, lang: Lang, findings: Findings): Promise<{ mapping: Mapping; spot: Spot }> {
  const text = await readFile(file, "utf8").catch(() => {
    throw diagnosticError(lang, "FILE_NOT_FOUND", { file }, { name: file });
  });
  const document = parseJson(file, text, findings);
  if (!document) throw new DiagnosticError(findings.sorted());
  const spot = new Spot(document, "", findings);
  const source = isObject(document.value) ? document.value["source"] : undefined;
  if (isObject(source) && typeof source["postgres"] === "string") spot.at("source").at("postgres").report("SECRET_LITERAL", { name: "postgres" });
  else {
    checkShape(mappingShape, document.value, spot);
    checkOneKey(source, ["files", "postgres"], spot.at("source"));
    if (isObject(source)) checkOneKey(source["postgres"], ["env", "file"], spot.at("source").at("postgres"));
    for (const at of relationSpots(document.value, spot)) checkOneKey(at.value, ["sql", "file"], at.spot);
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return { mapping: document.value as Mapping, spot };
}

function known(collections: ReadonlyMap<string, Collection>, name: string, at: Spot): Collection | undefined {
  const found = collections.get(name);
  if (!found) reportUnknown(name, collections.keys(), at);
  return found;
}

/** The id has its own key: said twice, the two could differ. */
function without(fields: FieldsJson | undefined, idField: string, spot: Spot): FieldsJson | undefined {
  if (fields === undefined) return undefined;
  if (Object.hasOwn(fields, idField)) spot.at("customers").at("fields").at(idField).report("UNKNOWN_KEY", { name: idField, suggestion: "id", allowed: "id" });
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== idField));
}

/** Every `from` of a mapping that may not be one yet. */
function relationSpots(mapping: unknown, spot: Spot): { readonly value: unknown; readonly spot: Spot }[] {
  if (!isObject(mapping)) return [];
  const groups = ["collections", "context"].flatMap((group) => {
    const found = mapping[group];
    return isObject(found) ? Object.entries(found).map(([name, one]) => ({ one, at: spot.at(group).at(name) })) : [];
  });
  return [{ one: mapping["customers"], at: spot.at("customers") }, ...groups].flatMap(({ one, at }) => (isObject(one) ? [{ value: one["from"], spot: at.at("from") }] : []));
}

function inFolder(files: Readonly<Record<string, string>>, file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, path]) => [name, resolve(dirname(file), path)]));
}

function referenceIn(reference: ConnectionReference, file: string): ConnectionReference {
  return "file" in reference ? { file: resolve(dirname(file), reference.file) } : reference;
}
