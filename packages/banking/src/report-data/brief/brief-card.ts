import type { Bilingual, OpenTask, ReportCard, ReportCardSection } from "@evertend/core";
import { dot, join, shortDate } from "../customer/civil-words.js";
import { contactLine, lastLogEntry, lastTalk } from "../customer/last-contact.js";
import { wordOf } from "../customer/record-words.js";
import type { PlannedTask } from "../customer/planned-tasks.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { ruleName } from "../report-words.js";
import { avoidLines } from "./avoid-lines.js";
import { callHours, callHoursText } from "./call-hours.js";
import { outcomeChoices } from "./outcome-choices.js";
import { sayWhy } from "./say-why.js";
import { titled } from "../../kinds/titled.js";

/** So much of a task's key is enough to write an outcome down. */
const shownKey = 8;

/** One customer of a manager's day. Plain JSON. */
export interface BriefRow {
  /** Highest priority of the customer's tasks; the largest stands first. */
  readonly priority: number;
  readonly id: string;
  readonly tasks: number;
  /** Tasks of earlier days. */
  readonly carried: number;
  /** Something must be minded before the call. */
  readonly care: boolean;
  readonly card: ReportCard;
}

/** The card of a customer with tasks for the manager; `undefined` for all others. */
export function briefCard(customer: ReportCustomer): BriefRow | undefined {
  const rm = customer.record.text(customer.day.engine.program.model.roles.get("rm") ?? "rm.id");
  const tasks = customer.tasks.filter(({ task }) => task.assignee === rm);
  const carried = customer.openTasks.filter(({ assignee }) => assignee === rm);
  if (tasks.length + carried.length === 0) return undefined;
  const avoid = avoidLines(customer);
  return {
    priority: Math.max(0, ...tasks.map(({ task }) => task.priority)),
    id: customer.id,
    tasks: tasks.length,
    carried: carried.length,
    care: avoid.length > 0,
    card: {
      heading: heading(customer),
      text: "",
      tags: tags(customer),
      facts: facts(customer),
      sections: [
        { id: "why", label: { "zh-CN": "为何今天联系", en: "Why today" }, lines: [...tasks.flatMap((planned) => whyLines(customer, planned)), ...carried.map((open) => carriedLine(customer, open))] },
        { id: "say", label: { "zh-CN": "说什么", en: "What to say" }, lines: tasks.flatMap((planned) => sayLines(customer, planned)) },
        { id: "avoid", label: { "zh-CN": "注意避免", en: "What to avoid" }, lines: avoid, tone: "care" },
        { id: "last", label: { "zh-CN": "上次联系与约定", en: "Last contact and promises" }, lines: lastLines(customer) },
      ].filter(({ lines }) => lines.length > 0) as readonly ReportCardSection[],
      choices: outcomeChoices,
    },
  };
}

function heading({ record, masked, id }: ReportCustomer): string {
  const name = record.text("name");
  return name === undefined ? masked.id(id) : masked.name(name);
}

function tags({ factText, record, masked, id }: ReportCustomer): readonly (string | Bilingual)[] {
  const tier = factText("tier");
  const kind = factText("valueClass");
  return [
    ...(record.has("name") ? [masked.id(id)] : []),
    ...(tier === undefined ? [] : [wordOf("tier", tier)]),
    ...(kind === undefined ? [] : [wordOf("valueClass", kind)]),
  ];
}

function facts(customer: ReportCustomer): ReportCard["facts"] {
  const { record, masked, day } = customer;
  const phone = record.text("phone");
  const { model } = day.engine.program;
  const zone = record.text(model.roles.get("zone") ?? "timeZone");
  const preferred = record.texts("preferredChannels");
  return [
    { label: { "zh-CN": "电话", en: "Phone" }, value: phone === undefined ? { "zh-CN": "未登记", en: "not on file" } : masked.phone(phone) },
    { label: { "zh-CN": "可致电时段", en: "May be called" }, value: callHoursText(callHours(day.engine.program, customer), zone === model.zone ? undefined : zone) },
    ...(preferred.length === 0 ? [] : [{ label: { "zh-CN": "习惯方式", en: "Prefers" }, value: join(preferred.map((channel) => wordOf("channel", channel)), { "zh-CN": "、", en: ", " }) }]),
  ];
}

