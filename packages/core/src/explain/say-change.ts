import { formatDay } from "../calendar/civil-date.js";
import type { Value } from "../evaluate/value.js";
import type { Bilingual } from "../ports/report-data.js";
import { decimalsOf, type NumberChange, type Relation } from "./change-number.js";
import type { Change } from "./explanation.js";
import { fillText, inBothLanguages, sameText } from "./in-both-languages.js";
import { dayText, valueJson, valueText, type ValueFormat } from "./show-value.js";

/** The value that a change is about. */
export interface Subject {
  readonly name: string;
  /** Label and name, with the item it belongs to. */
  readonly called: Bilingual;
  readonly format: ValueFormat;
  /** Id of the item whose field it is. */
  readonly item?: string;
}

const relations: Readonly<Record<Relation, Bilingual>> = {
  "=": { "zh-CN": "等于 {v}", en: "equal to {v}" },
  "!=": { "zh-CN": "不是 {v}", en: "other than {v}" },
  "<": { "zh-CN": "小于 {v}", en: "below {v}" },
  "<=": { "zh-CN": "不超过 {v}", en: "at most {v}" },
  ">": { "zh-CN": "大于 {v}", en: "above {v}" },
  ">=": { "zh-CN": "不低于 {v}", en: "at least {v}" },
};

const dateRelations: Readonly<Record<Relation, Bilingual>> = {
  "=": { "zh-CN": "为 {v}", en: "{v}" },
  "!=": { "zh-CN": "不是 {v}", en: "other than {v}" },
  "<": { "zh-CN": "早于 {v}", en: "before {v}" },
  "<=": { "zh-CN": "不晚于 {v}", en: "on or before {v}" },
  ">": { "zh-CN": "晚于 {v}", en: "after {v}" },
  ">=": { "zh-CN": "不早于 {v}", en: "on or after {v}" },
};

/** What a value has to be: `at least 500,000 CNY`. */
export function sayRelation(relation: Relation, value: Value, format: ValueFormat): Bilingual {
  if (format.type === "boolean") return fillText(relation === "!=" ? { "zh-CN": "不为“{v}”", en: "other than {v}" } : { "zh-CN": "为“{v}”", en: "{v}" }, { v: valueText(value, format) });
  return fillText((format.type === "date" ? dateRelations : relations)[relation], { v: valueText(value, { ...format, scale: undefined }) });
}

function frame(subject: Subject): Pick<Change, "name" | "item"> {
  return { name: subject.name, ...(subject.item === undefined ? {} : { item: subject.item }) };
}

/** A number by so much more or less. */
export function moveNumber(subject: Subject, { to, by, direction }: NumberChange): Change {
  const { unit } = subject.format;
  const scale = Math.max(subject.format.scale ?? 0, decimalsOf(by));
  const n = valueText(by, { type: "number", unit, scale });
  const text = direction === "more" ? { "zh-CN": "{s} 再增加 {n}", en: "{n} more in {s}" } : { "zh-CN": "{s} 减少 {n}", en: "{n} less in {s}" };
  return { kind: direction, ...frame(subject), text: fillText(text, { s: subject.called, n }), to, by };
}

/** A value becomes another, or one of some others. */
export function setValue(subject: Subject, wish: Bilingual, to: Value): Change {
  return { kind: "set", ...frame(subject), text: fillText({ "zh-CN": "{s} 改为 {w}", en: "{s} becomes {w}" }, { s: subject.called, w: wish }), ...(to === undefined ? {} : { to: valueJson(to, subject.format.type) }) };
}

/** A value where there is none; `wish` says what it has to be. */
export function fillIn(subject: Subject, wish: Bilingual | undefined, to: Value): Change {
  const text = wish ? { "zh-CN": "补录 {s}（须{w}）", en: "fill in {s} ({w})" } : { "zh-CN": "补录 {s}", en: "fill in {s}" };
  return { kind: "fill", ...frame(subject), text: fillText(text, { s: subject.called, ...(wish ? { w: wish } : {}) }), ...(to === undefined ? {} : { to: valueJson(to, subject.format.type) }) };
}

/** No value where there is one. */
export function clearValue(subject: Subject): Change {
  return { kind: "clear", ...frame(subject), text: fillText({ "zh-CN": "清空 {s}", en: "clear {s}" }, { s: subject.called }), to: null };
}

/** Nothing but time: from a day on, up to another. */
export function waitUntil(from: number, until: number): Change {
  const text = inBothLanguages((lang) => {
    if (until === from) return lang === "zh-CN" ? `在 ${dayText(from, lang)} 当天` : `on ${dayText(from, lang)}`;
    const end = until === Infinity ? "" : lang === "zh-CN" ? `，至 ${dayText(until, lang)}` : `, until ${dayText(until, lang)}`;
    return lang === "zh-CN" ? `自 ${dayText(from, lang)} 起${end}` : `from ${dayText(from, lang)} on${end}`;
  });
  return { kind: "wait", name: "", text, from: formatDay(from), until: until === Infinity ? null : formatDay(until) };
}

/** Items that come or go. */
export function changeItems(name: string, collection: Bilingual, by: number, condition: Bilingual | undefined): Change {
  const c = condition ? inBothLanguages((lang) => (lang === "zh-CN" ? `${collection[lang]}（符合：${condition[lang]}）` : `${collection[lang]} (where ${condition[lang]})`)) : collection;
  const n = sameText(String(Math.abs(by)));
  const text = by > 0 ? { "zh-CN": "再有 {n} 项{c}", en: "{n} more in {c}" } : { "zh-CN": "减少 {n} 项{c}", en: "{n} fewer in {c}" };
  return { kind: "item", name, text: fillText(text, { n, c }), by };
}
