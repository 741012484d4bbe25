import type { Catalogue } from "@evertend/core";
import type { KeptRows } from "../source/sorted-rows.js";
import { identifier } from "../source/sql-text.js";
import { typedColumns } from "./typed-columns.js";
import { parsedJson, typedJson } from "./typed-json.js";

/**
 * Kept rows as the model wants them: `@place` (from 0, in the order of customers), `@id`, `@odd` (core has to judge the
 * record), a column a field by its dotted name, and a list of structs a collection.
 */
export function typedRelation(model: Catalogue, rows: KeptRows): string {
  const columns = rows.columns && typedColumns(model, rows.columns);
  const { cells, odd } = columns ?? typedJson(model);
  const from = columns ? rows.table : parsedJson(model, rows.json, `(SELECT *, rowid FROM ${rows.table})`);
  const selected = [
    `r.rowid AS "@place"`, `r."id" AS "@id"`,
    `(${odd.length === 0 ? "FALSE" : odd.map((one) => `COALESCE(${one}, FALSE)`).join(" OR ")}) AS "@odd"`,
    ...cells.map(({ name, sql }) => `${sql} AS ${identifier(name)}`),
  ];
  return `(SELECT ${selected.join(", ")} FROM ${from} r)`;
}
