import { createHash } from "node:crypto";
import type { DuckDBType } from "@duckdb/node-api";
import { literal } from "./sql-text.js";

/** A column that a row is made of: SQL that names it, and its type; absent = text. */
export interface MarkedColumn {
  readonly sql: string;
  readonly type?: DuckDBType;
}

/** Scalars whose values differ where their texts do; of all others the text is hashed. */
const plain = /^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL.*|VARCHAR|BLOB|UUID|DATE|TIME|TIMESTAMP.*)$/;

/**
 * SQL for a hash (UBIGINT) that is another where a row is another, without writing the row as text. `made` says what is
 * made of the columns, so that other names or types make other marks.
 *
 * DuckDB's own hash takes NULL, an empty list and a list of one NULL for the same: what is nested is hashed with its lengths.
 */
export function rowMark(made: string, columns: readonly MarkedColumn[]): string {
  const seed = createHash("sha256").update(made).digest("hex").slice(0, 16);
  return `hash(${[literal(seed), ...columns.flatMap(({ sql, type }) => (type === undefined ? [sql] : partsOf(sql, type, 0)))].join(", ")})`;
}

/** What tells two values of a type apart, as values that `hash` tells apart. */
function partsOf(value: string, type: DuckDBType, depth: number): readonly string[] {
  const text = type.toString();
  if ("entryTypes" in type && "entryNames" in type && text.startsWith("STRUCT")) {
    const { entryNames } = type;
    return [`(${value} IS NULL)`, ...type.entryTypes.flatMap((entry, i) => partsOf(`struct_extract(${value}, ${literal(entryNames[i] ?? "")})`, entry, depth))];
  }
  if ("valueType" in type && !("keyType" in type)) {
    const item = `item${depth}`;
    const parts = partsOf(item, type.valueType, depth + 1);
    return [`len(${value})`, parts.length === 1 && parts[0] === item ? value : `list_transform(${value}, lambda ${item}: hash(${parts.join(", ")}))`];
  }
  return [plain.test(text) ? value : `CAST(${value} AS VARCHAR)`];
}
