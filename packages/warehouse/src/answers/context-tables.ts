import { formatDay, type Catalogue, type Field, type NormalContext, type Value } from "@evertend/core";
import type { DuckDbSession } from "../source/duckdb-session.js";
import { identifier } from "../source/sql-text.js";
import { columnType } from "./column-type.js";

/**
 * Puts the context collections, as core made them, into tables.
 *
 * @returns the relation of each by name; those that are not known have none
 */
export async function fillContextTables(session: DuckDbSession, model: Catalogue, context: NormalContext): Promise<Readonly<Record<string, string>>> {
  const relations: Record<string, string> = {};
  for (const { name, slot, fields } of model.context.values()) {
    const items = context[slot];
    if (!items) continue;
    const own = [...fields.values()];
    const table = `"memory"."main"."evertend_context_${slot}"`;
    await session.connection.run(`CREATE OR REPLACE TABLE ${table} ("@ordinal" INTEGER${own.map((field) => `, ${identifier(field.name)} ${columnType(field)}`).join("")})`);
    const insert = `INSERT INTO ${table} VALUES (${["$1::INTEGER", ...own.map((field, i) => parameter(field, i + 2))].join(", ")})`;
    const prepared = await session.connection.prepare(insert);
    for (const [ordinal, item] of items.entries()) {
      prepared.bind([ordinal, ...own.map((field) => shown(field, item[field.slot]))]);
      await prepared.run();
    }
    prepared.destroySync();
    relations[name] = table;
  }
  return relations;
}

/** Lists go in as JSON: a parameter has one type. */
function parameter(field: Field, place: number): string {
  if (field.type === "list") return `CAST(from_json($${place}::VARCHAR, '["${field.elementType === "number" ? "DOUBLE" : "VARCHAR"}"]') AS ${columnType(field)})`;
  return `CAST($${place}::${field.type === "date" ? "VARCHAR" : columnType(field)} AS ${columnType(field)})`;
}

function shown(field: Field, value: Value): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return JSON.stringify(value);
  return field.type === "date" ? formatDay(value as number) : (value as string | number | boolean);
}
