import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDay, formatDiagnostics, loadPack, parseDay, type Engine } from "@evertend/core";
import fc from "fast-check";
import { expect, test } from "vitest";

/**
 * `until` is a promise: with the same data, answer and occurrence stay the same up to and including that day. Here the
 * promise is kept by looking at every day.
 */
const packs = process.env["EVERTEND_FULL"] ? 1500 : 250;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_123);
const daysLooked = 420;
const environment = createEnvironment([bankingPlugin]);

// Month ends, leap days and the year's turn are where date arithmetic breaks.
const day = fc.oneof(
  fc.constantFrom("2024-02-29", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-01", "2026-12-31", "2000-02-29"),
  fc.integer({ min: parseDay("2025-06-01") ?? 0, max: parseDay("2027-12-31") ?? 0 }).map(formatDay),
);
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 5 });
const small = fc.integer({ min: 0, max: 8 });

const record = fc.record({
  n: maybe(small),
  t: maybe(fc.constantFrom("a", "b")),
  first: maybe(day),
  second: maybe(day),
  items: maybe(fc.array(fc.record({ d: maybe(day), x: maybe(small) }), { maxLength: 4 })),
});

const amount = fc.integer({ min: 0, max: 70 });
const dateNames = ["first", "second"] as const;
type Json = unknown;

const timeLeaf = (name: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc.oneof(
    fc.tuple(name, fc.constantFrom("withinNextDays", "withinLastDays", "moreThanDaysAgo", "moreThanDaysAhead"), amount),
    fc.tuple(name, fc.constantFrom("withinNextMonths", "withinLastMonths"), fc.integer({ min: 0, max: 4 })),
    fc.tuple(name, fc.constantFrom("withinNextWorkingDays", "withinLastWorkingDays"), fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constant({ fact: "n" }))),
    fc.tuple(name, fc.constantFrom("<", "<=", ">", ">=", "="), fc.constantFrom("days", "workingDays", "months").map((unit) => ({ asOf: { [unit]: { fact: "n" } } }))),
    fc.tuple(name, fc.constantFrom("<", "<=", ">", ">=", "=", "!="), fc.oneof(fc.record({ asOf: fc.record({ days: fc.integer({ min: -40, max: 40 }) }) }), fc.record({ asOf: fc.record({ months: fc.integer({ min: -3, max: 3 }) }) }), day)),
  );
const plainLeaf = fc.oneof(
  fc.tuple(fc.constant("n"), fc.constantFrom("<", "<=", ">", ">=", "=", "!="), small),
  fc.tuple(fc.constant("t"), fc.constantFrom("=", "!="), fc.constantFrom("a", "b")),
  fc.tuple(fc.constantFrom("n", "t", "first"), fc.constantFrom("isPresent", "isMissing")),
);
const clocks = ["age", "ahead", "monthsAge", "monthsAhead", "yearsAge", "worked"] as const;
const factLeaf = fc.oneof(
  fc.tuple(fc.constantFrom("age", "ahead", "monthsAge"), fc.constantFrom("<", "<=", ">", ">=", "=", "!="), fc.integer({ min: -10, max: 60 })),
  fc.tuple(fc.constantFrom(...clocks), fc.constantFrom("<", "<=", ">", ">=", "=", "!="), fc.constantFrom(...clocks).map((fact) => ({ fact }))),
  fc.tuple(fc.constantFrom("recent", "recentSum"), fc.constantFrom("<", ">=", "="), small),
  fc.tuple(fc.constant("ageBand"), fc.constantFrom("=", "!="), fc.constantFrom("young", "middle", "old")),
);
const itemLeafOf = (as: string): fc.Arbitrary<Json> => fc.oneof(timeLeaf(fc.constant(`${as}.d`)), fc.tuple(fc.constant(`${as}.x`), fc.constantFrom("<", ">="), small));
const itemLeaf = itemLeafOf("i");
const innerLeaf = itemLeafOf("q");
const condition = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc.oneof(timeLeaf(fc.constantFrom(...dateNames)), plainLeaf, factLeaf),
    fc.record({ all: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("node"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("node") }),
    fc.tuple(fc.constantFrom("some", "every", "none"), fc.array(innerLeaf, { minLength: 1, maxLength: 2 })).map(([head, where]) => ({ [head]: "items as q", where })),
    fc.tuple(fc.array(innerLeaf, { minLength: 1, maxLength: 2 }), fc.constantFrom("=", ">=", "<"), fc.integer({ min: 0, max: 3 })).map(([where, operator, value]) => ({ count: "items as q", where, operator, value })),
  ),
})).node;

const rule = fc.oneof(
  fc.record({ kind: fc.constant("rule"), when: condition, repeat: fc.constantFrom("once", "month", "quarter", "year", "episode") }),
  fc.record({ kind: fc.constant("rule"), forEach: fc.constant("items as i"), when: fc.array(fc.oneof(itemLeaf, factLeaf), { minLength: 1, maxLength: 3 }), repeat: fc.constantFrom("once", "month") }),
  fc.record({ kind: fc.constant("reminder"), date: fc.constantFrom(...dateNames), when: condition, steps: fc.uniqueArray(fc.constantFrom(30, 7, 1, 0), { minLength: 1, maxLength: 3 }).map((list) => list.sort((a, b) => b - a).map((daysBefore) => ({ daysBefore, task: "t" }))) }),
  fc.record({ kind: fc.constant("occasion"), date: fc.constantFrom(...dateNames), feb29: fc.constantFrom("02-28", "03-01"), daysBefore: fc.constantFrom(0, 1, 14), then: fc.constant([{ task: "t" }]) }),
);

