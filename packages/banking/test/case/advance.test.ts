import { describe, expect, it } from "vitest";
import { advance, openCase, readWorkflow, shippedWorkflows, type Advanced, type CaseRecord, type Workflow } from "@evertend/banking";

const sevenSteps = shippedWorkflows["seven-steps"] as Workflow;
const withRevisit = shippedWorkflows["with-revisit"] as Workflow;

function opened(workflow: Workflow): CaseRecord {
  const result = openCase(workflow, { caseId: "C1", on: "2026-09-21", by: "T01" });
  if (!("case" in result)) throw new Error(JSON.stringify(result.diagnostics));
  return result.case;
}

function codesOf(result: Advanced): unknown[] {
  return "case" in result ? [] : result.diagnostics.map((one) => `${one.code} ${one.file}${one.pointer}`);
}

function walk(workflow: Workflow): CaseRecord {
  return workflow.steps.slice(1).reduce((record, step, i) => {
    const result = advance(workflow, record, { to: step.id, on: `2026-09-${22 + i}`, by: "T01", ...(step.answers ? { note: "已电话答复" } : {}) });
    if (!("case" in result)) throw new Error(JSON.stringify(result.diagnostics));
    return result.case;
  }, opened(workflow));
}

describe("advance", () => {
  it("takes a case through the seven steps in their order and keeps the trail", () => {
    expect(sevenSteps.steps.map((step) => step.label["zh-CN"])).toEqual(["受理", "分类", "提交", "处理", "答复", "统计", "归档"]);
    const done = walk(sevenSteps);
    expect(done).toMatchObject({ caseId: "C1", step: "closed", openedOn: "2026-09-21", answeredOn: "2026-09-25", closedOn: "2026-09-27" });
    expect(done.trail.map((entry) => entry.step)).toEqual(sevenSteps.steps.map((step) => step.id));
    expect(done.trail[4]).toEqual({ step: "replied", on: "2026-09-25", by: "T01", note: "已电话答复" });
  });

  it("takes a case through the other seven, with the visit after the answer", () => {
    expect(withRevisit.steps.map((step) => step.label["zh-CN"])).toEqual(["接受", "确认", "调查评估", "处理方案", "回复客户", "回访客户", "投诉总结"]);
    expect(walk(withRevisit).trail.map((entry) => entry.step).slice(-3)).toEqual(["replied", "revisited", "closed"]);
  });

  it("leaves the record it was given as it is", () => {
    const before = opened(sevenSteps);
    const copy = structuredClone(before);
    advance(sevenSteps, Object.freeze(before), { to: "classified", on: "2026-09-21", by: "T01" });
    expect(before).toEqual(copy);
  });

  it.each([
    ["an unknown step", { to: "clasified", on: "2026-09-22", by: "T01" }, ["WORKFLOW_STEP_UNKNOWN command/to"]],
    ["a step that may not follow", { to: "handling", on: "2026-09-22", by: "T01" }, ["CASE_STEP_NOT_REACHABLE command/to"]],
    ["closing without an answer", { to: "closed", on: "2026-09-22", by: "T01" }, ["CASE_CLOSE_UNANSWERED command/to", "CASE_STEP_NOT_REACHABLE command/to"]],
    ["a date before the last step", { to: "classified", on: "2026-09-20", by: "T01" }, ["CASE_DATE_ORDER command/on"]],
    ["no date and nobody", { to: "classified", on: "2026-02-30", by: " " }, ["CASE_INVALID command/by", "CASE_INVALID command/on"]],
  ])("refuses %s", (_name, command, expected) => {
    expect(codesOf(advance(sevenSteps, opened(sevenSteps), command))).toEqual(expected);
  });

  it("refuses a record that ended, one at a step that is not there, and one that is no record", () => {
    const done = walk(sevenSteps);
    expect(codesOf(advance(sevenSteps, done, { to: "accepted", on: "2026-10-01", by: "T01" }))).toEqual(["CASE_ENDED command/to"]);
    expect(codesOf(advance(sevenSteps, { ...opened(sevenSteps), step: "lost" }, { to: "classified", on: "2026-10-01", by: "T01" }))).toEqual(["WORKFLOW_STEP_UNKNOWN case/step"]);
    const wrong = { caseId: 7, trail: "none" } as unknown as CaseRecord;
    expect(codesOf(advance(sevenSteps, wrong, { to: "classified", on: "2026-10-01", by: "T01" }))).toEqual(["CASE_INVALID case/caseId", "CASE_INVALID case/openedOn", "CASE_INVALID case/step", "CASE_INVALID case/trail"]);
    expect(codesOf(advance(sevenSteps, null as unknown as CaseRecord, null as unknown as { to: string; on: string; by: string }))).toContain("CASE_INVALID command/on");
  });

  it("says nothing of what a note or name holds", () => {
    const result = advance(sevenSteps, opened(sevenSteps), { to: "handling", on: "2026-09-22", by: "张三", note: "客户张三的账号" });
    expect(JSON.stringify(result)).not.toContain("张三");
  });

  it("never lets a case end unanswered, whatever is asked of it", () => {
    // A small generator with a fixed seed: commands in any order, most of them not allowed.
    let seed = 20260921;
    const next = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let round = 0; round < 300; round++) {
      const workflow = round % 2 === 0 ? sevenSteps : withRevisit;
      let record = opened(workflow);
      for (let i = 0; i < 40; i++) {
        const result = advance(workflow, record, { to: workflow.steps[next(7)]?.id ?? "", on: `2026-10-${String(1 + next(28)).padStart(2, "0")}`, by: "T01" });
        if ("case" in result) record = result.case;
      }
      expect(record.closedOn === undefined || record.answeredOn !== undefined, `seed round ${round}`).toBe(true);
      expect(record.trail.map((entry) => entry.on)).toEqual([...record.trail.map((entry) => entry.on)].sort());
    }
  });
});

