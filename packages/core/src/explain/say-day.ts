import type { Lang } from "../diagnostics/diagnostic.js";
import type { Comparison, ValueNode } from "../lower/node.js";
import type { Bilingual } from "../ports/report-data.js";
import { inBothLanguages } from "./in-both-languages.js";
import { daysOf, type Anchor, type Window } from "./read-window.js";

type SayValue = (node: ValueNode) => Bilingual;

const unitWords = {
  days: { "zh-CN": "天", en: "days" },
  workingDays: { "zh-CN": "个工作日", en: "working days" },
  months: { "zh-CN": "个月", en: "months" },
  years: { "zh-CN": "年", en: "years" },
} as const satisfies Record<Anchor["unit"], Bilingual>;

interface Distance {
  /** Number of units in words; `""` = none at all. */
  readonly text: Bilingual;
  /** 0 = today, 1 = ahead, −1 = back. */
  readonly side: -1 | 0 | 1;
}

function distanceOf(anchor: Anchor, say: SayValue): Distance {
  const { amount, unit, sign } = anchor;
  if (amount === undefined) return { text: { "zh-CN": "", en: "" }, side: 0 };
  const number = amount.op === "const" && typeof amount.value === "number" ? amount.value * sign : undefined;
  if (number === 0) return { text: { "zh-CN": "", en: "" }, side: 0 };
  const side = (number ?? sign) > 0 ? 1 : -1;
  return { text: inBothLanguages((lang) => `${number === undefined ? say(amount)[lang] : Math.abs(number)} ${unitWord(unit, number, lang)}`), side };
}

function unitWord(unit: Anchor["unit"], number: number | undefined, lang: Lang): string {
  const word = unitWords[unit][lang];
  return lang === "en" && Math.abs(number ?? 0) === 1 ? word.slice(0, -1) : word;
}

/** `{d}` is the distance. By comparison: today, ahead, back. */
const comparisons: Readonly<Record<Comparison, readonly [today: Bilingual, ahead: Bilingual, back: Bilingual]>> = {
  "=": [{ "zh-CN": "是今天", en: "is today" }, { "zh-CN": "正好在 {d}后", en: "is exactly {d} ahead" }, { "zh-CN": "正好在 {d}前", en: "is exactly {d} ago" }],
  "<": [{ "zh-CN": "早于今天", en: "is before today" }, { "zh-CN": "距今不足 {d}，或已过", en: "is less than {d} ahead, or past" }, { "zh-CN": "距今已超过 {d}", en: "is more than {d} ago" }],
  "<=": [{ "zh-CN": "不晚于今天", en: "is today or earlier" }, { "zh-CN": "距今不超过 {d}，或已过", en: "is at most {d} ahead, or past" }, { "zh-CN": "距今已满 {d}", en: "is at least {d} ago" }],
  ">": [{ "zh-CN": "晚于今天", en: "is after today" }, { "zh-CN": "距今还有超过 {d}", en: "is more than {d} ahead" }, { "zh-CN": "距今未满 {d}，或在今后", en: "is less than {d} ago, or ahead" }],
  ">=": [{ "zh-CN": "不早于今天", en: "is today or later" }, { "zh-CN": "距今至少还有 {d}", en: "is at least {d} ahead" }, { "zh-CN": "距今不超过 {d}，或在今后", en: "is at most {d} ago, or ahead" }],
};

/** A comparison of a date with a day told from today. */
export function sayAnchored(date: Bilingual, cmp: Comparison, anchor: Anchor, say: SayValue): Bilingual {
  const distance = distanceOf(anchor, say);
  const pattern = comparisons[cmp][distance.side === 0 ? 0 : distance.side === 1 ? 1 : 2];
  return inBothLanguages((lang) => `${date[lang]} ${pattern[lang].replace("{d}", distance.text[lang])}`);
}

/** A date within a stretch of days told from today. */
export function sayWindow(date: Bilingual, { after, upTo }: Window, say: SayValue): Bilingual {
  const [from, to] = [distanceOf(after, say), distanceOf(upTo, say)];
  const [a, b] = [daysOf(after), daysOf(upTo)];
  if (a !== undefined && b !== undefined) return sayDays(date, a, b);
  if (from.side === 0 && to.side === 1) return inBothLanguages((lang) => `${date[lang]} ${lang === "zh-CN" ? `在未来 ${to.text[lang]}内` : `is within the next ${to.text[lang]}`}`);
  if (from.side === -1 && to.side === 0) return inBothLanguages((lang) => `${date[lang]} ${lang === "zh-CN" ? `在最近 ${from.text[lang]}内` : `is within the last ${from.text[lang]}`}`);
  const [lower, upper] = [sayAnchored(date, ">", after, say), sayAnchored({ "zh-CN": "", en: "" }, "<=", upTo, say)];
  return inBothLanguages((lang) => `${lower[lang]}${lang === "zh-CN" ? "，且" : " and"}${upper[lang]}`);
}

/** `asOf + after < date <= asOf + upTo` in days. */
function sayDays(date: Bilingual, after: number, upTo: number): Bilingual {
  const first = after + 1;
  const days = (n: number): string => (n === 1 ? "1 day" : `${n} days`);
  const text = ((): Bilingual => {
    if (first === upTo) return dayFromToday(upTo, "is");
    if (after === 0) return { "zh-CN": `在未来 ${upTo} 天内`, en: `is within the next ${days(upTo)}` };
    if (upTo === 0) return { "zh-CN": `在最近 ${-after} 天内`, en: `is within the last ${days(-after)}` };
    if (first > 0) return { "zh-CN": `在 ${first} 至 ${upTo} 天后`, en: `is ${first} to ${days(upTo)} ahead` };
    if (upTo < 0) return { "zh-CN": `在 ${-upTo} 至 ${-first} 天前`, en: `is ${-upTo} to ${days(-first)} ago` };
    return first === 0
      ? { "zh-CN": `在今天至 ${upTo} 天后`, en: `is today or within the next ${days(upTo)}` }
      : { "zh-CN": `在 ${-first} 天前至 ${upTo} 天后`, en: `is between ${days(-first)} ago and ${days(upTo)} ahead` };
  })();
  return inBothLanguages((lang) => `${date[lang]} ${text[lang]}`);
}

function dayFromToday(days: number, verb: "is" | ""): Bilingual {
  const be = verb === "" ? "" : "is ";
  if (days === 0) return { "zh-CN": verb === "" ? "今天" : "是今天", en: `${be}today` };
  if (days === 1) return { "zh-CN": verb === "" ? "明天" : "是明天", en: `${be}tomorrow` };
  if (days === -1) return { "zh-CN": verb === "" ? "昨天" : "是昨天", en: `${be}yesterday` };
  return days > 0 ? { "zh-CN": `${verb === "" ? "还有" : "正好还有"} ${days} 天`, en: `${be}${days} days ahead` } : { "zh-CN": `已过 ${-days} 天`, en: `${be}${-days} days ago` };
}

/** How far a day is from today: `37 days ahead`, `还有 37 天`. */
export function sayDistance(days: number): Bilingual {
  return dayFromToday(days, "");
}

/** A day told from today: `30 days from today`. */
export function sayAnchor(anchor: Anchor, say: SayValue): Bilingual {
  const { text, side } = distanceOf(anchor, say);
  if (side === 0) return { "zh-CN": "今天", en: "today" };
  return side > 0 ? { "zh-CN": `今天起 ${text["zh-CN"]}后`, en: `${text.en} from today` } : { "zh-CN": `${text["zh-CN"]}前`, en: `${text.en} ago` };
}
