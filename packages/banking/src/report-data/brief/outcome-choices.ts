import type { ReportCard } from "@evertend/core";

/** What a task may come to, with the codes that are written back. */
export const outcomeChoices: NonNullable<ReportCard["choices"]> = [
  { code: "reached", label: { "zh-CN": "已联系", en: "Reached" } },
  { code: "not-reached", label: { "zh-CN": "未联系上", en: "Not reached" } },
  { code: "appointment", label: { "zh-CN": "已约定（日期）", en: "Appointment (date)" } },
  { code: "interested", label: { "zh-CN": "有意向", en: "Interested" } },
  { code: "refused", label: { "zh-CN": "拒绝（产品）", en: "Refused (product)" } },
  { code: "wrong-number", label: { "zh-CN": "号码错误", en: "Wrong number" } },
  { code: "do-not-call", label: { "zh-CN": "请勿来电", en: "Do not call" } },
  { code: "useless", label: { "zh-CN": "无必要", en: "Of no use" } },
];
