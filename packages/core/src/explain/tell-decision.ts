import type { Decision, Outcome, Task, Touch } from "../decision/decision.js";
import { reasonTexts } from "../decision/reason-codes.js";
import type { Bilingual } from "../ports/report-data.js";
import { fillText, inBothLanguages, sameText } from "./in-both-languages.js";
import { isoText } from "./show-value.js";

/** What a past run wrote down about one decision. */
export interface PastDecision {
  readonly decision: Decision;
  /** Its line among the touches or tasks, where it became one. */
  readonly touch?: Touch | undefined;
  readonly task?: Task | undefined;
  /** For a merged decision: the decision it was merged into. */
  readonly lead?: Decision | undefined;
  /** Of the run: from its summary. */
  readonly run?: { readonly packId: string; readonly packVersion: string; readonly asOf: string; readonly at: string } | undefined;
}

/** What can be set beside the evidence of a past decision to replay it. */
export interface ReplayGround {
  readonly packHash?: string | undefined;
  readonly engineVersion?: string | undefined;
  readonly recordHash?: string | undefined;
}

/** What keeps a past decision from being replayed. */
export interface ReplayDifference {
  readonly what: "packHash" | "engineVersion" | "recordHash";
  readonly then: string;
  /** `null` = not given. */
  readonly now: string | null;
  readonly text: Bilingual;
}

/** A past decision in words. */
export interface ToldDecision extends PastDecision {
  /** One line: what was done, and when. */
  readonly summary: Bilingual;
  readonly reasonText: Bilingual;
}

const outcomes: Readonly<Record<Outcome, Bilingual>> = {
  touch: { "zh-CN": "计划发送一条消息", en: "a message was planned" },
  task: { "zh-CN": "计划了一项任务", en: "a task was planned" },
  held: { "zh-CN": "暂缓", en: "it was held back" },
  merged: { "zh-CN": "并入另一项", en: "it was merged into another" },
  dropped: { "zh-CN": "未予执行", en: "it was dropped" },
};

/** Outcomes in one word, for lists. */
export const outcomeTexts: Readonly<Record<Outcome, Bilingual>> = {
  touch: { "zh-CN": "消息", en: "message" },
  task: { "zh-CN": "任务", en: "task" },
  held: { "zh-CN": "暂缓", en: "held" },
  merged: { "zh-CN": "合并", en: "merged" },
  dropped: { "zh-CN": "放弃", en: "dropped" },
};

/** Tells a past decision from what its run wrote down. */
export function tellDecision(past: PastDecision): ToldDecision {
  const { decision, run, touch, task } = past;
  const when = run ? inBothLanguages((lang) => (lang === "zh-CN" ? `${isoText(run.asOf)[lang]}：` : `${run.asOf}: `)) : sameText("");
  const about = fillText({ "zh-CN": "规则 {r} 对客户 {c}{s}，", en: "rule {r} for customer {c}{s}: " }, {
    r: sameText(decision.ruleId),
    c: sameText(decision.customerId),
    s: decision.subject === "" ? sameText("") : { "zh-CN": ` 的 ${decision.subject}`, en: `, ${decision.subject}` },
  });
  const where = touch ? { "zh-CN": `（渠道 ${touch.channel}）`, en: ` on ${touch.channel}` } : task ? { "zh-CN": `（交 ${task.assignee}）`, en: ` for ${task.assignee}` } : sameText("");
  const reasonText = reasonTexts[decision.reason];
  const why = decision.reason === "PLANNED" ? sameText("") : fillText({ "zh-CN": "：{w}", en: ": {w}" }, { w: reasonText });
  return { ...past, reasonText, summary: inBothLanguages((lang) => `${when[lang]}${about[lang]}${outcomes[decision.outcome][lang]}${where[lang]}${why[lang]}`) };
}

const differences: Readonly<Record<ReplayDifference["what"], readonly [other: Bilingual, absent: Bilingual]>> = {
  packHash: [
    { "zh-CN": "规则包（或参数）与当时不同", en: "the pack or its parameters are not those of that run" },
    { "zh-CN": "没有给出规则包", en: "no pack was given" },
  ],
  engineVersion: [
    { "zh-CN": "引擎版本与当时不同", en: "the engine is of another version" },
    { "zh-CN": "没有给出引擎", en: "no engine was given" },
  ],
  recordHash: [
    { "zh-CN": "客户记录与当时不同", en: "the customer's record is not the one of that run" },
    { "zh-CN": "没有给出当时的客户记录", en: "the customer's record was not given" },
  ],
};

/** What differs from the ground a decision was made on; nothing = it can be replayed. */
export function replayDifferences(decision: Decision, ground: ReplayGround): readonly ReplayDifference[] {
  return (["packHash", "engineVersion", "recordHash"] as const).flatMap((what) => {
    const now = ground[what];
    if (now === decision[what]) return [];
    return [{ what, then: decision[what], now: now ?? null, text: differences[what][now === undefined ? 1 : 0] }];
  });
}
