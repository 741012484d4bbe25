import type { Bilingual } from "@evertend/core";
import type { Workflow, WorkflowStep } from "./workflow.js";

type Mark = Partial<Pick<WorkflowStep, "answers" | "ends" | "revisits">>;

/** Steps that follow one another. */
function inOrder(list: readonly (readonly [id: string, label: Bilingual, mark?: Mark])[]): Workflow {
  return {
    steps: list.map(([id, label, mark], i) => {
      const following = list[i + 1]?.[0];
      return { id, label, next: following === undefined ? [] : [following], answers: false, ends: false, revisits: false, ...mark };
    }),
  };
}

/**
 * Workflows by name. `seven-steps` is the complaint process of S155 in exactly its order; `with-revisit` is that of
 * S158, with a visit to the customer after the answer (decision G07: the first is the default).
 */
export const shippedWorkflows: Readonly<Record<string, Workflow>> = {
  "seven-steps": inOrder([
    ["accepted", { "zh-CN": "受理", en: "accepted" }],
    ["classified", { "zh-CN": "分类", en: "classified" }],
    ["submitted", { "zh-CN": "提交", en: "submitted" }],
    ["handling", { "zh-CN": "处理", en: "being handled" }],
    ["replied", { "zh-CN": "答复", en: "answered" }, { answers: true }],
    ["counted", { "zh-CN": "统计", en: "counted" }],
    ["closed", { "zh-CN": "归档", en: "filed" }, { ends: true }],
  ]),
  "with-revisit": inOrder([
    ["accepted", { "zh-CN": "接受", en: "accepted" }],
    ["confirmed", { "zh-CN": "确认", en: "confirmed" }],
    ["investigated", { "zh-CN": "调查评估", en: "investigated" }],
    ["solution", { "zh-CN": "处理方案", en: "solution found" }],
    ["replied", { "zh-CN": "回复客户", en: "answered" }, { answers: true }],
    ["revisited", { "zh-CN": "回访客户", en: "revisited" }, { revisits: true }],
    ["closed", { "zh-CN": "投诉总结", en: "summed up" }, { ends: true }],
  ]),
};

/** The workflow of a rule that names none. */
export const defaultWorkflow = "seven-steps";
