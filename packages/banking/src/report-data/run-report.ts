import type { Program, ReportData, ReportPart } from "@evertend/core";
import { dayTable } from "./parts/day-table.js";
import { exampleTable } from "./parts/example-table.js";
import { loadParts } from "./parts/load-parts.js";
import { missingTable } from "./parts/missing-table.js";
import { outcomeTables } from "./parts/outcome-tables.js";
import { runCharts } from "./parts/run-charts.js";
import { runFigureParts } from "./parts/run-figure-parts.js";
import type { RunFigures } from "./run-figures.js";

/** What a report tells. */
export interface RunReportInput {
  readonly program: Program;
  /** One entry for each day, in order; at least one. */
  readonly days: readonly RunFigures[];
}

/**
 * The report of a run, or of several days in a row: what was planned, what was not and why, what is missing, who has to
 * do it. It names no customer: of ids only the ends are shown.
 */
export function runReport({ program, days }: RunReportInput): ReportData {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) throw new Error("a report needs at least one day");
  const { pack } = program;
  const span = days.length === 1 ? last.summary.asOf : `${first.summary.asOf} – ${last.summary.asOf}`;
  const { packHash, engineVersion, packVersion, packId } = last.summary;
  const parts: readonly (ReportPart | undefined)[] = [
    ...runFigureParts(days),
    ...(days.length > 1 ? [dayTable(program, days)] : []),
    ...runCharts(program, days),
    ...outcomeTables(program, days),
    missingTable(program, days),
    ...loadParts(days),
    exampleTable(program, days),
    {
      kind: "text", id: "reading", title: { "zh-CN": "如何阅读", en: "How to read this" },
      text: {
        "zh-CN": "规则只在确定成立时才匹配；资料缺失时不作猜测，记为未定并列出缺少的字段。\n\n每个动作只有一个结局：列入计划、暂缓、合并或放弃，并附原因。相同的输入得到逐字节相同的结果，可以复核。",
        en: "A rule matches only when it is surely true. Where data is missing nothing is guessed: the answer stays open and the missing field is listed.\n\nEvery action comes to exactly one end: planned, held, merged or dropped, with a reason. The same input gives the same bytes, so every number can be checked again.",
      },
    },
  ];
  return {
    title: pack.title,
    subtitle: days.length === 1 ? { "zh-CN": "客户经营计划", en: "Plan of customer contacts" } : { "zh-CN": `连续 ${days.length} 日的客户经营计划（${span}）`, en: `Plan of customer contacts over ${days.length} days (${span})` },
    asOf: last.summary.asOf,
    parts: parts.filter((part) => part !== undefined),
    footer: {
      "zh-CN": `规则包 ${packId} ${packVersion} · 摘要 ${packHash.slice(0, 12)} · 引擎 ${engineVersion} · 时点 ${last.summary.at}`,
      en: `Pack ${packId} ${packVersion} · hash ${packHash.slice(0, 12)} · engine ${engineVersion} · as at ${last.summary.at}`,
    },
  };
}
