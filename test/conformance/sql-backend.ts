import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, DiagnosticError, formatDay, loadPack, parseDay, type CustomerState, type Engine, type Field, type Item, type NormalRecord, type Program, type Value } from "@evertend/core";
import { canonicalLayout, compileSql, factsOfSqlRow, readSqlRow, stateColumns, type SqlDialect, type SqlLayout, type SqlRow, type SqlStatement } from "@evertend/warehouse";
import { batchOf, type Answer, type Backend, type Batch } from "./backend.js";
import { errorsOf, stateOf } from "./compiled-backend.js";

/** Type of a column of the tables that hold records. */
export type ColumnType = { readonly kind: "text" | "number" | "boolean" | "day" | "integer" } | { readonly kind: "list"; readonly of: "text" | "number" } | { readonly kind: "items"; readonly fields: readonly Field[] };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** What stands in a column; `undefined` and `null` are NULL. Days are day numbers. */
export type Cell = Value | readonly Item[];

/** A database that packs are run on. */
export interface SqlHost {
  readonly dialect: SqlDialect;
  /** Collections lie in the customer's row, or in relations beside it. */
  readonly collections: "nested" | "beside";
  makeTable(name: string, columns: readonly Column[], rows: readonly (readonly Cell[])[]): Promise<void>;
  run(statement: SqlStatement): Promise<readonly SqlRow[]>;
  close?(): Promise<void>;
}

/** How a back-end on a database is made. */
export interface SqlBackendOptions {
  readonly name: string;
  open(): Promise<SqlHost>;
  /** Why it cannot run on this machine. */
  skipAll?(): Promise<string | undefined>;
}

const environment = createEnvironment([bankingPlugin]);

/** The pack as SQL, over tables that hold what core made of the records: those are checked by core, as everywhere. */
export function createSqlBackend({ name, open, skipAll }: SqlBackendOptions): Backend {
  let opened: Promise<SqlHost> | undefined;
  async function runMany(batch: Batch): Promise<readonly Answer[]> {
    const { program, diagnostics } = loadPack(batch.files, { environment });
    if (!program) return batch.people.map(() => errorsOf(diagnostics));
    try {
      return await askAll(batch, program, await (opened ??= open()));
    } catch (error) {
      if (error instanceof DiagnosticError) return batch.people.map(() => errorsOf(error.diagnostics));
      throw error;
    }
  }
  return {
    name,
    answers: "full",
    skip: () => undefined,
    ...(skipAll ? { skipAll } : {}),
    run: async (one) => (await runMany(batchOf(one)))[0] as Answer,
    runMany,
    close: async () => (await opened)?.close?.(),
  };
}

/** A record that core took, with what is remembered of it. */
interface Person {
  readonly json: Readonly<Record<string, unknown>>;
  readonly record: NormalRecord;
  readonly state: CustomerState | undefined;
}

async function askAll(batch: Batch, program: Program, host: SqlHost): Promise<readonly Answer[]> {
  const engine = createEngine(program, batch.context ? { context: batch.context } : {});
  // Core evaluates no rule here: it only gives the record its shape.
  const found = { matches: [], unknowns: [], wakeUp: Infinity, failures: [], facts: program.facts.map(() => undefined) };
  const people = batch.people.map(({ record: json, state: given }): Person | ReturnType<typeof errorsOf> => {
    const state = stateOf(given, String(json["customerId"]), batch.asOf);
    const result = engine.evaluate(json, { asOf: batch.asOf, state, found });
    return "setAside" in result ? errorsOf(result.setAside) : { json, record: result.evaluation.record, state };
  });
  const sound = people.filter((one): one is Person => "record" in one);
  const answers = sound.length === 0 ? new Map<string, Answer>() : await ask(batch, engine, sound, host);
  return people.map((one) => ("errors" in one ? one : (answers.get(one.record.id) ?? { errors: [{ code: "NO_ROW", pointer: "" }] })));
}

