import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, DiagnosticError, formatDay, loadPack, type CustomerState, type Diagnostic, type Evaluated, type EngineOptions } from "@evertend/core";
import type { Answer, Backend } from "./backend.js";

const environment = createEnvironment([bankingPlugin]);

export function errorsOf(diagnostics: readonly Diagnostic[]): Answer {
  return { errors: diagnostics.filter(({ severity }) => severity === "error").map(({ code, pointer }) => ({ code, pointer })) };
}

function answerOf(result: Evaluated): Answer {
  const { evaluation, matches, unknowns, facts } = result;
  return {
    matches: matches.map(({ ruleId, subject, occurrence, until }) => ({ rule: ruleId, subject, occurrence, until })),
    unknowns: unknowns.map(({ ruleId, subject, missing }) => ({ rule: ruleId, subject, missing })),
    facts,
    wakeUp: evaluation.wakeUp === Infinity ? null : formatDay(evaluation.wakeUp),
    failures: evaluation.failures.map(({ ruleId }) => ruleId).sort(),
    picks: evaluation.matches.flatMap((match) => {
      const { product } = match.rule.policy;
      return product ? [{ rule: match.rule.id, subject: match.subject, product: (evaluation.value(product.pick, match) ?? null) as string | null }] : [];
    }),
  };
}

/** The default back-end: core's closures. */
export const compiledBackend: Backend = {
  name: "compiled",
  skip: () => undefined,
  run(one) {
    const { program, diagnostics } = loadPack(one.files, { environment });
    if (!program) return errorsOf(diagnostics);
    const options: EngineOptions = one.context ? { context: one.context } : {};
    const state = one.state && ({ customerId: "1", asOf: one.asOf, lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [], ...one.state } satisfies CustomerState);
    try {
      const result = createEngine(program, options).evaluate(one.record, { asOf: one.asOf, state });
      return "setAside" in result ? errorsOf(result.setAside) : answerOf(result);
    } catch (error) {
      if (error instanceof DiagnosticError) return errorsOf(error.diagnostics);
      throw error;
    }
  },
};
