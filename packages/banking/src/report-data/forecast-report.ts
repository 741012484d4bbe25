import { parseDay, type Program, type ReportChart, type ReportData, type ReportPart, type ReportTable } from "@evertend/core";
import { sum } from "./day-rows.js";
import type { ForecastDay } from "./forecast-day.js";
import { added } from "./parts/run-charts.js";
import { channelName, roleName, ruleName, same } from "./report-words.js";

/** What a forecast's report tells. */
export interface ForecastReportInput {
  readonly program: Program;
  /** One day after the other; at least one. */
  readonly days: readonly ForecastDay[];
}

/** Up to so many days each has a bar; beyond, each week has. */
const mostBars = 31;
const busiest = 20;
const number = { align: "right", format: "integer" } as const;

/** The report of a forecast: messages by channel, tasks by role, and the load of people, over time and by rule. */
export function forecastReport({ program, days }: ForecastReportInput): ReportData {
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) throw new Error("a forecast's report needs at least one day");
  const { pack } = program;
  const periods = periodsOf(days);
  return {
    title: pack.title,
    subtitle: { "zh-CN": `未来 ${days.length} 日预测（${first.asOf} – ${last.asOf}）`, en: `Forecast of ${days.length} day(s) (${first.asOf} – ${last.asOf})` },
    asOf: first.asOf,
    parts: [
      figures(days),
      overTime("touches", { "zh-CN": "消息", en: "Messages" }, periods, (day) => day.touches, (name) => channelName(program, name)),
      overTime("tasks", { "zh-CN": "任务", en: "Tasks" }, periods, (day) => day.tasks, roleName),
      ...loadOverTime(periods),
      byRule(program, days),
      ...busiestDays(days),
      {
        kind: "text", id: "reading", title: { "zh-CN": "预测的前提", en: "What is assumed" },
        text: {
          "zh-CN": "预测假定客户数据、上下文、规则包和参数保持不变，每日运行一次，且期间没有人登记结果：消息视为已计划，任务在到期前一直未完。结果与在相同数据上逐日运行完全一致。\n\n第一日包含此前积压的全部事项，因此通常最多。",
          en: "Records, context, pack and parameters stay as they are, there is a run on every day, and nobody records an outcome: messages count as planned, tasks stay open until they expire. The result is that of running day after day over the same records.\n\nThe first day has all that had piled up before, so it is usually the largest.",
        },
      },
    ].filter((part): part is ReportPart => part !== undefined),
    footer: {
      "zh-CN": `规则包 ${pack.id} ${pack.version} · 摘要 ${program.hash.slice(0, 12)} · 引擎 ${program.engineVersion}`,
      en: `Pack ${pack.id} ${pack.version} · hash ${program.hash.slice(0, 12)} · engine ${program.engineVersion}`,
    },
  };
}

interface Period {
  /** Civil date of its first day. */
  readonly from: string;
  readonly days: readonly ForecastDay[];
  readonly weekly: boolean;
}

function periodsOf(days: readonly ForecastDay[]): readonly Period[] {
  const length = days.length > mostBars ? 7 : 1;
  return Array.from({ length: Math.ceil(days.length / length) }, (_, i) => ({ from: (days[i * length] as ForecastDay).asOf, days: days.slice(i * length, (i + 1) * length), weekly: length > 1 }));
}

function total(days: readonly ForecastDay[], read: (day: ForecastDay) => Readonly<Record<string, number>>): number {
  return days.reduce((all, day) => all + sum(read(day)), 0);
}

function figures(days: readonly ForecastDay[]): ReportPart {
  const rest = days.slice(1);
  const mean = (read: (day: ForecastDay) => Readonly<Record<string, number>>): number => Math.round(total(rest, read) / Math.max(1, rest.length));
  const most = loads(days)[0];
  return {
    kind: "figures", id: "figures",
    figures: [
      { id: "touches", label: { "zh-CN": "消息", en: "Messages" }, value: total(days, (day) => day.touches), ...(rest.length > 0 ? { note: { "zh-CN": `首日之后日均 ${mean((day) => day.touches)}`, en: `${mean((day) => day.touches)} a day after the first` } } : {}) },
      { id: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, value: total(days, (day) => day.tasks), ...(rest.length > 0 ? { note: { "zh-CN": `首日之后日均 ${mean((day) => day.tasks)}`, en: `${mean((day) => day.tasks)} a day after the first` } } : {}) },
      { id: "most", label: { "zh-CN": "单人单日最多任务", en: "Most tasks of one person on a day" }, value: most?.tasks ?? 0, ...(most ? { note: same(most.asOf) } : {}) },
      { id: "held", label: { "zh-CN": "末日仍暂缓", en: "Held on the last day" }, value: days.at(-1)?.held ?? 0 },
    ],
  };
}

