import type { Lang, NormalContext, Program, SourceRecord } from "@evertend/core";
import { machineFault, type DuckDbSession } from "../source/duckdb-session.js";
import type { KeptRows } from "../source/sorted-rows.js";
import { identifier } from "../source/sql-text.js";
import { compileSql } from "../sql/compile-sql.js";
import { duckdb } from "../sql/dialects/duckdb.js";
import { canonicalLayout } from "../sql/sql-layout.js";
import { fillContextTables } from "./context-tables.js";
import { allowMemory } from "./allow-memory.js";
import { requireNames } from "./column-type.js";
import { typedRelation } from "./typed-relation.js";

/** Two programs of the same rules over the same customers, and which of the rules can differ. */
export interface CompareRequest {
  readonly before: Program;
  readonly after: Program;
  /** Rules that may match otherwise. */
  readonly answers: ReadonlySet<string>;
  /** Rules whose matches must be looked at on both sides, whatever they are. */
  readonly actions: ReadonlySet<string>;
  /** By what customers with the same matches count as alike; absent = none are. */
  readonly alike: { readonly values: ReadonlySet<string>; readonly present: ReadonlySet<string>; readonly filled: ReadonlySet<string>; readonly lists: ReadonlySet<string>; readonly apart: readonly string[] } | undefined;
  readonly context: NormalContext;
  /** Day number. */
  readonly asOf: number;
  readonly lang: Lang;
}

/**
 * Customers by what has to be known of them: `both` = core has to decide them on both sides; `once` = they match the same
 * on both; `alike` = the same, each standing for `weight` customers that are like it.
 */
export type ComparedKind = "both" | "once" | "alike";

/** Customers sorted out. */
export interface ComparedRows {
  /** Customers for whom nothing matches on either side, and nothing is odd. */
  readonly quiet: number;
  /** How many customers of each kind there are; of `alike` those that stand for others. */
  readonly counts: Readonly<Record<ComparedKind, number>>;
  /** In ascending order of id. */
  records(kind: ComparedKind): AsyncIterable<SourceRecord & { readonly weight: number }>;
}

const tables = { kinds: `"memory"."main"."evertend_kinds"`, alike: `"memory"."main"."evertend_alike"` } as const;

/**
 * Sorts customers out by SQL: the rules that may differ are asked on both sides, all others once.
 *
 * @throws DiagnosticError SQL_UNSUPPORTED
 */
