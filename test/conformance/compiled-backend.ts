import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, DiagnosticError, formatDay, loadPack, type CustomerState, type Diagnostic, type Evaluated, type EngineOptions, type EvaluatorOptions } from "@evertend/core";
import { batchOf, type Answer, type Backend, type Batch } from "./backend.js";

const environment = createEnvironment([bankingPlugin]);

/** The errors among what was found, as an answer. */
export function errorsOf(diagnostics: readonly Diagnostic[]): Extract<Answer, { errors: unknown }> {
  return { errors: diagnostics.filter(({ severity }) => severity === "error").map(({ code, pointer }) => ({ code, pointer })) };
}

/** A state with the parts that a case leaves out. */
export function stateOf(given: Readonly<Record<string, unknown>> | undefined, customerId: string, asOf: string): CustomerState | undefined {
  return given && { customerId, asOf, lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [], ...given };
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

function runMany({ files, asOf, context, people }: Batch, how: EvaluatorOptions): readonly Answer[] {
  const { program, diagnostics } = loadPack(files, { environment });
  if (!program) return people.map(() => errorsOf(diagnostics));
  const options: EngineOptions = { ...how, ...(context ? { context } : {}) };
  try {
    const engine = createEngine(program, options);
    return people.map(({ record, state }) => {
      const result = engine.evaluate(record, { asOf, state: stateOf(state, String(record["customerId"]), asOf) });
      return "setAside" in result ? errorsOf(result.setAside) : answerOf(result);
    });
  } catch (error) {
    if (error instanceof DiagnosticError) return people.map(() => errorsOf(error.diagnostics));
    throw error;
  }
}

function compiled(name: string, how: EvaluatorOptions): Backend {
  return { name, answers: "full", skip: () => undefined, run: (one) => runMany(batchOf(one), how)[0] as Answer, runMany: (batch) => runMany(batch, how) };
}

/** The default back-end of core with closures alone: what the others are held to. */
export const compiledBackend = compiled("compiled", { generate: false, index: false });

/** The same as over many records: an index, and code generated from program and model. */
export const generatedBackend = compiled("compiled, generated code", { generate: true, index: true });

/** The same as over many records where code must not be generated. */
export const indexedBackend = compiled("compiled, index and closures", { generate: false, index: true });
