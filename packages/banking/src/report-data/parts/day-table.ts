import type { Program, ReportTable } from "@evertend/core";
import { dayRows } from "../day-rows.js";
import { same } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";

/** Details that tables of their own show: reasons, and what is wrong with records. */
const shownElsewhere = /^(?:held|dropped|setAside)\//;

/** One column for each day. */
export function dayTable(program: Program, days: readonly RunFigures[]): ReportTable {
  return {
    kind: "table", id: "days", title: { "zh-CN": "逐日", en: "Day by day" },
    note: { "zh-CN": "每日运行都记得此前的计划；同一件事不会计划两次。", en: "Every day remembers what was planned before; nothing is planned twice." },
    columns: [
      { id: "row", label: { "zh-CN": "项目", en: "What" } },
      ...days.map(({ summary }) => ({ id: summary.asOf, label: same(summary.asOf), align: "right" as const, format: "integer" as const })),
    ],
    rows: dayRows(program, days, { rules: 0 }).flatMap(({ rows }) => rows.filter(({ id }) => !shownElsewhere.test(id)).map(({ label, values, detail }) => [detail ? { "zh-CN": `– ${label["zh-CN"]}`, en: `– ${label.en}` } : { ...label, en: capital(label.en) }, ...values])),
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
