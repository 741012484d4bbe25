import type { Bilingual } from "@evertend/core";

/** The few words that a report says by itself; everything else comes with the data. */
export const words = {
  asOf: { "zh-CN": "截至", en: "As of" },
  contents: { "zh-CN": "目录", en: "Contents" },
  figures: { "zh-CN": "关键数字", en: "Key figures" },
  numbers: { "zh-CN": "查看数据", en: "Show the numbers" },
  chartOf: { "zh-CN": "图表，数据见随后的表格", en: "chart; its numbers are in the table that follows" },
  category: { "zh-CN": "项目", en: "Item" },
  value: { "zh-CN": "数值", en: "Value" },
  share: { "zh-CN": "占比", en: "Share" },
  total: { "zh-CN": "合计", en: "Total" },
  ofFirst: { "zh-CN": "占首项", en: "Of first" },
  change: { "zh-CN": "较上一步", en: "Change" },
  others: { "zh-CN": "其他", en: "Other" },
  none: { "zh-CN": "无", en: "none" },
  empty: { "zh-CN": "没有数据。", en: "Nothing to show." },
  outcome: { "zh-CN": "结果", en: "Outcome" },
  about: { "zh-CN": "说明", en: "About" },
  remark: { "zh-CN": "备注", en: "Remark" },
  heading: { "zh-CN": "名称", en: "Name" },
  tags: { "zh-CN": "标记", en: "Marks" },
  text: { "zh-CN": "内容", en: "Text" },
  rows: { "zh-CN": "行", en: "rows" },
} as const satisfies Record<string, Bilingual>;
