import type { Shape } from "./shape.js";

type ObjectShape = Extract<Shape, { type: "object" }>;

const classes = ["mandatory", "service", "greeting", "marketing"] as const;
const classShape: Shape = { type: "string", enum: classes, description: { "zh-CN": "消息类别：法定通知、服务、问候、营销", en: "Class: mandatory, service, greeting or marketing" } };

/** Keys that every rule has, whatever its kind. */
export const ruleBase: Readonly<Record<string, Shape>> = {
  id: { type: "string", format: "id", description: { "zh-CN": "规则标识，全包唯一", en: "Id of the rule, unique in the pack" } },
  kind: { type: "string", description: { "zh-CN": "规则种类", en: "Kind of rule" } },
  title: { type: "text", description: { "zh-CN": "标题", en: "Title" } },
  note: { type: "text", description: { "zh-CN": "说明", en: "Note" } },
  when: { type: "ref", ref: "condition", description: { "zh-CN": "条件，或条件列表（全部满足）", en: "A condition, or a list of them (all must hold)" } },
  forEach: { type: "ref", ref: "range", description: { "zh-CN": "对集合的每一项判断，如 holdings as deposit", en: "Speak of each item, such as holdings as deposit" } },
  then: { type: "ref", ref: "actions", description: { "zh-CN": "动作列表", en: "Actions" } },
  repeat: { type: "string", enum: ["once", "month", "quarter", "year", "episode"], description: { "zh-CN": "多久算新的一次", en: "What makes it a new occurrence" } },
  category: { type: "string", enum: ["care", "after-sale", "event", "diagnosis"], description: { "zh-CN": "维护内容：情感关怀、售后跟踪、客户活动、财富诊断", en: "Maintenance content: care, after-sale, event or diagnosis" } },
  objective: { type: "string", enum: ["acquire", "retain", "grow"], description: { "zh-CN": "目标：获得、保留、增长", en: "Objective: acquire, retain or grow" } },
  class: classShape,
  priority: { type: "integer", minimum: 0, maximum: 100, description: { "zh-CN": "优先级 0–100，大者优先", en: "Priority 0..100, higher first" } },
  enabled: { type: "boolean", description: { "zh-CN": "是否启用", en: "Whether it is on" } },
  effective: { type: "object", properties: { from: { type: "string", format: "date" }, to: { type: "string", format: "date" } }, description: { "zh-CN": "生效期间（含首尾）", en: "First and last day it is in force" } },
  covers: { type: "array", items: { type: "string", maxLength: 20 }, description: { "zh-CN": "对应的需求编号", en: "Requirements it covers" } },
  tags: { type: "array", items: { type: "string", maxLength: 40 }, description: { "zh-CN": "标签", en: "Tags" } },
  expires: { type: "oneOf", options: [{ type: "string", enum: ["same-day"] }, { type: "ref", ref: "number-or-param" }], description: { "zh-CN": "过期：same-day 或天数", en: "When it is too late: same-day or a number of days" } },
  consent: {
    type: "object",
    properties: { purpose: { type: "string", maxLength: 40 }, unknown: { type: "object", properties: { task: { type: "string", format: "id" } }, required: ["task"] } },
    description: { "zh-CN": "所需同意；尚未征询时改为任务", en: "Consent it needs; a task to ask where nobody has asked" },
  },
  suitability: { type: "string", description: { "zh-CN": "适当性规则", en: "Suitability preset of the policy" } },
  holdout: { type: "number", minimum: 0, maximum: 1, description: { "zh-CN": "对照组比例", en: "Share kept as a control group" } },
  cooldown: { type: "object", properties: { days: { type: "ref", ref: "number-or-param" }, afterRefusal: { type: "ref", ref: "number-or-param" } }, required: ["days"], description: { "zh-CN": "冷却天数", en: "Days of rest after an action, and after a refusal" } },
};

/** Keys of a rule that wakes on signals. */
export const wakeKeys: Readonly<Record<string, Shape>> = {
  on: {
    type: "oneOf",
    options: [{ type: "string", maxLength: 80 }, { type: "array", minItems: 1, maxItems: 20, items: { type: "string", maxLength: 80 } }],
    description: { "zh-CN": "触发的信号类型，如 delivery.returned；规则针对每个信号（signal）判断一次", en: "Types of the signals it wakes on, such as delivery.returned; it speaks of each signal once" },
  },
  within: { type: "ref", ref: "number-or-param", description: { "zh-CN": "信号发生后几天内有效，默认 30", en: "Days for which a signal counts, its own day included; 30 by default" } },
};

/** All keys of the rules of a kind, in the shape that is checked and published. */
export function shapeOfRules(kind: { readonly shape: Shape; readonly wakes?: boolean }): ObjectShape {
  const own = kind.shape.type === "object" ? kind.shape : { properties: {}, required: [] };
  return { type: "object", properties: { ...ruleBase, ...(kind.wakes === true ? wakeKeys : {}), ...own.properties }, required: ["id", ...(own.required ?? [])] };
}

/** One action of a `then` list. */
export const actionShape: ObjectShape = {
  type: "object",
  description: { "zh-CN": "发送消息或创建任务", en: "Send a message or open a task" },
  properties: {
    message: { type: "string", format: "id", description: { "zh-CN": "消息模板", en: "Message template" } },
    task: { type: "string", format: "id", description: { "zh-CN": "任务模板", en: "Task template" } },
    via: { type: "oneOf", options: [{ type: "array", minItems: 1, maxItems: 10, items: { type: "string" } }, { type: "object", properties: { fact: { type: "string" } }, required: ["fact"] }], description: { "zh-CN": "渠道，按优先顺序", en: "Channels in order of preference" } },
    to: { type: "string", maxLength: 40, description: { "zh-CN": "承接角色，默认 rm", en: "Role that gets the task, rm by default" } },
    class: classShape,
    unless: { type: "oneOf", options: [{ type: "string", enum: ["answered"] }, { type: "ref", ref: "condition" }], description: { "zh-CN": "成立时不再执行", en: "Left out when this holds" } },
    within: { type: "ref", ref: "number-or-param", description: { "zh-CN": "几天内完成", en: "Days until it is due" } },
    expires: { type: "ref", ref: "number-or-param", description: { "zh-CN": "几天后过期", en: "Days after which it is too late" } },
  },
};
