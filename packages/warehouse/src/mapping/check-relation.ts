import { closest, DiagnosticError, type Field, type Spot } from "@evertend/core";
import { isDateFormat, type ColumnMapping } from "./column-value.js";
import type { MappedFields } from "./map-row.js";
import { reportUnknown, type Relation } from "./relation.js";
import type { TableReader } from "./table-reader.js";

/** Field of the model → its column. */
export type FieldsJson = Readonly<Record<string, string | ColumnMapping>>;

/** One relation of a mapping, to be checked. */
export interface RelationRequest {
  /** Where it stands in the mapping. */
  readonly at: Spot;
  readonly relation: Relation;
  /** Columns that are no fields, by the key that names them. */
  readonly keys: Readonly<Record<string, string>>;
  /** Absent: each other column has the name of a field. */
  readonly fields: FieldsJson | undefined;
  readonly known: ReadonlyMap<string, Field>;
  /** Field that a key already gives. */
  readonly idField?: string;
}

/** What a relation's columns become; all that does not go with the model or the columns is reported at its place. */
export async function checkRelation(tables: TableReader, { at, relation, keys, fields, known, idField }: RelationRequest): Promise<MappedFields> {
  const columns = await columnsOf(tables, relation, at);
  const checkColumn = (name: string, spot: Spot): void => {
    if (columns !== undefined && !columns.includes(name)) spot.report("COLUMN_UNKNOWN", { name, suggestion: closest(name, columns) ?? "", allowed: columns.join(", ") });
  };
  for (const [key, column] of Object.entries(keys)) checkColumn(column, at.at(key));
  const own = Object.values(keys);
  const given: FieldsJson = fields ?? Object.fromEntries((columns ?? []).filter((name) => name !== idField && !(own.includes(name) && !known.has(name))).map((name) => [name, name]));
  // Said twice, the two could differ.
  if (fields === undefined && idField !== undefined && columns?.includes(idField) === true && !own.includes(idField)) at.at("from").report("UNKNOWN_KEY", { name: idField, suggestion: "id", allowed: "id" });
  const found: { field: Field; mapping: ColumnMapping }[] = [];
  for (const [name, value] of Object.entries(given)) {
    const spot = fields === undefined ? at.at("from") : at.at("fields").at(name);
    const field = known.get(name);
    const mapping = typeof value === "string" ? { column: value } : value;
    checkColumn(mapping.column, typeof value === "string" ? spot : spot.at("column"));
    if (mapping.format !== undefined && (field?.type !== "date" || !isDateFormat(mapping.format))) spot.at("format").report("UNKNOWN_REFERENCE", { name: mapping.format, allowed: "yyyyMMdd, yyyy-MM-dd, dd.MM.yyyy" });
    if (field === undefined) reportUnknown(name, known.keys(), spot);
    else found.push({ field, mapping });
  }
  return { fields: found, columns: [...own.map((name) => ({ name, json: false })), ...found.map(({ field, mapping }) => ({ name: mapping.column, json: field.type === "list" }))] };
}

async function columnsOf(tables: TableReader, relation: Relation, at: Spot): Promise<readonly string[] | undefined> {
  try {
    const columns = await tables.columns(relation);
    if (columns === undefined) at.at("from").report("UNKNOWN_REFERENCE", { name: relation.name });
    return columns;
  } catch (error) {
    // One SELECT that fails is no reason not to look at the others.
    if (!(error instanceof DiagnosticError) || relation.select === undefined) throw error;
    for (const one of error.diagnostics) at.findings.push(one);
    return undefined;
  }
}