/** One line for each rule behind a task: its title, and what it found. */
function whyLines(customer: ReportCustomer, { reasons }: PlannedTask): readonly Bilingual[] {
  return reasons.map(({ ruleId, subject }) => {
    const title = ruleName(customer.day.engine.program, ruleId);
    const found = customer.why(ruleId, subject);
    const words = found === undefined ? undefined : sayWhy(found.clause);
    return customer.masked.both(words === undefined ? title : titled(title, words));
  });
}

function carriedLine({ day }: ReportCustomer, { ruleId, opened, key }: OpenTask): Bilingual {
  const title = ruleName(day.engine.program, ruleId);
  const since = shortDate(opened, day.asOf);
  return { "zh-CN": `${title["zh-CN"]}：${since["zh-CN"]}起未了结 · 任务 ${key.slice(0, shownKey)}`, en: `${title.en}: open since ${since.en} · task ${key.slice(0, shownKey)}` };
}

/** The task's own words, further reasons on lines of their own; when it is due, and the number its outcome goes under. */
function sayLines({ masked, day, record }: ReportCustomer, { task }: PlannedTask): readonly (string | Bilingual)[] {
  const end = join([
    ...(task.due === null ? [] : [dueText(task.due, day.asOf)]),
    { "zh-CN": `任务 ${task.key.slice(0, shownKey)}`, en: `task ${task.key.slice(0, shownKey)}` },
  ], dot);
  const onCard = [record.text("phone"), record.text("attentionNote")].filter((text) => text !== undefined);
  const [first = "", ...rest] = task.brief.split("\n").map((line) => masked.text(withoutSentences(line, onCard)).replace(/^\s*[-•]\s*/, "").trim()).filter((line) => line !== "" && !/[：:]$/.test(line));
  const title = masked.text(task.title);
  return [
    { "zh-CN": `${title}（${end["zh-CN"]}）${first === "" ? "" : `：${first}`}`, en: `${title} (${end.en})${first === "" ? "" : `: ${first}`}` },
    ...rest,
  ];
}

/** A text without the sentences that say what the card shows already. */
function withoutSentences(text: string, shown: readonly string[]): string {
  return text.split(/(?<=。)|(?<=\. )/).filter((sentence) => !shown.some((one) => sentence.includes(one))).join("");
}

function dueText(due: string, asOf: string): Bilingual {
  const date = shortDate(due, asOf);
  return { "zh-CN": `${date["zh-CN"]}前完成`, en: `by ${date.en}` };
}

function lastLines(customer: ReportCustomer): readonly Bilingual[] {
  const { record, day } = customer;
  const last = lastLogEntry(customer);
  const talk = lastTalk(customer);
  const lines: Bilingual[] = [];
  if (last === undefined) lines.push({ "zh-CN": "没有联系记录", en: "no contact on record" });
  else lines.push(contactLine(customer, last));
  if (talk !== undefined && talk.json !== last?.json) {
    const line = contactLine(customer, talk);
    lines.push({ "zh-CN": `上次通话或面谈：${line["zh-CN"]}`, en: `last spoken to: ${line.en}` });
  }
  for (const entry of record.items("contactLog")) {
    const promise = entry.text("promise");
    const by = entry.text("promiseBy");
    if (promise === undefined || (by !== undefined && by < day.asOf)) continue;
    const date = by === undefined ? undefined : shortDate(by, day.asOf);
    lines.push(customer.masked.both({ "zh-CN": `我们的承诺：${promise}${date ? `（${date["zh-CN"]}前）` : ""}`, en: `we promised: ${promise}${date ? ` (by ${date.en})` : ""}` }));
  }
  for (const appointment of record.items("appointments")) {
    const on = appointment.text("date");
    if (on === undefined || on < day.asOf) continue;
    const date = shortDate(on, day.asOf);
    const place = appointment.text("place") ?? "";
    const confirmed = appointment.flag("confirmed");
    lines.push(customer.masked.both({ "zh-CN": `预约 ${date["zh-CN"]} ${place}${confirmed ? "（已确认）" : "（未确认）"}`, en: `appointment on ${date.en} ${place}${confirmed ? " (confirmed)" : " (not confirmed)"}` }));
  }
  return lines;
}
