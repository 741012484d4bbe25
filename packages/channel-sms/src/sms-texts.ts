import type { Bilingual, Lang } from "@evertend/core";

/** Texts of this channel that go into a diagnostic beside the ones that core has. `{n}` stands for a number or a name. */
export const smsTexts = {
  tooLong: { "zh-CN": "{found} 个字符，上限 {limit}", en: "{found} characters, the limit is {limit}" },
  noOptOut: { "zh-CN": "营销短信必须带退订方式，但没有“{name}”的退订用语", en: "marketing must tell how to refuse, but there is no opt-out text for \"{name}\"" },
  noTemplate: { "zh-CN": "模板“{name}”没有对应的已审核短信模板", en: "the template \"{name}\" has no approved template of the gateway" },
  controlCharacter: { "zh-CN": "短信不能含控制字符", en: "an SMS carries no control characters" },
  slotsAdjacent: { "zh-CN": "变量“{name}”与“{other}”相邻，服务商不允许", en: "the variables \"{name}\" and \"{other}\" stand next to each other, which the provider refuses" },
  slotsOnly: { "zh-CN": "模板只有变量，没有固定文字，服务商不允许", en: "the template is all variables and no words, which the provider refuses" },
  slotLink: { "zh-CN": "变量“{name}”含有链接，服务商不允许", en: "the variable \"{name}\" holds a link, which the provider refuses" },
  slotsMany: { "zh-CN": "模板有 {found} 个变量，服务商最多允许 {limit} 个", en: "the template has {found} variables, the provider allows {limit}" },
  slotBlock: { "zh-CN": "已审核模板不能含条件或循环（“{name}”）", en: "an approved template has no conditions or loops (\"{name}\")" },
  contentRefused: { "zh-CN": "服务商“{name}”不发送金融内容", en: "the provider \"{name}\" carries no financial content" },
  required: { "zh-CN": "缺少“{name}”", en: "\"{name}\" is missing" },
  wrongValue: { "zh-CN": "“{name}”的值不可用", en: "the value of \"{name}\" cannot be used" },
} as const satisfies Record<string, Bilingual>;

/** Fills `{name}`s of one of the channel's own texts. */
export function smsText(text: keyof typeof smsTexts, lang: Lang, values: Readonly<Record<string, string | number>> = {}): string {
  return smsTexts[text][lang].replace(/\{([a-z]+)\}/g, (_all, name: string) => String(values[name] ?? "…"));
}
