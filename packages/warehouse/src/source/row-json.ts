import type { DuckDBType } from "@duckdb/node-api";
import { identifier, literal } from "./sql-text.js";

/** A column of a query: its name (dots go into nested objects) and its type. */
export interface TypedColumn {
  readonly name: string;
  readonly type: DuckDBType;
  /** SQL that names it; absent = its name. */
  readonly sql?: string;
}

/** SQL that gives a column's JSON text, or NULL where the value is absent. */
export interface ColumnText {
  readonly name: string;
  readonly sql: string;
}

/** Columns of which one is a value and the other would go inside it: `assets` and `assets.total`. */
export class NestingConflict extends Error {
  constructor(readonly column: string, readonly inner: string) {
    super("a column is a value and holds another");
  }
}

interface Branch {
  readonly children: Map<string, Branch>;
  sql?: string;
}

/**
 * SQL expression for the JSON text of one row. Absent values are left out, and so are objects with nothing in them.
 *
 * @throws NestingConflict
 */
export function objectText(columns: readonly ColumnText[]): string {
  const root: Branch = { children: new Map() };
  for (const column of columns) place(root, column);
  return `'{' || ${membersOf(root)} || '}'`;
}

function place(root: Branch, column: ColumnText): void {
  let branch = root;
  const parts = column.name.split(".");
  parts.forEach((part, i) => {
    if (branch.sql !== undefined) throw new NestingConflict(parts.slice(0, i).join("."), column.name);
    const next = branch.children.get(part) ?? { children: new Map<string, Branch>() };
    branch.children.set(part, next);
    branch = next;
  });
  if (branch.children.size > 0) throw new NestingConflict(column.name, `${column.name}.${[...branch.children.keys()][0] ?? ""}`);
  branch.sql = column.sql;
}

function membersOf(branch: Branch): string {
  const members = [...branch.children].map(([key, child]) => {
    // NULL || text is NULL, and concat_ws leaves NULLs out: an absent member takes its key along.
    const value = child.sql ?? `nullif('{' || ${membersOf(child)} || '}', '{}')`;
    return `${literal(`${JSON.stringify(key)}:`)} || ${value}`;
  });
  return `concat_ws(',', ${members.join(", ")})`;
}

/** SQL for the JSON text of a typed column. Numbers keep all their digits; see `exactValue`. */
export function columnText(column: TypedColumn): ColumnText {
  const value = column.sql ?? identifier(column.name);
  // JSON at the top stays as written; DuckDB would read and write it anew and shorten its decimals.
  const sql = column.type.alias === "JSON" ? `nullif(CAST(${value} AS VARCHAR), 'null')` : `CAST(to_json(${exactValue(value, column.type)}) AS VARCHAR)`;
  return { name: column.name, sql: `(CASE WHEN ${value} IS NOT NULL THEN ${sql} END)` };
}

/**
 * SQL that turns a value into one whose `to_json` is what records need: instants as ISO text in UTC, local timestamps as
 * ISO text without offset (which core refuses for an instant), NaN and infinity as text (core sets the customer aside)
 * because they have no JSON, floats by their shortest digits. Other values stay as they are.
 */
function exactValue(value: string, type: DuckDBType, depth = 0): string {
  const text = type.toString();
  if (!/TIMESTAMP|FLOAT|DOUBLE/.test(text)) return value;
  if (text === "TIMESTAMP WITH TIME ZONE") return `replace(strftime(timezone('UTC', ${value}), '%Y-%m-%dT%H:%M:%S.%fZ'), '.000000Z', 'Z')`;
  if (/^TIMESTAMP(_S|_MS|_NS)?$/.test(text)) return `replace(strftime(CAST(${value} AS TIMESTAMP), '%Y-%m-%dT%H:%M:%S.%f'), '.000000', '')`;
  if (text === "FLOAT" || text === "DOUBLE") {
    const shortest = text === "FLOAT" ? `CAST(CAST(${value} AS VARCHAR) AS DOUBLE)` : value;
    return `(CASE WHEN isfinite(${value}) THEN to_json(${shortest}) ELSE to_json(CAST(${value} AS VARCHAR)) END)`;
  }
  if ("entryTypes" in type && "entryNames" in type && text.startsWith("STRUCT")) {
    const names = type.entryNames;
    const entries = type.entryTypes.map((entry, i) => {
      const name = names[i] ?? "";
      return `${identifier(name)} := ${exactValue(`struct_extract(${value}, ${literal(name)})`, entry, depth)}`;
    });
    return `(CASE WHEN ${value} IS NOT NULL THEN struct_pack(${entries.join(", ")}) END)`;
  }
  if ("valueType" in type) {
    const item = `item${depth}`;
    if ("keyType" in type) {
      const inner = exactValue(`struct_extract(${item}, 'value')`, type.valueType, depth + 1);
      return `map_from_entries(list_transform(map_entries(${value}), lambda ${item}: struct_pack(k := struct_extract(${item}, 'key'), v := ${inner})))`;
    }
    return `list_transform(${value}, lambda ${item}: ${exactValue(item, type.valueType, depth + 1)})`;
  }
  return value;
}
