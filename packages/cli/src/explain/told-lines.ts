import type { Bilingual, ToldDecision } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { explanationLines } from "./explanation-lines.js";
import type { Replay } from "./replay.js";
import { layOut, wrapText } from "./wrap-text.js";

const labels = {
  rule: { "zh-CN": "规则", en: "rule" },
  occurrence: { "zh-CN": "对应的那一次", en: "occurrence" },
  action: { "zh-CN": "动作", en: "action" },
  class: { "zh-CN": "类别", en: "class" },
  reason: { "zh-CN": "原因", en: "reason" },
  clause: { "zh-CN": "依据的策略", en: "policy clause" },
  until: { "zh-CN": "再议日期", en: "looked at again" },
  channel: { "zh-CN": "渠道", en: "channel" },
  notBefore: { "zh-CN": "不早于", en: "not before" },
  expires: { "zh-CN": "失效日期", en: "of no use after" },
  assignee: { "zh-CN": "负责人", en: "assignee" },
  due: { "zh-CN": "应完成于", en: "due" },
  title: { "zh-CN": "标题", en: "title" },
  text: { "zh-CN": "内容", en: "text" },
  pack: { "zh-CN": "规则包", en: "pack" },
  packHash: { "zh-CN": "规则包哈希", en: "pack hash" },
  engine: { "zh-CN": "引擎版本", en: "engine" },
  record: { "zh-CN": "客户记录哈希", en: "record hash" },
  template: { "zh-CN": "模板版本", en: "template version" },
} as const satisfies Record<string, Bilingual>;

/** A past decision for people: what it was, its words, what proves it, and whether it can be replayed. */
export function toldLines(io: CliIo, told: ToldDecision, replay: Replay | undefined): string[] {
  const { lang } = io;
  const colours = paint(io.stdout, io.env);
  const width = Math.max(40, Math.min(io.stdout.columns, 120));
  const { decision, touch, task, lead, run } = told;
  const rows = (list: readonly (readonly [keyof typeof labels, string | null | undefined])[]): string[] =>
    layOut(list.filter(([, value]) => value !== null && value !== undefined && value !== "").map(([label, value]) => ({ indent: 2, mark: "", left: labels[label][lang], right: String(value), paintLeft: colours.dim })), width);
  const parts = touch ? Object.entries(touch.parts).filter(([name]) => name !== "html") : [];
  const lines = [
    ...wrapText(told.summary[lang], width).map(colours.bold),
    ...rows([
      ["rule", decision.ruleId], ["occurrence", decision.occurrence], ["action", decision.action], ["class", decision.class],
      ["reason", `${told.reasonText[lang]} (${decision.reason})`],
      ["clause", lead ? `${lead.ruleId} · ${lead.action} · ${lead.key}` : decision.clause],
      ["until", decision.until], ["channel", decision.channel], ["notBefore", decision.notBefore], ["expires", decision.expiresAt],
      ["assignee", task && `${task.assignee} (${task.role})`], ["due", task?.due], ["title", task?.title], ["text", task?.brief],
      ...parts.map(([name, text]) => [name === "subject" ? "title" : "text", text] as const),
    ]),
    "",
    colours.bold({ "zh-CN": "证据", en: "Evidence" }[lang]),
    ...rows([["pack", run && `${run.packId} ${run.packVersion}`], ["packHash", shortHash(decision.packHash)], ["engine", decision.engineVersion], ["record", shortHash(decision.recordHash)], ["template", shortHash(decision.templateVersion)]]),
  ];
  return replay ? [...lines, "", ...replayLines(io, replay, width)] : lines;
}

/** Enough of a hash to tell it from others; the JSON has it whole. */
function shortHash(hash: string): string {
  return hash.length > 16 ? `${hash.slice(0, 16)}…` : hash;
}

function replayLines(io: CliIo, { differences, explanation }: Replay, width: number): string[] {
  const { lang } = io;
  const colours = paint(io.stdout, io.env);
  if (explanation) {
    // Contacts and keys of that day are not part of the evidence: what policy made of it may come out otherwise.
    const note = { "zh-CN": "规则包与客户记录同当时一致，以下为重放；运行状态不在证据之内。", en: "Pack and record are those of then; replayed below. The run state is not part of the evidence." }[lang];
    return [...wrapText(note, width).map(colours.dim), "", ...explanationLines(io, explanation)];
  }
  const head = { "zh-CN": "无法重放：", en: "It cannot be replayed:" }[lang];
  return [colours.bold(head), ...differences.flatMap(({ text, then, now }) => wrapText(`• ${text[lang]} (${then.slice(0, 12)}… ${now === null ? "" : `≠ ${now.slice(0, 12)}…`})`.replace(" )", ")"), width))];
}
