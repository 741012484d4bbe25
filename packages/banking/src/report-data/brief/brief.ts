import type { ReportPart } from "@evertend/core";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { briefCard, type BriefRow } from "./brief-card.js";

/** The brief of a relationship manager for a day: a card for each customer with a task. */
export const brief = defineReport<BriefRow>({
  name: "brief",
  title: { "zh-CN": "今日客户简报", en: "Brief for the day" },
  answers: { "zh-CN": "今天联系谁、为什么、说什么、避免什么", en: "Whom to contact today, why, what to say and what to avoid" },
  covers: ["S83", "S124", "S130", "S131", "S132"],
  per: "rm",
  plan: true,
  row: briefCard,
  open: withAllRows((rows, group) => {
    const sorted = [...rows].sort((a, b) => b.priority - a.priority || (a.id < b.id ? -1 : 1));
    const tasks = rows.reduce((sum, row) => sum + row.tasks, 0);
    const carried = rows.reduce((sum, row) => sum + row.carried, 0);
    const parts: readonly ReportPart[] = [
      {
        kind: "figures", id: "figures",
        figures: [
          { id: "customers", label: { "zh-CN": "客户", en: "Customers" }, value: rows.length },
          { id: "tasks", label: { "zh-CN": "今日任务", en: "Tasks of today" }, value: tasks },
          { id: "carried", label: { "zh-CN": "此前未了结", en: "Open from before" }, value: carried },
          { id: "care", label: { "zh-CN": "有注意事项", en: "To be minded" }, value: rows.filter(({ care }) => care).length },
        ],
      },
      {
        kind: "cards", id: "customers", layout: "column",
        title: { "zh-CN": "客户", en: "Customers" },
        note: { "zh-CN": "按优先级排列。每次联系后勾选结果；登记时写明任务号与结果代码。", en: "The most urgent first. Tick an outcome after each contact; it is written down under the number of the task with its code." },
        cards: sorted.map(({ card }) => card),
      },
    ];
    return reportFrame(group, { "zh-CN": "今日客户简报", en: "Brief for the day" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, parts);
  }),
});
