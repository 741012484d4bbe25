import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { checkShape, closest, DiagnosticError, Findings, isObject, parseJson, Spot, type Catalogue, type Collection, type Diagnostic, type Field, type Lang, type SourceRecord } from "@evertend/core";
import type { ConnectionReference } from "../postgres/connect-postgres.js";
import type { WarehouseSource } from "../source/source-options.js";
import { diagnosticError } from "../throw-diagnostic.js";
import { isDateFormat, type ColumnMapping } from "./column-value.js";
import { checkOneKey, mappingShape } from "./mapping-shape.js";
import { rowMapper, type MappedFields, type OnFault } from "./map-row.js";
import { openFileTables } from "./open-file-tables.js";
import { openPostgresTables } from "./open-postgres-tables.js";
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
  readonly customers: { readonly from: string; readonly id: string; readonly fields: FieldsJson };
  readonly collections?: Readonly<Record<string, { readonly from: string; readonly customer: string; readonly fields: FieldsJson }>>;
  readonly context?: Readonly<Record<string, { readonly from: string; readonly fields: FieldsJson }>>;
}
type FieldsJson = Readonly<Record<string, string | ColumnMapping>>;

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
    const fieldsOf = (at: Spot, from: string, keys: Readonly<Record<string, string>>, fields: FieldsJson, known: ReadonlyMap<string, Field>): Promise<MappedFields> => checkTable(tables, at, from, keys, fields, known);
    const own = await fieldsOf(spot.at("customers"), customers.from, { id: customers.id }, without(customers.fields, model.idField, spot), model.fields);
    const children: Child[] = [];
    for (const [name, one] of Object.entries(collections)) {
      const at = spot.at("collections").at(name);
      const collection = known(model.collections, name, at);
      if (collection) children.push({ name, from: one.from, mapped: await fieldsOf(at, one.from, { customer: one.customer }, one.fields, collection.fields) });
    }
    const contexts: Child[] = [];
    for (const [name, one] of Object.entries(context)) {
      const at = spot.at("context").at(name);
      const collection = known(model.context, name, at);
      if (collection) contexts.push({ name, from: one.from, mapped: await fieldsOf(at, one.from, {}, one.fields, collection.fields) });
    }
    if (findings.hasErrors) throw new DiagnosticError(findings.sorted());

    const faults = new Map<string, Diagnostic>();
    const faultIn = (table: string): OnFault => (row, column, expected) => {
      const key = `${table}\n${row}\n${column}`;
      if (faults.size >= faultLimit || faults.has(key)) return;
      for (const one of diagnosticError(lang, "COLUMN_VALUE_INVALID", { file: table, line: row }, { name: column, line: row, expected }).diagnostics) faults.set(key, one);
    };
    const records = (): AsyncIterable<SourceRecord> => join(tables, { name: model.idField, from: customers.from, mapped: own }, children, faultIn);
    return {
      name: file,
      unknownColumns: [],
      variables: [],
      total: () => tables.count(customers.from),
      records,
      fingerprint: async () => {
        // The tables' own numbers say nothing of their rows' content: it is read once more.
        const hash = createHash("sha256");
        for await (const { row, json } of records()) hash.update(`${row} ${json}\n`);
        return hash.digest("hex");
      },
      context: async () => {
        const entries: [string, unknown][] = [];
        for (const { name, from, mapped } of contexts) {
          const write = rowMapper(mapped, 0, faultIn(from));
          const items: unknown[] = [];
          for await (const row of tables.rows(from, mapped.columns, false)) items.push(JSON.parse(write(row)));
          entries.push([name, items]);
        }
        return Object.fromEntries(entries);
      },
      faults: () => [...faults.values()],
      close: () => tables.close(),
    };
  } catch (error) {
    await tables.close();
    throw error;
  }
}

interface Child {
  readonly name: string;
  readonly from: string;
  readonly mapped: MappedFields;
}

