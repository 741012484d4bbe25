import type { Lang } from "../diagnostics/diagnostic.js";
import type { Bilingual } from "../ports/report-data.js";

/** A text made once for each language. */
export function inBothLanguages(say: (lang: Lang) => string): Bilingual {
  return { "zh-CN": tight(say("zh-CN")), en: say("en") };
}

/** Full-width marks carry their own space, and Chinese words need none. */
function tight(text: string): string {
  return text.replace(/([）”、，：；]) +/g, "$1").replace(/ +([（“、，：；])/g, "$1").replace(/(?<=[\u4E00-\u9FFF]) +(?=[\u4E00-\u9FFF])/g, "");
}

/** The same text in both languages: a name, an id. */
export function sameText(text: string): Bilingual {
  return { "zh-CN": text, en: text };
}

/** Fills `{name}` in a text of both languages. */
export function fillText(pattern: Bilingual, values: Readonly<Record<string, Bilingual>>): Bilingual {
  return inBothLanguages((lang) => pattern[lang].replace(/\{(\w+)\}/g, (all, name: string) => values[name]?.[lang] ?? all));
}

const joints = {
  and: { "zh-CN": "，且", en: " and " },
  or: { "zh-CN": "，或", en: " or " },
  list: { "zh-CN": "、", en: ", " },
  clauses: { "zh-CN": "；", en: "; " },
} as const satisfies Record<string, Bilingual>;

/** Joins texts as a sentence does. */
export function joinTexts(texts: readonly Bilingual[], how: keyof typeof joints): Bilingual {
  return inBothLanguages((lang) => texts.map((text) => text[lang]).join(joints[how][lang]));
}