async function ask(batch: Batch, engine: Engine, people: readonly Person[], host: SqlHost): Promise<ReadonlyMap<string, Answer>> {
  const { program } = engine;
  const layout = await load(engine, people, host);
  const asOf = parseDay(batch.asOf) ?? 0;
  const statement = compileSql(program, { dialect: host.dialect, layout, asOf, answers: "full" });
  if (process.env["EVERTEND_SHOW_SQL"]) console.info(statement.text, statement.parameters);
  const rows = await host.run(statement);
  const few = compileSql(program, { dialect: host.dialect, layout, asOf, answers: "matches" });
  expectSameMatches(await host.run(few), rows, program, asOf);
  return new Map(people.flatMap(({ json, record, state }) => {
    const row = rows.find((one) => one["id"] === record.id);
    if (!row) return [];
    const found = readSqlRow(row, { program, asOf, state });
    const result = engine.evaluate(json, { asOf: batch.asOf, state, found });
    if ("setAside" in result) return [];
    const { evaluation, matches, unknowns } = result;
    const answer: Answer = {
      matches: matches.map(({ ruleId, subject, occurrence, until }) => ({ rule: ruleId, subject, occurrence, until })),
      unknowns: unknowns.map(({ ruleId, subject, missing }) => ({ rule: ruleId, subject, missing })),
      facts: factsOfSqlRow(row, statement, program),
      wakeUp: found.wakeUp === Infinity ? null : formatDay(found.wakeUp),
      failures: found.failures.map(({ ruleId }) => ruleId).sort(),
      picks: evaluation.matches.flatMap((match) => {
        const { product } = match.rule.policy;
        return product ? [{ rule: match.rule.id, subject: match.subject, product: (evaluation.value(product.pick, match) ?? null) as string | null }] : [];
      }),
    };
    return [[record.id, answer] as const];
  }));
}

/** The statement for matches alone finds the same ones. */
function expectSameMatches(few: readonly SqlRow[], full: readonly SqlRow[], program: Program, asOf: number): void {
  const shown = (rows: readonly SqlRow[]): string => rows.flatMap((row) => readSqlRow(row, { program, asOf }).matches.map(({ ruleId, subject, occurrence }) => JSON.stringify([row["id"], ruleId, subject, occurrence]))).sort().join("\n");
  const [a, b] = [shown(few), shown(full)];
  if (a !== b) throw new Error(`matches alone:\n${a}\nwith full answers:\n${b}`);
}

/** Puts records, context and what is remembered into typed tables of the canonical layout. */
async function load(engine: Engine, people: readonly Person[], host: SqlHost): Promise<SqlLayout> {
  const { program, context } = engine;
  const { model } = program;
  const fields = [...model.fields.values()];
  const collections = [...model.collections.values()];
  const beside = host.collections === "beside";
  const quote = (name: string): string => host.dialect.identifier(name);
  await host.makeTable(
    "customers",
    [...fields.map(columnOf), ...collections.map((one): Column => (beside ? { name: `@known.${one.name}`, type: { kind: "boolean" } } : { name: one.name, type: { kind: "items", fields: [...one.fields.values()] } }))],
    people.map(({ record }) => [...fields.map(({ slot }) => record.slots[slot]), ...collections.map(({ slot }): Cell => (beside ? record.collections[slot] !== undefined : record.collections[slot]))]),
  );
  const children: Record<string, { relation: string; known: string }> = {};
  if (beside) {
    for (const one of collections) {
      const relation = `items_${one.slot}`;
      children[one.name] = { relation, known: `e.${quote(`@known.${one.name}`)}` };
      const own = [...one.fields.values()];
      const rows = people.flatMap(({ record }) => (record.collections[one.slot] ?? []).map((item, i): Cell[] => [record.id, i, ...own.map(({ slot }) => item[slot])]));
      await host.makeTable(relation, [{ name: "@id", type: { kind: "text" } }, { name: "@ordinal", type: { kind: "integer" } }, ...own.map(columnOf)], rows);
    }
  }
  const relations: Record<string, string> = {};
  for (const one of model.context.values()) {
    const items = context[one.slot];
    if (!items) continue;
    const own = [...one.fields.values()];
    relations[one.name] = `context_${one.slot}`;
    await host.makeTable(`context_${one.slot}`, [{ name: "@ordinal", type: { kind: "integer" } }, ...own.map(columnOf)], items.map((item, i) => [i, ...own.map(({ slot }) => item[slot])]));
  }
  const remembers = program.levels.length > 0;
  if (remembers) {
    const columns = stateColumns(program);
    await host.makeTable(
      "last_facts",
      [{ name: "@id", type: { kind: "text" } }, ...columns.map(({ name, type }): Column => ({ name, type: { kind: type } }))],
      people.flatMap(({ record, state }) => (state ? [[record.id, ...columns.map(({ name, type }): Cell => {
        const value = state.lastFacts[name];
        return typeof value !== "string" ? null : type === "day" ? (parseDay(value) ?? null) : value;
      })]] : [])),
    );
  }
  return canonicalLayout(host.dialect, { entity: "customers", children, context: relations, ...(remembers ? { state: "last_facts" } : {}) });
}

/** A column for a field. */
function columnOf(field: Field): Column {
  return { name: field.name, type: field.type === "list" ? { kind: "list", of: field.elementType ?? "text" } : { kind: field.type === "date" ? "day" : field.type } };
}
