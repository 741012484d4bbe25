import type { CustomerState, Program } from "@evertend/core";
import { formatDay } from "@evertend/core";
import { episodeMark, type SqlStatement } from "@evertend/warehouse";
import type { Answer } from "./backend.js";

type Row = Readonly<Record<string, unknown>>;

/** Reads a row of a full statement as the corpus wants it. */
export function answerOfRow(row: Row, statement: SqlStatement, program: Program, asOf: string, state: Partial<CustomerState> | undefined): Answer {
  const list = (name: string): unknown[] => JSON.parse(`[${String(row[name] ?? "")}]`) as unknown[];
  const matches = (list("matches") as [string, string, string, number][]).map(([rule, subject, occurrence, until]) => ({
    rule, subject,
    occurrence: occurrence === episodeMark ? (state?.episodes?.[`${rule}\n${subject}`] ?? asOf) : occurrence,
    until: until >= 2147483647 ? null : formatDay(until),
  }));
  const unknowns = (list("unknowns") as [string, string, string][]).map(([rule, subject, names]) => ({ rule, subject, missing: [...new Set(names.split("\n").filter((name) => name !== ""))].sort() }));
  const wake = row["wake_up"];
  const types = new Map(program.facts.map((fact) => [fact.id, fact.type] as const));
  return {
    matches: matches.sort((a, b) => order([a.rule, a.subject, a.occurrence], [b.rule, b.subject, b.occurrence])),
    unknowns: unknowns.sort((a, b) => order([a.rule, a.subject], [b.rule, b.subject])),
    facts: Object.fromEntries(statement.factColumns.map(({ column, fact }) => [fact, factOf(row[column], types.get(fact))])),
    wakeUp: wake === null || wake === undefined ? null : formatDay(Number(wake)),
    failures: (list("failures") as string[]).sort(),
    picks: [],
  };
}

function order(a: readonly string[], b: readonly string[]): number {
  const i = a.findIndex((text, at) => text !== b[at]);
  return i < 0 ? 0 : (a[i] as string) < (b[i] as string) ? -1 : 1;
}

function factOf(value: unknown, type: string | undefined): unknown {
  if (value === null || value === undefined) return null;
  return type === "number" ? Number(value) : value;
}
