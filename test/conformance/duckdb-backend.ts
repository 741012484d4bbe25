import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, createNormaliser, DiagnosticError, formatDay, loadPack, parseDay, type Collection, type Field, type Item, type NormalRecord, type Program } from "@evertend/core";
import { canonicalLayout, compileSql, duckdb, stateColumns } from "@evertend/warehouse";
import { batchOf, type Answer, type Backend, type Batch } from "./backend.js";
import { errorsOf, stateOf } from "./compiled-backend.js";
import { answerOfRow } from "./sql-answers.js";

const environment = createEnvironment([bankingPlugin]);
const quote = (name: string): string => duckdb.identifier(name);

let connection: Promise<DuckDBConnection> | undefined;

/** The pack as SQL on DuckDB, over tables that hold what core made of the records. */
export const duckdbBackend: Backend = {
  name: "duckdb",
  answers: "full",
  skip: (one) => ("picks" in one.expect ? "which product an offer picks is asked of core" : undefined),
  run: async (one) => (await runMany(batchOf(one)))[0] as Answer,
  runMany,
};

async function runMany(batch: Batch): Promise<readonly Answer[]> {
  const { program, diagnostics } = loadPack(batch.files, { environment });
  if (!program) return batch.people.map(() => errorsOf(diagnostics));
  try {
    // Records are checked by core, whatever evaluates them.
    const normaliser = createEngine(program, batch.context ? { context: batch.context } : {});
    const checked = batch.people.map(({ record }) => {
      const result = normaliser.evaluate(record, { asOf: batch.asOf });
      return "setAside" in result ? errorsOf(result.setAside) : { record: result.evaluation.record };
    });
    const records = checked.flatMap((one) => ("record" in one ? [one.record] : []));
    const answers = records.length === 0 ? new Map<string, Answer>() : await ask(batch, program, records, await (connection ??= connect()));
    return checked.map((one) => ("errors" in one ? one : (answers.get(one.record.id) as Answer)));
  } catch (error) {
    if (error instanceof DiagnosticError) return batch.people.map(() => errorsOf(error.diagnostics));
    throw error;
  }
}

async function connect(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(":memory:")).connect();
}

function typeOf(field: Field): string {
  if (field.type === "date") return "DATE";
  if (field.type === "list") return field.elementType === "number" ? "DOUBLE[]" : "VARCHAR[]";
  return duckdb.types[field.type];
}

function literal(value: unknown, field: Field): string {
  if (value === undefined || value === null) return "NULL";
  if (Array.isArray(value)) return `[${value.map((item) => (typeof item === "number" ? `CAST('${item}' AS DOUBLE)` : text(String(item)))).join(", ")}]`;
  if (field.type === "date") return `CAST('${formatDay(value as number)}' AS DATE)`;
  return typeof value === "string" ? text(value) : typeof value === "number" ? `CAST('${value}' AS DOUBLE)` : String(value);
}

function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

function structType(collection: Collection): string {
  return `STRUCT(${[...collection.fields.values()].map((field) => `${quote(field.name)} ${typeOf(field)}`).join(", ")})`;
}

function itemsLiteral(collection: Collection, items: readonly Item[] | undefined): string {
  if (!items) return "NULL";
  return `[${items.map((item) => `{${[...collection.fields.values()].map((field) => `${text(field.name)}: CAST(${literal(item[field.slot], field)} AS ${typeOf(field)})`).join(", ")}}`).join(", ")}]`;
}

async function makeTable(db: DuckDBConnection, name: string, columns: readonly string[], rows: readonly string[]): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE ${name} (${columns.join(", ")})`);
  if (rows.length > 0) await db.run(`INSERT INTO ${name} VALUES ${rows.map((row) => `(${row})`).join(", ")}`);
}

async function ask(batch: Batch, program: Program, records: readonly NormalRecord[], db: DuckDBConnection): Promise<ReadonlyMap<string, Answer>> {
  const { model } = program;
  const fields = [...model.fields.values()];
  const collections = [...model.collections.values()];
  await makeTable(
    db, "customers",
    [...fields.map((field) => `${quote(field.name)} ${typeOf(field)}`), ...collections.map((collection) => `${quote(collection.name)} ${structType(collection)}[]`)],
    records.map((record) => [...fields.map((field) => literal(record.slots[field.slot], field)), ...collections.map((collection) => itemsLiteral(collection, record.collections[collection.slot]))].join(", ")),
  );
  const context: Record<string, string> = {};
  const normaliser = createNormaliser(model);
  for (const collection of model.context.values()) {
    const given = batch.context?.[collection.name];
    if (given === undefined || given === null) continue;
    const table = `context_${collection.slot}`;
    context[collection.name] = table;
    const items = normaliser.items(collection, given) as readonly Item[];
    const own = [...collection.fields.values()];
    await makeTable(db, table, [`"@ordinal" INTEGER`, ...own.map((field) => `${quote(field.name)} ${typeOf(field)}`)], items.map((item, i) => [String(i), ...own.map((field) => literal(item[field.slot], field))].join(", ")));
  }
  const states = new Map(batch.people.map(({ record, state }) => [record["customerId"], stateOf(state, String(record["customerId"]), batch.asOf)] as const));
  const remembers = program.levels.length > 0 && [...states.values()].some((state) => state !== undefined);
  if (remembers) {
    const columns = stateColumns(program);
    await makeTable(
      db, "last_facts",
      [`"@id" VARCHAR`, ...columns.map(({ name, type }) => `${quote(name)} ${type === "day" ? "DATE" : "VARCHAR"}`)],
      [...states].flatMap(([id, state]) => (state ? [[text(String(id)), ...columns.map(({ name, type }) => {
        const value = state.lastFacts[name];
        return typeof value !== "string" || (type === "day" && parseDay(value) === undefined) ? "NULL" : text(value);
      })].join(", ")] : [])),
    );
  }
  const layout = canonicalLayout(duckdb, { entity: "customers", context, ...(remembers ? { state: "last_facts" } : {}) });
  const statement = compileSql(program, { dialect: duckdb, layout, asOf: parseDay(batch.asOf) ?? 0, answers: "full" });
  if (process.env["EVERTEND_SHOW_SQL"]) console.info(statement.text, statement.parameters);
  const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }) => value))).getRowObjectsJson();
  return new Map(rows.map((row) => [String(row["id"]), answerOfRow(row, statement, program, batch.asOf, states.get(row["id"]))] as const));
}
