import type { Bilingual, Lang } from "@evertend/core";

const texts = {
  matchMissing: { "zh-CN": "规则没有触发", en: "the rule did not fire" },
  matchUnknown: { "zh-CN": "规则无法判断，缺少 {missing}", en: "the rule is undecided, for want of {missing}" },
  matchDiffers: { "zh-CN": "匹配不同", en: "the match differs" },
  matchExtra: { "zh-CN": "规则不应触发", en: "the rule should not fire" },
  outcomeMissing: { "zh-CN": "没有这个动作", en: "there is no such action" },
  outcomeDiffers: { "zh-CN": "动作的结果不同", en: "the action came to something else" },
  textMissing: { "zh-CN": "没有产生文字", en: "no words came about" },
  textDiffers: { "zh-CN": "文字不同", en: "the words differ" },
  factDiffers: { "zh-CN": "指标“{missing}”不同", en: "the fact \"{missing}\" differs" },
  unknownMissing: { "zh-CN": "规则并非无法判断", en: "the rule is not undecided" },
  unknownDiffers: { "zh-CN": "缺少的字段不同", en: "other fields are missing" },
  setAside: { "zh-CN": "记录无法使用：{missing}", en: "the record cannot be used: {missing}" },
  ruleFailed: { "zh-CN": "规则“{missing}”执行出错", en: "the rule \"{missing}\" failed" },
  nothing: { "zh-CN": "无", en: "nothing" },
} as const satisfies Record<string, Bilingual>;

/** In a few words, how an answer differs from what a case expects. */
export type Difference = keyof typeof texts;

/** The words of a difference. */
export function differenceText(difference: Difference, lang: Lang, missing = ""): string {
  return texts[difference][lang].replace("{missing}", missing);
}
