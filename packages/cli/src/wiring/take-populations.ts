import { takePopulation } from "@evertend/banking";
import type { Diagnostic, Engine, Lang, RecordSource } from "@evertend/core";

/** What the first pass of a run came to. */
export interface TakenPopulations {
  readonly context: Readonly<Record<string, unknown>>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The first pass that ranks need: where the pack has facts of the kind `population` and the context does not bring their
 * snapshot, every record is evaluated once for it. `undefined` where there is nothing to take.
 */
export async function takePopulations(engine: Engine, source: Pick<RecordSource, "records">, context: Readonly<Record<string, unknown>>, day: { readonly asOf: string; readonly lang: Lang }): Promise<TakenPopulations | undefined> {
  const taker = takePopulation(engine.program, context);
  if (taker.collections.length === 0) return undefined;
  const seen = new Set<string>();
  for await (const { id, json } of source.records()) {
    // The first of several records under one id is the customer; who cannot be used is told of by the run itself.
    if (id === "" || seen.has(id)) continue;
    const evaluated = engine.evaluate(json, { asOf: day.asOf });
    if ("setAside" in evaluated) continue;
    seen.add(id);
    taker.add(evaluated);
  }
  const { context: taken, diagnostics } = taker.finish(day.lang);
  return { context: { ...context, ...taken }, diagnostics };
}
