import type { ReportPart } from "@evertend/core";
import { roleName } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";
import { added } from "./run-charts.js";

/** Tasks by role, and how they are spread over people. Absent where there is no task. */
export function loadParts(days: readonly RunFigures[]): readonly ReportPart[] {
  const roles = added(days.map(({ summary }) => summary.tasksByRole));
  if (roles.length === 0) return [];
  const number = { align: "right", format: "integer" } as const;
  const spread = roles.map(([role, tasks]) => {
    const loads = days.flatMap(({ assignees }) => Object.values(assignees).filter((one) => one.role === role).map((one) => one.tasks));
    const people = new Set(days.flatMap(({ assignees }) => Object.entries(assignees).filter(([, one]) => one.role === role).map(([id]) => id)));
    return { role, tasks, people: people.size, most: Math.max(0, ...loads), loads };
  });
  const main = spread[0] as (typeof spread)[number];
  const most = Math.max(...main.loads);
  // At most twelve bars: more than that nobody reads.
  const size = Math.max(1, Math.ceil(most / 12));
  const bins = Array.from({ length: Math.ceil(most / size) }, (_, i) => ({ from: i * size + 1, to: (i + 1) * size }))
    .map(({ from, to }) => ({ from, to, count: main.loads.filter((load) => load >= from && load <= to).length }));
  const shown = bins.slice(bins.findIndex(({ count }) => count > 0));
  return [
    {
      kind: "table", id: "roles", title: { "zh-CN": "任务归属", en: "Who has the tasks" },
      columns: [
        { id: "role", label: { "zh-CN": "角色", en: "Role" } },
        { id: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, ...number },
        { id: "people", label: { "zh-CN": "人数", en: "People" }, ...number },
        { id: "average", label: { "zh-CN": "人均每日", en: "A day each" }, align: "right" },
      { id: "most", label: { "zh-CN": "单人单日最多", en: "Most on a day" }, ...number },
      ],
      rows: spread.map(({ role, tasks, people, loads, most: largest }) => [roleName(role), tasks, people, Math.round((10 * tasks) / loads.length) / 10, largest]),
    },
    // One bar tells nothing that the table does not.
    ...(shown.length < 2 ? [] : [{
      kind: "chart", id: "load", chart: "bar",
      title: { "zh-CN": `${roleName(main.role)["zh-CN"]}的每日任务数`, en: `Tasks a day for each ${roleName(main.role).en}` },
      note: { "zh-CN": "每根柱：当日有这么多任务的人次。", en: "Each bar: how often one person had that many tasks on a day." },
      categories: shown.map(({ from, to }) => (from === to ? { "zh-CN": `${from} 项`, en: `${from}` } : { "zh-CN": `${from}–${to} 项`, en: `${from}–${to}` })),
      series: [{ label: { "zh-CN": "人次", en: "Person days" }, values: shown.map(({ count }) => count) }],
    } as const]),
  ];
}
