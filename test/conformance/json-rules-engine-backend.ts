import { bankingPlugin } from "@evertend/banking";
import { createEnvironment, DiagnosticError, loadPack } from "@evertend/core";
import { createJsonRulesEngineBackend } from "@evertend/json-rules-engine";
import { batchOf, type Answer, type Backend, type Batch } from "./backend.js";
import { errorsOf, stateOf } from "./compiled-backend.js";

const environment = createEnvironment([bankingPlugin]);

async function runMany({ files, asOf, context, people }: Batch): Promise<readonly Answer[]> {
  const { program, diagnostics } = loadPack(files, { environment });
  if (!program) return people.map(() => errorsOf(diagnostics));
  try {
    const backend = createJsonRulesEngineBackend(program, context ? { context } : {});
    return await Promise.all(people.map(async ({ record, state }): Promise<Answer> => {
      const answer = await backend.evaluate(record, { asOf, state: stateOf(state, String(record["customerId"]), asOf) });
      if ("setAside" in answer) return errorsOf(answer.setAside);
      return {
        matches: answer.matches.map(({ ruleId, subject, occurrence }) => ({ rule: ruleId, subject, occurrence, until: null })),
        unknowns: answer.open.map(({ ruleId, subject }) => ({ rule: ruleId, subject, missing: [] })),
        facts: {}, wakeUp: null, failures: answer.failures, picks: [],
      };
    }));
  } catch (error) {
    if (error instanceof DiagnosticError) return people.map(() => errorsOf(error.diagnostics));
    throw error;
  }
}

/** json-rules-engine over scalars that core works out. */
export const jsonRulesEngineBackend: Backend = {
  name: "json-rules-engine",
  answers: "matches",
  skip: () => undefined,
  run: async (one) => (await runMany(batchOf(one)))[0] as Answer,
  runMany,
};
