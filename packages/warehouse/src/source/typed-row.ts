import { jsonFieldText } from "./ndjson-source.js";
import { columnText, objectText, type TypedColumn } from "./row-json.js";
import { rowMark } from "./row-mark.js";
import type { RowQuery } from "./sorted-rows.js";

/**
 * What is made of a row of typed columns.
 *
 * @throws NestingConflict
 */
export function typedRow(columns: readonly (TypedColumn & { readonly sql: string })[]): Pick<RowQuery, "json" | "mark" | "text" | "columns"> {
  const json = objectText(columns.map(columnText));
  return {
    json,
    columns,
    mark: rowMark(json, columns),
    text(field) {
      const column = columns.find(({ name }) => name === field);
      return column === undefined ? jsonFieldText(json, field) : `CAST(${column.sql} AS VARCHAR)`;
    },
  };
}
