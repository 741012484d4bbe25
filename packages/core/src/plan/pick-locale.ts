import type { Lang } from "../diagnostics/diagnostic.js";
import type { Template } from "../template/check-template.js";

/** Words in one language. */
export interface LocaleWords {
  readonly locale: Lang;
  readonly parts: ReadonlyMap<string, Template>;
}

/** The words in the wanted language, else in the pack's, else in the first that there is. */
export function pickLocale(variants: ReadonlyMap<string, ReadonlyMap<string, Template>> | undefined, wanted: Lang, fallback: Lang): LocaleWords | undefined {
  for (const locale of [wanted, fallback, "zh-CN", "en"] as const) {
    const parts = variants?.get(locale);
    if (parts) return { locale, parts };
  }
  return undefined;
}
