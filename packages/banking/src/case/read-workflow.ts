import { Findings, Spot, bilingual, checkShape, closest, isObject, parseJson } from "@evertend/core";
import type { Diagnostic, DiagnosticCode, Lang, Shape } from "@evertend/core";
import { defaultWorkflow, shippedWorkflows } from "./shipped-workflows.js";
import { reachable, type Workflow, type WorkflowStep } from "./workflow.js";

/** What a workflow written out in a rule looks like. */
export const workflowShape: Shape = {
  type: "object",
  required: ["steps"],
  description: { "zh-CN": "自定义流程", en: "A workflow of one's own" },
  properties: {
    steps: {
      type: "array",
      minItems: 1,
      maxItems: 50,
      description: { "zh-CN": "各步骤；事项从第一个步骤开始。", en: "The steps; a case opens in the first." },
      items: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string", format: "id", description: { "zh-CN": "步骤的值，与记录中的一致。", en: "The value of the step, as records have it." } },
          label: { type: "text", description: { "zh-CN": "给人看的名称。", en: "The name that people read." } },
          next: { type: "array", items: { type: "string", format: "id" }, maxItems: 50, description: { "zh-CN": "可以转到的步骤。", en: "Steps that may follow." } },
          answers: { type: "boolean", description: { "zh-CN": "此步骤答复客户。", en: "This step answers the customer." } },
          ends: { type: "boolean", description: { "zh-CN": "到此步骤事项结束。", en: "A case that reaches this step is closed." } },
          revisits: { type: "boolean", description: { "zh-CN": "此步骤为答复后的回访。", en: "This step is the visit after the answer." } },
          within: { type: "integer", minimum: 0, maximum: 3660, description: { "zh-CN": "在此步骤最多停留的工作日数。", en: "Working days that a case may stay in this step." } },
        },
      },
    },
  },
};

/** What is wrong with a workflow: a code, the index of the step (−1 = the workflow) and values for its text. */
export interface WorkflowFault {
  readonly code: DiagnosticCode;
  readonly step: number;
  /** Index in `next` of that step, where the fault is there. */
  readonly next?: number;
  readonly params: Readonly<Record<string, string>>;
}

/** What is wrong with a workflow that has the shape of one is told as faults; one that has not is `undefined`. */
export function workflowFrom(json: unknown): Workflow | undefined {
  if (json === undefined) return shippedWorkflows[defaultWorkflow];
  if (typeof json === "string") return Object.hasOwn(shippedWorkflows, json) ? shippedWorkflows[json] : undefined;
  return isObject(json) ? { steps: (json["steps"] as readonly Readonly<Record<string, unknown>>[]).map(stepFrom) } : undefined;
}

/** The names that may stand for a workflow. */
export const workflowNames: readonly string[] = Object.keys(shippedWorkflows);

/**
 * Reads and checks the JSON text of a workflow, as the `workflow` of a rule of kind `case` holds it: the name of a shipped
 * one, or its steps.
 *
 * @returns the workflow, or all that is wrong with it, with places in the text
 */
export function readWorkflow(text: string, file = "workflow", lang: Lang = "en"): { readonly workflow: Workflow } | { readonly diagnostics: readonly Diagnostic[] } {
  const findings = new Findings(lang);
  const document = parseJson(file, text, findings);
  if (!document) return { diagnostics: findings.sorted() };
  const spot = new Spot(document, "", findings);
  const good = checkShape({ type: "oneOf", options: [{ type: "string", enum: workflowNames }, workflowShape] }, document.value, spot);
  const workflow = good ? workflowFrom(document.value) : undefined;
  for (const { code, step, next, params } of workflow ? checkWorkflow(workflow) : []) {
    (step < 0 ? spot : next === undefined ? spot.at("steps", step) : spot.at("steps", step, "next", next)).report(code, params);
  }
  return workflow && !findings.hasErrors ? { workflow } : { diagnostics: findings.sorted() };
}

function stepFrom(json: Readonly<Record<string, unknown>>): WorkflowStep {
  const id = String(json["id"]);
  return {
    id,
    label: bilingual(json["label"], id),
    next: (json["next"] ?? []) as readonly string[],
    answers: json["answers"] === true,
    ends: json["ends"] === true,
    revisits: json["revisits"] === true,
    ...(typeof json["within"] === "number" ? { within: json["within"] } : {}),
  };
}

/**
 * What is wrong with a workflow: steps named twice or not there, steps nobody reaches, steps from which there is no way
 * to an end, no step that answers, an end that can be reached without an answer.
 */
export function checkWorkflow(workflow: Workflow): readonly WorkflowFault[] {
  const { steps } = workflow;
  const ids = steps.map((step) => step.id);
  const faults: WorkflowFault[] = [];
  steps.forEach((step, i) => {
    if (ids.indexOf(step.id) !== i) faults.push({ code: "DUPLICATE_ID", step: i, params: { name: step.id } });
    step.next.forEach((id, next) => {
      if (!ids.includes(id)) faults.push({ code: "WORKFLOW_STEP_UNKNOWN", step: i, next, params: { name: id, suggestion: closest(id, ids) ?? "", allowed: ids.join(", ") } });
    });
  });
  const first = ids.slice(0, 1);
  const reached = reachable(workflow, first);
  const unanswered = reachable(workflow, first, (step) => step.answers);
  steps.forEach((step, i) => {
    const params = { name: step.id };
    if (!reached.has(step.id)) faults.push({ code: "WORKFLOW_UNREACHABLE", step: i, params });
    else if (!steps.some((other) => other.ends && reachable(workflow, [step.id]).has(other.id))) faults.push({ code: "WORKFLOW_NO_END", step: i, params });
  });
  if (!steps.some((step) => step.answers)) return [...faults, { code: "WORKFLOW_NO_ANSWER", step: -1, params: {} }];
  steps.forEach((step, i) => {
    if (step.ends && unanswered.has(step.id)) faults.push({ code: "WORKFLOW_END_UNANSWERED", step: i, params: { name: step.id } });
  });
  return faults;
}
