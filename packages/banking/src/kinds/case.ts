import { and, choose, compare, constant, defineKind, join, never, not, or, present, shift, today } from "@evertend/core";
import type { Bilingual, Calendar, FactType, KindBuilder, Range, TruthNode, ValueNode } from "@evertend/core";
import { checkWorkflow, workflowFrom, workflowNames, workflowShape } from "../case/read-workflow.js";
import { behind, type Workflow } from "../case/workflow.js";
import { daysFrom, dateWithin } from "./date-within.js";
import { rejectKeys } from "./reject-keys.js";
import { titled } from "./titled.js";

/** Working days in which a case is answered (S156). */
const defaultAnswerDays = 3;

const partTitles = {
  due: { "zh-CN": "临近答复时限", en: "answer due" },
  breached: { "zh-CN": "超过答复时限", en: "answer late" },
  slow: { "zh-CN": "步骤停留过久", en: "too long in one step" },
  revisit: { "zh-CN": "答复后回访", en: "visit after the answer" },
} as const satisfies Record<string, Bilingual>;

type Part = keyof typeof partTitles;

const facts: readonly { readonly part: string; readonly type: FactType; readonly label: Bilingual }[] = [
  { part: "open", type: "number", label: { "zh-CN": "未结事项数", en: "open cases" } },
  { part: "oldest", type: "date", label: { "zh-CN": "最早未结事项受理日", en: "oldest open case" } },
  { part: "breached", type: "number", label: { "zh-CN": "超时未答复数", en: "cases not answered in time" } },
];

/**
 * Cases that run through a workflow: complaints and suggestions. It reminds before an answer is due, tells when it is
 * late, when a case rests too long in one step, and when a visit should follow. Steps themselves are taken by `advance`.
 */
export const caseKind = defineKind({
  id: "case",
  label: { "zh-CN": "事项流程", en: "case" },
  description: {
    "zh-CN": "按流程办理的事项（如投诉建议）：答复时限、超时、步骤停留过久、答复后回访。",
    en: "Cases that run through a workflow, such as complaints: when an answer is due or late, when a step takes too long, when to visit after the answer.",
  },
  defaults: { class: "service", category: "after-sale", objective: "retain", priority: 90 },
  shape: {
    type: "object",
    required: ["over", "step", "opened", "on"],
    properties: {
      over: { type: "ref", ref: "range", description: { "zh-CN": "事项集合，如 \"complaints as complaint\"。", en: "The cases: \"complaints as complaint\"." } },
      step: { type: "ref", ref: "fact", description: { "zh-CN": "事项当前步骤的字段。", en: "The field that holds the step a case is at." } },
      opened: { type: "ref", ref: "fact", description: { "zh-CN": "受理日期。", en: "The date it was opened." } },
      answered: { type: "ref", ref: "fact", description: { "zh-CN": "答复日期；不写则由步骤判断。", en: "The date of the answer; without it the step tells." } },
      since: { type: "ref", ref: "fact", description: { "zh-CN": "进入当前步骤的日期；步骤有停留上限（within）时需要。", en: "The date it came to its step; needed where a step has a limit (within)." } },
      workflow: {
        type: "oneOf",
        options: [{ type: "string", enum: workflowNames }, workflowShape],
        description: { "zh-CN": "流程：预置名称（默认 seven-steps），或自定义步骤。", en: "The workflow: the name of one that is shipped (seven-steps by default), or steps of one's own." },
      },
      answerWithin: { type: "ref", ref: "number-or-param", description: { "zh-CN": "须在几个工作日内答复，默认 3。", en: "Working days in which it is answered, 3 by default." } },
      remindBefore: { type: "ref", ref: "number-or-param", description: { "zh-CN": "时限前几个工作日开始提醒，默认 1。", en: "Working days before that day at which it reminds, 1 by default." } },
      calendar: { type: "string", description: { "zh-CN": "工作日历，默认 working-days 或第一个日历。", en: "The calendar of working days; working-days or the first one by default." } },
      revisitAfter: { type: "ref", ref: "number-or-param", description: { "zh-CN": "答复后几天回访，默认 5。", en: "Days from the answer to the visit, 5 by default." } },
      revisitFor: { type: "ref", ref: "number-or-param", description: { "zh-CN": "回访提示持续几天，默认 20。", en: "Days for which the visit is asked for, 20 by default." } },
      on: {
        type: "object",
        description: { "zh-CN": "各情形下的动作。", en: "What to do when." },
        properties: {
          due: { type: "ref", ref: "actions", description: { "zh-CN": "临近答复时限。", en: "An answer is due soon." } },
          breached: { type: "ref", ref: "actions", description: { "zh-CN": "过了时限仍未答复。", en: "No answer in time." } },
          slow: { type: "ref", ref: "actions", description: { "zh-CN": "在一个步骤停留过久。", en: "Too long in one step." } },
          revisit: { type: "ref", ref: "actions", description: { "zh-CN": "答复后应回访。", en: "A visit should follow the answer." } },
        },
      },
    },
  },
  facts: (rule) => facts.map(({ part, type, label }) => ({ id: `${rule.id}.${part}`, type, label: titled(rule.title, label) })),
  lower(builder) {
    rejectKeys(builder, ["then", "forEach", "repeat", "expires"]);
    const workflow = checkedWorkflow(builder);
    builder.range(builder.rule.json["over"], "/over", (range) => {
      if (range.collection.idField === "") builder.report("ID_MISSING", "/over", { name: range.collection.name });
      lowerCases(builder, range, workflow);
    });
  },
});

