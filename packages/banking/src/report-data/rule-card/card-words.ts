import type { Bilingual } from "@evertend/core";
import { same } from "../report-words.js";

/** What a card says by itself. */
export const cardWords = {
  about: { "zh-CN": "概要", en: "In short" },
  item: { "zh-CN": "项目", en: "Item" },
  content: { "zh-CN": "内容", en: "What it says" },
  kind: { "zh-CN": "种类", en: "Kind" },
  category: { "zh-CN": "类别", en: "Category" },
  objective: { "zh-CN": "目标", en: "Objective" },
  class: { "zh-CN": "消息类别", en: "Class" },
  whom: { "zh-CN": "针对", en: "Speaks of" },
  customer: { "zh-CN": "客户本人", en: "the customer" },
  repeat: { "zh-CN": "频次", en: "How often" },
  priority: { "zh-CN": "优先级（0–100）", en: "Priority (0–100)" },
  covers: { "zh-CN": "对应需求", en: "Requirements" },
  conditions: { "zh-CN": "条件", en: "Conditions" },
  condition: { "zh-CN": "条件", en: "Condition" },
  allHold: { "zh-CN": "须全部确定成立；资料缺失时不触发。", en: "All must surely hold; where data is missing it does not fire." },
  always: { "zh-CN": "无条件", en: "always" },
  terms: { "zh-CN": "名词", en: "Terms" },
  term: { "zh-CN": "名词", en: "Term" },
  meaning: { "zh-CN": "含义", en: "Meaning" },
  actions: { "zh-CN": "动作", en: "Actions" },
  action: { "zh-CN": "动作", en: "Action" },
  message: { "zh-CN": "消息", en: "message" },
  task: { "zh-CN": "任务", en: "task" },
  by: { "zh-CN": "渠道或承办人", en: "Channel or person" },
  whenAndUntil: { "zh-CN": "时机与时限", en: "When, and until when" },
  only: { "zh-CN": "仅当", en: "only when " },
  not: { "zh-CN": "除非", en: "unless " },
  until: { "zh-CN": "最迟", en: "at the latest on " },
  parameters: { "zh-CN": "参数", en: "Parameters" },
  parameter: { "zh-CN": "参数", en: "Parameter" },
  value: { "zh-CN": "取值", en: "Value" },
  range: { "zh-CN": "范围", en: "Range" },
  source: { "zh-CN": "来源", en: "Source" },
  owner: { "zh-CN": "负责方", en: "Owner" },
  gates: { "zh-CN": "适用政策", en: "Policy that applies" },
  clause: { "zh-CN": "条款", en: "Clause" },
  texts: { "zh-CN": "文本示例", en: "Words, as sent" },
  examples: { "zh-CN": "〔〕内为示例；金额、日期为示例值。", en: "〔〕 stands for a customer's own; amounts and dates are examples." },
  words: { "zh-CN": "文本", en: "Words" },
  signatures: { "zh-CN": "签署", en: "Signatures" },
  role: { "zh-CN": "角色", en: "Role" },
  name: { "zh-CN": "姓名", en: "Name" },
  date: { "zh-CN": "日期", en: "Date" },
  signature: { "zh-CN": "签名", en: "Signature" },
  author: { "zh-CN": "编写", en: "Author" },
  compliance: { "zh-CN": "合规", en: "Compliance" },
  approver: { "zh-CN": "批准", en: "Approver" },
} as const satisfies Record<string, Bilingual>;

const categories: Readonly<Record<string, Bilingual>> = {
  care: { "zh-CN": "日常关怀", en: "daily care" },
  "after-sale": { "zh-CN": "售后服务", en: "after-sale service" },
  event: { "zh-CN": "活动", en: "events" },
  diagnosis: { "zh-CN": "财富诊断", en: "diagnosis" },
};

const objectives: Readonly<Record<string, Bilingual>> = {
  acquire: { "zh-CN": "获客", en: "acquire" },
  retain: { "zh-CN": "维系", en: "retain" },
  grow: { "zh-CN": "提升", en: "grow" },
};

/** A category in words. */
export function categoryName(category: string): Bilingual {
  return Object.hasOwn(categories, category) ? (categories[category] as Bilingual) : same(category);
}

/** An objective in words. */
export function objectiveName(objective: string): Bilingual {
  return Object.hasOwn(objectives, objective) ? (objectives[objective] as Bilingual) : same(objective);
}
