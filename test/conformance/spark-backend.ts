import { formatDay, type Field, type Item } from "@evertend/core";
import { spark } from "@evertend/warehouse";
import { sparkMissing, startSpark } from "../spark/start-spark.js";
import type { Backend } from "./backend.js";
import { createSqlBackend, type Cell, type ColumnType, type SqlHost } from "./sql-backend.js";

/** Spark, with collections as lists of structs in the customer's row. */
export const sparkBackend: Backend = createSqlBackend({ name: "spark", skipAll: () => Promise.resolve(sparkMissing()), open });

async function open(): Promise<SqlHost> {
  const session = await startSpark();
  console.info(`conformance: Spark ${session.version}`);
  let views: (readonly [string, string])[] = [];
  return {
    dialect: spark,
    collections: "nested",
    makeTable(name, columns, rows) {
      const select = (row: readonly Cell[]): string => `SELECT ${columns.map((column, i) => `CAST(${literal(row[i], column.type)} AS ${typeOf(column.type)}) AS ${spark.identifier(column.name)}`).join(", ")}`;
      views.push([name, rows.length === 0 ? `${select([])} WHERE FALSE` : rows.map(select).join(" UNION ALL ")]);
      return Promise.resolve();
    },
    async run({ text, parameters }) {
      const made = views;
      views = [];
      return session.ask({ views: made, text, args: Object.fromEntries(parameters.map(({ value }, i) => [`p${i + 1}`, value])) });
    },
    close: () => Promise.resolve(session.close()),
  };
}

function fieldType(field: Field): ColumnType {
  return field.type === "list" ? { kind: "list", of: field.elementType ?? "text" } : { kind: field.type === "date" ? "day" : field.type };
}

function typeOf(type: ColumnType): string {
  switch (type.kind) {
    case "items":
      return `ARRAY<STRUCT<${type.fields.map((field) => `${spark.identifier(field.name)}: ${typeOf(fieldType(field))}`).join(", ")}>>`;
    case "list":
      return `ARRAY<${spark.types[type.of]}>`;
    case "day":
      return "DATE";
    case "integer":
      return "INT";
    default:
      return spark.types[type.kind];
  }
}

function literal(cell: Cell, type: ColumnType): string {
  if (cell === undefined || cell === null) return "NULL";
  switch (type.kind) {
    case "items":
      return `array(${(cell as readonly Item[]).map((item) => `named_struct(${type.fields.map((field) => `${text(field.name)}, CAST(${literal(item[field.slot], fieldType(field))} AS ${typeOf(fieldType(field))})`).join(", ")})`).join(", ")})`;
    case "list":
      return `array(${(cell as readonly (string | number)[]).map((one) => literal(one, { kind: type.of })).join(", ")})`;
    case "day":
      return `DATE '${formatDay(cell as number)}'`;
    case "number":
      return `CAST('${String(cell)}' AS DOUBLE)`;
    case "text":
      return text(String(cell));
    default:
      return String(cell);
  }
}

function text(value: string): string {
  return `'${value.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
