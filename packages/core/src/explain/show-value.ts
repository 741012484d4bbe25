import { formatDay } from "../calendar/civil-date.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import type { Value } from "../evaluate/value.js";
import type { FactType } from "../model/catalogue.js";
import type { Kept } from "../ports/customer-state.js";
import type { Bilingual } from "../ports/report-data.js";
import { formatDate, formatNumber } from "../template/format-value.js";
import type { ShownValue } from "./explanation.js";
import { inBothLanguages } from "./in-both-languages.js";

/** How a value is to be read. */
export interface ValueFormat {
  readonly type: FactType | "any";
  readonly unit?: string | undefined;
  /** Decimal places; absent = as many as it has, at most six. */
  readonly scale?: number | undefined;
}

/** Units that people say otherwise than models write them. */
const unitWords: Readonly<Record<string, Bilingual>> = {
  CNY: { "zh-CN": "元", en: "CNY" },
  days: { "zh-CN": "天", en: "days" },
  workingDays: { "zh-CN": "个工作日", en: "working days" },
  months: { "zh-CN": "个月", en: "months" },
  years: { "zh-CN": "年", en: "years" },
  points: { "zh-CN": "分", en: "points" },
  times: { "zh-CN": "次", en: "times" },
};

const words = {
  unknown: { "zh-CN": "未知", en: "unknown" },
  none: { "zh-CN": "无", en: "none" },
  yes: { "zh-CN": "是", en: "yes" },
  no: { "zh-CN": "否", en: "no" },
  empty: { "zh-CN": "空", en: "empty" },
} as const satisfies Record<string, Bilingual>;

/** The unit as people say it, with the space that goes before it; `""` for none. */
export function unitText(unit: string | undefined, amount: number, lang: Lang): string {
  if (unit === undefined || unit === "") return "";
  const word = (Object.hasOwn(unitWords, unit) ? unitWords[unit]?.[lang] : undefined) ?? unit;
  const single = lang === "en" && Math.abs(amount) === 1 && ["days", "working days", "months", "years", "points", "times"].includes(word) ? word.slice(0, -1) : word;
  return ` ${single}`;
}

/** A number for people: thousands separated, no more decimals than it needs. */
export function numberText(value: number, scale: number | undefined): string {
  const decimals = scale ?? 6;
  const rounded = Number.isInteger(value) ? formatNumber(value) : scale === undefined ? trimmed(value, decimals) : formatNumber(value, decimals);
  return rounded ?? String(value);
}

/** A number that is no amount: without zeros that say nothing. */
function plainNumber(value: number, scale: number | undefined): string {
  return trimmed(value, scale ?? 6) ?? String(value);
}

/** A share of one as a percentage. */
function shareText(value: number): string {
  return `${trimmed(value * 100, 4) ?? String(value * 100)}%`;
}

function trimmed(value: number, decimals: number): string | undefined {
  return formatNumber(value, decimals)?.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

/** A value in words: numbers with unit, dates, yes and no, lists; unknown and none by name. */
export function valueText(value: Value, format: ValueFormat): Bilingual {
  if (value === undefined) return words.unknown;
  if (value === null) return words.none;
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if (Array.isArray(value)) return listText(value as readonly (string | number)[], format);
  if (typeof value === "number") {
    if (format.unit === "share") return inBothLanguages(() => shareText(value));
    if (format.type === "date") return inBothLanguages((lang) => dayText(value, lang));
    return inBothLanguages((lang) => `${format.unit === undefined ? plainNumber(value, format.scale) : numberText(value, format.scale)}${unitText(format.unit, value, lang)}`);
  }
  return inBothLanguages(() => (value === "" ? "\"\"" : visible(value as string)));
}

function listText(list: readonly (string | number)[], format: ValueFormat): Bilingual {
  if (list.length === 0) return words.empty;
  return inBothLanguages((lang) => {
    const shown = list.slice(0, 12).map((item) => (typeof item === "string" ? visible(item) : format.type === "date" ? dayText(item, lang) : numberText(item, format.scale)));
    return shown.join(lang === "zh-CN" ? "、" : ", ") + (list.length > 12 ? "…" : "");
  });
}

/** A day in words: `2026年12月30日`, `2026-12-30`. */
export function dayText(day: number, lang: Lang): string {
  const iso = formatDay(day);
  return lang === "zh-CN" ? (formatDate(iso, lang) ?? iso) : iso;
}

/** The same for `YYYY-MM-DD`. */
export function isoText(iso: string): Bilingual {
  return inBothLanguages((lang) => (lang === "zh-CN" ? (formatDate(iso, lang) ?? iso) : iso));
}

/** A value as JSON holds it. */
export function valueJson(value: Value, type: FactType | "any"): Kept | readonly (string | number)[] {
  if (value === undefined || value === null) return null;
  if (type === "date" && typeof value === "number") return formatDay(value);
  if (type === "date" && Array.isArray(value)) return (value as readonly (string | number)[]).map((item) => (typeof item === "number" ? formatDay(item) : item));
  return value;
}

/** A value as JSON and in words. */
export function showValue(value: Value, format: ValueFormat): ShownValue {
  return { value: valueJson(value, format.type), text: valueText(value, format) };
}

/** Texts of records go to terminals: one line, no control characters, not endless. */
function visible(text: string): string {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").replace(/[\p{Cf}\p{Cs}]/gu, "");
  const characters = Array.from(flat);
  return characters.length > 80 ? characters.slice(0, 79).join("") + "…" : flat;
}
