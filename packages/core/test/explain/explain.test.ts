import { describe, expect, it } from "vitest";
import { createEngine } from "../../src/engine.js";
import { explain, outlineRules, rulesNamed } from "../../src/explain/explain.js";
import { replayDifferences, tellDecision } from "../../src/explain/tell-decision.js";
import type { Decision, Task } from "../../src/decision/decision.js";
import { asOf, day, engineOf, explained } from "./explain-fixture.js";

const holdings = [
  { holdingId: "B", type: "term-deposit", balance: 5000, maturityDate: "2026-12-01" },
  { holdingId: "A", type: "fund", balance: 10 },
];
const each = { id: "r", title: { "zh-CN": "到期", en: "Matures" }, forEach: "holdings as h", when: [["h.maturityDate", "withinNextDays", 30]], then: [{ task: "call" }] };
const task = { id: "r", title: "r", when: [["assets.total", ">", 5]], then: [{ task: "call", class: "marketing" }] };
const rich = { customerId: "1", rm: "M1", assets: { total: 9 } };

describe("explain", () => {
  it("speaks of every item, in order of id, with decisions and evidence", () => {
    const engine = engineOf({ rules: [each] });
    const explanation = explained(engine, { customerId: "1", rm: "M1", holdings });
    expect(explanation).toMatchObject({ customerId: "1", ruleId: "r", title: { en: "Matures" }, asOf, each: { collection: "holdings", as: "h" }, evidence: { packHash: engine.program.hash } });
    expect(explanation.subjects.map(({ subject, answer, occurrence }) => [subject, answer, occurrence])).toEqual([["A", "false", undefined], ["B", "true", asOf]]);
    expect(explanation.subjects[1]?.decisions).toMatchObject([{ action: "task:call", outcome: "task", reason: "PLANNED", reasonText: { en: "planned" }, clause: "" }]);
    expect(explanation.subjects[1]?.until).toBe("2026-11-30");
    expect(explanation.evidence.recordHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it("takes one subject alone, and says where there is none", () => {
    const engine = engineOf({ rules: [each] });
    expect(explained(engine, { customerId: "1", holdings }, { subject: "A" }).subjects.map(({ subject }) => subject)).toEqual(["A"]);
    expect(explained(engine, { customerId: "1", holdings }, { subject: "Z" }).note?.en).toBe("there is no \"Z\" among holdings");
    expect(explained(engine, { customerId: "1", holdings: [] }).note?.["zh-CN"]).toBe("不触发：没有持有产品（holdings）");
    expect(explained(engine, { customerId: "1" }).note?.en).toBe("cannot be decided: holdings (holdings) are missing");
  });

  it("says which policy clause stopped an action, and until when", () => {
    const paused = engineOf({ rules: [task], policy: { jurisdiction: "cn", consent: { marketing: { rule: "none" } }, pauses: [{ id: "silent-spell", when: [["score", "<", 10]], stops: ["marketing"] }] } });
    expect(explained(paused, { ...rich, score: 3 }).subjects[0]?.decisions[0]).toMatchObject({
      outcome: "held", reason: "PAUSED", clause: "pauses/silent-spell", until: "2026-11-24",
      clauseText: { "zh-CN": "在“评分（score）小于 10”期间，暂停营销类联系", en: "marketing contacts wait while score is below 10" },
    });
    const silent = engineOf({ rules: [task], policy: { jurisdiction: "cn", doNotContact: ["marketing"] } });
    expect(explained(silent, { ...rich, silent: true }).subjects[0]?.decisions[0]).toMatchObject({ outcome: "dropped", reason: "DO_NOT_CONTACT", until: null, clauseText: { en: "a do-not-contact mark stops marketing contacts" } });
    expect(explained(silent, rich).subjects[0]?.decisions[0]).toMatchObject({ reason: "CONSENT_UNKNOWN", clause: "consent/marketing", clauseText: { en: "consent for \"marketing\" is needed" } });
  });

  it("sees what the state remembers", () => {
    const engine = engineOf({ rules: [{ ...task, then: [{ task: "call" }] }] });
    const [first] = explained(engine, rich).subjects;
    const key = first?.decisions[0]?.key ?? "";
    const state = { customerId: "1", asOf: "2026-11-22", lastFacts: {}, episodes: { "r\n": asOf }, keys: { [key]: "2026-11-22" }, contacts: [], openTasks: [] };
    expect(explained(engine, rich, { state }).subjects[0]?.decisions[0]).toMatchObject({ outcome: "dropped", reason: "ALREADY_PLANNED" });
  });

  it("hands back what a record gets wrong", () => {
    const answer = explain(engineOf({ rules: [task] }), { customerId: "1", birthDate: "2026-02-30" }, { ...day, ruleId: "r" });
    expect("setAside" in answer && answer.setAside.map(({ code }) => code)).toEqual(["DATE_INVALID"]);
  });

  it("is the same for the same arguments", () => {
    const once = () => JSON.stringify(explained(engineOf({ rules: [each] }), { customerId: "1", rm: "M1", holdings }));
    expect(once()).toBe(once());
  });

  it("knows a rule by the id it was written with", () => {
    const { program } = engineOf({ rules: [task, { ...task, id: "r2" }] });
    expect(rulesNamed(program, "r").map(({ id }) => id)).toEqual(["r"]);
    expect(rulesNamed(program, "none")).toEqual([]);
    expect(() => explain(createEngine(program), rich, { ...day, ruleId: "none" })).toThrow(RangeError);
  });

  it("outlines every rule in a line", () => {
    const outline = outlineRules(engineOf({ rules: [task, { ...each, id: "s" }] }), { ...rich, holdings }, day);
    expect("rules" in outline && outline.rules.map(({ ruleId, subject, answer }) => [ruleId, subject, answer])).toEqual([["r", "", "true"], ["s", "A", "false"], ["s", "B", "true"]]);
  });

  it("keeps its place in an item while a figure goes through other items", () => {
    const engine = engineOf({ rules: [{ ...each, when: [["funds", ">", 5], ["h.holdingId", "=", "B"]] }] });
    expect(explained(engine, { customerId: "1", rm: "M1", holdings }).subjects.map(({ subject, clause }) => [subject, clause.answer === "false" ? "false" : "holds"])).toEqual([["A", "false"], ["B", "holds"]]);
  });
});

const decision: Decision = {
  key: "k", customerId: "7", ruleId: "visit", subject: "", occurrence: "first", action: "task:call", class: "service", outcome: "task", reason: "PLANNED", clause: "",
  until: null, channel: "", notBefore: null, expiresAt: null, packHash: "p", engineVersion: "1", recordHash: "h", templateVersion: "t",
};

describe("a past decision", () => {
  it("is told in a line", () => {
    const run = { packId: "small", packVersion: "1", asOf, at: day.at };
    expect(tellDecision({ decision, run, task: { assignee: "M1" } as Task }).summary).toEqual({ "zh-CN": "2026年11月23日：规则 visit 对客户 7，计划了一项任务（交 M1）", en: "2026-11-23: rule visit for customer 7: a task was planned for M1" });
    expect(tellDecision({ decision: { ...decision, subject: "D1", outcome: "held", reason: "CAP_REACHED" } }).summary.en).toBe("rule visit for customer 7, D1: it was held back: the contact cap is reached");
  });

  it("can be replayed only on what it was made on", () => {
    expect(replayDifferences(decision, { packHash: "p", engineVersion: "1", recordHash: "h" })).toEqual([]);
    expect(replayDifferences(decision, { packHash: "q", engineVersion: "1" }).map(({ what, now }) => [what, now])).toEqual([["packHash", "q"], ["recordHash", null]]);
  });
});
