import { formatDay, type Collection, type Program } from "@evertend/core";
import { answerInParts, answerOf } from "./answer-in-parts.js";
import { arrangeStages } from "./arrange-stages.js";
import { indent } from "./indent-sql.js";
import { SqlRenderer, type SqlParameter } from "./render-sql.js";
import type { RuleColumns } from "./rule-columns.js";
import { bound, call, sql, type Sql } from "./sql.js";
import { earliest, never, untilSql, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlBase } from "./sql-base.js";
import type { SqlDialect } from "./sql-dialect.js";
import type { SqlScope } from "./sql-scope.js";
import type { SqlLevel } from "./sql-translator.js";

/**
 * A statement with one row a customer: `id`, `matches` (JSON: rule, subject, occurrence and, with full answers, the last
 * day), and with full answers `unknowns` (JSON: rule, subject, names with a line break behind each), `failures` (JSON: ids
 * of rules and facts), `wake_up` (day number or NULL), `levels_wake_up` (the same for levels alone) and a column a derived fact.
 */
export interface SqlStatement {
  readonly text: string;
  readonly parameters: readonly SqlParameter[];
  /** Columns of derived facts: name in the result, and the fact. */
  readonly factColumns: readonly { readonly column: string; readonly fact: string }[];
  /** Columns of what levels remember, as the next run's state wants it. */
  readonly levelColumns: readonly { readonly column: string; readonly name: string }[];
}

/** Everything that a statement says, translated. */
export interface StatementContent {
  readonly rules: readonly RuleColumns[];
  readonly facts: readonly { readonly fact: Program["facts"][number]; readonly value: SqlValue }[];
  readonly levels: readonly { readonly fact: string; readonly parts: SqlLevel }[];
  /** With unknowns, failures, facts, levels and the wake-up day. */
  readonly full: boolean;
  readonly suspect: Sql | undefined;
  readonly scope: SqlScope;
  readonly base: SqlBase;
  /** Columns that go through from the entity to the result. */
  readonly carried: Readonly<Record<string, string>>;
}

type Outputs = readonly (readonly [name: string, value: Sql])[];

const levelParts = ["level", "since", "previous", "change", "below"] as const;

/** Writes what is translated as one statement: only now is it known which columns there are. */
export function writeStatement(content: StatementContent): SqlStatement {
  const { facts, levels, scope, base, base: { dialect, layout } } = content;
  const quote = (name: string): string => dialect.identifier(name);
  const { outputs, arrangement } = arrange(content);
  const renderer = new SqlRenderer(dialect, arrangement);
  const carried = Object.entries(content.carried);
  const first = [
    ...base.columns.filter(({ name }) => arrangement.bases.has(name)).map((one) => `${renderer.render(one.sql, new Map())} AS ${quote(one.name)}`),
    ...carried.map(([name, text]) => `${text} AS ${quote(name)}`),
  ];
  const id = layout.field(base.model.idField);
  const ctes: string[] = [];
  const from = [`FROM ${layout.entity} e`];
  if (base.usesState) from.push(`LEFT JOIN ${layout.state ?? ""} st ON st.${quote("@id")} = ${id}`);
  for (const [name, { relation, collection }] of base.childLists) {
    const alias = base.childAlias(name);
    ctes.push(`${alias}_items AS (\n${indent(`SELECT r.${quote("@id")} AS ${quote("@id")}, ${gathered(collection, dialect)} AS ${quote(name)}\nFROM ${relation} r\nGROUP BY r.${quote("@id")}`)}\n)`);
    from.push(`LEFT JOIN ${alias}_items ${alias} ON ${alias}.${quote("@id")} = ${id}`);
  }
  const constants = [
    ...[...base.contextLists].map(([name, { relation, collection }]) => `(SELECT ${gathered(collection, dialect)} FROM ${relation} r) AS ${quote(name)}`),
    ...[...base.tables].map(([name, values]) => `${dialect.constantList(values)} AS ${quote(name)}`),
  ];
  if (constants.length > 0) {
    ctes.push(`constants AS (\n${indent(`SELECT\n${indent(constants.join(",\n"))}`)}\n)`);
    from.push("CROSS JOIN constants k");
  }
  const stageText = (columns: readonly string[], origin: readonly string[]): string => indent(["SELECT", indent(columns.join(",\n")), ...origin, ...(dialect.barrier === "" ? [] : [dialect.barrier])].join("\n"));
  ctes.push(`s0 AS (\n${stageText(first.length === 0 ? ["1 AS nothing"] : first, from)}\n)`);
  let last = 0;
  for (let stage = 1; stage <= arrangement.depth(scope); stage++) {
    const { columns, joins } = renderer.stage(scope, stage, new Map());
    if (columns.length === 0) continue;
    const before = arrangement.inParts ? [...arrangement.carriedOver(stage), ...carried.map(([name]) => name)].map((name) => `c.${quote(name)}`) : ["c.*"];
    const apart = dialect.materialized !== undefined && arrangement.endsPart(stage) ? `${dialect.materialized} ` : "";
    ctes.push(`s${stage} AS ${apart}(\n${stageText([...before, ...columns.map(([name, value]) => `${value} AS ${quote(name)}`)], [`FROM s${last} c`, ...joins])}\n)`);
    last = stage;
  }
  const selected = [...outputs.map(([name, value]) => `${renderer.render(value, new Map())} AS ${quote(name)}`), ...carried.map(([name]) => `c.${quote(name)}`)];
  return {
    text: `WITH\n${ctes.join(",\n")}\nSELECT\n${indent(selected.join(",\n"))}\nFROM s${last} c`,
    parameters: renderer.parameters,
    factColumns: facts.map(({ fact }) => ({ column: `fact:${fact.id}`, fact: fact.id })),
    levelColumns: levels.flatMap(({ fact }) => levelParts.map((part) => ({ column: `level:${fact}/${part}`, name: `${fact}/${part}` }))),
  };
}

