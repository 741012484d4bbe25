import { corePlugin, createEngine, createEnvironment, defineFact, definePlugin, explain, loadPack, type LoadedPack, type PluginFact } from "@evertend/core";
import { describe, expect, it } from "vitest";

const label = { "zh-CN": "稳健度", en: "steadiness" };
const steadiness = defineFact({
  id: "steadiness", type: "number", label, reads: ["balance", "debt"],
  evaluate: ([balance, debt]) => (typeof balance !== "number" ? undefined : balance - (typeof debt === "number" ? debt : 0)),
});

function load(fact: PluginFact, more: object = {}, others: readonly PluginFact[] = []): LoadedPack {
  const pack = {
    pack: { id: "p", version: "1", locale: "en" },
    model: { id: "m", zone: "UTC", entity: { name: "c", id: "id", properties: { id: { type: "string" }, balance: { type: "number" }, debt: { type: "number", absent: "none" }, secret: { type: "string", sensitivity: "restricted" } } } },
    templates: [{ id: "t", task: { en: { title: "Call", brief: "Steadiness {{number steadiness}}" } } }],
    rules: [{ id: "steady", when: [["steadiness", ">=", 100]], repeat: "once", then: [{ task: "t" }] }],
    ...more,
  };
  return loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([corePlugin, definePlugin({ name: "own", facts: [fact, ...others] })]) });
}

function codesOf({ diagnostics }: Pick<LoadedPack, "diagnostics">): string[] {
  return diagnostics.filter(({ severity }) => severity === "error").map(({ code, pointer }) => `${code} ${pointer}`);
}

describe("a fact of a plugin", () => {
  it.each([{ generate: false, index: false }, { generate: true, index: true }, { generate: false, index: true }])("is read by rules, templates and explanations (%o)", (how) => {
    const { program } = load(steadiness);
    if (!program) throw new Error("no program");
    const engine = createEngine(program, how);
    const ask = (record: object): ReturnType<typeof engine.evaluate> => engine.evaluate({ id: "1", ...record }, { asOf: "2026-11-30" });
    const answer = ask({ balance: 150, debt: 20 });
    expect(answer).toMatchObject({ matches: [{ ruleId: "steady" }], unknowns: [], facts: { steadiness: 130 } });
    expect(ask({ balance: 110, debt: 20 })).toMatchObject({ matches: [], unknowns: [], facts: { steadiness: 90 } });
    expect(ask({})).toMatchObject({ matches: [], unknowns: [{ ruleId: "steady", missing: ["balance"] }] });
    const why = JSON.stringify(explain(engine, { id: "1", balance: 90.5 }, { asOf: "2026-11-30", at: "2026-11-30T00:00:00Z", ruleId: "steady" }));
    expect(why).toContain("稳健度");
    expect(why).toContain("90.5");
  });

  it("may be read by derived facts, and read them and others", () => {
    const double = defineFact({ id: "double", type: "number", label, reads: ["half"], evaluate: ([half]) => (typeof half === "number" ? half * 4 : undefined) });
    const { program, diagnostics } = load(steadiness, { facts: [{ id: "half", kind: "ratio", of: "steadiness", to: "two" }, { id: "two", kind: "sum", of: ["debt"], missing: "skip" }], rules: [{ id: "steady", when: [["double", "=", 260]], repeat: "once", then: [{ task: "t" }] }] }, [double]);
    expect(codesOf({ diagnostics })).toEqual([]);
    expect(program && createEngine(program).evaluate({ id: "1", balance: 132, debt: 2 }, { asOf: "2026-11-30" })).toMatchObject({ matches: [{ ruleId: "steady" }], facts: { half: 65, double: 260 } });
  });

  it("is no business of a pack that does not read it", () => {
    const { program } = load(defineFact({ ...steadiness, reads: ["nothing"] }), { templates: [{ id: "t", task: { en: { title: "Call", brief: "Now" } } }], rules: [{ id: "r", when: [["balance", ">", 1]], repeat: "once", then: [{ task: "t" }] }] });
    expect(program?.facts).toEqual([]);
  });

  it("that reads what the model lacks, or itself, is told where a rule reads it", () => {
    expect(codesOf(load(defineFact({ ...steadiness, reads: ["balanse"] })))).toEqual(["FACT_UNKNOWN /rules/0/when/0/0"]);
    expect(codesOf(load(defineFact({ ...steadiness, reads: ["steadiness"] })))).toEqual(["CYCLIC_REFERENCE /rules/0/when/0/0"]);
  });

  it("has its name to itself", () => {
    expect(codesOf(load(defineFact({ ...steadiness, id: "balance" }), { rules: [{ id: "r", when: [["balance", ">", 1]], repeat: "once", then: [{ task: "t" }] }], templates: [{ id: "t", task: { en: { title: "Call", brief: "Now" } } }] }))).toEqual(["DUPLICATE_ID /rules/0/when/0/0"]);
    expect(codesOf(load(steadiness, { facts: [{ id: "steadiness", kind: "sum", of: ["balance"] }] }))).toEqual(["DUPLICATE_ID /facts/0/id"]);
  });

  it("is suggested where its name is misspelt", () => {
    const { diagnostics } = load(steadiness, { rules: [{ id: "r", when: [["steadines", ">", 1]], repeat: "once", then: [{ task: "t" }] }] });
    expect(diagnostics.find(({ code }) => code === "FACT_UNKNOWN")?.hint).toContain("steadiness");
  });

  it.each<[string, PluginFact["evaluate"]]>([
    ["throws", () => { throw new Error("no service"); }],
    ["gives another type", () => "much"],
    ["gives no number", () => NaN],
  ])("that %s fails the rules that read it, and no others", (_what, evaluate) => {
    const { program } = load(defineFact({ ...steadiness, evaluate }), { rules: [{ id: "steady", when: [["steadiness", ">=", 100]], repeat: "once", then: [{ task: "t" }] }, { id: "other", when: [["balance", ">", 1]], repeat: "once", then: [{ task: "t" }] }] });
    if (!program) throw new Error("no program");
    const answer = createEngine(program).evaluate({ id: "1", balance: 500 }, { asOf: "2026-11-30" });
    if ("setAside" in answer) throw new Error("a sound record");
    expect(answer.matches.map(({ ruleId }) => ruleId)).toEqual(["other"]);
    expect(answer.evaluation.failures.map(({ ruleId }) => ruleId)).toContain("steady");
  });

  it("is as sensitive as what it reads", () => {
    const told = defineFact({ id: "told", type: "text", label, reads: ["secret"], evaluate: ([secret]) => secret });
    const { diagnostics } = load(told, { rules: [{ id: "r", when: [["told", "=", "x"]], repeat: "once", then: [{ message: "m", via: ["sms"] }] }], templates: [{ id: "m", class: "service", message: { sms: { en: { text: "{{told}}" } } } }] });
    expect(codesOf({ diagnostics }).some((one) => one.startsWith("SENSITIVE_FIELD"))).toBe(true);
  });
});
