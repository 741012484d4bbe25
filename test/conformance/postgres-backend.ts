import { formatDay, type Value } from "@evertend/core";
import { postgres } from "@evertend/warehouse";
import { Client } from "pg";
import { postgresMissing, startPostgres } from "../postgres/start-postgres.js";
import type { Backend } from "./backend.js";
import { createSqlBackend, type Cell, type ColumnType, type SqlHost } from "./sql-backend.js";

/** PostgreSQL, with collections in tables beside the customers. */
export const postgresBackend: Backend = createSqlBackend({
  name: "postgres",
  skipAll: () => postgresMissing(),
  open,
});

async function open(): Promise<SqlHost> {
  const database = await startPostgres();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return {
    dialect: postgres,
    collections: "beside",
    async makeTable(name, columns, rows) {
      await client.query(`DROP TABLE IF EXISTS pg_temp.${name}; CREATE TEMP TABLE ${name} (${columns.map((column) => `${postgres.identifier(column.name)} ${typeOf(column.type)}`).join(", ")})`);
      if (rows.length === 0) return;
      let place = 0;
      const tuples = rows.map((row) => `(${row.map(() => `$${++place}`).join(", ")})`);
      await client.query(`INSERT INTO ${name} VALUES ${tuples.join(", ")}`, rows.flatMap((row) => row.map((cell, i) => parameter(cell, columns[i]?.type))));
    },
    run: async ({ text, parameters }) => (await client.query<Record<string, unknown>>(text, parameters.map(({ value }) => value))).rows,
    close: async () => {
      await client.end();
      await database.stop();
    },
  };
}

function typeOf(type: ColumnType): string {
  switch (type.kind) {
    case "items":
      throw new Error("items lie beside");
    case "list":
      return `${postgres.types[type.of]}[]`;
    case "day":
      return "date";
    case "integer":
      return "integer";
    default:
      return postgres.types[type.kind];
  }
}

function parameter(cell: Cell, type: ColumnType | undefined): Value {
  if (cell === undefined || cell === null) return null;
  return type?.kind === "day" ? formatDay(cell as number) : (cell as Value);
}