/** Columns of the result, and of the stages before it: in parts where there would be more than the database can hold. */
function arrange(content: StatementContent): { readonly outputs: Outputs; readonly arrangement: ReturnType<typeof arrangeStages> } {
  const { rules, facts, full, scope, base: { dialect } } = content;
  const failing = facts.flatMap(({ fact, value }) => (value.fails ? [{ id: fact.id, fails: value.fails }] : []));
  const outputs = outputsOf(content, answerOf(rules, failing));
  const arrangement = arrangeStages(scope, outputs.map(([, value]) => value), dialect);
  const most = dialect.maxColumns ?? Infinity;
  if (arrangement.width + Object.keys(content.carried).length <= most) return { outputs, arrangement };
  // Half of the columns for what a part needs, half for what is there before it or goes on behind it.
  const { parts, ...answer } = answerInParts(rules, failing, arrangement, Math.floor(most / 2), scope, full);
  const inParts = outputsOf(content, answer);
  return { outputs: inParts, arrangement: arrangeStages(scope, inParts.map(([, value]) => value), dialect, parts) };
}

function outputsOf({ facts, levels, full, suspect, base }: StatementContent, { matches, unknowns, failures, until }: ReturnType<typeof answerOf>): Outputs {
  const wakeUp = (day: SqlUntil): Sql => sql`NULLIF(${untilSql(day)}, ${never}) + 1`;
  return [
    ["id", base.id],
    ["matches", matches],
    ...(full ? [
      ["unknowns", unknowns], ["failures", failures], ["wake_up", wakeUp(until)], ["levels_wake_up", wakeUp(earliest(...levels.map(({ parts }) => parts.level.until)))],
      ...facts.map(({ fact, value }) => [`fact:${fact.id}`, outward(value)] as const),
      ...levels.flatMap(({ fact, parts }) => levelParts.map((part) => [`level:${fact}/${part}`, outward(parts[part])] as const)),
    ] as const : []),
    ...(suspect ? [["suspect", suspect] as const] : []),
  ];
}

function gathered(collection: Collection, dialect: SqlDialect): string {
  const { items } = dialect;
  if (items.kind !== "list") throw new Error("lists need a dialect with lists");
  return items.gather([...collection.fields.keys()].map((name) => [name, `r.${dialect.identifier(name)}`] as const), `r.${dialect.identifier("@ordinal")}`);
}

/** A value as it leaves the statement: days as ISO text, lists joined, what failed as NULL. */
function outward({ fails, ...value }: SqlValue): Sql {
  const shown = shownOutside(value);
  return fails ? sql`CASE WHEN NOT ${fails} THEN ${shown} END` : shown;
}

function shownOutside({ sql: value, type, constant, elements }: SqlValue): Sql {
  if (type === "list") return call("listText", value, elements ?? "text");
  if (type !== "day") return value;
  return typeof constant?.value === "number" ? bound(formatDay(constant.value), "text") : call("isoText", value);
}
