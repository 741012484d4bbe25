import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseDay } from "../../src/calendar/civil-date.js";
import { createEngine, type Evaluated } from "../../src/engine.js";
import { createEvaluator } from "../../src/evaluate/create-evaluator.js";
import { loadPack } from "../../src/load-pack.js";
import type { Program } from "../../src/lower/program.js";
import { createNormaliser } from "../../src/normalise/normalise-record.js";
import type { NormalRecord } from "../../src/evaluate/value.js";

const pack = {
  pack: { id: "p", version: "1" },
  model: {
    id: "m", zone: "Asia/Shanghai",
    entity: {
      name: "customer", id: "customerId",
      properties: {
        customerId: { type: "string" }, total: { type: "number", scale: 2 }, born: { type: "string", format: "date" },
        deposits: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, balance: { type: "number", scale: 2 }, ends: { type: "string", format: "date" } } } },
      },
    },
  },
  facts: [{ id: "saved", kind: "aggregate", fold: "sum", over: "deposits as d", of: "d.balance", empty: 0 }],
  rules: [
    { id: "b-rich", when: [["total", ">=", 100]], repeat: "quarter" },
    { id: "a-ends", forEach: "deposits as d", when: [["d.ends", "withinNextDays", 30], ["d.balance", ">", 10]], repeat: "once" },
    { id: "c-saves", when: [["saved", ">=", 50]], repeat: "episode" },
  ],
};
const asOf = parseDay("2026-11-30") ?? 0;
const json = { customerId: "1", total: 120, deposits: [{ id: "z", balance: 40, ends: "2026-12-10" }, { id: "k", balance: 30, ends: "2026-12-01" }, { id: "q", ends: "2026-12-20" }] };

function load(): Program {
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(pack) });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return program;
}
const program = load();

function normal(record: unknown): NormalRecord {
  const found = createNormaliser(program.model).record(record);
  if (!("slots" in found)) throw new Error(JSON.stringify(found));
  return found;
}
const state = { customerId: "1", asOf: "2026-11-01", lastFacts: {}, episodes: { "c-saves\n": "2026-10-05" }, keys: {}, contacts: [], openTasks: [] };
const complete = { ...json, deposits: json.deposits.slice(0, 2) };

describe("matches", () => {
  it.each([["with something missing", json], ["complete", complete], ["with nothing", { customerId: "1" }]])("are those of evaluate, for a record %s", (_title, record) => {
    const evaluator = createEvaluator(program);
    for (const options of [{ asOf, context: [] }, { asOf, context: [], state }]) {
      const full = evaluator.evaluate(normal(record), options).matches.map(({ until: _until, ...match }) => match);
      expect(evaluator.matches(normal(record), options)).toEqual(full);
    }
  });
  it("come in order of rule and subject, with occurrence and item", () => {
    const found = createEvaluator(program).matches(normal(complete), { asOf, context: [], state });
    expect(found.map(({ rule, subject, occurrence, item }) => [rule.id, subject, occurrence, item?.[0] ?? null])).toEqual([
      ["a-ends", "k", "once", "k"], ["a-ends", "z", "once", "z"], ["b-rich", "", "2026-Q4", null], ["c-saves", "", "2026-10-05", null],
    ]);
  });
});

describe("ask", () => {
  it("answers without evaluating rules, also after the evaluator moved on", () => {
    const evaluator = createEvaluator(program);
    const asked = evaluator.ask(normal(complete), { asOf, context: [] });
    evaluator.evaluate(normal({ customerId: "2", total: 1, deposits: [] }), { asOf: asOf + 1, context: [] });
    expect(asked.facts).toEqual([70]);
    expect(asked.read("saved")).toBe(70);
    expect(asked.read("total")).toBe(120);
    const when = program.rules.find(({ id }) => id === "c-saves")?.when;
    expect(when && asked.truth(when)).toBe(1);
  });
});

describe("an engine", () => {
  const day = { asOf: "2026-11-30", at: "2026-11-30T09:00:00+08:00" };
  it("hashes records the same by the host's own SHA-256", () => {
    let asked = 0;
    const sha256 = (text: string): string => (asked++, createHash("sha256").update(text, "utf8").digest("hex"));
    const [own, host] = [createEngine(program), createEngine(program, { sha256 })].map((engine) => engine.evaluate({ ...complete, name: "常\u2028" }, day));
    if (!own || !host || "setAside" in own || "setAside" in host) throw new Error("set aside");
    expect(host.evaluation.record.hash).toBe(own.evaluation.record.hash);
    expect(asked).toBe(1);
  });
  it("refuses a day or instant that is none, also of a customer about whom there is nothing to decide", () => {
    const decide = (asOf: string, at: string): (() => unknown) => () => createEngine(program).decide({ customerId: "1" }, { asOf, at });
    expect(decide(day.asOf, day.at)).not.toThrow();
    expect(decide("2026-02-30", day.at)).toThrow("asOf");
    expect(decide(day.asOf, "2026-11-30T09:00:00")).toThrow("instant");
  });
});

describe("found elsewhere", () => {
  const record = normal(complete);
  const own = createEvaluator(program).evaluate(record, { asOf, context: [], state });
  const found = {
    matches: [...own.matches].reverse().map(({ rule, subject, occurrence, until }) => ({ ruleId: rule.id, subject, occurrence, until })),
    unknowns: [...own.unknowns].reverse(), wakeUp: own.wakeUp, failures: own.failures,
  };
  it("gives the same evaluation as core's own", () => {
    const again = createEvaluator(program).evaluate(record, { asOf, context: [], state, found });
    for (const key of ["matches", "unknowns", "facts", "wakeUp", "failures", "remember", "asOf", "record"] as const) expect(again[key], key).toEqual(own[key]);
    expect(again.read("saved")).toBe(70);
    expect(again.read("d.balance", again.matches[0])).toBe(30);
  });
  it("takes facts as they were found", () => expect(createEvaluator(program).evaluate(record, { asOf, context: [], found: { ...found, facts: [71] } }).remember.lastFacts).toEqual({ saved: 71 }));
  it("refuses rules and items that there are not", () => {
    const bad = (match: object): (() => unknown) => () => createEvaluator(program).evaluate(record, { asOf, context: [], found: { ...found, matches: [{ ruleId: "a-ends", subject: "k", occurrence: "", until: 0, ...match }] } });
    expect(bad({})).not.toThrow();
    expect(bad({ ruleId: "nobody" })).toThrow("not in the program");
    expect(bad({ subject: "nothing" })).toThrow("does not have");
  });
  it("goes through the engine", () => {
    const engine = createEngine(program);
    const day = { asOf: "2026-11-30", at: "2026-11-30T09:00:00+08:00", state };
    const plain = engine.decide(complete, day);
    const given = engine.decide(complete, { ...day, found });
    if ("setAside" in plain || "setAside" in given) throw new Error("set aside");
    const shown = ({ matches, unknowns, facts, contacts, consents }: Evaluated): unknown => ({ matches, unknowns, facts, contacts, consents });
    expect(shown(given)).toEqual(shown(plain));
    expect(given.decisions).toEqual(plain.decisions);
    const none = engine.evaluate(complete, { ...day, found: { ...found, matches: [] } });
    expect("matches" in none && none.matches).toEqual([]);
  });
});
