import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDiagnostics, loadPack, parseDay } from "@evertend/core";
import { expect, test } from "vitest";
import { stateOf } from "../../conformance/compiled-backend.js";
import { layOver, readBase } from "../../conformance/conformance-case.js";
import { randomCase } from "../random-pack.js";
import { rightDays, type NaiveDays } from "./naive-days.js";
import { NaiveProgram } from "./naive-program.js";
import { plantedMistakes } from "./planted-mistakes.js";
import { contextOf, tell, todayOfEngine, todayOfOracle } from "./tell-answers.js";

/** How many packs it may take until a mistake is seen; as many as the back-ends are compared on. */
const packs = 200;
const people = 20;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);

const base = readBase(fileURLToPath(new URL("../../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);

/**
 * Two interpreters that agree on random packs prove nothing where the packs never come near an edge. So each mistake is
 * planted in the oracle, and must make it disagree: the same mistake in the engine would then be found as well.
 */
test(`each mistake with dates that is planted in the oracle is seen within ${packs} packs of ${people} records (seed ${seed})`, () => {
  const seenAt = new Map<string, number>();
  for (let pack = 0; pack < packs && seenAt.size < Object.keys(plantedMistakes).length; pack++) {
    const one = randomCase(seed * 1_000_003 + pack, people);
    const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(layOver("fuzz", base, one.pack)) }, { environment });
    if (!program) throw new Error(formatDiagnostics(diagnostics));
    const engine = createEngine(program, { generate: false, index: false, ...(one.context ? { context: one.context } : {}) });
    const context = contextOf(program, one.context);
    for (const { record, state: given } of one.people) {
      const state = stateOf(given, String(record["customerId"]), one.asOf);
      const result = engine.evaluate(record, { asOf: one.asOf, state });
      if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
      const { evaluation } = result;
      if (evaluation.failures.length > 0) continue;
      const told = (mistake: Partial<NaiveDays>): string => JSON.stringify(todayOfOracle(tell(new NaiveProgram({ program, record: evaluation.record, context, asOf: parseDay(one.asOf) as number, lastFacts: state?.lastFacts ?? {}, days: { ...rightDays, ...mistake } }), state?.episodes ?? {})));
      // Whatever the engine itself has wrong is the other test's to find, and may not stand for a planted mistake.
      if (told({}) !== JSON.stringify(todayOfEngine(evaluation))) throw new Error(`pack ${pack}: the oracle and the engine differ`);
      for (const [name, mistake] of Object.entries(plantedMistakes)) if (!seenAt.has(name) && told(mistake) !== told({})) seenAt.set(name, pack);
    }
  }
  console.info(`oracle's mistakes, by the pack that showed them: ${[...seenAt].map(([name, pack]) => `${name} ${pack}`).join("; ")}`);
  expect(Object.keys(plantedMistakes).filter((name) => !seenAt.has(name))).toEqual([]);
}, 300_000);
