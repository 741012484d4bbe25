import { DiagnosticError, Findings, type Lang, type Origin, type Program, type RuleProgram, type TruthNode, type ValueNode } from "@evertend/core";
import { Sql, bound, call, comment, joined, sql } from "./sql.js";
import { anyOf, earliest, never, untilSql, type SqlTruth, type SqlUntil, type SqlValue } from "./sql-answer.js";
import { SqlBase } from "./sql-base.js";
import type { SqlDialect } from "./sql-dialect.js";
import type { SqlLayout } from "./sql-layout.js";
import { SqlScope } from "./sql-scope.js";
import type { SqlLevel, SqlPlace, SqlSense, SqlTranslator } from "./sql-translator.js";
import { openBlock } from "./open-block.js";
import type { RuleColumns } from "./rule-columns.js";
import { noPriorLevel, translateLevel } from "./translate-level.js";
import { missingOfTruth, missingOfValue, type MissingNames } from "./translate-missing.js";
import { translateSuspicion } from "./translate-suspicion.js";
import { translateTruth } from "./translate-truth.js";
import { translateValue } from "./translate-value.js";
import { writeStatement, type SqlStatement } from "./write-statement.js";

/** What a statement is made for. */
export interface CompileSqlOptions {
  readonly dialect: SqlDialect;
  readonly layout: SqlLayout;
  /** Day number. What hangs on it alone is worked out beforehand: a statement is for one day. */
  readonly asOf: number;
  /** `matches`: surely-true matches only; `full`: with unknowns, the last day of each match, derived facts and the wake-up day. */
  readonly answers: "matches" | "full";
  /** With a column `suspect`: whether core might set the record aside or a rule fails (`"failing"`: the latter alone), so that a run can hand just those records to it. */
  readonly suspect?: boolean | "failing";
  /** Columns that go through from the entity to the result: name → SQL over `e`, of the host's own making. */
  readonly carried?: Readonly<Record<string, string>>;
  /** Rules to ask; absent = all. */
  readonly rules?: ReadonlySet<string>;
  readonly lang?: Lang;
}

/** Occurrence of a rule that counts episodes: whoever reads the answer looks up the first day of the one that runs. */
export const episodeMark = "\u0001episode";

/**
 * Compiles a checked pack to one statement.
 *
 * @throws DiagnosticError SQL_UNSUPPORTED for each thing that the pack asks and SQL cannot do
 */
export function compileSql(program: Program, options: CompileSqlOptions): SqlStatement {
  const findings = new Findings(options.lang ?? "en");
  for (const overlay of program.units ? program.overlays.filter(({ unit }) => unit !== undefined) : []) {
    // Which rules hold hangs on the customer's unit, and one statement asks everybody the same.
    findings.add("SQL_UNSUPPORTED", { file: overlay.id, pointer: "/pack/unit", line: 0, column: 0 }, { name: `overlay of unit ${overlay.unit ?? ""}`, detail: options.dialect.id });
  }
  const compilation = new Compilation(program, options, findings);
  const statement = compilation.compile();
  if (findings.hasErrors || !statement) throw new DiagnosticError(findings.sorted());
  return statement;
}

class Refusal extends Error {
  constructor(readonly what: string, readonly origin: Origin | undefined) {
    super(what);
  }
}

class Compilation implements SqlTranslator {
  readonly asOf: number;
  readonly wantsUntil: boolean;
  readonly dialect: string;
  readonly root: SqlPlace;
  readonly #base: SqlBase;
  readonly #values = new Map<SqlScope, WeakMap<ValueNode, SqlValue>>();
  readonly #truths: Readonly<Record<SqlSense | "exact", Map<SqlScope, WeakMap<TruthNode, SqlTruth>>>> = { exact: new Map(), sure: new Map(), possible: new Map() };
  readonly #levels = new Map<number, SqlLevel>();
  readonly #scope = new SqlScope();
  readonly #factNodes: ReadonlyMap<ValueNode, number>;

