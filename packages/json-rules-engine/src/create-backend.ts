import { createEngine, type CustomerState, type Program, type SetAside } from "@evertend/core";
import { Engine } from "json-rules-engine";
import { asMatch, expandProgram, scalarRow, subjectsOf, type RuleSet, type Subject } from "./expand-program.js";
import { factsReadBy, fieldsReadBy } from "./names-read-by.js";
import { loadAsyncFields, type AsyncFacts } from "./load-async-fields.js";
import { nothingFound } from "./nothing-found.js";
import { plainPath } from "./plain-path.js";
import { topLevel } from "./translate-condition.js";

/** What a back-end may need beside its program. */
export interface JsonRulesEngineBackendOptions {
  /** Context collections by name, as JSON. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Fields that the host looks up: each is asked once a record, all at the same time. */
  readonly facts?: AsyncFacts;
}

/** What json-rules-engine says about a record. In order of rule and subject. */
export interface JsonRulesEngineAnswer {
  readonly customerId: string;
  readonly matches: readonly { readonly ruleId: string; readonly subject: string; readonly occurrence: string }[];
  /** Rules that are neither surely true nor surely false. */
  readonly open: readonly { readonly ruleId: string; readonly subject: string }[];
  /** Rules that failed: a fact of theirs could not be worked out or looked up. The others are answered all the same. */
  readonly failures: readonly string[];
}

/** json-rules-engine as a back-end. Records are answered one after the other, whatever the caller does at a time. */
export interface JsonRulesEngineBackend {
  evaluate(record: unknown, day: { readonly asOf: string; readonly state?: CustomerState | undefined }): Promise<JsonRulesEngineAnswer | SetAside>;
}

type RunSet = RuleSet & { readonly engine: Engine };

/**
 * Evaluates a pack with json-rules-engine: core expands time, items and derived facts to scalars, json-rules-engine
 * answers comparisons and Boolean structure, each rule twice (surely true, possibly true). Its path resolver is ours.
 *
 * @throws DiagnosticError when a context collection is not as the model says
 * @example
 * ```ts
 * const backend = createJsonRulesEngineBackend(program, { facts: { score: async (id) => scores.lookUp(id) } });
 * const answer = await backend.evaluate(record, { asOf: "2026-11-30" });
 * ```
 */
export function createJsonRulesEngineBackend(program: Program, options: JsonRulesEngineBackendOptions = {}): JsonRulesEngineBackend {
  const core = createEngine(program, options.context ? { context: options.context } : {});
  const sets: readonly RunSet[] = expandProgram(program).map((set) => ({ ...set, engine: engineOf(set) }));
  const fields = new Map(program.rules.map((rule) => [rule.id, fieldsReadBy(rule, program)] as const));
  // Two runs of one engine at a time share its status: the second can lose rules of the first.
  let busy: Promise<unknown> = Promise.resolve();

  async function evaluate(given: unknown, { asOf, state }: { readonly asOf: string; readonly state?: CustomerState | undefined }): Promise<JsonRulesEngineAnswer | SetAside> {
    const { record, failed } = await loadAsyncFields(given, options.facts ?? {}, program);
    const evaluated = core.evaluate(record, { asOf, state, found: nothingFound });
    if ("setAside" in evaluated) return evaluated;
    const { evaluation, customerId } = evaluated;
    const answer = { matches: [] as { ruleId: string; subject: string; occurrence: string }[], open: [] as { ruleId: string; subject: string }[], failures: new Set<string>() };
    // Without a field that was asked for, nothing of the rule can be told; what fails for one item fails for it alone.
    const lost = new Set([...fields].filter(([, names]) => names.some((name) => failed.has(name))).map(([ruleId]) => ruleId));
    for (const ruleId of lost) answer.failures.add(ruleId);
    for (const set of sets) {
      const subjects = subjectsOf(set, evaluation.record, core.context);
      if (!subjects) for (const { rule } of set.rules) answer.open.push({ ruleId: rule.id, subject: "" });
      for (const subject of subjects ?? []) await judge(set, subject, evaluation, asOf, state, answer);
    }
    const lives = ({ ruleId }: { readonly ruleId: string }): boolean => !lost.has(ruleId);
    return { customerId, matches: answer.matches.filter(lives).sort(byRule), open: answer.open.filter(lives).sort(byRule), failures: [...answer.failures].sort() };
  }

  async function judge(set: RunSet, subject: Subject, evaluation: Parameters<typeof scalarRow>[1], asOf: string, state: CustomerState | undefined, answer: { readonly matches: { ruleId: string; subject: string; occurrence: string }[]; readonly open: { ruleId: string; subject: string }[]; readonly failures: Set<string> }): Promise<void> {
    const { facts, failed } = scalarRow(set, evaluation, subject);
    const { results } = await set.engine.run({ ...facts });
    const fired = new Set(results.map(({ event }) => event?.type));
    for (const { rule, when } of set.rules) {
      if (failed.size > 0 && factsReadBy(when).some((name) => failed.has(name))) {
        answer.failures.add(rule.id);
        continue;
      }
      if (!fired.has(`possible ${rule.id}`)) continue;
      if (!fired.has(`sure ${rule.id}`)) {
        answer.open.push({ ruleId: rule.id, subject: subject.subject });
        continue;
      }
      const occurrence = rule.occurrence === "episode" ? (state?.episodes[`${rule.id}\n${subject.subject}`] ?? asOf) : evaluation.value(rule.occurrence, asMatch(rule, subject));
      if (occurrence === undefined || occurrence === null) answer.open.push({ ruleId: rule.id, subject: subject.subject });
      else answer.matches.push({ ruleId: rule.id, subject: subject.subject, occurrence: String(occurrence) });
    }
  }

  return {
    evaluate(record, day) {
      const next = busy.then(() => evaluate(record, day));
      busy = next.catch(() => undefined);
      return next;
    },
  };
}

function engineOf({ rules }: RuleSet): Engine {
  const both = rules.flatMap(({ rule, when }) => [
    { conditions: topLevel(when.sure), event: { type: `sure ${rule.id}` } },
    { conditions: topLevel(when.possible), event: { type: `possible ${rule.id}` } },
  ]);
  return new Engine(both, { pathResolver: plainPath });
}

function byRule(a: { readonly ruleId: string; readonly subject: string }, b: { readonly ruleId: string; readonly subject: string }): number {
  return a.ruleId !== b.ruleId ? (a.ruleId < b.ruleId ? -1 : 1) : a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0;
}
