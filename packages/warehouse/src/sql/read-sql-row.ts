import { formatDay, type CustomerState, type FoundElsewhere, type Kept, type Program } from "@evertend/core";
import type { SqlStatement } from "./write-statement.js";
import { never } from "./sql-answer.js";
import { nameEnd } from "./translate-missing.js";

/** A row of a compiled statement, its columns by name. Numbers may come as `bigint` or text, as drivers give them. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** What the reader of rows has to know beside the row. */
export interface ReadSqlRowOptions {
  readonly program: Program;
  /** Day number that the statement was compiled for. */
  readonly asOf: number;
  /** What is remembered of the customer: the first days of episodes are there. */
  readonly state?: Pick<CustomerState, "episodes"> | undefined;
}

type Entry = readonly [rule: string, subject: string, text: string, until?: number];

/**
 * What a statement found for one customer, as core takes it (`EvaluateOptions.found`). Rows of a statement with
 * `answers: "matches"` give matches alone: no day on which they end, no wake-up day.
 *
 * @example
 * ```ts
 * const found = readSqlRow(row, { program, asOf, state });
 * engine.decide(record, { asOf: "2026-11-30", at, state, found });
 * ```
 */
export function readSqlRow(row: SqlRow, { program, asOf, state }: ReadSqlRowOptions): FoundElsewhere {
  const episodes = state?.episodes ?? {};
  const episodic = episodicRules(program);
  const occurrenceOf = ([rule, subject, text]: Entry): string => {
    if (!episodic.has(rule)) return text;
    const key = `${rule}\n${subject}`;
    return Object.hasOwn(episodes, key) ? (episodes[key] as string) : formatDay(asOf);
  };
  const wakeUp = row["wake_up"];
  return {
    matches: entries(row["matches"]).map((entry) => ({ ruleId: entry[0], subject: entry[1], occurrence: occurrenceOf(entry), until: dayOf(entry[3]) })),
    unknowns: entries(row["unknowns"]).map(([ruleId, subject, names]) => ({ ruleId, subject, missing: [...new Set(names.split(nameEnd).slice(0, -1))].sort() })),
    failures: inside(row["failures"]).map((id) => ({ ruleId: String(id), message: program.rules.some((rule) => rule.id === id) ? "SUM_TOO_LARGE" : "RULE_FAILED" })),
    wakeUp: wakeUp === null || wakeUp === undefined ? Infinity : Number(wakeUp),
  };
}

/** Derived facts of a row of a full statement by id: unknown and none as `null`, days as ISO text, lists joined. */
export function factsOfSqlRow(row: SqlRow, statement: Pick<SqlStatement, "factColumns">, program: Program): Readonly<Record<string, Kept>> {
  const types = new Map(program.facts.map((fact) => [fact.id, fact.type] as const));
  return Object.fromEntries(statement.factColumns.map(({ column, fact }) => {
    const value = row[column];
    if (value === null || value === undefined) return [fact, null];
    return [fact, types.get(fact) === "number" ? Number(value) : (value as Kept)];
  }));
}

const known = new WeakMap<Program, ReadonlySet<string>>();

function episodicRules(program: Program): ReadonlySet<string> {
  let rules = known.get(program);
  if (!rules) known.set(program, (rules = new Set(program.rules.filter(({ occurrence }) => occurrence === "episode").map(({ id }) => id))));
  return rules;
}

function dayOf(until: number | undefined): number {
  return until === undefined || until >= never ? Infinity : until;
}

/** A column holds the inside of a JSON list. */
function inside(text: unknown): readonly unknown[] {
  return typeof text === "string" && text !== "" ? (JSON.parse(`[${text}]`) as unknown[]) : [];
}

function entries(text: unknown): readonly Entry[] {
  return inside(text) as readonly Entry[];
}
