import type { Shape } from "./shape.js";

type ObjectShape = Extract<Shape, { type: "object" }>;

const fact: Shape = { type: "ref", ref: "fact", description: { "zh-CN": "指标名", en: "Name of a fact" } };
const value: Shape = { type: "ref", ref: "value", description: { "zh-CN": "值：字面量、{param}、{fact} 或 {asOf}", en: "A value: literal, {param}, {fact} or {asOf}" } };
const condition: Shape = { type: "ref", ref: "condition", description: { "zh-CN": "条件，或条件列表（全部满足）", en: "A condition, or a list of them (all must hold)" } };
const range: Shape = { type: "ref", ref: "range", description: { "zh-CN": "集合及其别名，如 holdings as h", en: "A collection and a name for its items, such as holdings as h" } };
const label: Shape = { type: "string", maxLength: 80, description: { "zh-CN": "名称", en: "Name" } };
const axis: Shape = { type: "array", minItems: 2, maxItems: 2, items: { type: "oneOf", options: [value, fact] }, description: { "zh-CN": "[指标, 门槛]：达到门槛为 high", en: "[fact, threshold]: high from the threshold on" } };

/** Keys that every derived fact has. */
export const factBase: Readonly<Record<string, Shape>> = {
  id: { type: "string", format: "id", description: { "zh-CN": "派生指标的名称", en: "Name of the derived fact" } },
  kind: { type: "string", description: { "zh-CN": "派生方式", en: "How it is derived" } },
  label: { type: "text", description: { "zh-CN": "显示名称", en: "Label" } },
  unit: { type: "string", maxLength: 40, description: { "zh-CN": "单位", en: "Unit" } },
  scale: { type: "integer", minimum: 0, maximum: 9, description: { "zh-CN": "小数位数", en: "Decimal places" } },
  when: { ...condition, description: { "zh-CN": "只对满足条件者有此指标；其余为“没有”", en: "The fact exists only where this holds; elsewhere there is none" } },
  forEach: { ...range, description: { "zh-CN": "为集合的每一项派生", en: "Derive it for each item of a collection" } },
  note: { type: "text", description: { "zh-CN": "说明", en: "Note" } },
  covers: { type: "array", items: { type: "string" }, description: { "zh-CN": "对应的需求编号", en: "Requirements it covers" } },
};

const points: Shape = { type: "number", minimum: 0, maximum: 1000 };
const weight: Shape = { type: "ref", ref: "number-or-param", description: { "zh-CN": "权重（百分比），同级合计 100", en: "Weight in per cent; those beside each other add up to 100" } };
const indicator: Shape = {
  type: "object",
  properties: {
    id: { type: "string", format: "id" }, label: { type: "text" }, of: fact, weight,
    bands: { type: "array", minItems: 1, maxItems: 50, items: { type: "object", properties: { from: value, points }, required: ["points"] }, description: { "zh-CN": "按门槛给分，含下限，从低到高", en: "Points by thresholds, lower bound included, from low to high" } },
    linear: { type: "object", properties: { from: value, to: value, low: points, high: points }, required: ["from", "to", "high"], description: { "zh-CN": "两值之间按比例给分，两端封顶", en: "Points in proportion between two values, held at both ends" } },
  },
  required: ["id", "of", "weight"],
};

