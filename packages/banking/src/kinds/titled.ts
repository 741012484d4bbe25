import type { Bilingual } from "@evertend/core";

/** The title of a part of a rule: the rule's own, and what the part is. */
export function titled(title: Bilingual, part: Bilingual): Bilingual {
  return { "zh-CN": `${title["zh-CN"]}：${part["zh-CN"]}`, en: `${title.en}: ${part.en}` };
}
