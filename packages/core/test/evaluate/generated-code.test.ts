import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDay, parseDay } from "../../src/calendar/civil-date.js";
import { createEvaluator } from "../../src/evaluate/create-evaluator.js";
import type { EvaluatorOptions } from "../../src/evaluate/evaluator.js";
import { createCompiler } from "../../src/evaluate/compiler.js";
import { generateCode, literal } from "../../src/evaluate/generate-code.js";
import { generateRules } from "../../src/evaluate/generate-rules.js";
import { generateSelect } from "../../src/evaluate/generate-select.js";
import { indexRules } from "../../src/evaluate/index-rules.js";
import { createNodeKeys } from "../../src/evaluate/node-key.js";
import { createNodeTest } from "../../src/evaluate/node-test.js";
import { loadPack } from "../../src/load-pack.js";
import type { Program } from "../../src/lower/program.js";
import { createNormaliser } from "../../src/normalise/normalise-record.js";
import { createEnvironment, defineOperator, definePlugin } from "../../src/plugin/environment.js";

/**
 * Closures are the oracle: generated code, the index, both together and matches alone must answer like them, of any
 * program and record.
 */
const runs = process.env["EVERTEND_FULL"] ? 4000 : 500;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_125);
const asOf = parseDay("2026-03-01") ?? 0;

const odd = definePlugin({
  name: "odd",
  operators: [defineOperator({ id: "throwsOn", label: { "zh-CN": "抛错", en: "throws on" }, factTypes: ["number"], valueTypes: ["number"], evaluate: (fact, value) => {
    if (fact === value) throw new Error("as asked");
    return (fact as number) > (value as number) ? 1 : 0;
  } })],
});
const environment = createEnvironment([odd]);

const label = { "zh-CN": "项", en: "thing" };
const model = {
  id: "m", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "customerId",
    properties: {
      customerId: { type: "string" }, n: { type: "number" }, k: { type: "number", scale: 2, absent: "none" }, t: { type: "string" }, g: { type: "string", enum: ["a", "b", "c"], absent: "none" }, b: { type: "boolean" },
      d: { type: "string", format: "date" }, e: { type: "string", format: "date", absent: "none" }, tags: { type: "array", items: { type: "string" } },
      items: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, x: { type: "number", scale: 2 }, d: { type: "string", format: "date" }, t: { type: "string", enum: ["a", "b", "c"] } } } },
      cards: { type: "array", absent: "none", items: { type: "object", properties: { y: { type: "number" } } } },
    },
  },
};
const facts = [
  { id: "age", kind: "daysSince", date: "d" },
  { id: "sum", kind: "aggregate", fold: "sum", over: "items as s", of: "s.x", empty: 0 },
  { id: "late", kind: "aggregate", fold: "count", over: "items as s", where: [["s.d", "withinLastDays", 20]] },
  { id: "band", kind: "bands", of: "n", bands: [{ from: 0, name: "low" }, { from: 5, name: "high" }] },
];

const day = fc.integer({ min: asOf - 40, max: asOf + 40 }).map(formatDay);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4 });
const small = fc.integer({ min: 0, max: 7 });
const record = fc.record({
  n: maybe(small), k: maybe(small), t: maybe(fc.constantFrom("a", "b", "")), g: maybe(fc.constantFrom("a", "b", "c")), b: maybe(fc.boolean()), d: maybe(day), e: maybe(day),
  tags: maybe(fc.uniqueArray(fc.constantFrom("p", "q", "r"))),
  items: maybe(fc.uniqueArray(fc.record({ id: fc.constantFrom("i1", "i2", "i3"), x: maybe(small), d: maybe(day), t: maybe(fc.constantFrom("a", "b", "c")) }), { selector: ({ id }) => id })),
  cards: maybe(fc.array(fc.record({ y: maybe(small) }), { maxLength: 2 })),
});

