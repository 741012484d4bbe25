import type { Bilingual, Lang } from "@evertend/core";

/** The text in one language; a plain string is the same in all. */
export function inLanguage(text: string | Bilingual, lang: Lang): string {
  return typeof text === "string" ? text : text[lang];
}
