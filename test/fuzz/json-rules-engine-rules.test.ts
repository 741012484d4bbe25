import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDiagnostics, loadPack } from "@evertend/core";
import { toJsonRulesEngine } from "@evertend/json-rules-engine";
import { Engine } from "json-rules-engine";
import { expect, test } from "vitest";
import { stateOf } from "../conformance/compiled-backend.js";
import { layOver, readBase } from "../conformance/conformance-case.js";
import { randomCase } from "./random-pack.js";

/** Random packs as rules of json-rules-engine: stock json-rules-engine fires what is surely true, and nothing else. */
const packs = Math.ceil(Number(process.env["EVERTEND_FUZZ_PACKS"] ?? 200) / 4);
const people = 12;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);

const base = readBase(fileURLToPath(new URL("../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);

test(`stock json-rules-engine fires the rules of a pack (${packs} random packs of ${people} records, seed ${seed})`, async () => {
  let fired = 0;
  let silent = 0;
  for (let pack = 0; pack < packs; pack++) {
    const one = randomCase(seed * 1_000_003 + pack, people);
    const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(layOver("fuzz", base, one.pack)) }, { environment });
    if (!program) throw new Error(`pack ${pack}: ${formatDiagnostics(diagnostics)}`);
    const options = one.context ? { context: one.context } : {};
    const core = createEngine(program, options);
    const { sets, facts } = toJsonRulesEngine(program, options);
    // As anybody would use them: no option of ours.
    const engines = sets.map(({ rules }) => new Engine(JSON.parse(JSON.stringify(rules)) as never));
    for (const { record, state } of one.people) {
      const prior = stateOf(state, String(record["customerId"]), one.asOf);
      const evaluated = core.evaluate(record, { asOf: one.asOf, state: prior });
      if ("setAside" in evaluated) throw new Error(`pack ${pack}: a record was set aside`);
      const { evaluation } = evaluated;
      for (const row of facts(record, { asOf: one.asOf, ...(prior ? { state: prior } : {}) })) {
        const { events } = await (engines[row.set] as Engine).run(row.facts);
        const found = events.map(({ type }) => type).sort();
        const expected = program.rules.filter((rule) => (rule.each?.collection.name ?? "") === (sets[row.set]?.each ?? "")).filter((rule) => {
          const item = rule.each && (rule.each.collection.scope === "record" ? evaluation.record.collections : core.context)[rule.each.collection.slot]?.find((own) => own[rule.each?.collection.fields.get(rule.each.collection.idField)?.slot ?? 0] === row.subject);
          return evaluation.truth(rule.when, { rule, subject: row.subject, occurrence: "", until: Infinity, ...(item ? { item } : {}) }) === 1;
        }).map(({ id }) => id).sort();
        expect(`pack ${pack} customer ${evaluated.customerId} ${row.subject}: ${found.join(" ")}`).toBe(`pack ${pack} customer ${evaluated.customerId} ${row.subject}: ${expected.join(" ")}`);
        fired += found.length;
        silent += expected.length === 0 ? 1 : 0;
      }
    }
  }
  console.info(`fuzz: stock json-rules-engine fired ${fired} times, was silent on ${silent} rows`);
  expect(fired).toBeGreaterThan(packs);
  expect(silent).toBeGreaterThan(packs);
}, 600_000);
