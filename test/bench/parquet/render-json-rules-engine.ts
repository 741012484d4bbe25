import { Engine, Operator, type RuleProperties } from "json-rules-engine";
import type { BenchRule, Condition } from "./make-rules.js";

type Conditions = RuleProperties["conditions"];

/**
 * The rules in their guarded form: a leaf over a missing value is false, and `not` is pushed down to the opposite sign, so that
 * nothing becomes true by being missing. Whether one holding meets two conditions at once, it can only be told by an operator.
 */
export function renderJsonRulesEngine(rules: readonly BenchRule[]): Engine {
  const engine = new Engine(rules.map(({ id, when }) => ({ conditions: condition(when, false) as Conditions, event: { type: id } })), { allowUndefinedFacts: true });
  engine.addOperator(new Operator("holds", (holdings: unknown, wanted: { type: string; balance: number }) => Array.isArray(holdings) && (holdings as readonly { type: string; balance?: number | null }[]).some(({ type, balance }) => type === wanted.type && typeof balance === "number" && balance >= wanted.balance)));
  // ISO dates: the numeric operators refuse texts that do not begin with a number, and nothing else orders them.
  engine.addOperator(new Operator("before", (date: unknown, other: string) => typeof date === "string" && date < other));
  return engine;
}

function condition(one: Condition, negated: boolean): unknown {
  switch (one.kind) {
    case "all":
    case "any": {
      const kind = (one.kind === "all") === negated ? "any" : "all";
      return { [kind]: one.of.map((part) => condition(part, negated)) };
    }
    case "not":
      return condition(one.of, !negated);
    case "compare": {
      const [fact = "", ...steps] = one.field.split(".");
      const path = steps.length === 0 ? {} : { path: `$.${steps.join(".")}` };
      if (typeof one.value === "string") return positive(negated, { fact, ...path, operator: "before", value: one.value });
      return { fact, ...path, operator: (one.sign === ">=") === negated ? "lessThan" : "greaterThanInclusive", value: one.value };
    }
    case "in":
      return positive(negated, { fact: one.field, operator: "in", value: one.values });
    case "is":
      return positive(negated, { fact: one.field, operator: "equal", value: one.value });
    case "has":
      return positive(negated, { fact: one.field, operator: "contains", value: one.value });
    case "holds":
      return positive(negated, { fact: "holdings", operator: "holds", value: { type: one.type, balance: one.balance } });
  }
}

function positive(negated: boolean, leaf: object): object {
  if (negated) throw new Error(`no guarded form of not ${JSON.stringify(leaf)}`);
  return leaf;
}
