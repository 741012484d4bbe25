import { createEngine, DiagnosticError, type CustomerState, type Program } from "@evertend/core";
import type { RuleProperties } from "json-rules-engine";
import { expandProgram, scalarRow, subjectsOf, type RuleSet } from "./expand-program.js";
import { nothingFound } from "./nothing-found.js";
import type { ScalarValue } from "./scalar-facts.js";
import { topLevel } from "./translate-condition.js";

/** Rules of a pack for json-rules-engine, and the facts they run over. */
export interface JsonRulesEngineRules {
  /** Rules by what they speak of: one engine for each. The event's type is the rule's id. */
  readonly sets: readonly {
    /** Name of the collection whose items the rules speak of; absent = the customer. */
    readonly each?: string;
    readonly rules: readonly RuleProperties[];
    /** Facts that core works out beforehand, and from what kind of node: what json-rules-engine has no words for. */
    readonly computed: readonly { readonly fact: string; readonly from: string }[];
  }[];
  /**
   * Facts of one record on one day: a row for the customer and one for each item, each to be run with the engine of its
   * set. All facts that the rules name are there; missing ones are `null`.
   *
   * @throws DiagnosticError with what is wrong in the record
   */
  facts(record: unknown, day: { readonly asOf: string; readonly state?: CustomerState }): readonly { readonly set: number; readonly subject: string; readonly facts: Readonly<Record<string, ScalarValue>> }[];
}

/** What rules may need beside their program. */
export interface ToJsonRulesEngineOptions {
  /** Context collections by name, as JSON. */
  readonly context?: Readonly<Record<string, unknown>>;
}

/**
 * Says a checked pack in the language of json-rules-engine: stock json-rules-engine then fires the same rules, those that
 * are surely true, also where facts are missing. Dates are texts, and items, time and derived facts are worked out by core
 * into scalars. What a failing fact (a sum beyond 2^53, a plugin that throws) decides stays unknown and does not fire.
 *
 * @throws DiagnosticError when a context collection is not as the model says
 * @example
 * ```ts
 * const { sets, facts } = toJsonRulesEngine(program);
 * const engines = sets.map(({ rules }) => new Engine([...rules]));
 * for (const row of facts(record, { asOf: "2026-11-30" })) {
 *   const { events } = await engines[row.set]!.run(row.facts);
 * }
 * ```
 */
export function toJsonRulesEngine(program: Program, options: ToJsonRulesEngineOptions = {}): JsonRulesEngineRules {
  const engine = createEngine(program, options);
  const sets = expandProgram(program);
  return {
    sets: sets.map((set) => ({ ...(set.each ? { each: set.each.collection.name } : {}), rules: rulesOf(set), computed: computedOf(set) })),
    facts(record, { asOf, state }) {
      const evaluated = engine.evaluate(record, { asOf, state, found: nothingFound });
      if ("setAside" in evaluated) throw new DiagnosticError(evaluated.setAside);
      const { evaluation } = evaluated;
      return sets.flatMap((set, i) => (subjectsOf(set, evaluation.record, engine.context) ?? []).map((subject) => ({ set: i, subject: subject.subject, facts: scalarRow(set, evaluation, subject).facts })));
    },
  };
}

function rulesOf({ rules }: RuleSet): readonly RuleProperties[] {
  return rules.map(({ rule, when }) => ({ name: rule.id, conditions: topLevel(when.sure), event: { type: rule.id } }));
}

function computedOf({ scalars }: RuleSet): readonly { readonly fact: string; readonly from: string }[] {
  return scalars.all.filter(({ kind, node }) => kind === "truth" || (kind === "value" && node.op !== "field")).map(({ name, node }) => ({ fact: name, from: node.op })).sort((a, b) => (a.fact < b.fact ? -1 : 1));
}
