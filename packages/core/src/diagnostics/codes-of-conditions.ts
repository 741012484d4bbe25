import type { CodeEntry } from "./code-entry.js";

/** Codes for conditions, facts and rules. */
export const codesOfConditions = {
  PATH_SYNTAX: {
    severity: "error",
    message: { "zh-CN": "路径“{name}”的写法无效", en: "The path \"{name}\" is not valid" },
    hint: { "zh-CN": "只能写成员和下标，例如 “$.address.city” 或 “$.items[0]”；不支持脚本、过滤和通配符。", en: "Write only members and indexes, such as \"$.address.city\" or \"$.items[0]\"; there are no scripts, filters or wildcards." },
  },
  PATH_FORBIDDEN: {
    severity: "error",
    message: { "zh-CN": "路径“{name}”不允许使用", en: "The path \"{name}\" is forbidden" },
    hint: { "zh-CN": "路径中不能出现 __proto__、constructor 或 prototype。", en: "A path cannot hold __proto__, constructor or prototype." },
  },
  FACT_UNKNOWN: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的指标", en: "There is no fact \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？]请使用数据模型中的字段或规则包中的派生指标。", en: "[Did you mean \"{suggestion}\"? ]Use a field of the model or a derived fact of the pack." },
  },
  FACT_NEEDS_ITEM: {
    severity: "error",
    message: { "zh-CN": "“{name}”是集合[“{other}”]中每一项的字段，不能直接读取", en: "\"{name}\" is a field of each item[ of \"{other}\"] and cannot be read directly" },
    hint: { "zh-CN": "请用 forEach 逐项判断，或用 some、every、none、count 询问。", en: "Use forEach to speak of each item, or ask with some, every, none or count." },
  },
  NOT_A_COLLECTION: {
    severity: "error",
    message: { "zh-CN": "“{name}”不是集合", en: "\"{name}\" is not a collection" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][可用的集合：{allowed}。]请改用集合字段。", en: "[Did you mean \"{suggestion}\"? ][Collections: {allowed}. ]Name a list field of the model." },
  },
  EMPTY_GROUP: {
    severity: "error",
    message: { "zh-CN": "条件组[“{name}”]为空", en: "The group[ \"{name}\"] holds no conditions" },
    hint: { "zh-CN": "请至少写一个条件，或删除该组。", en: "Put at least one condition into it, or remove it." },
  },
  AMBIGUOUS_GROUP: {
    severity: "error",
    message: { "zh-CN": "同一处出现了多种条件组[（{name}）]，含义不明确", en: "More than one way of grouping stands side by side[ ({name})]" },
    hint: { "zh-CN": "all、any、not 与单个条件只能取其一；需要组合时请嵌套。", en: "Use one of all, any, not or a single condition; nest them to combine." },
  },
  UNKNOWN_OPERATOR: {
    severity: "error",
    message: { "zh-CN": "没有名为“{name}”的运算符", en: "There is no operator \"{name}\"" },
    hint: { "zh-CN": "[您是不是想写“{suggestion}”？][可用：{allowed}。]请改用已有的运算符。", en: "[Did you mean \"{suggestion}\"? ][There are: {allowed}. ]Use an operator that exists." },
  },
  TYPE_MISMATCH: {
    severity: "error",
    message: { "zh-CN": "类型不符[（{name}）][，应为{expected}][，实为{found}]", en: "The types do not fit[ (\"{name}\")][: expected {expected}][, found {found}]" },
    hint: { "zh-CN": "请改用类型相符的值、指标或运算符。", en: "Use a value, fact or operator of the right type." },
  },
  LIST_REQUIRED: {
    severity: "error",
    message: { "zh-CN": "此处需要列表[（{name}）]", en: "A list is required here[ (\"{name}\")]" },
    hint: { "zh-CN": "请写成方括号列表，例如 [\"a\", \"b\"]。", en: "Write it in square brackets, such as [\"a\", \"b\"]." },
  },
  TOO_MANY_CONDITIONS: {
    severity: "error",
    message: { "zh-CN": "规则[“{name}”]的条件过多[：{found} 个][，上限为 {limit} 个]", en: "The rule[ \"{name}\"] has too many conditions[: {found}][, the limit is {limit}]" },
    hint: { "zh-CN": "请拆成多条规则或使用派生指标。", en: "Split it into several rules or use derived facts." },
  },
  CONTRADICTION: {
    severity: "warning",
    message: { "zh-CN": "此条件永远不会成立[：{detail}]", en: "This condition can never be true[: {detail}]" },
    hint: { "zh-CN": "请检查阈值或删除矛盾的部分。", en: "Check the limits or remove the part that contradicts." },
  },
  CONDITION_UNUSED: {
    severity: "warning",
    message: { "zh-CN": "命名条件“{name}”没有被使用", en: "The named condition \"{name}\" is not used" },
    hint: { "zh-CN": "请引用它或删除它。", en: "Use it or remove it." },
  },
  SUM_TOO_LARGE: {
    severity: "error",
    message: { "zh-CN": "合计[“{name}”]超出可精确表示的范围", en: "The sum[ \"{name}\"] is too large to be exact" },
    hint: { "zh-CN": "请检查金额的单位和小数位数，该客户的这项指标视为未知。", en: "Check the unit and the decimals of the amounts; this fact is unknown for that customer." },
  },
  RULE_FAILED: {
    severity: "error",
    message: { "zh-CN": "规则“{name}”执行出错[：{detail}]，该规则未产生结果", en: "The rule \"{name}\" failed[: {detail}]; it gave no result" },
    hint: { "zh-CN": "其他规则照常运行。请联系插件的提供者。", en: "All other rules ran. Ask whoever provides the plugin." },
  },
} as const satisfies Record<string, CodeEntry>;