function checkedWorkflow(builder: KindBuilder): Workflow {
  const workflow = workflowFrom(builder.rule.json["workflow"]) ?? { steps: [] };
  for (const { code, step, next, params } of checkWorkflow(workflow)) {
    builder.report(code, step < 0 ? "/workflow" : `/workflow/steps/${step}${next === undefined ? "" : `/next/${next}`}`, params);
  }
  return workflow;
}

/** A case as conditions see it. */
interface Case {
  readonly step: ValueNode;
  readonly opened: ValueNode;
  readonly answeredOn: ValueNode | undefined;
  readonly isOpen: TruthNode;
  readonly isAnswered: TruthNode;
}

function lowerCases(builder: KindBuilder, range: Range, workflow: Workflow): void {
  const { json } = builder.rule;
  const one = readCase(builder, workflow, range);
  const calendar = readCalendar(builder);
  const answerDays = json["answerWithin"] === undefined ? defaultAnswerDays : builder.number(json["answerWithin"], "/answerWithin", { minimum: 0, maximum: 366, integer: true });
  const due = workingDays(one.opened, answerDays, calendar);
  const isLate = and(not(one.isAnswered), compare(due, "<", today));
  addFacts(builder, range, one, isLate);
  const on = (json["on"] ?? {}) as Readonly<Record<string, unknown>>;
  const add = (part: Part, when: TruthNode, occurrence: ValueNode, expires?: ValueNode): void => {
    if (on[part] === undefined) return;
    const actions = builder.actions(on[part], `/on/${part}`, expires ? { expires } : {});
    builder.addRule({ part, title: titled(builder.rule.title, partTitles[part]), each: range, when: and(builder.when(), when), occurrence, actions });
  };
  const ahead = json["remindBefore"] === undefined ? 1 : builder.number(json["remindBefore"], "/remindBefore", { minimum: 0, maximum: 366, integer: true });
  const remindFrom = workingDays(one.opened, Math.max(0, answerDays - ahead), calendar);
  add("due", and(not(one.isAnswered), compare(remindFrom, "<=", today), compare(due, ">=", today)), join(due), due);
  add("breached", isLate, join(due));
  if (on["slow"] !== undefined) {
    const slow = slowSteps(builder, one, workflow, calendar);
    add("slow", slow.when, slow.occurrence);
  }
  if (on["revisit"] !== undefined) {
    const visit = visitAfter(builder, one, workflow);
    add("revisit", visit.when, join(visit.answered), visit.expires);
  }
}

function readCase(builder: KindBuilder, workflow: Workflow, range: Range): Case {
  const { json } = builder.rule;
  const step = builder.fact(json["step"], "/step", ["text"]);
  checkValues(builder, step, workflow, range);
  const answeredOn = json["answered"] === undefined ? undefined : builder.fact(json["answered"], "/answered", ["date"]);
  // Whoever stands behind the answering step was answered, also where the date was not written down.
  const isBehind = isIn(step, behind(workflow, (other) => other.answers));
  return {
    step,
    opened: builder.fact(json["opened"], "/opened", ["date"]),
    answeredOn,
    isOpen: not(isIn(step, workflow.steps.filter((other) => other.ends).map((other) => other.id))),
    isAnswered: answeredOn ? or(present(answeredOn), isBehind) : isBehind,
  };
}

