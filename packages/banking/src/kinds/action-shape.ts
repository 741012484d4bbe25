import type { Shape } from "@evertend/core";

/** The keys of one action, for kinds that let an action stand directly in a step. */
export const actionProperties: Readonly<Record<string, Shape>> = {
  message: { type: "string", format: "id", description: { "zh-CN": "要发送的消息模板。", en: "The message template to send." } },
  task: { type: "string", format: "id", description: { "zh-CN": "要创建的任务模板。", en: "The task template to open." } },
  via: {
    type: "ref",
    ref: "json",
    description: {
      "zh-CN": "按优先顺序排列的渠道，或存放渠道的指标 {\"fact\": …}。",
      en: "Channels in order of preference, or a fact that holds them: {\"fact\": …}.",
    },
  },
  to: { type: "string", description: { "zh-CN": "任务承接人角色，默认 rm（客户经理）。", en: "The role that gets the task; rm, the relationship manager, by default." } },
  class: {
    type: "string",
    enum: ["mandatory", "service", "greeting", "marketing"],
    description: { "zh-CN": "消息类别，决定同意、静默时段和次数上限。", en: "The message class: consent, quiet hours and caps depend on it." },
  },
  unless: {
    type: "ref",
    ref: "json",
    description: {
      "zh-CN": "成立时不再执行：\"answered\"（客户已回应）或一个条件。",
      en: "Left out when this holds: \"answered\" (the customer has replied) or a condition.",
    },
  },
  within: { type: "ref", ref: "number-or-param", description: { "zh-CN": "任务须在几天内完成。", en: "Days until the task is due." } },
  expires: { type: "ref", ref: "number-or-param", description: { "zh-CN": "几天后不再有用。", en: "Days after which it is of no use." } },
};
