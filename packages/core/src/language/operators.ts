import type { Bilingual } from "../ports/report-data.js";

/** Operators that are always there, by the name of json-rules-engine where it has them. */
export type BaseOperator =
  | "equal" | "notEqual" | "lessThan" | "lessThanInclusive" | "greaterThan" | "greaterThanInclusive"
  | "in" | "notIn" | "contains" | "doesNotContain"
  | "isPresent" | "isMissing"
  | TimeOperator;

/** Operators that hold a date against `asOf`; their value is a number of days, working days or months. */
export type TimeOperator =
  | "withinNextDays" | "withinLastDays" | "withinNextWorkingDays" | "withinLastWorkingDays"
  | "withinNextMonths" | "withinLastMonths" | "moreThanDaysAgo" | "moreThanDaysAhead";

/** Words that go before an operator, as json-rules-engine's decorators do: `someFact:greaterThan`, `not:in`. */
export type Decorator = "someFact" | "everyFact" | "someValue" | "everyValue" | "swap" | "not";

export const decorators: readonly Decorator[] = ["someFact", "everyFact", "someValue", "everyValue", "swap", "not"];

/** Short signs and the operators they stand for. */
export const signs: Readonly<Record<string, BaseOperator>> = {
  "=": "equal",
  "!=": "notEqual",
  "<": "lessThan",
  "<=": "lessThanInclusive",
  ">": "greaterThan",
  ">=": "greaterThanInclusive",
};

/** What each operator says, for people; `{a}` and `{b}` are the two sides. */
export const operatorTexts: Readonly<Record<BaseOperator, Bilingual>> = {
  equal: { "zh-CN": "{a} 等于 {b}", en: "{a} is {b}" },
  notEqual: { "zh-CN": "{a} 不等于 {b}", en: "{a} is not {b}" },
  lessThan: { "zh-CN": "{a} 小于 {b}", en: "{a} is below {b}" },
  lessThanInclusive: { "zh-CN": "{a} 不超过 {b}", en: "{a} is at most {b}" },
  greaterThan: { "zh-CN": "{a} 大于 {b}", en: "{a} is above {b}" },
  greaterThanInclusive: { "zh-CN": "{a} 不低于 {b}", en: "{a} is at least {b}" },
  in: { "zh-CN": "{a} 属于 {b}", en: "{a} is one of {b}" },
  notIn: { "zh-CN": "{a} 不属于 {b}", en: "{a} is none of {b}" },
  contains: { "zh-CN": "{a} 包含 {b}", en: "{a} contains {b}" },
  doesNotContain: { "zh-CN": "{a} 不包含 {b}", en: "{a} does not contain {b}" },
  isPresent: { "zh-CN": "{a} 有记录", en: "{a} is on record" },
  isMissing: { "zh-CN": "{a} 没有记录", en: "{a} is not on record" },
  withinNextDays: { "zh-CN": "{a} 在未来 {b} 天内", en: "{a} is within the next {b} days" },
  withinLastDays: { "zh-CN": "{a} 在最近 {b} 天内", en: "{a} is within the last {b} days" },
  withinNextWorkingDays: { "zh-CN": "{a} 在未来 {b} 个工作日内", en: "{a} is within the next {b} working days" },
  withinLastWorkingDays: { "zh-CN": "{a} 在最近 {b} 个工作日内", en: "{a} is within the last {b} working days" },
  withinNextMonths: { "zh-CN": "{a} 在未来 {b} 个月内", en: "{a} is within the next {b} months" },
  withinLastMonths: { "zh-CN": "{a} 在最近 {b} 个月内", en: "{a} is within the last {b} months" },
  moreThanDaysAgo: { "zh-CN": "{a} 距今已超过 {b} 天", en: "{a} is more than {b} days ago" },
  moreThanDaysAhead: { "zh-CN": "{a} 距今还有超过 {b} 天", en: "{a} is more than {b} days ahead" },
};

/** All operator names, for "did you mean" and for editors. */
export const operatorNames: readonly string[] = [...Object.keys(signs), ...Object.keys(operatorTexts)];

/** Takes `not:someFact:lessThan` apart; `undefined` where the operator or a decorator does not exist. */
export function parseOperator(text: string, plugins: ReadonlyMap<string, unknown>): { readonly decorators: readonly Decorator[]; readonly operator: BaseOperator | { readonly plugin: string } } | undefined {
  const colon = text.lastIndexOf(":");
  const name = text.slice(colon + 1);
  const parts = colon < 0 ? [] : text.slice(0, colon).split(":");
  if (parts.length > 8 || !parts.every((part): part is Decorator => (decorators as readonly string[]).includes(part))) return undefined;
  if (Object.hasOwn(signs, name)) return { decorators: parts, operator: signs[name] as BaseOperator };
  if (Object.hasOwn(operatorTexts, name)) return { decorators: parts, operator: name as BaseOperator };
  return plugins.has(name) ? { decorators: parts, operator: { plugin: name } } : undefined;
}
