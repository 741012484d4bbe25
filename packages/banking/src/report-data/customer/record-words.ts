import type { Bilingual } from "@evertend/core";
import { same } from "../report-words.js";

type Words = Readonly<Record<string, Bilingual>>;

const words = {
  channel: {
    phone: { "zh-CN": "电话", en: "phone call" }, meeting: { "zh-CN": "面谈", en: "meeting" }, email: { "zh-CN": "邮件", en: "e-mail" },
    sms: { "zh-CN": "短信", en: "SMS" }, wecom: { "zh-CN": "企业微信", en: "WeCom" }, letter: { "zh-CN": "信函", en: "letter" },
    event: { "zh-CN": "活动", en: "event" }, branch: { "zh-CN": "到店", en: "visit to the branch" },
  },
  outcome: {
    reached: { "zh-CN": "已接通", en: "reached" }, "not-reached": { "zh-CN": "未接通", en: "not reached" },
    appointment: { "zh-CN": "已约定", en: "appointment made" }, interested: { "zh-CN": "有意向", en: "interested" },
    refused: { "zh-CN": "已拒绝", en: "refused" }, "wrong-number": { "zh-CN": "号码错误", en: "wrong number" },
    "do-not-call": { "zh-CN": "请勿来电", en: "do not call" }, useless: { "zh-CN": "无必要", en: "of no use" },
    planned: { "zh-CN": "已计划", en: "planned" }, sent: { "zh-CN": "已发送", en: "sent" }, failed: { "zh-CN": "发送失败", en: "failed" },
  },
  tier: {
    platinum: { "zh-CN": "白金", en: "Platinum" }, gold: { "zh-CN": "金卡", en: "Gold" }, silver: { "zh-CN": "银卡", en: "Silver" }, base: { "zh-CN": "普通", en: "Standard" },
  },
  valueClass: {
    "high-added-value": { "zh-CN": "高附加值", en: "high added value" }, valuable: { "zh-CN": "有价值", en: "valuable" },
    "low-value": { "zh-CN": "低价值", en: "low value" }, sleeping: { "zh-CN": "睡眠", en: "sleeping" },
  },
  lifecycle: {
    identification: { "zh-CN": "识别期", en: "identification" }, cultivation: { "zh-CN": "培养期", en: "cultivation" }, growth: { "zh-CN": "成长期", en: "growth" },
    stability: { "zh-CN": "稳定期", en: "stability" }, decline: { "zh-CN": "衰退期", en: "decline" }, elimination: { "zh-CN": "淘汰期", en: "elimination" },
  },
  stage: {
    acquaintance: { "zh-CN": "认识", en: "acquaintance" }, liking: { "zh-CN": "好感", en: "liking" }, trust: { "zh-CN": "信赖", en: "trust" }, alliance: { "zh-CN": "同盟", en: "alliance" },
  },
  orientation: {
    relationship: { "zh-CN": "关系取向", en: "relationship" }, value: { "zh-CN": "价值取向", en: "value" }, service: { "zh-CN": "服务取向", en: "service" },
  },
  frequency: {
    "very-high": { "zh-CN": "很高", en: "very high" }, high: { "zh-CN": "较高", en: "high" }, medium: { "zh-CN": "中等", en: "medium" }, low: { "zh-CN": "较低", en: "low" },
  },
  asset: {
    deposit: { "zh-CN": "存款", en: "Deposits" }, wealth: { "zh-CN": "理财", en: "Wealth products" }, fund: { "zh-CN": "基金", en: "Funds" }, bond: { "zh-CN": "债券", en: "Bonds" },
    stock: { "zh-CN": "股票", en: "Stocks" }, gold: { "zh-CN": "贵金属", en: "Gold" }, "real-estate": { "zh-CN": "房产", en: "Real estate" }, loan: { "zh-CN": "贷款", en: "Loans" },
  },
  relation: {
    spouse: { "zh-CN": "配偶", en: "spouse" }, child: { "zh-CN": "子女", en: "child" }, parent: { "zh-CN": "父母", en: "parent" },
  },
  policy: {
    life: { "zh-CN": "寿险", en: "life" }, annuity: { "zh-CN": "年金险", en: "annuity" }, "critical-illness": { "zh-CN": "重疾险", en: "critical illness" }, medical: { "zh-CN": "医疗险", en: "medical" },
    accident: { "zh-CN": "意外险", en: "accident" }, property: { "zh-CN": "家财险", en: "property" }, car: { "zh-CN": "车险", en: "car" },
  },
  maritalStatus: {
    single: { "zh-CN": "未婚", en: "single" }, married: { "zh-CN": "已婚", en: "married" }, divorced: { "zh-CN": "离异", en: "divorced" }, widowed: { "zh-CN": "丧偶", en: "widowed" },
  },
  complaintStatus: {
    accepted: { "zh-CN": "受理", en: "accepted" }, classified: { "zh-CN": "分类", en: "classified" }, submitted: { "zh-CN": "提交", en: "submitted" },
    handling: { "zh-CN": "处理", en: "being handled" }, replied: { "zh-CN": "已答复", en: "answered" }, closed: { "zh-CN": "已归档", en: "closed" },
  },
  planStatus: {
    open: { "zh-CN": "进行中", en: "open" }, done: { "zh-CN": "已完成", en: "done" }, stopped: { "zh-CN": "已停止", en: "stopped" },
  },
} as const satisfies Record<string, Words>;

/** Enumerations of the retail model that reports put into words. */
export type WordList = keyof typeof words;

/** A value of an enumeration in words; a value that is not known stands as it is. */
export function wordOf(list: WordList, value: string): Bilingual {
  const known: Words = words[list];
  return Object.hasOwn(known, value) ? (known[value] as Bilingual) : same(value);
}

/** The values of an enumeration in their order. */
export function valuesOf(list: WordList): readonly string[] {
  return Object.keys(words[list]);
}
