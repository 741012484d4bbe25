import type { Bilingual, Lang } from "@evertend/core";

/** Texts of this channel that go into a diagnostic beside the ones that core has. */
export const emailTexts = {
  noUnsubscribe: { "zh-CN": "营销邮件必须带退订方式，请配置 unsubscribe", en: "marketing must tell how to unsubscribe: configure unsubscribe" },
  headerLine: { "zh-CN": "主题不能含换行或控制字符", en: "a subject is one line without control characters" },
  controlCharacter: { "zh-CN": "正文不能含控制字符", en: "the text carries no control characters" },
  wrongValue: { "zh-CN": "“{name}”的值不可用", en: "the value of \"{name}\" cannot be used" },
  plainText: { "zh-CN": "只有本机地址可以不加密", en: "only a loopback host may go without TLS" },
} as const satisfies Record<string, Bilingual>;

/** Fills `{name}` of one of the channel's own texts. */
export function emailText(text: keyof typeof emailTexts, lang: Lang, name = ""): string {
  return emailTexts[text][lang].replaceAll("{name}", name);
}

/** What stands before the unsubscribe link in the message itself, by language of the message. */
export const unsubscribeLabel: Bilingual = { "zh-CN": "退订", en: "Unsubscribe" };