  constructor(readonly program: Program, readonly options: CompileSqlOptions, readonly findings: Findings) {
    this.asOf = options.asOf;
    this.dialect = options.dialect.id;
    this.wantsUntil = options.answers === "full";
    this.root = { scope: this.#scope, levels: [], elements: [] };
    this.#base = new SqlBase(program.model, options.dialect, options.layout, this.#scope);
    this.#factNodes = new Map(program.facts.map((fact, i) => [fact.node, i] as const));
  }

  compile(): SqlStatement | undefined {
    const wanted = [...this.program.rules].filter(({ id }) => this.options.rules?.has(id) ?? true).sort((a, b) => (a.id < b.id ? -1 : 1));
    const rules = wanted.flatMap((rule) => this.#attempt(rule.origin, () => this.#rule(rule)) ?? []);
    const facts = this.wantsUntil ? this.program.facts.flatMap((fact) => this.#attempt(fact.origin, () => ({ fact, value: this.value(fact.node, this.root) })) ?? []) : [];
    const levels = this.wantsUntil ? this.program.levels.map((level, i) => ({ level, parts: this.#attempt(undefined, () => this.level(i)) })) : [];
    if (this.findings.hasErrors) return undefined;
    const suspect = this.options.suspect ? (anyOf(this.options.suspect === true ? translateSuspicion(this) : undefined, ...rules.map(({ fails }) => fails)) ?? sql`FALSE`) : undefined;
    return writeStatement({ rules, facts, levels: levels.flatMap(({ level, parts }) => (parts ? [{ fact: level.fact, parts }] : [])), full: this.wantsUntil, suspect, scope: this.#scope, base: this.#base, carried: this.options.carried ?? {} });
  }

  /** Goes on after what cannot be said, so that all of it is told at once. */
  #attempt<T>(origin: Origin | undefined, make: () => T): T | undefined {
    try {
      return make();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const place = error.origin ?? origin;
      this.findings.add("SQL_UNSUPPORTED", { file: place?.file ?? "pack", pointer: place?.pointer ?? "", line: 0, column: 0 }, { name: error.what, detail: this.options.dialect.id });
      return undefined;
    }
  }

  value(node: ValueNode, place: SqlPlace): SqlValue {
    const known = this.#memo(this.#values, place.scope);
    const before = known.get(node);
    if (before) return before;
    let value = translateValue(node, place.sense === undefined ? place : { ...place, sense: undefined }, this);
    // What a derived fact is worth is worked out once.
    if (this.#factNodes.has(node) && place.scope === this.#scope && place.levels.length === 0 && !value.constant) value = { ...value, sql: this.share(value.sql, place), none: value.none instanceof Sql ? this.share(value.none, place) : value.none, until: this.shareUntil(value.until, place), fails: value.fails && this.share(value.fails, place) };
    if (!this.wantsUntil) value = { ...value, until: undefined };
    if (place.elements.length === 0) known.set(node, value);
    return value;
  }

  truth(node: TruthNode, place: SqlPlace): SqlTruth {
    const known = this.#memo(this.#truths[place.sense ?? "exact"], place.scope);
    const before = known.get(node);
    if (before) return before;
    let truth = translateTruth(node, place, this);
    if (!this.wantsUntil) truth = { ...truth, until: undefined };
    if (place.elements.length === 0) known.set(node, truth);
    return truth;
  }

  #memo<K extends object, V>(memos: Map<SqlScope, WeakMap<K, V>>, scope: SqlScope): WeakMap<K, V> {
    const memo = memos.get(scope) ?? new WeakMap<K, V>();
    memos.set(scope, memo);
    return memo;
  }

  unwrap(node: ValueNode): ValueNode {
    let inner = node;
    for (let i = 0; inner.op === "fact" && i < 64; i++) inner = this.program.facts[inner.fact]?.node ?? inner;
    return inner;
  }

  level(state: number): SqlLevel {
    const known = this.#levels.get(state);
    if (known) return known;
    const definition = this.program.levels[state];
    if (!definition) throw new Error(`no level ${state}`);
    const made = translateLevel(definition, this.options.layout.state === undefined ? noPriorLevel() : this.#base.prior(definition.fact), this);
    this.#levels.set(state, made);
    return made;
  }

  field(slot: number): SqlValue {
    return this.#base.field(slot);
  }

  collection(...given: Parameters<SqlTranslator["collection"]>): ReturnType<SqlTranslator["collection"]> {
    return this.#base.collection(...given);
  }

  calendar(...given: Parameters<SqlTranslator["calendar"]>): ReturnType<SqlTranslator["calendar"]> {
    return this.#base.calendar(...given);
  }

  table(values: readonly (number | null)[]): Sql {
    return this.#base.table(values);
  }

  share(piece: Sql, { scope }: SqlPlace, whose?: string): Sql {
    // A column, a parameter or a constant is as short as a name.
    if (piece.parts.length === 1 && !(typeof piece.parts[0] === "object" && piece.parts[0].part === "call")) return piece;
    return scope.define(whose === undefined ? piece : sql`${comment(whose)}${piece}`);
  }

  shareUntil(until: SqlUntil, place: SqlPlace): SqlUntil {
    return until instanceof Sql ? this.share(until, place) : until;
  }

  refuse(node: TruthNode | ValueNode, what: string): never {
    throw new Refusal(what, node.origin);
  }

  #rule(rule: RuleProgram): RuleColumns {
    return rule.each ? this.#itemRule(rule) : this.#customerRule(rule);
  }

  #customerRule(rule: RuleProgram): RuleColumns {
    const answer = this.#answer(rule, this.root, JSON.stringify(""));
    return { rule, ...answer };
  }

  #itemRule(rule: RuleProgram): RuleColumns {
    const { each } = rule;
    if (!each) throw new Error("no items");
    const { block, known, inner } = openBlock(each, this.root, this);
    const idField = each.collection.fields.get(each.collection.idField);
    if (!idField) throw new Refusal(`${each.collection.name}: no id`, rule.origin);
    const subject = call("jsonText", this.value({ op: "field", type: "text", level: 0, slot: idField.slot, name: idField.name, label: idField.label }, inner).sql);
    const { matches, unknowns, fails, until } = this.#answer(rule, inner, subject);
    const gather = (piece: Sql): Sql => this.#scope.aggregate(block, "join", sql`',' || ${piece}`);
    const trimmed = (piece: Sql): Sql => sql`NULLIF(SUBSTR(${gather(piece)}, 2), '')`;
    const allUnknown = known && this.wantsUntil ? sql`CASE WHEN NOT ${known} THEN ${entry([rule.id, "", `${each.collection.name}\n`])} END` : undefined;
    const each_ = unknowns ? trimmed(this.share(unknowns, inner)) : undefined;
    return {
      rule,
      matches: trimmed(this.share(matches, inner)),
      unknowns: allUnknown && each_ ? sql`COALESCE(${allUnknown}, ${each_})` : (allUnknown ?? each_),
      fails: fails && sql`COALESCE(${this.#scope.aggregate(block, "any", fails)}, FALSE)`,
      until: until === undefined ? undefined : sql`COALESCE(${this.#scope.aggregate(block, "min", untilSql(until))}, ${never})`,
    };
  }

  /** What a rule says where it is asked: about the customer, or about one item. */
  #answer(rule: RuleProgram, place: SqlPlace, subject: Sql | string): Omit<RuleColumns, "rule"> {
    const found = this.truth(rule.when, this.wantsUntil ? place : { ...place, sense: "sure" });
    const occurrence: SqlValue = rule.occurrence === "episode" ? { sql: bound(episodeMark, "text"), type: "text", open: false, none: false, until: undefined } : this.value(rule.occurrence, place);
    const said = comment(rule.id);
    const truth = this.wantsUntil ? this.share(found.sql, place, rule.id) : this.share(found.sql, place);
    const there = this.share(occurrence.sql, place);
    const fires = occurrence.open || occurrence.none !== false ? sql`${truth} AND ${there} IS NOT NULL` : truth;
    const fails = anyOf(found.fails, occurrence.fails && sql`(${truth} IS TRUE AND ${occurrence.fails})`);
    const shared = fails && this.share(fails, place);
    const unless = (condition: Sql): Sql => (shared ? sql`(${condition}) AND NOT ${shared}` : condition);
    const head = [`[${JSON.stringify(rule.id)},`, subject, ","] as const;
    const name = rule.occurrence === "episode" ? JSON.stringify(episodeMark) : occurrence.constant ? JSON.stringify(String(occurrence.constant.value)) : call("jsonText", there);
    if (!this.wantsUntil) return { matches: sql`${said}CASE WHEN ${unless(fires)} THEN ${texts(...head, name, "]")} END`, fails: shared, until: undefined };
    const until = this.shareUntil(earliest(found.until), place);
    const held = occurrence.until === undefined ? until : this.shareUntil(sql`CASE WHEN ${truth} THEN ${untilSql(earliest(until, occurrence.until))} ELSE ${untilSql(until)} END`, place);
    const matches = sql`${said}CASE WHEN ${unless(fires)} THEN ${texts(...head, name, ",", typeof held === "object" ? sql`CAST(${held} AS ${call("cast", "text")})` : String(held ?? never), "]")} END`;
    const openTruth: MissingNames = missingOfTruth(rule.when, place, this);
    const openOccurrence = rule.occurrence === "episode" ? undefined : missingOfValue(rule.occurrence, place, this);
    const names = (found: MissingNames): Sql | string => (found ? call("jsonText", found) : '""');
    const cases: Sql[] = [];
    const tail = (found: MissingNames): Sql => texts(...head, names(found), "]");
    if (found.open) cases.push(sql`WHEN ${unless(sql`${truth} IS NULL`)} THEN ${tail(openTruth)}`);
    if (occurrence.open || occurrence.none !== false) cases.push(sql`WHEN ${unless(sql`${truth} AND ${there} IS NULL`)} THEN ${tail(openOccurrence)}`);
    const unknowns = cases.length === 0 ? undefined : sql`${said}CASE ${cases.reduce((all, one) => sql`${all} ${one}`)} END`;
    return { matches, unknowns, fails: shared, until: shared && held !== undefined ? sql`CASE WHEN ${shared} THEN ${never} ELSE ${untilSql(held)} END` : held };
  }
}

/** Texts of ours and of the row, one behind the other. */
function texts(...pieces: readonly (Sql | string)[]): Sql {
  const merged: (Sql | string)[] = [];
  for (const piece of pieces) {
    const last = merged.at(-1);
    if (typeof piece === "string" && typeof last === "string") merged[merged.length - 1] = last + piece;
    else merged.push(piece);
  }
  return joined(merged.map((piece) => (typeof piece === "string" ? bound(piece, "text") : piece)), " || ");
}

/** An entry of the answer that is the same for all. */
function entry(values: readonly unknown[]): Sql {
  return bound(JSON.stringify(values), "text");
}
