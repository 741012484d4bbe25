import type { Lang } from "@evertend/core";
import type { ConformanceReport } from "./check-channel-conformance.js";

const words = {
  passed: { "zh-CN": "通过", en: "passed" },
  failed: { "zh-CN": "未通过", en: "FAILED" },
  "not-applicable": { "zh-CN": "不适用", en: "not applicable" },
} as const;

/** The report for a person: one line a clause, what is wrong below it. */
export function formatConformance(report: ConformanceReport, lang: Lang = "en"): string {
  return report.clauses
    .flatMap(({ id, title, result, details }) => [`${words[result][lang]}  ${id}  ${title[lang]}`, ...details.map((detail) => `    ${detail}`)])
    .join("\n");
}
