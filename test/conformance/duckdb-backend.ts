import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, createNormaliser, DiagnosticError, formatDay, loadPack, parseDay, type Collection, type CustomerState, type Field, type Item, type NormalRecord, type Program } from "@evertend/core";
import { canonicalLayout, compileSql, duckdb, stateColumns, type SqlParameter } from "@evertend/warehouse";
import type { Answer, Backend } from "./backend.js";
import { errorsOf } from "./compiled-backend.js";
import type { ConformanceCase } from "./conformance-case.js";
import { answerOfRow } from "./sql-answers.js";

const environment = createEnvironment([bankingPlugin]);
const quote = duckdb.identifier;

let connection: Promise<DuckDBConnection> | undefined;

/** The pack as SQL on DuckDB, over tables that hold what core made of the records. */
export const duckdbBackend: Backend = {
  name: "duckdb",
  skip: (one) => ("picks" in one.expect ? "which product an offer picks is asked of core" : undefined),
  async run(one) {
    const { program, diagnostics } = loadPack(one.files, { environment });
    if (!program) return errorsOf(diagnostics);
    const checked = normalise(one, program);
    if ("errors" in checked) return checked;
    try {
      return await ask(one, program, checked.record, await (connection ??= connect()));
    } catch (error) {
      if (error instanceof DiagnosticError) return errorsOf(error.diagnostics);
      throw error;
    }
  },
};

async function connect(): Promise<DuckDBConnection> {
  return (await DuckDBInstance.create(":memory:")).connect();
}

/** Records are checked by core, whatever evaluates them. */
function normalise(one: ConformanceCase, program: Program): { readonly record: NormalRecord } | Extract<Answer, { errors: unknown }> {
  try {
    const result = createEngine(program, one.context ? { context: one.context } : {}).evaluate(one.record, { asOf: one.asOf });
    if ("setAside" in result) return errorsOf(result.setAside) as Extract<Answer, { errors: unknown }>;
    return { record: result.evaluation.record };
  } catch (error) {
    if (error instanceof DiagnosticError) return errorsOf(error.diagnostics) as Extract<Answer, { errors: unknown }>;
    throw error;
  }
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

async function ask(one: ConformanceCase, program: Program, record: NormalRecord, db: DuckDBConnection): Promise<Answer> {
  const { model } = program;
  const fields = [...model.fields.values()];
  const collections = [...model.collections.values()];
  await db.run(`CREATE OR REPLACE TEMP TABLE customers (${[...fields.map((field) => `${quote(field.name)} ${typeOf(field)}`), ...collections.map((collection) => `${quote(collection.name)} ${structType(collection)}[]`)].join(", ")})`);
  await db.run(`INSERT INTO customers VALUES (${[...fields.map((field) => literal(record.slots[field.slot], field)), ...collections.map((collection) => itemsLiteral(collection, record.collections[collection.slot]))].join(", ")})`);
  const context: Record<string, string> = {};
  const normaliser = createNormaliser(model);
  for (const collection of model.context.values()) {
    const given = one.context?.[collection.name];
    if (given === undefined || given === null) continue;
    const table = `context_${collection.slot}`;
    context[collection.name] = table;
    await db.run(`CREATE OR REPLACE TEMP TABLE ${table} ("@ordinal" INTEGER, ${[...collection.fields.values()].map((field) => `${quote(field.name)} ${typeOf(field)}`).join(", ")})`);
    const items = normaliser.items(collection, given) as readonly Item[];
    for (const [i, item] of items.entries()) await db.run(`INSERT INTO ${table} VALUES (${[String(i), ...[...collection.fields.values()].map((field) => literal(item[field.slot], field))].join(", ")})`);
  }
  const state = one.state as Partial<CustomerState> | undefined;
  if (state && program.levels.length > 0) {
    const columns = stateColumns(program);
    await db.run(`CREATE OR REPLACE TEMP TABLE last_facts ("@id" VARCHAR, ${columns.map(({ name, type }) => `${quote(name)} ${type === "day" ? "DATE" : "VARCHAR"}`).join(", ")})`);
    await db.run(`INSERT INTO last_facts VALUES (${[text(record.id), ...columns.map(({ name, type }) => {
      const value = state.lastFacts?.[name];
      return typeof value !== "string" || (type === "day" && parseDay(value) === undefined) ? "NULL" : text(value);
    })].join(", ")})`);
  }
  const layout = canonicalLayout(duckdb, { entity: "customers", context, ...(state && program.levels.length > 0 ? { state: "last_facts" } : {}) });
  const statement = compileSql(program, { dialect: duckdb, layout, asOf: parseDay(one.asOf) ?? 0, answers: "full" });
  if (process.env["EVERTEND_SHOW_SQL"]) console.info(statement.text, statement.parameters);
  const rows = (await db.runAndReadAll(statement.text, statement.parameters.map(({ value }: SqlParameter) => value))).getRowObjectsJson();
  return answerOfRow(rows[0] ?? {}, statement, program, one.asOf, state);
}
