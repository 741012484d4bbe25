import type { CustomerState, Lang, NormalContext, Program, SourceRecord } from "@evertend/core";
import { machineFault, type DuckDbSession } from "../source/duckdb-session.js";
import type { KeptRows } from "../source/sorted-rows.js";
import { identifier } from "../source/sql-text.js";
import { compileSql } from "../sql/compile-sql.js";
import { duckdb } from "../sql/dialects/duckdb.js";
import type { SqlRow } from "../sql/read-sql-row.js";
import { canonicalLayout } from "../sql/sql-layout.js";
import { fillContextTables } from "./context-tables.js";
import { fillStateTable } from "./state-table.js";
import { allowMemory } from "./allow-memory.js";
import { requireNames } from "./column-type.js";
import { typedRelation } from "./typed-relation.js";

/** What customers are asked. */
export interface AnswerRequest {
  readonly program: Program;
  /** As core made it. */
  readonly context: NormalContext;
  /** Day number. */
  readonly asOf: number;
  /** States of before, for what levels remember and what is open; they are read once. */
  readonly states?: AsyncIterable<CustomerState> | undefined;
  readonly lang: Lang;
}

/** A customer of a source with what SQL found. */
export interface AnsweredRecord extends SourceRecord {
  /** `""` where nobody needs to look at the record: nothing matches, nothing is open and nothing is odd. */
  readonly json: string;
  readonly mark: string;
  /** A row of the statement; absent = core has to judge the record whole. */
  readonly answer?: SqlRow;
}

/** Customers with their answers, in ascending order of id. */
export interface AnsweredRows {
  records(): AsyncIterable<AnsweredRecord>;
}

/**
 * Prepares a program as one statement over kept rows. Nothing is asked before `records` is called.
 *
 * @throws DiagnosticError SQL_UNSUPPORTED; what reading the states throws
 */
export async function askRows(session: DuckDbSession, rows: KeptRows, request: AnswerRequest, rowOf: (row: number, position: number) => number): Promise<AnsweredRows> {
  const { program, asOf, lang } = request;
  requireNames(program.model, lang);
  const context = await fillContextTables(session, program.model, request.context);
  const states = await fillStateTable(session, program, request.states);
  const entity = judged(typedRelation(program.model, rows), states.open, program, asOf);
  const statement = compileSql(program, {
    dialect: duckdb,
    layout: canonicalLayout(duckdb, { entity, context, ...(program.levels.length > 0 ? { state: states.levels } : {}) }),
    asOf, answers: "full", suspect: true, lang,
    carried: { "@place": `e."@place"`, "@whole": `e."@whole"` },
  });
  const names = ["matches", "unknowns", "wake_up", "levels_wake_up", ...statement.factColumns.map(({ column }) => column), ...statement.levelColumns.map(({ column }) => column)];
  const found = `SELECT "@place", ("@whole" OR "suspect" OR "failures" <> '') AS "@whole", ${names.map(identifier).join(", ")} FROM (\n${statement.text}\n) ORDER BY "@place"`;
  // Both tables are in the order of customers: records are written as JSON where somebody has to look at them.
  const read =
    `SELECT a."@place", r."row", r."id", a."@whole", CASE WHEN a."@whole" OR a."matches" <> '' THEN ${rows.json} END, ${rows.mark}, ` +
    `${names.map((name) => `a.${identifier(name)}`).join(", ")} FROM ${rows.table} r POSITIONAL JOIN ${answersTable} a`;

  return {
    async *records() {
      await allowMemory(session, statement.text);
      const connection = await session.connect();
      try {
        await asked(connection.run(`CREATE OR REPLACE TABLE ${answersTable} AS ${found}`, statement.parameters.map(({ value }) => value)));
        const result = await asked(connection.stream(read));
        let position = 0;
        // Records of one id are core's to tell apart: each waits for the id of the next.
        let last: Waiting | undefined;
        for (let chunk = await asked(result.fetchChunk()); chunk !== null && chunk.rowCount > 0; chunk = await asked(result.fetchChunk())) {
          const [places = [], sourceRows = [], ids = [], wholes = [], texts = [], marks = [], ...columns] = [...Array(names.length + 6).keys()].map((i) => chunk?.getColumnValues(i) ?? []);
          for (let i = 0; i < ids.length; i++) {
            if (Number(places[i]) !== position) throw new Error("answers do not stand beside their rows");
            const id = ids[i] as string;
            const same = last !== undefined && last.id === id;
            if (last) yield await finished(last, same);
            const answer: Record<string, unknown> = {};
            for (let c = 0; c < names.length; c++) answer[names[c] as string] = columns[c]?.[i];
            last = { place: position, row: rowOf(Number(sourceRows[i]), ++position), id, json: (texts[i] ?? "") as string, mark: marks[i] as string, answer: wholes[i] === true ? undefined : answer, twice: same };
          }
        }
        if (last) yield await finished(last, false);
      } finally {
        await connection.run(`DROP TABLE IF EXISTS ${answersTable}`);
        connection.closeSync();
      }
    },
  };

  async function asked<T>(running: Promise<T>): Promise<T> {
    return running.catch((error: unknown) => {
      throw machineFault(error, program.pack.id, lang) ?? error;
    });
  }

  /** The record; whole where another one has its id. */
  async function finished({ twice, place, answer, ...record }: Waiting, again: boolean): Promise<AnsweredRecord> {
    if (!twice && !again) return answer ? { ...record, answer } : record;
    if (record.json !== "") return record;
    const found = await session.connection.runAndReadAll(`SELECT ${rows.json} FROM ${rows.table} WHERE rowid = ${place}`);
    return { ...record, json: String(found.getRows()[0]?.[0]) };
  }
}

const answersTable = `"memory"."main"."evertend_answers"`;

/** A record that waits for the id of the next one. `place`: from 0, in the order of customers. */
interface Waiting extends SourceRecord {
  readonly mark: string;
  readonly place: number;
  readonly answer: SqlRow | undefined;
  readonly twice: boolean;
}

/** The rows with `@whole`: whom core has to look at, whatever the rules say. */
function judged(relation: string, open: string, program: Program, asOf: number): string {
  const ahead = consentsAhead(program, asOf);
  return `(SELECT t.*, (t."@odd" OR o."@id" IS NOT NULL${ahead === undefined ? "" : ` OR COALESCE(${ahead}, FALSE)`}) AS "@whole" FROM ${relation} t LEFT JOIN ${open} o ON o."@id" = t."@id")`;
}

/** A consent that is dated ahead brings its customer back on that day. */
function consentsAhead({ model }: Program, asOf: number): string | undefined {
  const role = model.roles.get("consents");
  const collection = role === undefined ? undefined : model.collections.get(role);
  if (!collection) return role === undefined ? undefined : "TRUE";
  const list = `t.${identifier(collection.name)}`;
  const date = collection.fields.get("date");
  if (date?.type !== "date") return `len(${list}) > 0`;
  return `len(list_filter(${list}, lambda c: c."date" > DATE '1970-01-01' + ${asOf})) > 0`;
}
