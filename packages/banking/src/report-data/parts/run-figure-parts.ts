import type { ReportPart } from "@evertend/core";
import { sum } from "../day-rows.js";
import type { RunFigures } from "../run-figures.js";

/** The large figures at the top. Customers are those of the last day; the rest is summed over the days. */
export function runFigureParts(days: readonly RunFigures[]): readonly ReportPart[] {
  const over = (read: (day: RunFigures) => number): number => days.reduce((all, day) => all + read(day), 0);
  const last = days.at(-1) as RunFigures;
  const setAside = sum(last.summary.setAside);
  const errors = over(({ summary }) => sum(summary.errors));
  return [
    {
      kind: "figures", id: "figures",
      figures: [
        { id: "customers", label: { "zh-CN": "客户", en: "Customers" }, value: last.summary.customers,
          ...(setAside > 0 ? { note: { "zh-CN": `另有 ${setAside} 条记录被搁置`, en: `${setAside} record(s) set aside` } } : {}) },
        { id: "matches", label: { "zh-CN": "匹配", en: "Matches" }, value: over(({ summary }) => summary.matches) },
        { id: "touches", label: { "zh-CN": "消息", en: "Messages" }, value: over(({ summary }) => summary.outcomes.touch) },
        { id: "tasks", label: { "zh-CN": "任务", en: "Tasks" }, value: over(({ summary }) => summary.outcomes.task) },
        { id: "held", label: { "zh-CN": "暂缓", en: "Held" }, value: over(({ summary }) => summary.outcomes.held),
          note: { "zh-CN": "到期重新考虑", en: "to be reconsidered" } },
        { id: "twice", label: { "zh-CN": "重复计划", en: "Planned twice" }, value: over(({ summary }) => summary.keysPlannedTwice) },
      ],
    },
    ...(errors === 0 ? [] : [{
      kind: "text", id: "errors", title: { "zh-CN": "有规则出错", en: "Rules failed" },
      text: { "zh-CN": `规则执行出错 ${errors} 次；出错的规则没有触发，其余照常。`, en: `Rules failed ${errors} time(s). A rule that fails does not fire; the others are not affected.` },
    } as const]),
  ];
}
