import { outcomeTexts, type Cell, type Outcome, type Program, type ReportPart } from "@evertend/core";
import { reasonName, ruleName } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";
import { added } from "./run-charts.js";

const outcomes: readonly Outcome[] = ["touch", "task", "held", "merged", "dropped"];

/** What actions came to: by reason, and by rule. */
export function outcomeTables(program: Program, days: readonly RunFigures[]): readonly ReportPart[] {
  return [byReason(days), byRule(program, days)];
}

function byReason(days: readonly RunFigures[]): ReportPart {
  const all = days.reduce((sum, { summary }) => sum + summary.decisions, 0);
  const rows = outcomes.flatMap((outcome) =>
    added(days.map(({ reasons }) => reasons[outcome] as Readonly<Record<string, number>>)).map(([reason, count]): readonly Cell[] => [outcomeTexts[outcome], reasonName(reason), reason, count, all === 0 ? null : count / all]));
  return {
    kind: "table", id: "reasons", title: { "zh-CN": "结局与原因", en: "Outcomes and reasons" },
    columns: [
      { id: "outcome", label: { "zh-CN": "结局", en: "Outcome" } },
      { id: "reason", label: { "zh-CN": "原因", en: "Reason" } },
      { id: "code", label: { "zh-CN": "代码", en: "Code" } },
      { id: "count", label: { "zh-CN": "动作", en: "Actions" }, align: "right", format: "integer" },
      { id: "share", label: { "zh-CN": "占比", en: "Share" }, align: "right", format: "percent" },
    ],
    rows,
  };
}

function byRule(program: Program, days: readonly RunFigures[]): ReportPart {
  const rows = program.rules.map((rule) => {
    const matches = days.reduce((sum, { summary }) => sum + (summary.matchesByRule[rule.id] ?? 0), 0);
    const open = days.reduce((sum, { summary }) => sum + (summary.unknownsByRule[rule.id] ?? 0), 0);
    const ends = outcomes.map((outcome) => days.reduce((sum, day) => sum + (day.rules[rule.id]?.[outcome] ?? 0), 0));
    return { id: rule.id, matches, open, ends };
  });
  const shown = rows.filter(({ matches, open }) => matches > 0 || open > 0).sort((a, b) => b.matches - a.matches || b.open - a.open || (a.id < b.id ? -1 : 1));
  const silent = rows.length - shown.length;
  const number = { align: "right", format: "integer" } as const;
  return {
    kind: "table", id: "by-rule", title: { "zh-CN": "各规则的结果", en: "Results by rule" },
    ...(silent > 0 ? { note: { "zh-CN": `另有 ${silent} 条规则没有匹配。`, en: `${silent} more rule(s) matched nobody.` } } : {}),
    columns: [
      { id: "rule", label: { "zh-CN": "规则", en: "Rule" } },
      { id: "id", label: { "zh-CN": "标识", en: "Id" } },
      { id: "matches", label: { "zh-CN": "匹配", en: "Matches" }, ...number },
      ...outcomes.map((outcome) => ({ id: outcome, label: outcomeTexts[outcome], ...number })),
      { id: "open", label: { "zh-CN": "未定", en: "open" }, ...number },
    ],
    rows: shown.map(({ id, matches, open, ends }) => [ruleName(program, id), id, matches, ...ends, open]),
  };
}
