import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDiagnostics, loadPack, parseDay } from "@evertend/core";
import { expect, test } from "vitest";
import { stateOf } from "../../conformance/compiled-backend.js";
import { layOver, readBase } from "../../conformance/conformance-case.js";
import { randomCase, type RandomCase } from "../random-pack.js";
import { NaiveProgram, type Verdict } from "./naive-program.js";
import { written } from "./naive-days.js";
import { contextOf, tell, todayOfEngine, todayOfOracle, type Told } from "./tell-answers.js";

/**
 * The compiled back-end against an interpreter written from the documents, on random packs: the same matches,
 * occurrences and open rules, and no answer changes on any of the days through which it is said to hold.
 *
 * EVERTEND_FUZZ_SEED and EVERTEND_FUZZ_PACK replay one pack; EVERTEND_ORACLE_PACKS says how many there are.
 */
const packs = Number(process.env["EVERTEND_ORACLE_PACKS"] ?? 60);
const people = Number(process.env["EVERTEND_ORACLE_PEOPLE"] ?? 8);
const daysAhead = 40;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);
const only = process.env["EVERTEND_FUZZ_PACK"];

const base = readBase(fileURLToPath(new URL("../../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);
const verdicts: Readonly<Record<Verdict, number>> = { yes: 0, no: 0, open: 0 };
const seen = { ...verdicts, matches: 0, turned: 0, early: 0, days: 0 };

function judge(one: RandomCase): string[] {
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(layOver("fuzz", base, one.pack)) }, { environment });
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  const engine = createEngine(program, { generate: false, index: false, ...(one.context ? { context: one.context } : {}) });
  const context = contextOf(program, one.context);
  const asOf = parseDay(one.asOf) as number;
  const faults: string[] = [];
  for (const person of one.people) {
    const state = stateOf(person.state, String(person.record["customerId"]), one.asOf);
    const result = engine.evaluate(person.record, { asOf: one.asOf, state });
    if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
    const { evaluation } = result;
    if (evaluation.failures.length > 0) continue;
    const ground = { program, record: evaluation.record, context, asOf, lastFacts: state?.lastFacts ?? {} };
    const today = new NaiveProgram(ground);
    const told = tell(today, state?.episodes ?? {});
    const blame = (what: string, expected: unknown, found: unknown): void => void faults.push(`customer ${String(person.record["customerId"])}: ${what}: the oracle says ${JSON.stringify(expected)}, the engine ${JSON.stringify(found)}\n${JSON.stringify({ ...one, people: [person] })}`);
    const [expected, found] = [todayOfOracle(told), todayOfEngine(evaluation)];
    for (const { verdict } of told.values()) seen[verdict]++;
    if (JSON.stringify(expected) !== JSON.stringify(found)) blame("today", expected, found);
    else {
      const until = new Map(evaluation.matches.map((match) => [`${match.rule.id}\n${match.subject}`, match.until]));
      seen.matches += until.size;
      let before = today;
      // What began today goes on with the days.
      const episodes = { ...state?.episodes, ...Object.fromEntries([...told].filter(([, { verdict }]) => verdict === "yes").map(([key, { occurrence }]) => [key, occurrence])) };
      for (let day = asOf + 1; day <= asOf + daysAhead; day++) {
        before = new NaiveProgram({ ...ground, asOf: day, lastFacts: before.remembered() });
        const later = tell(before, episodes);
        seen.days++;
        for (const [key, { verdict, occurrence }] of told) {
          const then = later.get(key) as Told;
          const same = then.verdict === verdict && (verdict !== "yes" || then.occurrence === occurrence);
          const last = until.get(key);
          if (last === day - 1) seen[same ? "early" : "turned"]++;
          if (same) continue;
          if (last !== undefined && day <= last) blame(`${key} on ${written(day)}, said to hold until ${written(Math.min(last, 2_000_000))}`, { verdict, occurrence }, then);
          else if (day < evaluation.wakeUp) blame(`${key} turned on ${written(day)}, before the wake-up day`, { verdict, occurrence }, then);
        }
        if (faults.length > 0) break;
      }
    }
    if (faults.length > 0) return faults;
  }
  return faults;
}

test(`an interpreter written from the documents agrees with the compiled back-end (${packs} packs of ${people} records, seed ${seed})`, () => {
  const faults: string[] = [];
  const numbers = only === undefined ? Array.from({ length: packs }, (_, i) => i) : [Number(only)];
  for (const pack of numbers) {
    const found = judge(randomCase(seed * 1_000_003 + pack, people));
    if (found.length > 0) faults.push(`replay with EVERTEND_FUZZ_SEED=${seed} EVERTEND_FUZZ_PACK=${pack}\n${found[0]}`);
    if (faults.length >= 5) break;
  }
  console.info(`oracle: ${numbers.length} packs: ${JSON.stringify(seen)}`);
  expect(faults.join("\n\n")).toBe("");
  if (only !== undefined) return;
  // All three answers occur, and answers turn on the day they are said to.
  for (const verdict of ["yes", "no", "open"] as const) expect(seen[verdict]).toBeGreaterThan(packs);
  expect(seen.turned).toBeGreaterThan(packs / 2);
}, 600_000);