/** A step that the field can never hold would never be found. */
function checkValues(builder: KindBuilder, step: ValueNode, workflow: Workflow, range: Range): void {
  const allowed = step.op === "field" ? [...range.collection.fields.values()].find((field) => field.slot === step.slot)?.enum : undefined;
  for (const { id } of allowed ? workflow.steps : []) {
    if (!allowed?.includes(id)) builder.report("VALUE_NOT_ALLOWED", "/step", { name: id, allowed: allowed?.join(", ") ?? "" });
  }
}

function readCalendar(builder: KindBuilder): Calendar | undefined {
  const { calendar } = builder.rule.json;
  return builder.calendar(calendar, "/calendar");
}

function workingDays(date: ValueNode, days: number, calendar: Calendar | undefined): ValueNode {
  return days === 0 ? date : { ...(shift(date, days, "workingDays") as Extract<ValueNode, { op: "shift" }>), ...(calendar ? { calendar } : {}) };
}

function isIn(value: ValueNode, ids: readonly string[]): TruthNode {
  return ids.length === 0 ? never : { op: "in", value, list: constant(ids, "list") };
}

function addFacts(builder: KindBuilder, range: Range, { isOpen, opened }: Case, isLate: TruthNode): void {
  const own = builder.rule.json["when"] === undefined ? [] : [builder.condition(builder.rule.json["when"], "/when")];
  const add = (part: string, node: ValueNode): void => {
    const label = facts.find((fact) => fact.part === part)?.label;
    if (label) builder.addFact(part, node, titled(builder.rule.title, label));
  };
  const count = (where: TruthNode): ValueNode => ({ op: "fold", type: "number", kind: "count", range, where, missing: "unknown", empty: constant(0, "number"), scale: 0 });
  add("open", count(and(...own, isOpen)));
  add("oldest", { op: "fold", type: "date", kind: "min", range, where: and(...own, isOpen), value: opened, missing: "unknown", empty: { op: "none", type: "date" } });
  add("breached", count(and(...own, isLate)));
}

/** A case that is longer in a step than the step allows. */
function slowSteps(builder: KindBuilder, { step }: Case, workflow: Workflow, calendar: Calendar | undefined): { readonly when: TruthNode; readonly occurrence: ValueNode } {
  const limited = workflow.steps.filter((one) => one.within !== undefined);
  const { since: field } = builder.rule.json;
  if (limited.length === 0) builder.report("KEY_MISSING", "/workflow", { name: "within" });
  if (field === undefined) builder.report("KEY_MISSING", "", { name: "since" });
  if (field === undefined || limited.length === 0) return { when: never, occurrence: constant("", "text") };
  const since = builder.fact(field, "/since", ["date"]);
  const until = choose("date", limited.map((one) => ({ when: compare(step, "=", constant(one.id, "text")), value: workingDays(since, one.within ?? 0, calendar) })));
  return { when: compare(until, "<", today), occurrence: join(step, "/", since) };
}

/** A case that was answered some days ago and has had no visit yet. */
function visitAfter(builder: KindBuilder, { step, answeredOn }: Case, workflow: Workflow): { readonly when: TruthNode; readonly answered: ValueNode; readonly expires: ValueNode } {
  const { json } = builder.rule;
  if (!answeredOn) builder.report("KEY_MISSING", "", { name: "answered" });
  const answered: ValueNode = answeredOn ?? { op: "none", type: "date" };
  const after = json["revisitAfter"] === undefined ? 5 : builder.number(json["revisitAfter"], "/revisitAfter", { minimum: 0, maximum: 366, integer: true });
  const length = json["revisitFor"] === undefined ? 20 : builder.number(json["revisitFor"], "/revisitFor", { minimum: 1, maximum: 366, integer: true });
  const visited = workflow.steps.some((one) => one.revisits) ? isIn(step, behind(workflow, (one) => one.revisits)) : never;
  return { when: and(dateWithin(answered, -(after + length), -after), not(visited)), answered, expires: daysFrom(answered, after + length - 1) };
}
