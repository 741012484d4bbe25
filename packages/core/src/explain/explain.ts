import type { CustomerDecisions } from "../arbitrate/candidate.js";
import type { Decision } from "../decision/decision.js";
import { reasonTexts } from "../decision/reason-codes.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import { UNKNOWN, type NormalContext } from "../evaluate/value.js";
import type { Program } from "../lower/program.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { CustomerState } from "../ports/customer-state.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Clause, ExplainedDecision, ExplainedSubject, Explanation, RuleOutline } from "./explanation.js";
import { WayFinder } from "./find-ways.js";
import { fillText, sameText } from "./in-both-languages.js";
import { sayPolicyClause } from "./say-policy-clause.js";
import { Sayings } from "./sayings.js";
import { summariseClause } from "./summarise-clause.js";
import { ClauseTracer } from "./trace-clause.js";
import { answerOf, Tracer, type OpenItem } from "./tracer.js";

/** The day that is asked about, as for an engine's `decide`. */
export interface ExplainDay {
  /** Civil date, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Instant with offset. */
  readonly at: string;
  readonly state?: CustomerState | undefined;
  readonly place?: { readonly file: string; readonly row: number };
}

/** A record that cannot be used, and why. */
type Unusable = { readonly setAside: readonly Diagnostic[] };

/** A customer's day as an engine decides it. */
interface DecidedDay {
  readonly customerId: string;
  readonly evaluation: Evaluation;
  readonly decisions: CustomerDecisions;
}

/** What an explanation needs of an engine; `createEngine` gives one. */
export interface ExplainEngine {
  readonly program: Program;
  readonly context: NormalContext;
  decide(record: unknown, day: ExplainDay): DecidedDay | Unusable;
  /** The engine that decides this record, where that is not always the same one. */
  of?(record: unknown): ExplainEngine;
}

/** What is asked: a rule, and the day. */
export interface ExplainOptions extends ExplainDay {
  /** Id of a plain rule, as matches carry it (`tier/upgraded`). */
  readonly ruleId: string;
  /** Only this subject; absent = all of them. */
  readonly subject?: string | undefined;
}

/**
 * Why a rule fires for a customer, or why not: clause by clause with what was found, what is missing, what policy made
 * of it and what would change it. Pure; limits across customers (slots, budgets) are not looked at.
 *
 * @throws RangeError where the program that decides the record has no such rule; ask `rulesNamed` first
 * @example
 * ```ts
 * const answer = explain(engine, record, { ruleId: "card-offer", asOf: "2026-11-30", at: "2026-11-30T09:00:00+08:00" });
 * if (!("setAside" in answer)) for (const { subject, summary } of answer.subjects) console.log(subject, summary.en);
 * ```
 */
export function explain(engine: ExplainEngine, record: unknown, options: ExplainOptions): Explanation | Unusable {
  const own = engine.of?.(record) ?? engine;
  const rule = own.program.rules.find((one) => one.id === options.ruleId);
  if (!rule) throw new RangeError(`no rule "${options.ruleId}"`);
  const decided = own.decide(record, options);
  if ("setAside" in decided) return decided;
  return explainDecided(own, decided, rule, options);
}

/**
 * The plain rules that an id stands for: the rule itself, or the parts of an authored rule whose kind made several
 * (`tier` → `tier/atRisk`, `tier/upgraded`), in order of id.
 */