const label = { "zh-CN": "项", en: "thing" };
function packOf(one: Record<string, unknown>): Record<string, string> {
  return {
    "pack.json": JSON.stringify({
      pack: { id: "p", version: "1" },
      model: {
        id: "m", zone: "Asia/Shanghai",
        entity: {
          name: "customer", id: "customerId",
          properties: {
            customerId: { type: "string" }, n: { type: "integer" }, t: { type: "string" }, first: { type: "string", format: "date" }, second: { type: "string", format: "date", absent: "none" },
            items: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, d: { type: "string", format: "date" }, x: { type: "integer" } } } },
          },
        },
      },
      calendars: { "working-days": { from: "2024-01-01", to: "2028-12-31", off: ["2026-01-01"], on: ["2026-02-14"] } },
      facts: [
        { id: "age", kind: "daysSince", date: "first", label },
        { id: "ahead", kind: "daysUntil", date: "second", label },
        { id: "monthsAge", kind: "daysSince", date: "first", unit: "months", label },
        { id: "monthsAhead", kind: "daysUntil", date: "second", unit: "months", label },
        { id: "yearsAge", kind: "daysSince", date: "second", unit: "years", label },
        { id: "worked", kind: "daysSince", date: "first", unit: "workingDays", label },
        { id: "ageBand", kind: "bands", of: "age", bands: [{ name: "young" }, { name: "middle", from: 10 }, { name: "old", from: 45 }], label },
        { id: "recent", kind: "aggregate", fold: "count", over: "items as i", where: [["i.d", "withinLastDays", 30]], label },
        { id: "recentSum", kind: "aggregate", fold: "sum", over: "items as i", of: "i.x", where: [["i.d", "withinLastMonths", 2]], label },
      ],
      rules: [{ id: "r", title: label, ...(one["kind"] === "rule" ? { then: [{ task: "t" }] } : {}), ...one }],
      templates: [{ id: "t", task: { "zh-CN": { title: "做", brief: "做" }, en: { title: "do", brief: "do" } } }],
    }),
  };
}

/** The answer of a day as text: truth and occurrence per subject. */
function answer(engine: Engine, json: unknown, asOf: string, episode: string | undefined): { readonly text: string; readonly untils: readonly (string | null)[]; readonly wakeUp: number } {
  const state = episode === undefined ? undefined : { customerId: "1", asOf, lastFacts: {}, episodes: Object.fromEntries(["", "0", "1", "2", "3"].map((subject) => [`r\n${subject}`, episode])), keys: {}, contacts: [], openTasks: [] };
  const result = engine.evaluate(json, { asOf, state });
  if ("setAside" in result) throw new Error(formatDiagnostics(result.setAside));
  expect(result.evaluation.failures).toEqual([]);
  const matches = result.matches.map((match) => `${match.subject}@${match.occurrence}`);
  const unknowns = result.unknowns.map((one) => `${one.subject}?`);
  return { text: [...matches, ...unknowns].join(" "), untils: result.matches.map((match) => match.until), wakeUp: result.evaluation.wakeUp };
}

test(`the order of clauses does not matter (${packs} random packs, seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(itemLeaf, factLeaf, condition), { minLength: 2, maxLength: 4 }), fc.boolean(), record, day, (when, each, data, asOf) => {
      const json = { customerId: "1", ...data, items: data.items?.map((item, i) => ({ id: String(i), ...item })) };
      const ask = (clauses: readonly Json[]): string => {
        const { program, diagnostics } = loadPack(packOf({ kind: "rule", forEach: "items as i", when: clauses, repeat: each ? "once" : "month" }), { environment });
        if (!program) throw new Error(formatDiagnostics(diagnostics));
        const { text, untils } = answer(createEngine(program), json, asOf, undefined);
        return `${text} ${untils.join(" ")}`;
      };
      expect(ask([...when].reverse())).toBe(ask(when));
    }),
    { numRuns: packs, seed },
  );
}, 240_000);

test(`answers hold to the day they promise (${packs} random packs, seed ${seed})`, () => {
  let changes = 0;
  fc.assert(
    fc.property(rule, fc.array(record, { minLength: 2, maxLength: 3 }), day, (one, records, asOf) => {
      const { program, diagnostics } = loadPack(packOf(one), { environment });
      if (!program) throw new Error(formatDiagnostics(diagnostics));
      const engine = createEngine(program);
      const start = parseDay(asOf) ?? 0;
      for (const data of records) {
        const json = { customerId: "1", ...data, items: data.items?.map((item, i) => ({ id: String(i), ...item })) };
        const today = answer(engine, json, asOf, undefined);
        // The wake-up day is the first on which anything may differ, matched or not.
        const last = Math.min(today.wakeUp - 1, start + daysLooked);
        for (let d = start + 1; d <= last; d++) expect(`${formatDay(d)} ${answer(engine, json, formatDay(d), asOf).text}`).toBe(`${formatDay(d)} ${today.text}`);
        if (today.wakeUp !== Infinity && answer(engine, json, formatDay(today.wakeUp), asOf).text !== today.text) changes++;
        for (const until of today.untils) if (until !== null) expect(parseDay(until)).toBeGreaterThanOrEqual(today.wakeUp - 1);
      }
    }),
    { numRuns: packs, seed },
  );
  // Promises that never end, or that all end today, would keep themselves.
  expect(changes).toBeGreaterThan(packs / 4);
}, 240_000);