/** Own keys of each kind of derived fact. */
export const factShapes: Readonly<Record<string, ObjectShape>> = {
  bands: {
    type: "object",
    description: { "zh-CN": "按门槛分档，含下限", en: "Bands by thresholds, lower bound included" },
    properties: {
      of: fact,
      bands: { type: "array", minItems: 1, maxItems: 50, items: { type: "object", properties: { name: label, label: { type: "text" }, from: value }, required: ["name"] }, description: { "zh-CN": "从低到高；最低一档可没有 from", en: "From low to high; the lowest may have no from" } },
    },
    required: ["of", "bands"],
  },
  matrix: {
    type: "object",
    description: { "zh-CN": "二维矩阵：行/列各分高低", en: "Two by two: rows and columns, each high or low" },
    properties: { rows: axis, columns: axis, values: { type: "object", properties: { "high/high": value, "high/low": value, "low/high": value, "low/low": value }, required: ["high/high", "high/low", "low/high", "low/low"] }, unknown: value },
    required: ["rows", "columns", "values"],
  },
  classify: {
    type: "object",
    description: { "zh-CN": "分类：取第一个成立的", en: "Classes: the first that holds" },
    properties: { classes: { type: "array", minItems: 1, maxItems: 50, items: { type: "object", properties: { name: label, label: { type: "text" }, when: condition }, required: ["name", "when"] } }, otherwise: label },
    required: ["classes"],
  },
  aggregate: {
    type: "object",
    description: { "zh-CN": "对集合汇总", en: "A figure over a collection" },
    properties: {
      fold: { type: "string", enum: ["count", "sum", "min", "max", "avg"], description: { "zh-CN": "计数、合计、最小、最大、平均", en: "count, sum, min, max or avg" } },
      over: range,
      where: condition,
      of: fact,
      missing: { type: "string", enum: ["unknown", "skip"], description: { "zh-CN": "缺值时：结果未知，或跳过该项", en: "A missing amount: the result is unknown, or the item is skipped" } },
      empty: { type: "ref", ref: "value", description: { "zh-CN": "没有任何项时的结果：值、\"unknown\" 或 \"none\"", en: "Result over nothing: a value, \"unknown\" or \"none\"" } },
    },
    required: ["fold", "over"],
  },
  ratio: { type: "object", description: { "zh-CN": "两个指标之比", en: "One fact divided by another" }, properties: { of: fact, to: fact }, required: ["of", "to"] },
  sum: {
    type: "object",
    description: { "zh-CN": "指标相加减", en: "Facts added and subtracted" },
    properties: { of: { type: "array", minItems: 1, items: fact }, minus: { type: "array", items: fact }, missing: { type: "string", enum: ["unknown", "skip"] } },
    required: ["of"],
  },
  daysSince: { type: "object", description: { "zh-CN": "距某日已过多久", en: "How long ago a date was" }, properties: { date: fact, unit: { type: "string", enum: ["days", "workingDays", "months", "years"] }, calendar: { type: "string" } }, required: ["date"] },
  daysUntil: { type: "object", description: { "zh-CN": "距某日还有多久", en: "How far ahead a date is" }, properties: { date: fact, unit: { type: "string", enum: ["days", "workingDays", "months", "years"] }, calendar: { type: "string" } }, required: ["date"] },
  shift: {
    type: "object",
    description: { "zh-CN": "日期加上若干天、月", en: "A date moved by days or months" },
    properties: { date: fact, by: { type: "object", properties: { days: value, workingDays: value, months: value, years: value } }, calendar: { type: "string" } },
    required: ["date", "by"],
  },
  first: { type: "object", description: { "zh-CN": "第一个有值的指标", en: "The first of several facts that is on record" }, properties: { of: { type: "array", minItems: 1, items: fact } }, required: ["of"] },
  condition: { type: "object", description: { "zh-CN": "条件是否成立", en: "Whether a condition holds" }, properties: { when: condition }, required: ["when"] },
  score: {
    type: "object",
    description: { "zh-CN": "加权评分：大类、指标与权重", en: "A weighted score: categories, indicators and weights" },
    properties: {
      categories: { type: "array", minItems: 1, maxItems: 40, items: { type: "object", properties: { id: { type: "string", format: "id" }, label: { type: "text" }, weight, indicators: { type: "array", minItems: 1, maxItems: 60, items: indicator } }, required: ["id", "weight", "indicators"] }, description: { "zh-CN": "大类", en: "Categories" } },
      missing: { type: "string", enum: ["unknown", "zero"], description: { "zh-CN": "指标缺值时：总分未知，或该项零分", en: "An indicator that is missing: the score is unknown, or it gives no points" } },
    },
    required: ["categories"],
  },
  population: {
    type: "object",
    description: { "zh-CN": "在全体中的名次或比例，读取第一遍得到的快照", en: "The place among all, read from the snapshot of a first pass" },
    properties: {
      of: fact,
      over: { ...range, description: { "zh-CN": "存放快照的上下文集合，如 peers as peer", en: "The context collection that holds the snapshot, such as peers as peer" } },
      where: { ...condition, description: { "zh-CN": "与哪些人比较", en: "Whom to compare with" } },
      give: { type: "string", enum: ["rank", "share", "size"], description: { "zh-CN": "名次（1 为最好）、名次占比（0–1）、总数", en: "The rank (1 is best), the rank as a share of all (0..1), or how many there are" } },
      order: { type: "string", enum: ["descending", "ascending"], description: { "zh-CN": "大者为先（默认）或小者为先", en: "The largest first (the default), or the smallest" } },
      ties: { type: "string", enum: ["best", "worst"], description: { "zh-CN": "并列者取其中最好（默认）或最差的名次", en: "Equals share the best (the default) or the worst of their ranks" } },
    },
    required: ["of", "over", "give"],
  },
  state: {
    type: "object",
    description: { "zh-CN": "有记忆的等级：保级线与宽限期", en: "A level that remembers: a line to keep it and a grace period" },
    properties: {
      measure: fact,
      levels: { type: "array", minItems: 2, maxItems: 20, items: { type: "object", properties: { name: label, label: { type: "text" }, from: value, keepFrom: value }, required: ["name"] }, description: { "zh-CN": "从高到低；最低一级没有 from", en: "From high to low; the lowest has no from" } },
      graceDays: { type: "ref", ref: "number-or-param", description: { "zh-CN": "跌破保级线后的宽限天数", en: "Days of grace below the line" } },
    },
    required: ["measure", "levels"],
  },
};
