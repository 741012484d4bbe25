import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { formatDay, type Field, type Item } from "@evertend/core";
import { defineSqlDialect, duckdb } from "@evertend/warehouse";
import type { Backend } from "./backend.js";
import { createSqlBackend, type Cell, type ColumnType, type SqlHost } from "./sql-backend.js";

/** DuckDB with collections as lists of structs in the customer's row, as Parquet files have them. */
export const duckdbBackend: Backend = createSqlBackend({ name: "duckdb", open: () => open("nested") });

/** DuckDB with collections in tables beside the customers. */
export const duckdbTablesBackend: Backend = createSqlBackend({ name: "duckdb, tables", open: () => open("beside") });

/** DuckDB as if it could hold but a few columns: each pack is worked on in parts. */
export const duckdbNarrowBackend: Backend = createSqlBackend({ name: "duckdb, narrow", open: () => open("nested", defineSqlDialect({ ...duckdb, maxColumns: 12 })) });

async function open(collections: SqlHost["collections"], dialect = duckdb): Promise<SqlHost> {
  const db: DuckDBConnection = await (await DuckDBInstance.create(":memory:")).connect();
  return {
    dialect,
    collections,
    async makeTable(name, columns, rows) {
      await db.run(`CREATE OR REPLACE TEMP TABLE ${name} (${columns.map((column) => `${duckdb.identifier(column.name)} ${typeOf(column.type)}`).join(", ")})`);
      if (rows.length === 0) return;
      await db.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row.map((cell, i) => literal(cell, (columns[i] as { type: ColumnType }).type)).join(", ")})`).join(", ")}`);
    },
    run: async ({ text, parameters }) => (await db.runAndReadAll(text, parameters.map(({ value }) => value))).getRowObjectsJson(),
  };
}

function fieldType(field: Field): ColumnType {
  return field.type === "list" ? { kind: "list", of: field.elementType ?? "text" } : { kind: field.type === "date" ? "day" : field.type };
}

function typeOf(type: ColumnType): string {
  switch (type.kind) {
    case "items":
      return `STRUCT(${type.fields.map((field) => `${duckdb.identifier(field.name)} ${typeOf(fieldType(field))}`).join(", ")})[]`;
    case "list":
      return type.of === "number" ? "DOUBLE[]" : "VARCHAR[]";
    case "day":
      return "DATE";
    case "integer":
      return "INTEGER";
    default:
      return duckdb.types[type.kind];
  }
}

function literal(cell: Cell, type: ColumnType): string {
  if (cell === undefined || cell === null) return "NULL";
  switch (type.kind) {
    case "items":
      return `[${(cell as readonly Item[]).map((item) => `{${type.fields.map((field) => `${text(field.name)}: CAST(${literal(item[field.slot], fieldType(field))} AS ${typeOf(fieldType(field))})`).join(", ")}}`).join(", ")}]`;
    case "list":
      return `[${(cell as readonly (string | number)[]).map((one) => literal(one, { kind: type.of })).join(", ")}]`;
    case "day":
      return `CAST('${formatDay(cell as number)}' AS DATE)`;
    case "number":
      return `CAST('${String(cell)}' AS DOUBLE)`;
    case "text":
      return text(String(cell));
    default:
      return String(cell);
  }
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
