import type { Field } from "@evertend/core";
import { columnValue, expectedOf, type ColumnMapping } from "./column-value.js";
import type { TableColumn, TableRow } from "./table-reader.js";

/** A table's columns as fields of one object of the model. */
export interface MappedFields {
  readonly columns: readonly TableColumn[];
  readonly fields: readonly { readonly field: Field; readonly mapping: ColumnMapping }[];
}

/** Told of each value that does not fit; never gets the value. */
export type OnFault = (row: number, column: string, expected: string) => void;

interface Branch {
  readonly children: Map<string, Branch | number>;
}

/**
 * Writes rows as JSON objects, dotted names as nested objects; NULL is left out. Where a value does not fit, an empty
 * object takes its place: no field takes one, so core sets the customer aside.
 *
 * @param skip columns of the row before the first field
 * @param extra names whose values come as JSON texts with each row, before the fields; `""` leaves one out
 */
export function rowMapper({ fields }: MappedFields, skip: number, onFault: OnFault, extra: readonly string[] = []): (row: TableRow, texts?: readonly string[]) => string {
  const root: Branch = { children: new Map() };
  [...extra, ...fields.map(({ field }) => field.name)].forEach((name, i) => {
    let branch = root;
    const parts = name.split(".");
    for (const part of parts.slice(0, -1)) {
      const next = branch.children.get(part);
      const child: Branch = typeof next === "object" ? next : { children: new Map() };
      branch.children.set(part, child);
      branch = child;
    }
    branch.children.set(parts.at(-1) ?? "", i);
  });
  const valueOf = (i: number, row: TableRow): string => {
    const text = row.values[skip + i];
    const one = fields[i];
    if (text === null || text === undefined || one === undefined) return "";
    const value = columnValue(one.field, one.mapping, text);
    if (value === undefined) onFault(row.row, one.mapping.column, expectedOf(one.field, one.mapping));
    return value ?? "{}";
  };
  const members = (branch: Branch, row: TableRow, texts: readonly string[]): string[] =>
    [...branch.children].flatMap(([key, child]) => {
      const inner = typeof child === "object" ? objectOf(members(child, row, texts), "") : child < extra.length ? (texts[child] ?? "") : valueOf(child - extra.length, row);
      return inner === "" ? [] : [`${JSON.stringify(key)}:${inner}`];
    });
  return (row, texts = []) => objectOf(members(root, row, texts), "{}");
}

function objectOf(members: readonly string[], empty: string): string {
  return members.length === 0 ? empty : `{${members.join(",")}}`;
}