function overTime(id: string, what: { readonly "zh-CN": string; readonly en: string }, periods: readonly Period[], read: (day: ForecastDay) => Readonly<Record<string, number>>, nameOf: (name: string) => ReportChart["title"]): ReportChart | undefined {
  const names = added(periods.flatMap(({ days }) => days.map(read))).map(([name]) => name);
  if (names.length === 0) return undefined;
  const weekly = periods[0]?.weekly === true;
  return {
    kind: "chart", id, chart: "stackedBar",
    title: weekly ? { "zh-CN": `每周${what["zh-CN"]}`, en: `${what.en} by week` } : { "zh-CN": `每日${what["zh-CN"]}`, en: `${what.en} by day` },
    ...(weekly ? { note: { "zh-CN": "日期为各周第一日。", en: "A week is named by its first day." } } : {}),
    categories: periods.map(({ from }) => same(from)),
    series: names.map((name) => ({ label: nameOf(name), values: periods.map(({ days }) => days.reduce((all, day) => all + (read(day)[name] ?? 0), 0)) })),
  };
}

/** Tasks of one person on one day: the most in each period. */
function loadOverTime(periods: readonly Period[]): readonly ReportPart[] {
  const most = periods.map(({ days }) => loads(days)[0]?.tasks ?? 0);
  if (periods.length < 2 || most.every((tasks) => tasks === 0)) return [];
  const people = new Set(periods.flatMap(({ days }) => days.flatMap(({ load }) => Object.keys(load)))).size;
  return [{
    kind: "chart", id: "load", chart: "line", title: { "zh-CN": "单人单日任务数", en: "Tasks of one person on a day" },
    note: { "zh-CN": `平均按全部 ${people} 位承办人计算。`, en: `The average is over all ${people} people who ever have a task.` },
    categories: periods.map(({ from }) => same(from)),
    series: [
      { label: { "zh-CN": "最多", en: "most" }, values: most },
      { label: { "zh-CN": "平均", en: "average" }, values: periods.map(({ days }) => Math.round((10 * total(days, (day) => day.tasks)) / (days.length * people)) / 10) },
    ],
  }];
}

function byRule(program: Program, days: readonly ForecastDay[]): ReportTable | undefined {
  const counts = added(days.map(({ rules }) => Object.fromEntries(Object.entries(rules).map(([id, { touches, tasks }]) => [id, touches + tasks]))));
  if (counts.length === 0) return undefined;
  const of = (id: string, what: "touches" | "tasks"): number => days.reduce((all, { rules }) => all + (rules[id]?.[what] ?? 0), 0);
  return {
    kind: "table", id: "rules", title: { "zh-CN": "各规则", en: "By rule" },
    columns: [
      { id: "rule", label: { "zh-CN": "规则", en: "Rule" } },
      { id: "touches", label: { "zh-CN": "消息", en: "Messages" }, ...number },
      { id: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, ...number },
    ],
    rows: counts.map(([id]) => [ruleName(program, id), of(id, "touches"), of(id, "tasks")]),
  };
}

interface DayLoad {
  readonly asOf: string;
  readonly assignee: string;
  readonly role: string;
  readonly tasks: number;
}

/** Tasks by day and person, the most first. */
function loads(days: readonly ForecastDay[]): readonly DayLoad[] {
  const all = days.flatMap(({ asOf, load }) => Object.entries(load).map(([assignee, one]): DayLoad => ({ asOf, assignee, ...one })));
  return all.sort((a, b) => b.tasks - a.tasks || (a.asOf !== b.asOf ? (a.asOf < b.asOf ? -1 : 1) : a.assignee < b.assignee ? -1 : 1));
}

function busiestDays(days: readonly ForecastDay[]): readonly ReportTable[] {
  const rows = loads(days).slice(0, busiest);
  if (rows.length === 0) return [];
  return [{
    kind: "table", id: "busiest", title: { "zh-CN": "最忙的人与日", en: "The busiest people and days" },
    note: { "zh-CN": "全部数据见 load.ndjson。", en: "All of them are in load.ndjson." },
    columns: [
      { id: "day", label: { "zh-CN": "日期", en: "Day" } },
      { id: "weekday", label: { "zh-CN": "星期", en: "Weekday" } },
      { id: "role", label: { "zh-CN": "角色", en: "Role" } },
      { id: "assignee", label: { "zh-CN": "承办人", en: "Person" } },
      { id: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, ...number },
    ],
    rows: rows.map(({ asOf, role, assignee, tasks }) => [asOf, weekday(asOf), roleName(role), assignee, tasks]),
  }];
}

const weekdays = [["星期日", "Sunday"], ["星期一", "Monday"], ["星期二", "Tuesday"], ["星期三", "Wednesday"], ["星期四", "Thursday"], ["星期五", "Friday"], ["星期六", "Saturday"]] as const;

/** Day 0 (1970-01-01) was a Thursday. */
function weekday(asOf: string): { readonly "zh-CN": string; readonly en: string } {
  const day = parseDay(asOf);
  if (day === undefined) throw new Error("asOf must be a civil date");
  const [chinese, english] = weekdays[(((day + 4) % 7) + 7) % 7] as (typeof weekdays)[number];
  return { "zh-CN": chinese, en: english };
}
