import type { Task } from "../decision/decision.js";
import type { Lang } from "../diagnostics/diagnostic.js";

/** Reasons that a brief tells in full; a customer with hundreds of deposits must not make a task nobody can read. */
const mostReasons = 20;

const words = {
  "zh-CN": { heading: "其他事由：", more: (n: number) => `……另有 ${n} 项` },
  en: { heading: "Further reasons:", more: (n: number) => `… and ${n} more` },
} as const satisfies Record<Lang, { heading: string; more: (n: number) => string }>;

/**
 * One task out of several for the same person about the same customer. The first is the lead and lends its name; its
 * brief gains the others' reasons, it is due with the earliest of them and of use as long as any of them is.
 */
export function mergeTasks(lead: Task, others: readonly Task[], locale: Lang): Task {
  if (others.length === 0) return lead;
  const all = [lead, ...others];
  const dues = all.flatMap((task) => task.due ?? []).sort();
  const expiries = all.flatMap((task) => task.expiresAt ?? []).sort();
  return {
    ...lead,
    brief: [lead.brief, reasons(lead, others, locale)].filter((text) => text !== "").join("\n\n"),
    due: dues[0] ?? null,
    expiresAt: expiries.length === all.length ? (expiries[expiries.length - 1] ?? null) : null,
    merged: others.map((task) => task.key).sort(),
  };
}

function reasons(lead: Task, others: readonly Task[], locale: Lang): string {
  const { heading, more } = words[locale];
  // Several rules may give the very same reason, as when each needs the same consent.
  const known = lineOf(lead);
  const lines = [...new Set(others.map(lineOf))].filter((line) => line !== known);
  if (lines.length === 0) return "";
  const rest = lines.length - mostReasons;
  return [heading, ...lines.slice(0, mostReasons), ...(rest > 0 ? [more(rest)] : [])].join("\n");
}

function lineOf({ title, brief }: Task): string {
  const inOneLine = brief.replace(/\s*\n\s*/g, " ").trim();
  return inOneLine === "" ? `- ${title}` : `- ${title} — ${inOneLine}`;
}