type Json = unknown;
const order = fc.constantFrom("<", "<=", ">", ">=", "=", "!=");
const days = fc.oneof(day, fc.record({ asOf: fc.record({ days: fc.integer({ min: -30, max: 30 }) }) }), fc.record({ asOf: fc.record({ months: fc.integer({ min: -2, max: 2 }) }) }));
const dateLeaf = (name: fc.Arbitrary<string>): fc.Arbitrary<Json> => fc.oneof(
  fc.tuple(name, fc.constantFrom("withinNextDays", "withinLastDays", "moreThanDaysAgo", "moreThanDaysAhead", "withinNextMonths"), fc.integer({ min: 0, max: 30 })),
  fc.tuple(name, order, days),
);
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.tuple(fc.constantFrom("n", "k"), order, small),
  fc.tuple(fc.constant("n"), order, fc.constant({ fact: "k" })),
  fc.tuple(fc.constantFrom("t", "g"), fc.constantFrom("=", "!="), fc.constantFrom("a", "b")),
  fc.tuple(fc.constant("g"), fc.constantFrom("in", "notIn"), fc.uniqueArray(fc.constantFrom("a", "b", "c"))),
  fc.tuple(fc.constant("n"), fc.constantFrom("in", "notIn"), fc.uniqueArray(small, { maxLength: 7 })),
  fc.tuple(fc.constant("b"), fc.constant("="), fc.boolean()),
  fc.tuple(fc.constant("tags"), fc.constantFrom("contains", "doesNotContain"), fc.constantFrom("p", "q")),
  fc.tuple(fc.constantFrom("n", "k", "g", "d", "tags"), fc.constantFrom("isPresent", "isMissing")),
  dateLeaf(fc.constantFrom("d", "e")),
  fc.tuple(fc.constantFrom("age", "sum", "late"), order, fc.integer({ min: -10, max: 20 })),
  fc.tuple(fc.constant("band"), fc.constantFrom("=", "!="), fc.constantFrom("high", "low")),
  fc.tuple(fc.constant("n"), fc.constant("throwsOn"), small),
);
const itemLeaf = (as: string): fc.Arbitrary<Json> => fc.oneof(
  fc.tuple(fc.constant(`${as}.x`), order, small),
  fc.tuple(fc.constant(`${as}.t`), fc.constantFrom("=", "!="), fc.constantFrom("a", "b")),
  fc.tuple(fc.constant(`${as}.t`), fc.constantFrom("in", "notIn"), fc.constant(["a", "c"])),
  dateLeaf(fc.constant(`${as}.d`)),
);
const whereOf = (as: string): fc.Arbitrary<Json> => fc.array(fc.oneof(itemLeaf(as), itemLeaf(as), leaf, fc.record({ any: fc.array(itemLeaf(as), { minLength: 1, maxLength: 2 }) })), { minLength: 1, maxLength: 3 });
const conditionOf = (extra: fc.Arbitrary<Json>): fc.Arbitrary<Json> => fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    leaf, extra,
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("node") }),
    fc.tuple(fc.constantFrom("some", "every", "none"), whereOf("q")).map(([head, where]) => ({ [head]: "items as q", where })),
    fc.tuple(fc.constantFrom("some", "none"), order, small).map(([head, sign, value]) => ({ [head]: "cards as q", where: [["q.y", sign, value]] })),
    fc.tuple(whereOf("q"), fc.constantFrom("=", ">=", "<"), small).map(([where, operator, value]) => ({ count: "items as q", where, operator, value })),
  ),
})).node;
const when = fc.array(conditionOf(leaf), { minLength: 1, maxLength: 4 });
const rule = fc.oneof(
  fc.record({ when, repeat: fc.constantFrom("once", "month", "episode") }),
  fc.record({ forEach: fc.constant("items as i"), when: fc.array(fc.oneof(itemLeaf("i"), conditionOf(itemLeaf("i"))), { minLength: 1, maxLength: 4 }), repeat: fc.constantFrom("once", "quarter") }),
);

function load(rules: readonly object[]): Program {
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model, facts: facts.map((fact) => ({ label, ...fact })), rules: rules.map((one, i) => ({ id: `r${i}`, ...one })) }) }, { environment });
  if (!program) throw new Error(diagnostics.map(({ message, pointer }) => `${pointer} ${message}`).join("\n"));
  return program;
}

const ways: readonly (readonly [string, EvaluatorOptions])[] = [
  ["generated code", { generate: true, index: false }],
  ["index and closures", { generate: false, index: true }],
  ["index and generated code", { generate: true, index: true }],
];

