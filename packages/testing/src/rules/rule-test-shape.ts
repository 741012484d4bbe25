import type { Shape } from "@evertend/core";

const rule: Shape = { type: "string", maxLength: 120, description: { "zh-CN": "规则标识", en: "Id of the rule" } };
const subject: Shape = { type: "string", description: { "zh-CN": "对象：集合项的标识；不写为客户本人", en: "Subject: id of an item; the customer where absent" } };
const json: Shape = { type: "ref", ref: "json" };
const record: Shape = { type: "object", properties: {}, additional: json };

const match: Shape = {
  type: "object",
  description: { "zh-CN": "一条匹配", en: "A match" },
  properties: {
    rule, subject,
    occurrence: { type: "string", description: { "zh-CN": "第几次；不写为任意", en: "Occurrence; any where absent" } },
    until: { ...json, description: { "zh-CN": "最后有效日；null 为永久；不写为任意", en: "Last day it holds; null = never ends; any where absent" } },
  },
  required: ["rule"],
};

const outcome: Shape = {
  type: "object",
  description: { "zh-CN": "一个动作的结果", en: "What became of an action" },
  properties: {
    rule, subject,
    occurrence: { type: "string" },
    action: { type: "string", description: { "zh-CN": "如 message:模板 或 task:模板", en: "Such as message:template or task:template" } },
    outcome: { type: "string", enum: ["touch", "task", "held", "merged", "dropped"] },
    reason: { type: "string", description: { "zh-CN": "原因代码", en: "Reason code" } },
    channel: { type: "string" },
    clause: { type: "string" },
  },
  required: ["rule", "outcome"],
};

const text: Shape = {
  type: "object",
  description: { "zh-CN": "消息或任务的文字", en: "Words of a message or task" },
  properties: {
    rule, subject,
    channel: { type: "string", description: { "zh-CN": "渠道；task 为任务", en: "Channel; task for the words of a task" } },
    part: { type: "string", description: { "zh-CN": "如 text、subject、html；任务为 title、brief", en: "Such as text, subject, html; title or brief of a task" } },
    text: { type: "string", description: { "zh-CN": "全文", en: "The whole text" } },
    contains: { type: "string", description: { "zh-CN": "包含的文字", en: "Words in it" } },
  },
  required: ["rule"],
};

const unknown: Shape = {
  type: "object",
  description: { "zh-CN": "无法判断的规则", en: "A rule that stays undecided" },
  properties: { rule, subject, missing: { type: "array", items: { type: "string" }, description: { "zh-CN": "缺失的字段", en: "The fields that are missing" } } },
  required: ["rule"],
};

const date: Shape = { type: "string", format: "date" };
const text80: Shape = { type: "string", maxLength: 200 };

const state: Shape = {
  type: "object",
  description: { "zh-CN": "此前运行留下的状态；未写的部分为空", en: "What earlier runs remember; what is left out is empty" },
  properties: {
    customerId: text80,
    asOf: date,
    lastFacts: { ...record, description: { "zh-CN": "上次的派生指标", en: "Derived facts of the last run" } },
    episodes: { type: "object", properties: {}, additional: date, description: { "zh-CN": "持续期的首日，键为“规则”或“规则 对象”", en: "First day of each episode, by \"rule\" or \"rule subject\"" } },
    keys: { type: "object", properties: {}, additional: date, description: { "zh-CN": "已计划的键及其日期", en: "Keys planned so far, with their day" } },
    contacts: {
      type: "array",
      items: {
        type: "object",
        properties: { date, channel: text80, key: text80, ruleId: text80, subject: text80, class: { type: "string", enum: ["mandatory", "service", "greeting", "marketing"] }, outcome: text80, product: text80 },
        required: ["date", "channel"],
      },
    },
    openTasks: {
      type: "array",
      items: { type: "object", properties: { key: text80, ruleId: text80, subject: text80, assignee: text80, opened: date, expiresAt: json }, required: ["key", "ruleId", "subject", "assignee", "opened"] },
    },
  },
};

const scalar: Extract<Shape, { type: "oneOf" }> = { type: "oneOf", options: [{ type: "string" }, { type: "number" }, { type: "boolean" }] };
const params: Shape = {
  type: "object",
  properties: {},
  additional: { type: "oneOf", options: [...scalar.options, { type: "array", items: { type: "oneOf", options: [{ type: "string" }, { type: "number" }] } }] },
  description: { "zh-CN": "改动的参数", en: "Parameters set for this case" },
};

/** Shape of one golden case of a pack. */
export const ruleTestShape: Extract<Shape, { type: "object" }> = {
  type: "object",
  description: { "zh-CN": "用例：一条客户记录在某日应有的结果", en: "A golden case: what one record must come to on a day" },
  properties: {
    name: { type: "string", maxLength: 200, description: { "zh-CN": "用例名", en: "Name of the case" } },
    note: { type: "text" },
    covers: { type: "array", items: { type: "string", maxLength: 20 } },
    asOf: { type: "string", format: "date", description: { "zh-CN": "日期", en: "The day" } },
    at: { type: "string", description: { "zh-CN": "时刻（含偏移）；默认为当日银行所在地 09:00", en: "The instant, with offset; 09:00 that day in the bank's zone if absent" } },
    params,
    context: { ...record, description: { "zh-CN": "产品、活动等只读集合", en: "Context collections: products, events" } },
    state,
    record: { ...record, description: { "zh-CN": "客户记录", en: "The customer's record" } },
    expect: {
      type: "object",
      description: { "zh-CN": "应有的结果", en: "What must come out" },
      properties: {
        matches: { type: "array", items: match, description: { "zh-CN": "所列规则的全部匹配；only 为真时是整个规则包的全部匹配", en: "All matches of the rules named here; with only, of the whole pack" } },
        only: { type: "boolean", description: { "zh-CN": "除 matches 外没有其他匹配", en: "Nothing else matches" } },
        none: { type: "array", items: rule, description: { "zh-CN": "不应匹配的规则", en: "Rules that must not match" } },
        outcomes: { type: "array", items: outcome },
        facts: { ...record, description: { "zh-CN": "派生指标的值；null 为未知或没有", en: "Values of derived facts; null = unknown or none" } },
        texts: { type: "array", items: text },
        unknowns: { type: "array", items: unknown },
      },
    },
  },
  required: ["name", "asOf", "record", "expect"],
};
