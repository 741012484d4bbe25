import { formatDay, parseDay, weekday, type Bilingual, type Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, shareText, textColumn } from "../customer/columns.js";
import { shortDate } from "../customer/civil-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { ruleName } from "../report-words.js";

/** Outcomes with which a task counts as done. */
const done: ReadonlySet<string> = new Set(["reached", "appointment", "interested", "refused", "useless"]);

interface Item {
  readonly id: string;
  /** Day by which it should be done; `null` = no date. */
  readonly due: string | null;
  readonly priority: number;
  readonly cells: readonly Cell[];
}

interface Row {
  readonly items: readonly Item[];
  /** Tasks of the last thirty days that have an outcome, and those that came to something. */
  readonly answered: number;
  readonly done: number;
}

/** The tasks of a manager by day and week, and how many of the last month were done (S83). */
export const workPlan = defineReport<Row>({
  name: "work-plan",
  title: { "zh-CN": "工作计划", en: "Work plan" },
  answers: { "zh-CN": "本日、本周和以后要做什么，近一个月完成得如何", en: "What to do today, this week and later, and how much of the last month was done" },
  covers: ["S83", "S72"],
  per: "rm",
  plan: true,
  row(customer) {
    const { day, record } = customer;
    const rm = record.text(day.engine.program.model.roles.get("rm") ?? "rm.id");
    const planned = customer.tasks.filter(({ task }) => task.assignee === rm).map(({ task }): Item => item(customer, task.ruleId, task.due, task.priority, day.asOf, customer.masked.text(task.title)));
    const open = customer.openTasks.filter(({ assignee }) => assignee === rm).map((task): Item => item(customer, task.ruleId, task.expiresAt, 0, task.opened, null));
    const since = formatDay((parseDay(day.asOf) ?? 0) - 30);
    const answered = customer.contacts.filter(({ date, key, outcome }) => key !== undefined && date >= since && outcome !== undefined && outcome !== "planned" && outcome !== "sent");
    if (planned.length + open.length + answered.length === 0) return undefined;
    return { items: [...planned, ...open], answered: answered.length, done: answered.filter(({ outcome }) => done.has(outcome ?? "")).length };
  },
  open: withAllRows((rows, group) => {
    const { asOf } = group.day;
    const items = rows.flatMap((row) => row.items).sort((a, b) => compareDue(a.due, b.due) || b.priority - a.priority || (a.id < b.id ? -1 : 1));
    const weeks = weeksOf(items, asOf);
    const answered = rows.reduce((sum, row) => sum + row.answered, 0);
    const ended = rows.reduce((sum, row) => sum + row.done, 0);
    const friday = endOfWeek(asOf);
    return reportFrame(group, { "zh-CN": "工作计划", en: "Work plan" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(
        figure("open", "待办任务", "Tasks to do", items.length),
        figure("today", "今日到期", "Due today", items.filter(({ due }) => due !== null && due <= asOf).length),
        figure("week", "本周到期", "Due this week", items.filter(({ due }) => due !== null && due <= friday).length),
        figure("done", "近30天完成率", "Done in 30 days", shareText(ended, answered), { "zh-CN": `已登记结果 ${answered} 项`, en: `${answered} with an outcome` }),
      ),
      ...(weeks.length < 2 ? [] : [{
        kind: "chart", id: "weeks", chart: "bar", title: { "zh-CN": "按周到期", en: "Due by week" },
        categories: weeks.map(({ label }) => label), series: [{ label: { "zh-CN": "任务", en: "Tasks" }, values: weeks.map(({ count }) => count) }],
      } as const]),
      {
        kind: "table", id: "tasks", title: { "zh-CN": "任务", en: "Tasks" },
        columns: [textColumn("due", "完成期限", "Due"), ...customerColumns, textColumn("rule", "事由", "Reason"), textColumn("task", "任务", "Task"), textColumn("opened", "列入日", "Planned on")],
        rows: items.map(({ due, cells }) => [due, ...cells]),
      },
    ]);
  }),
});

function item(customer: ReportCustomer, ruleId: string, due: string | null, priority: number, opened: string, title: string | null): Item {
  return { id: customer.id, due, priority, cells: [...customerCells(customer), ruleName(customer.day.engine.program, ruleId), title, opened] };
}

/** Tasks without a date come last. */
function compareDue(a: string | null, b: string | null): number {
  if (a === b) return 0;
  return a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
}

/** The Sunday of the day's week. */
function endOfWeek(date: string): string {
  const day = parseDay(date) ?? 0;
  return formatDay(day + ((7 - weekday(day)) % 7));
}

function weeksOf(items: readonly Item[], asOf: string): readonly { readonly label: Bilingual; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const { due } of items) {
    const week = due === null ? "9999" : endOfWeek(due < asOf ? asOf : due);
    counts.set(week, (counts.get(week) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([week, count]) => {
    if (week === "9999") return { label: { "zh-CN": "无期限", en: "no date" }, count };
    const end = shortDate(week, asOf);
    return { label: { "zh-CN": `至${end["zh-CN"]}`, en: `to ${end.en}` }, count };
  });
}