describe("any program and record", () => {
  it(`gets the answers of closures from generated code and index (${runs} programs, seed ${seed})`, () => {
    const seen = { matches: 0, unknowns: 0, failures: 0, turns: 0 };
    fc.assert(fc.property(fc.array(rule, { minLength: 1, maxLength: 6 }), fc.array(record, { minLength: 1, maxLength: 5 }), (rules, records) => {
      const program = load(rules);
      const normaliser = createNormaliser(program.model);
      const closures = createEvaluator(program, { generate: false, index: false });
      const others = ways.map(([name, how]) => [name, createEvaluator(program, how)] as const);
      for (const json of records) {
        const normal = normaliser.record({ customerId: "1", ...json });
        if (!("slots" in normal)) throw new Error(JSON.stringify(normal));
        for (const today of [asOf, asOf + 9]) {
          const options = { asOf: today, context: [] };
          const expected = closures.evaluate(normal, options);
          const shown = JSON.stringify({ matches: expected.matches.map((match) => ({ ...match, rule: match.rule.id, until: String(match.until) })), unknowns: expected.unknowns, wakeUp: String(expected.wakeUp), failures: expected.failures, facts: expected.facts, remember: expected.remember });
          const sure = JSON.stringify(expected.matches.map(({ rule: { id }, subject, occurrence }) => [id, subject, occurrence]));
          seen.matches += expected.matches.length;
          seen.unknowns += expected.unknowns.length;
          seen.failures += expected.failures.length;
          if (expected.wakeUp !== Infinity) seen.turns++;
          for (const [name, evaluator] of others) {
            const found = evaluator.evaluate(normal, options);
            expect(JSON.stringify({ matches: found.matches.map((match) => ({ ...match, rule: match.rule.id, until: String(match.until) })), unknowns: found.unknowns, wakeUp: String(found.wakeUp), failures: found.failures, facts: found.facts, remember: found.remember }), name).toBe(shown);
            expect(JSON.stringify(evaluator.matches(normal, options).map(({ rule: { id }, subject, occurrence }) => [id, subject, occurrence])), `${name}, matches alone`).toBe(sure);
          }
          expect(JSON.stringify(closures.matches(normal, options).map(({ rule: { id }, subject, occurrence }) => [id, subject, occurrence])), "matches alone").toBe(sure);
        }
      }
    }), { numRuns: runs, seed });
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(runs / 10);
  }, 300_000);
});

describe("generated code", () => {
  const rules = Array.from({ length: 70 }, (_, i) => ({ when: [["n", ">=", i / 10], ["g", "=", "a"]], repeat: "once" }));

  it("is there for rules and index, in more words than one", () => {
    const program = load(rules);
    const compiler = createCompiler(program);
    const ground = { model: program.model, unwrap: (node: Parameters<typeof compiler.unwrap>[0]) => node, truth: compiler.truth, ...createNodeTest(program), keyOf: createNodeKeys() };
    const index = indexRules(program.rules, ground.unwrap, ground.mayFail);
    const generated = generateRules(program.rules, { ...ground, rest: index.rest });
    expect(generated?.sureWords.length).toBe(3);
    expect([...(generated?.singlyTrue ?? [])]).toEqual([0, 0, 0]);
    const normal = createNormaliser(program.model).record({ customerId: "1", n: 4.05, g: "a" });
    if (!("slots" in normal)) throw new Error("set aside");
    for (const both of [true, false]) {
      const [own, ownPossible, made, madePossible] = Array.from({ length: 4 }, () => new Int32Array(3)) as [Int32Array, Int32Array, Int32Array, Int32Array];
      index.select(normal, asOf, true, own);
      if (both) index.select(normal, asOf, false, ownPossible);
      generateSelect(index, both)?.(normal, asOf, made, madePossible);
      expect([...made, ...madePossible]).toEqual([...own, ...ownPossible]);
      // The choice settles them: nothing is left to ask.
      expect(index.rest.every((rest) => rest.op === "constant" && rest.value)).toBe(true);
      expect(program.rules.filter((_, bit) => ((own[bit >>> 5] ?? 0) >>> (bit & 31)) & 1).map(({ id }) => id)).toEqual(rules.flatMap((one, i) => (i / 10 <= 4.05 ? [`r${i}`] : [])));
    }
  });
  it("answers for more rules than one block of the index holds", () => {
    const program = load(Array.from({ length: 1100 }, (_, i) => ({ when: [["n", i % 2 ? ">=" : "<", i % 50], ["k", "=", i % 5]], repeat: "once" })));
    const [closures, generated] = [createEvaluator(program, { generate: false, index: false }), createEvaluator(program, { generate: true })];
    for (const json of [{ n: 7, k: 3 }, { k: 2 }, { n: 49 }, {}]) {
      const normal = createNormaliser(program.model).record({ customerId: "1", ...json });
      if (!("slots" in normal)) throw new Error("set aside");
      const [a, b] = [closures.evaluate(normal, { asOf, context: [] }), generated.evaluate(normal, { asOf, context: [] })];
      expect(b.matches).toEqual(a.matches);
      expect(b.unknowns).toEqual(a.unknowns);
    }
  });
  it("takes texts of a pack as texts", () => {
    const evil = '"]; throw new Error("run"); //\u2028';
    expect(generateCode<undefined, string>("g", `return ${literal(evil)};`)?.(undefined)).toBe(evil);
    const program = load([{ when: [["t", "in", [evil, "`${1}`"]], ["tags", "contains", evil]], repeat: "once" }]);
    const normal = createNormaliser(program.model, { generate: true }).record({ customerId: "1", t: evil, tags: [evil] });
    if (!("slots" in normal)) throw new Error("set aside");
    expect(createEvaluator(program, { generate: true }).matches(normal, { asOf, context: [] }).length).toBe(1);
  });
  it("says so where code is wrong, instead of falling back in silence", () => expect(() => generateCode("g", "return (;")).toThrow(SyntaxError));
});
