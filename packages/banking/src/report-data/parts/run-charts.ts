import { messageClasses, type Program, type ReportChart, type ReportPart } from "@evertend/core";
import { channelName, classWords, ruleName, stageWords } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";

const mostRules = 20;

/** The funnel, matches by rule, messages by channel and class. Charts that would be empty are left out. */
export function runCharts(program: Program, days: readonly RunFigures[]): readonly ReportPart[] {
  return [funnel(days), ...matchesByRule(program, days), ...touchesByChannel(program, days)];
}

function funnel(days: readonly RunFigures[]): ReportChart {
  const stages = (days[0] as RunFigures).summary.funnel.map(({ stage }) => stage);
  return {
    kind: "chart", id: "funnel", chart: "funnel", title: { "zh-CN": "从动作到计划", en: "From action to plan" },
    note: { "zh-CN": "每一步之后还剩多少动作。", en: "How many actions are left after each step." },
    categories: stages.map((stage) => stageWords[stage]),
    series: [{ label: { "zh-CN": "动作", en: "Actions" }, values: stages.map((_, i) => days.reduce((all, { summary }) => all + (summary.funnel[i]?.count ?? 0), 0)) }],
  };
}

function matchesByRule(program: Program, days: readonly RunFigures[]): readonly ReportChart[] {
  const counts = added(days.map(({ summary }) => summary.matchesByRule));
  if (counts.length === 0) return [];
  const shown = counts.slice(0, mostRules);
  const rest = counts.slice(mostRules).reduce((all, [, count]) => all + count, 0);
  return [{
    kind: "chart", id: "rules", chart: "bar", title: { "zh-CN": "各规则的匹配", en: "Matches by rule" },
    categories: [...shown.map(([id]) => ruleName(program, id)), ...(rest > 0 ? [{ "zh-CN": "其余规则", en: "other rules" }] : [])],
    series: [{ label: { "zh-CN": "匹配", en: "Matches" }, values: [...shown.map(([, count]) => count), ...(rest > 0 ? [rest] : [])] }],
  }];
}

function touchesByChannel(program: Program, days: readonly RunFigures[]): readonly ReportChart[] {
  const channels = added(days.map(({ summary }) => summary.touchesByChannel)).map(([channel]) => channel);
  if (channels.length === 0) return [];
  const classes = messageClasses.filter((one) => days.some(({ channels: counts }) => Object.values(counts).some((count) => (count[one] ?? 0) > 0)));
  return [{
    kind: "chart", id: "channels", chart: "stackedBar", title: { "zh-CN": "各渠道的消息", en: "Messages by channel" },
    categories: channels.map((channel) => channelName(program, channel)),
    series: classes.map((one) => ({ label: classWords[one], values: channels.map((channel) => days.reduce((all, { channels: counts }) => all + (counts[channel]?.[one] ?? 0), 0)) })),
  }];
}

/** Counts of several days added up, the largest first. */
export function added(counts: readonly Readonly<Record<string, number>>[]): readonly (readonly [string, number])[] {
  const all = new Map<string, number>();
  for (const one of counts) for (const [name, count] of Object.entries(one)) all.set(name, (all.get(name) ?? 0) + count);
  return [...all].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}
