import type { Program, ReportTable } from "@evertend/core";
import { fieldName } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";

const mostFields = 15;

/** The fields whose absence leaves most answers open, on the last day. Absent where nothing is missing. */
export function missingTable(program: Program, days: readonly RunFigures[]): ReportTable | undefined {
  const { missing, summary } = days.at(-1) as RunFigures;
  const fields = Object.entries(missing).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  if (fields.length === 0) return undefined;
  const rest = fields.length - mostFields;
  return {
    kind: "table", id: "missing", title: { "zh-CN": "最值得补全的资料", en: "Data most worth completing" },
    note: {
      "zh-CN": `缺少这些字段时规则无法判断（${summary.asOf}）。${rest > 0 ? `另有 ${rest} 个字段。` : ""}`,
      en: `Without these fields rules cannot be decided (${summary.asOf}).${rest > 0 ? ` ${rest} more field(s) are not shown.` : ""}`,
    },
    columns: [
      { id: "label", label: { "zh-CN": "字段", en: "Field" } },
      { id: "name", label: { "zh-CN": "名称", en: "Name" } },
      { id: "customers", label: { "zh-CN": "客户", en: "Customers" }, align: "right", format: "integer" },
      { id: "share", label: { "zh-CN": "占比", en: "Share" }, align: "right", format: "percent" },
    ],
    rows: fields.slice(0, mostFields).map(([name, count]) => [fieldName(program, name), name, count, summary.customers === 0 ? null : count / summary.customers]),
  };
}