export async function compareRows(session: DuckDbSession, rows: KeptRows, request: CompareRequest): Promise<ComparedRows> {
  const { before, after, answers, actions, alike, asOf, lang } = request;
  requireNames(before.model, lang);
  const context = await fillContextTables(session, before.model, request.context);
  const entity = typedRelation(before.model, rows);
  const signature = alike === undefined ? [] : [
    ...[...alike.values, ...alike.lists].map((name) => `e.${identifier(name)}`),
    ...[...alike.present].filter((name) => !alike.values.has(name)).map((name) => `(e.${identifier(name)} IS NULL)`),
    ...[...alike.filled].filter((name) => !alike.values.has(name)).map((name) => `(COALESCE(e.${identifier(name)}, '') = '')`),
  ];
  const apart = alike === undefined ? "TRUE" : alike.apart.length === 0 ? "FALSE" : alike.apart.map((name) => `COALESCE(len(e.${identifier(name)}) > 0, FALSE)`).join(" OR ");
  const all = new Set(before.rules.map(({ id }) => id));
  const minus = (set: ReadonlySet<string>, less: ReadonlySet<string>): ReadonlySet<string> => new Set([...set].filter((id) => !less.has(id)));
  const told = new Set([...answers, ...actions]);
  const questions: readonly { readonly table: string; readonly program: Program; readonly rules: ReadonlySet<string>; readonly judged: boolean }[] = [
    { table: "same", program: before, rules: minus(all, told), judged: true },
    { table: "before", program: before, rules: answers, judged: false },
    { table: "after", program: after, rules: answers, judged: false },
    { table: "told_before", program: before, rules: actions, judged: false },
    { table: "told_after", program: after, rules: actions, judged: false },
  ];
  const statements = questions.map(({ table, program, rules, judged }) => {
    const { text, parameters } = compileSql(program, {
      dialect: duckdb, layout: canonicalLayout(duckdb, { entity, context }), asOf, answers: "matches", suspect: judged ? true : "failing", rules, lang,
      carried: { "@place": `e."@place"`, ...(judged ? { "@odd": `e."@odd"`, "@apart": apart, ...Object.fromEntries(signature.map((value, i) => [`@s${i}`, value])) } : {}) },
    });
    return { table: `"memory"."main"."evertend_${table}"`, text, values: parameters.map(({ value }) => value) };
  });
  const [same, one, other, toldOne, toldOther] = statements.map(({ table }) => table);
  const asked = async <T>(running: Promise<T>): Promise<T> => running.catch((error: unknown) => {
    throw machineFault(error, before.pack.id, lang) ?? error;
  });
  for (const { text } of statements) await allowMemory(session, text);
  for (const { table, text, values } of statements) await asked(session.connection.run(`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM (\n${text}\n) ORDER BY "@place"`, values));
  const marks = signature.map((_, i) => `s."@s${i}"`);
  await asked(session.connection.run(
    `CREATE OR REPLACE TABLE ${tables.kinds} AS SELECT s."@place" AS place, ` +
      `CASE WHEN s."@odd" OR s."suspect" OR s."id" IN (SELECT "id" FROM ${rows.table} GROUP BY "id" HAVING count(*) > 1) OR a."suspect" OR b."suspect" OR t."suspect" OR u."suspect" OR a."matches" <> b."matches" OR t."matches" <> '' OR u."matches" <> '' THEN 'both' ` +
      `WHEN s."matches" = '' AND a."matches" = '' THEN 'quiet' WHEN s."@apart" THEN 'once' ELSE 'alike' END AS kind, ` +
      `${[`s."matches" AS matches`, `a."matches" AS asked`, ...marks].join(", ")} ` +
      `FROM ${same} s POSITIONAL JOIN ${one} a POSITIONAL JOIN ${other} b POSITIONAL JOIN ${toldOne} t POSITIONAL JOIN ${toldOther} u ORDER BY place`,
  ));
  for (const { table } of statements) await session.connection.run(`DROP TABLE ${table}`);
  await asked(session.connection.run(`CREATE OR REPLACE TABLE ${tables.alike} AS SELECT min(place) AS place, count(*) AS weight FROM ${tables.kinds} WHERE kind = 'alike' GROUP BY ${["matches", "asked", ...signature.map((_, i) => `"@s${i}"`)].join(", ")}`));
  const found = new Map((await session.rows(`SELECT kind, count(*) FROM ${tables.kinds} GROUP BY kind`)).map(([kind, count]) => [String(kind), Number(count)] as const));
  const [[groups] = []] = await session.rows(`SELECT count(*) FROM ${tables.alike}`);

  return {
    quiet: found.get("quiet") ?? 0,
    counts: { both: found.get("both") ?? 0, once: found.get("once") ?? 0, alike: Number(groups) },
    async *records(kind) {
      const connection = await session.connect();
      try {
        const record = `r.rowid, r."id", ${rows.json}`;
        const result = await asked(connection.stream(kind === "alike"
          ? `SELECT ${record}, CAST(k.weight AS INTEGER) FROM ${rows.table} r JOIN ${tables.alike} k ON k.place = r.rowid ORDER BY r.rowid`
          : `SELECT ${record}, 1 FROM ${rows.table} r POSITIONAL JOIN ${tables.kinds} k WHERE k.kind = '${kind}'`));
        for (let chunk = await asked(result.fetchChunk()); chunk !== null && chunk.rowCount > 0; chunk = await asked(result.fetchChunk())) {
          const [places = [], ids = [], texts = [], weights = []] = [0, 1, 2, 3].map((i) => chunk?.getColumnValues(i) ?? []);
          for (let i = 0; i < ids.length; i++) yield { row: Number(places[i]) + 1, id: ids[i] as string, json: texts[i] as string, weight: weights[i] as number };
        }
      } finally {
        connection.closeSync();
      }
    },
  };
}