export function rulesNamed(program: Program, id: string): readonly RuleProgram[] {
  return program.rules.filter((rule) => rule.id === id || rule.id.startsWith(`${id}/`)).sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** One line for every rule and subject of a customer: what fires, what does not and why, what is open. */
export function outlineRules(joined: ExplainEngine, record: unknown, options: ExplainDay): { readonly customerId: string; readonly rules: readonly RuleOutline[] } | Unusable {
  const engine = joined.of?.(record) ?? joined;
  const decided = engine.decide(record, options);
  if ("setAside" in decided) return decided;
  const tracer = tracerOf(engine, decided, options);
  const rules = [...engine.program.rules].sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap((rule) => {
    const sayings = new Sayings(engine.program, rule);
    return subjectsOf(tracer, rule, undefined).map(({ subject, open }): RuleOutline => {
      const { clause, missing, decisions } = trace(engine.program, tracer, decided, rule, subject, open);
      return { ruleId: rule.id, subject, title: rule.title, answer: clause.answer, until: clause.until, summary: summariseClause(clause, missing.map((name) => sayings.byName(name))), outcomes: decisions };
    });
  });
  return { customerId: decided.customerId, rules };
}

function tracerOf(engine: ExplainEngine, decided: DecidedDay, options: ExplainDay): Tracer {
  return new Tracer(engine.program, { record: decided.evaluation.record, context: engine.context, asOf: decided.evaluation.asOf, state: options.state });
}

function explainDecided(engine: ExplainEngine, decided: DecidedDay, rule: RuleProgram, options: ExplainOptions): Explanation {
  const { program } = engine;
  const tracer = tracerOf(engine, decided, options);
  const sayings = new Sayings(program, rule);
  const subjects = subjectsOf(tracer, rule, options.subject).map(({ subject, open }): ExplainedSubject => {
    const traced = trace(program, tracer, decided, rule, subject, open);
    const ways = traced.clause.answer === "true" ? [] : new WayFinder(tracer, sayings).ways(rule.when, open);
    return {
      subject,
      answer: traced.clause.answer,
      until: traced.clause.until,
      ...(traced.occurrence === undefined ? {} : { occurrence: traced.occurrence }),
      summary: summariseClause(traced.clause, traced.missing.map((name) => sayings.byName(name))),
      clause: traced.clause,
      missing: traced.missing,
      wouldChange: ways,
      decisions: traced.decisions,
    };
  });
  const note = subjects.length === 0 ? emptyNote(tracer, rule, options.subject) : undefined;
  return {
    customerId: decided.customerId,
    ruleId: rule.id,
    title: rule.title,
    asOf: options.asOf,
    at: options.at,
    ...(rule.each ? { each: { collection: rule.each.collection.name, label: rule.each.collection.label, as: rule.each.as } } : {}),
    subjects,
    ...(note ? { note } : {}),
    evidence: { packHash: program.hash, engineVersion: program.engineVersion, recordHash: decided.evaluation.record.hash },
  };
}

interface SubjectAt {
  readonly subject: string;
  readonly open: readonly OpenItem[];
}

/** The subjects of a rule in order of id. */
function subjectsOf(tracer: Tracer, rule: RuleProgram, only: string | undefined): readonly SubjectAt[] {
  const range = rule.each;
  if (!range) return only === undefined || only === "" ? [{ subject: "", open: [] }] : [];
  const items = tracer.items(range) ?? [];
  return items
    .map((_, index): SubjectAt => ({ subject: tracer.idOf({ range, index }), open: [{ range, index }] }))
    .filter(({ subject }) => only === undefined || subject === only)
    .sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0));
}

function emptyNote(tracer: Tracer, rule: RuleProgram, only: string | undefined): Bilingual {
  const range = rule.each;
  if (!range) return fillText({ "zh-CN": "该规则针对客户本人，没有子项“{s}”", en: "the rule speaks of the customer and has no item \"{s}\"" }, { s: sameText(only ?? "") });
  const c = range.collection.label;
  const items = tracer.items(range);
  if (!items) return fillText({ "zh-CN": "无法判断：缺少{c}（{n}）", en: "cannot be decided: {c} ({n}) are missing" }, { c, n: sameText(range.collection.name) });
  if (items.length === 0) return fillText({ "zh-CN": "不触发：没有{c}（{n}）", en: "does not fire: there are no {c} ({n})" }, { c, n: sameText(range.collection.name) });
  return fillText({ "zh-CN": "{c}中没有“{s}”", en: "there is no \"{s}\" among {c}" }, { c, s: sameText(only ?? "") });
}

interface TracedRule {
  readonly clause: Clause;
  readonly missing: readonly string[];
  /** Absent where the rule is not true, or cannot say which time it is. */
  readonly occurrence?: string;
  readonly decisions: readonly ExplainedDecision[];
}

function trace(program: Program, tracer: Tracer, decided: DecidedDay, rule: RuleProgram, subject: string, open: readonly OpenItem[]): TracedRule {
  const match = decided.evaluation.matches.find((one) => one.rule.id === rule.id && one.subject === subject);
  const decisions = decided.decisions.candidates.filter(({ decision }) => decision.ruleId === rule.id && decision.subject === subject).map(({ decision }) => explainDecision(program, rule, decision));
  const failure = decided.evaluation.failures.find((one) => one.ruleId === rule.id);
  if (failure) return { clause: failed(rule, failure.message), missing: [], decisions };
  const clause = new ClauseTracer(tracer, new Sayings(program, rule)).clause(rule.when, open);
  const truth = tracer.truth(rule.when, open).value;
  if (clause.answer === "true" && !match && rule.occurrence !== "episode") {
    // True, but which time it is stays open: it does not fire either.
    const missing = tracer.missingOfValue(rule.occurrence, open);
    return { clause: { ...clause, answer: "unknown" }, missing, decisions };
  }
  return {
    clause,
    missing: truth === UNKNOWN ? tracer.missingOf(rule.when, open) : [],
    ...(match ? { occurrence: match.occurrence } : {}),
    decisions,
  };
}

function failed(rule: RuleProgram, code: string): Clause {
  return { op: "constant", text: { "zh-CN": `规则计算失败（${code}），不触发`, en: `the rule failed (${code}) and does not fire` }, answer: answerOf(UNKNOWN), until: null, origin: rule.origin };
}

/** A decision with its reason and policy clause in words. */
export function explainDecision(program: Program, rule: RuleProgram, decision: Decision): ExplainedDecision {
  const { key, occurrence, action, outcome, reason, clause, until, channel, notBefore, expiresAt } = decision;
  return {
    key, occurrence, action, class: decision.class, outcome, reason, reasonText: reasonTexts[reason],
    clause, clauseText: sayPolicyClause(program, rule, clause), until, channel, notBefore, expiresAt,
  };
}
