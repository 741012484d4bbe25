import type { CodeEntry } from "./code-entry.js";

/** Codes for workflows, the cases that run through them, and appraisals. */
export const codesOfKinds = {
  WORKFLOW_STEP_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "流程中没有名为“{name}”的步骤", en: "The workflow has no step \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][现有步骤：{allowed}。]请改正 next，或加入该步骤。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Correct next, or add the step." },
  },
  WORKFLOW_NO_END: {
    severity: "error",
    message: { "zh-CN": "从步骤“{name}”无法到达流程的终点", en: "No end of the workflow can be reached from the step \"{name}\"" },
    hint: { "zh-CN": "请用 \"ends\": true 标出结束步骤，并用 next 连到它。", en: "Mark the last step with \"ends\": true, and lead to it with next." },
  },
  WORKFLOW_UNREACHABLE: {
    severity: "error",
    message: { "zh-CN": "没有任何步骤通向“{name}”", en: "Nothing leads to the step \"{name}\"" },
    hint: { "zh-CN": "流程从第一个步骤开始：请在某个可到达步骤的 next 中加入它，或删除它。", en: "A workflow begins with its first step: name this one in the next of a step that is reached, or remove it." },
  },
  WORKFLOW_NO_ANSWER: {
    severity: "error",
    message: { "zh-CN": "流程中没有答复客户的步骤", en: "No step of the workflow answers the customer" },
    hint: { "zh-CN": "请用 \"answers\": true 标出答复步骤：每个事项在结束前都须答复。", en: "Mark one with \"answers\": true: every case gets an answer before it closes." },
  },
  WORKFLOW_END_UNANSWERED: {
    severity: "error",
    message: { "zh-CN": "不经答复也能到达结束步骤“{name}”", en: "The end \"{name}\" can be reached without an answer to the customer" },
    hint: { "zh-CN": "请调整 next，使所有通向结束的路径都经过答复步骤。", en: "Change next so that every way to an end leads through a step that answers." },
  },
  SCORE_WEIGHTS: {
    severity: "error",
    message: { "zh-CN": "“{name}”的权重合计为 {found}，应为 {expected}", en: "The weights of \"{name}\" add up to {found} instead of {expected}" },
    hint: { "zh-CN": "请调整各项权重（百分比，最多两位小数），使同级合计为 100。", en: "Change the weights (per cent, at most two decimal places) so that those beside each other add up to 100." },
  },
  POPULATION_EMPTY: {
    severity: "warning",
    message: { "zh-CN": "快照“{name}”中没有任何可比较的对象", en: "The population \"{name}\" is empty" },
    hint: { "zh-CN": "名次和占比因此未知。请核对数据源，以及[“{other}”]所依据的字段。", en: "Ranks and shares are unknown without it. Look at the source, and at the fields that[ \"{other}\"] is computed from." },
  },
  CASE_INVALID: {
    severity: "error",
    message: { "zh-CN": "事项记录或指令的“{name}”缺失或无效", en: "\"{name}\" of the case or the command is missing or not valid" },
    hint: { "zh-CN": "[应为 {expected}。]请改正后重试。", en: "[It must be {expected}. ]Correct it and try again." },
  },
  CASE_STEP_NOT_REACHABLE: {
    severity: "error",
    message: { "zh-CN": "事项在步骤“{found}”，不能直接转到“{name}”", en: "The case is at \"{found}\" and cannot go to \"{name}\" from there" },
    hint: { "zh-CN": "[可转到：{allowed}。]请按流程逐步办理。", en: "[It can go to: {allowed}. ]Take the steps in their order." },
  },
  CASE_CLOSE_UNANSWERED: {
    severity: "error",
    message: { "zh-CN": "事项尚未答复客户，不能转到结束步骤“{name}”", en: "The customer has not been answered, so the case cannot end with \"{name}\"" },
    hint: { "zh-CN": "请先办理答复步骤[：{allowed}]。", en: "Answer the customer first[: {allowed}]." },
  },
  CASE_DATE_ORDER: {
    severity: "error",
    message: { "zh-CN": "日期 {found} 早于上一步骤的日期 {expected}", en: "The date {found} lies before the last step, which was on {expected}" },
    hint: { "zh-CN": "请使用不早于上一步骤的日期。", en: "Use a date on or after the last step." },
  },
  CASE_ENDED: {
    severity: "error",
    message: { "zh-CN": "事项已在步骤“{found}”结束", en: "The case ended with the step \"{found}\"" },
    hint: { "zh-CN": "已结束的事项不能再办理；如有新的诉求，请新建事项。", en: "A case that ended stays so; open a new one for a new concern." },
  },
} as const satisfies Record<string, CodeEntry>;
