import type { Bilingual, Outcome, Program } from "@evertend/core";
import { channelName, codeName, reasonName, roleName, ruleName } from "./report-words.js";
import type { RunFigures } from "./run-figures.js";

/** A row of the table of days: one value for each day. */
export interface DayRow {
  readonly id: string;
  readonly label: Bilingual;
  readonly values: readonly number[];
  /** A detail of the row above it that is none. */
  readonly detail: boolean;
}

/** Rows that belong together. */
export interface DayGroup {
  readonly id: string;
  readonly rows: readonly DayRow[];
}

/**
 * What a run did, a value for each day, as the terminal and the report show it: customers, matches, touches, tasks,
 * what was held, merged and dropped, each with its details.
 *
 * @param options.rules how many rules to name with their matches, those with most first; the others are added up
 */
export function dayRows(program: Program, days: readonly RunFigures[], options: { readonly rules: number }): readonly DayGroup[] {
  const row = (id: string, label: Bilingual, read: (day: RunFigures) => number): DayRow => ({ id, label, values: days.map(read), detail: false });
  const details = (prefix: string, counts: (day: RunFigures) => Readonly<Record<string, number | undefined>>, label: (name: string) => Bilingual, leaveOut: readonly string[] = []): readonly DayRow[] => {
    const names = [...new Set(days.flatMap((day) => Object.keys(counts(day))))].filter((name) => !leaveOut.includes(name));
    const rows = names.map((name): DayRow => ({ id: `${prefix}/${name}`, label: label(name), values: days.map((day) => counts(day)[name] ?? 0), detail: true }));
    return rows.sort((a, b) => total(b) - total(a) || (a.id < b.id ? -1 : 1));
  };
  const reasonsOf = (outcome: Outcome): readonly DayRow[] => details(outcome, (day) => day.reasons[outcome], reasonName, ["ALREADY_PLANNED"]);
  return [
    {
      id: "customers",
      rows: [
        row("customers", { "zh-CN": "客户", en: "customers" }, ({ summary }) => summary.customers),
        row("setAside", { "zh-CN": "搁置的记录", en: "records set aside" }, ({ summary }) => sum(summary.setAside)),
        ...details("setAside", ({ summary }) => summary.setAside, codeName),
      ],
    },
    {
      id: "matches",
      rows: [
        row("matches", { "zh-CN": "匹配", en: "matches" }, ({ summary }) => summary.matches),
        ...most(details("matches", ({ summary }) => summary.matchesByRule, (id) => ruleName(program, id)), options.rules),
        row("unknowns", { "zh-CN": "因资料缺失而未定", en: "left open by missing data" }, ({ summary }) => sum(summary.unknownsByRule)),
      ],
    },
    {
      id: "planned",
      rows: [
        row("touches", { "zh-CN": "消息", en: "messages" }, ({ summary }) => summary.outcomes.touch),
        ...details("touches", ({ summary }) => summary.touchesByChannel, (channel) => channelName(program, channel)),
        row("tasks", { "zh-CN": "任务", en: "tasks" }, ({ summary }) => summary.outcomes.task),
        ...details("tasks", ({ summary }) => summary.tasksByRole, roleName),
      ],
    },
    {
      id: "left",
      rows: [
        row("held", { "zh-CN": "暂缓", en: "held" }, ({ summary }) => summary.outcomes.held),
        ...reasonsOf("held"),
        row("merged", { "zh-CN": "合并", en: "merged" }, ({ summary }) => summary.outcomes.merged),
        row("dropped", { "zh-CN": "放弃", en: "dropped" }, ({ summary }) => summary.outcomes.dropped - summary.alreadyPlanned),
        ...reasonsOf("dropped"),
        row("alreadyPlanned", { "zh-CN": "此前已计划", en: "already planned" }, ({ summary }) => summary.alreadyPlanned),
      ],
    },
  ];
}

function total(row: DayRow): number {
  return row.values.reduce((all, value) => all + value, 0);
}

/** The sum of all counts. */
export function sum(counts: Readonly<Record<string, number | undefined>>): number {
  return Object.values(counts).reduce<number>((all, count) => all + (count ?? 0), 0);
}

/** The first rows, and one row for all the others. */
function most(rows: readonly DayRow[], count: number): readonly DayRow[] {
  if (rows.length <= count || count === 0) return rows.slice(0, count);
  const others = rows.slice(count);
  const values = (others[0] as DayRow).values.map((_, day) => others.reduce((all, row) => all + (row.values[day] ?? 0), 0));
  return [...rows.slice(0, count), { id: "matches/others", label: { "zh-CN": `其他 ${others.length} 条规则`, en: `${others.length} other rules` }, values, detail: true }];
}