describe("readWorkflow", () => {
  const steps = (list: readonly unknown[]): string[] => {
    const result = readWorkflow(JSON.stringify({ steps: list }));
    return "workflow" in result ? [] : result.diagnostics.map((one) => `${one.code} ${one.pointer}`);
  };
  const [open, answer, end] = [{ id: "open", next: ["answer"] }, { id: "answer", answers: true, next: ["end"] }, { id: "end", ends: true }];

  it("reads a shipped one by its name and one written out", () => {
    expect(readWorkflow("\"with-revisit\"")).toEqual({ workflow: withRevisit });
    expect(steps([open, answer, end])).toEqual([]);
  });

  it.each([
    ["an unknown step", [{ ...open, next: ["answer", "nowhere"] }, answer, end], ["WORKFLOW_STEP_UNKNOWN /steps/0/next/1"]],
    ["no end", [open, { ...answer, next: ["end"] }, { id: "end" }], ["WORKFLOW_NO_END /steps/0", "WORKFLOW_NO_END /steps/1", "WORKFLOW_NO_END /steps/2"]],
    ["a step that is a trap", [{ ...open, next: ["answer", "trap"] }, answer, end, { id: "trap", next: ["trap"] }], ["WORKFLOW_NO_END /steps/3"]],
    ["a step nobody reaches", [open, answer, end, { id: "alone", next: ["end"] }], ["WORKFLOW_UNREACHABLE /steps/3"]],
    ["no answering step", [{ ...open, next: ["end"] }, end], ["WORKFLOW_NO_ANSWER "]],
    ["a way around the answer", [{ ...open, next: ["answer", "end"] }, answer, end], ["WORKFLOW_END_UNANSWERED /steps/2"]],
    ["a step twice", [open, answer, end, open], ["DUPLICATE_ID /steps/3"]],
    ["a wrong key", [{ ...open, nxt: [] }, answer, end], ["UNKNOWN_KEY /steps/0/nxt"]],
  ])("tells %s", (_name, list, expected) => {
    expect(steps(list)).toEqual(expected);
  });

  it("tells text that is no workflow", () => {
    for (const text of ["", "7", "\"five-steps\"", "{}"]) expect("diagnostics" in readWorkflow(text), text).toBe(true);
  });
});