/** Customers with their items, by merging tables that are all in the order of the customer's id. */
async function* join(tables: TableReader, customers: Child, children: readonly Child[], faultIn: (table: string) => OnFault): AsyncGenerator<SourceRecord> {
  const write = rowMapper(customers.mapped, 1, faultIn(customers.from));
  const readers = children.map(({ name, from, mapped }) => ({ name, path: name.split("."), write: rowMapper(mapped, 1, faultIn(from)), rows: tables.rows(from, mapped.columns, true)[Symbol.asyncIterator](), next: undefined as TableRow | undefined, of: "", items: [] as string[] }));
  try {
    for (const reader of readers) reader.next = await pull(reader.rows);
    for await (const row of tables.rows(customers.from, customers.mapped.columns, true)) {
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
      const members = [...(row.values[0] === null ? [] : [`${JSON.stringify(customers.name)}:${JSON.stringify(id)}`]), ...readers.map(({ name, items }) => `${JSON.stringify(name)}:[${items.join(",")}]`)];
      yield { row: row.row, id, json: write(row, members) };
    }
  } finally {
    for (const { rows } of readers) await rows.return?.();
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
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return { mapping: document.value as Mapping, spot };
}

async function checkTable(tables: TableReader, at: Spot, from: string, keys: Readonly<Record<string, string>>, given: FieldsJson, known: ReadonlyMap<string, Field>): Promise<MappedFields> {
  const columns = await tables.columns(from);
  if (columns === undefined) at.at("from").report("UNKNOWN_REFERENCE", { name: from });
  const checkColumn = (name: string, spot: Spot): void => {
    if (columns !== undefined && !columns.includes(name)) spot.report("COLUMN_UNKNOWN", { name, suggestion: closest(name, columns) ?? "", allowed: columns.join(", ") });
  };
  for (const [key, column] of Object.entries(keys)) checkColumn(column, at.at(key));
  const fields: { field: Field; mapping: ColumnMapping }[] = [];
  for (const [name, value] of Object.entries(given)) {
    const spot = at.at("fields").at(name);
    const field = known.get(name);
    const mapping = typeof value === "string" ? { column: value } : value;
    checkColumn(mapping.column, typeof value === "string" ? spot : spot.at("column"));
    if (mapping.format !== undefined && (field?.type !== "date" || !isDateFormat(mapping.format))) spot.at("format").report("UNKNOWN_REFERENCE", { name: mapping.format, allowed: "yyyyMMdd, yyyy-MM-dd, dd.MM.yyyy" });
    if (field === undefined) spot.report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, [...known.keys()]) ?? "", allowed: [...known.keys()].join(", ") });
    else fields.push({ field, mapping });
  }
  return { fields, columns: [...Object.values(keys).map((name) => ({ name, json: false })), ...fields.map(({ field, mapping }) => ({ name: mapping.column, json: field.type === "list" }))] };
}

function known(collections: ReadonlyMap<string, Collection>, name: string, at: Spot): Collection | undefined {
  const found = collections.get(name);
  if (!found) at.report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, [...collections.keys()]) ?? "", allowed: [...collections.keys()].join(", ") });
  return found;
}

/** The id has its own key: said twice, the two could differ. */
function without(fields: FieldsJson, idField: string, spot: Spot): FieldsJson {
  if (Object.hasOwn(fields, idField)) spot.at("customers").at("fields").at(idField).report("UNKNOWN_KEY", { name: idField, suggestion: "id", allowed: "id" });
  return Object.fromEntries(Object.entries(fields).filter(([name]) => name !== idField));
}

function inFolder(files: Readonly<Record<string, string>>, file: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).map(([name, path]) => [name, resolve(dirname(file), path)]));
}

function referenceIn(reference: ConnectionReference, file: string): ConnectionReference {
  return "file" in reference ? { file: resolve(dirname(file), reference.file) } : reference;
}
