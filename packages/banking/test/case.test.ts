import { readFileSync } from "node:fs";
import { createEngine, createEnvironment, loadPack } from "@evertend/core";
import type { Engine } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { bankingPlugin } from "@evertend/banking";
import { matchesOn } from "./bench-pack.js";

const text = { type: "string" };
const date = { type: "string", format: "date", absent: "none" };
const model = {
  id: "cases", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "customerId",
    properties: { customerId: text, cases: { type: "array", id: "caseId", absent: "none", items: { type: "object", properties: { caseId: text, kind: text, step: text, since: date, openedOn: { type: "string", format: "date" }, answeredOn: date } } } },
  },
};
const templates = ["call", "late"].map((id) => ({ id, task: { "zh-CN": { title: "任务", brief: "说明" }, en: { title: "task", brief: "brief" } } }));
// Weekends off in one autumn, two festival days, one Sunday worked: what the count has to know.
const { calendars } = JSON.parse(readFileSync(new URL("../packs/retail/calendars.json", import.meta.url), "utf8")) as { calendars: unknown };
const rule = {
  id: "complaint", kind: "case", title: "投诉", calendar: "cn", over: "cases as one", step: "one.step", opened: "one.openedOn", answered: "one.answeredOn", since: "one.since",
  on: { due: [{ task: "call" }], breached: [{ task: "late" }], revisit: [{ task: "call" }] },
};

function load(rules: readonly unknown[]): ReturnType<typeof loadPack> {
  const pack = { pack: { id: "cases", version: "1", title: "x" }, model, templates, calendars, rules };
  return loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([bankingPlugin]), lang: "en" });
}

function engine(json: unknown): Engine {
  const { program, diagnostics } = load([json]);
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return createEngine(program);
}

const found = (one: Engine, item: Readonly<Record<string, string>>, asOf: string): string[] => matchesOn(one, { cases: [{ caseId: "C1", ...item }] }, asOf).map((match) => `${match.ruleId} ${match.occurrence}`);

describe("case", () => {
  it("says on every day what is due and late, by three working days of the calendar", () => {
    const one = engine(rule);
    const said = ["09-18", "09-19", "09-20", "09-21", "09-22", "09-23"].map((day) => found(one, { step: "handling", openedOn: "2026-09-17" }, `2026-${day}`).join());
    // Thursday 17; Friday 18 is the first working day, Sunday 20 (worked) the second, Monday 21 the third.
    expect(said).toEqual(["", "", "complaint/due 2026-09-21", "complaint/due 2026-09-21", "complaint/breached 2026-09-21", "complaint/breached 2026-09-21"]);
  });

  it("keeps still once the customer was answered, by date or by step", () => {
    const one = engine(rule);
    expect(found(one, { step: "handling", openedOn: "2026-09-01", answeredOn: "2026-09-20" }, "2026-09-21")).toEqual([]);
    expect(found(one, { step: "counted", openedOn: "2026-09-01" }, "2026-09-21")).toEqual([]);
  });

  it("asks for a visit after the answer until the step of the visit is taken", () => {
    const one = engine({ ...rule, workflow: "with-revisit" });
    const answered = { openedOn: "2026-09-01", answeredOn: "2026-09-10" };
    expect(found(one, { ...answered, step: "replied" }, "2026-09-14")).toEqual([]);
    expect(found(one, { ...answered, step: "replied" }, "2026-09-15")).toEqual(["complaint/revisit 2026-09-10"]);
    expect(found(one, { ...answered, step: "revisited" }, "2026-09-15")).toEqual([]);
    expect(found(one, { ...answered, step: "replied" }, "2026-10-05")).toEqual([]);
  });

  it("counts what is open and late, of the cases the rule speaks of", () => {
    const one = engine({ ...rule, when: [["one.kind", "=", "complaint"]] });
    const result = one.evaluate({ customerId: "T1", cases: [
      { caseId: "A", kind: "complaint", step: "handling", openedOn: "2026-09-01" },
      { caseId: "B", kind: "complaint", step: "accepted", openedOn: "2026-09-21" },
      { caseId: "C", kind: "praise", step: "accepted", openedOn: "2026-08-01" },
      { caseId: "D", kind: "complaint", step: "closed", openedOn: "2026-08-01" },
    ] }, { asOf: "2026-09-21" });
    expect("facts" in result && result.facts).toMatchObject({ "complaint.open": 2, "complaint.oldest": "2026-09-01", "complaint.breached": 1 });
    expect("matches" in result && result.matches.map((match) => match.subject)).toEqual(["A"]);
  });

  it("is silent, and says unknown, where the calendar ends", () => {
    const result = engine(rule).evaluate({ customerId: "T1", cases: [{ caseId: "A", step: "handling", openedOn: "2026-12-31" }] }, { asOf: "2027-02-01" });
    expect("matches" in result && [result.matches.length, result.facts["complaint.breached"]]).toEqual([0, null]);
  });

  it.each([
    [{ ...rule, workflow: "six-steps" }, "TYPE_MISMATCH /workflow"],
    [{ ...rule, workflow: { steps: [{ id: "a", next: ["b"] }, { id: "b", ends: true }] } }, "WORKFLOW_NO_ANSWER /workflow"],
    [{ ...rule, workflow: { steps: [{ id: "a", answers: true, next: ["c"] }, { id: "b", ends: true }] } }, "WORKFLOW_STEP_UNKNOWN /workflow/steps/0/next/0"],
    [{ ...rule, on: { slow: [{ task: "call" }] } }, "KEY_MISSING /workflow"],
    [{ ...rule, answered: undefined }, "KEY_MISSING "],
    [{ ...rule, over: "casez as one" }, "NOT_A_COLLECTION /over"],
    [{ ...rule, calendar: "moon" }, "UNKNOWN_REFERENCE /calendar"],
    [{ ...rule, then: [{ task: "call" }] }, "UNKNOWN_KEY /then"],
    [{ ...rule, answerWithin: -1 }, "PARAMETER_RANGE /answerWithin"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(load([wrong]).diagnostics.map((one) => `${one.code} ${one.pointer.replace("/rules/0", "")}`)).toContain(expected);
  });
});
