import type { Bilingual } from "../ports/report-data.js";

/** Why an action ended as it did. One code per decision; the texts are what people read. */
export const reasonTexts = {
  PLANNED: { "zh-CN": "已计划", en: "planned" },
  REROUTED_CONSENT_UNKNOWN: { "zh-CN": "尚未征询同意，改为请客户经理先征询", en: "nobody has asked for consent yet; a task to ask takes its place" },
  MERGED: { "zh-CN": "并入同一客户的另一任务", en: "merged into another task for the same customer" },
  DUPLICATE_TEXT: { "zh-CN": "与同日另一条消息内容相同", en: "the same text goes to the same address already" },
  ALREADY_PLANNED: { "zh-CN": "此前已计划，不再重复", en: "planned in an earlier run" },
  ANSWERED: { "zh-CN": "客户已回应", en: "the customer has answered already" },
  UNLESS: { "zh-CN": "规则的例外条件成立", en: "the rule's exception applies" },
  DO_NOT_CONTACT: { "zh-CN": "客户要求不再联系", en: "the customer asked not to be contacted" },
  CONSENT_REFUSED: { "zh-CN": "客户拒绝或撤回了同意", en: "consent was refused or withdrawn" },
  CONSENT_UNKNOWN: { "zh-CN": "没有取得同意", en: "no consent on record" },
  PAUSED: { "zh-CN": "暂停中（如投诉未结）", en: "paused, for example by an open complaint" },
  PAUSE_UNKNOWN: { "zh-CN": "无法判断是否应暂停", en: "it is unknown whether a pause applies" },
  SUITABILITY_EXCEEDED: { "zh-CN": "产品风险高于客户风险承受能力", en: "the product's risk is above the customer's tolerance" },
  SUITABILITY_UNKNOWN: { "zh-CN": "客户风险测评缺失或已过期", en: "the risk assessment is missing or out of date" },
  APPROVAL_NEEDED: { "zh-CN": "需要人工批准后方可推荐", en: "a person must approve this offer first" },
  PRODUCT_NONE: { "zh-CN": "没有合适的产品", en: "no product fits" },
  HOLDOUT: { "zh-CN": "属于对照组", en: "in the control group" },
  NO_CHANNEL: { "zh-CN": "没有可用的渠道", en: "no channel can be used" },
  NO_ADDRESS: { "zh-CN": "没有可用的联系地址", en: "no usable address on any of the channels" },
  NO_ASSIGNEE: { "zh-CN": "没有可承接任务的人员", en: "nobody to give the task to" },
  COOLDOWN: { "zh-CN": "冷却期内", en: "within the cooldown" },
  REFUSED_BEFORE: { "zh-CN": "客户近期拒绝过", en: "the customer refused it recently" },
  CAP_REACHED: { "zh-CN": "达到接触次数上限", en: "the contact cap is reached" },
  RM_SLOTS: { "zh-CN": "当日任务名额已满", en: "no task slot left today" },
  CHANNEL_BUDGET: { "zh-CN": "渠道当日额度已满", en: "the channel's budget for the day is spent" },
  EXPIRED: { "zh-CN": "已过有效期，不迟发", en: "too late to be of use; never sent late" },
  MESSAGE_EMPTY: { "zh-CN": "消息内容为空", en: "the message came out empty" },
  FIELD_MISSING: { "zh-CN": "模板所需字段缺失", en: "a field that the template prints is missing" },
  SMS_TOO_LONG: { "zh-CN": "短信超过长度上限", en: "the SMS is too long" },
  OUTPUT_TOO_LARGE: { "zh-CN": "输出过长", en: "the output is too large" },
  ADDRESS_INVALID: { "zh-CN": "联系地址无效", en: "the address is not valid" },
  RENDER_FAILED: { "zh-CN": "渠道无法生成消息", en: "the channel could not render the message" },
} as const satisfies Record<string, Bilingual>;

export type ReasonCode = keyof typeof reasonTexts;
