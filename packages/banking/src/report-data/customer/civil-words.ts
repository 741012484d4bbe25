import { parseDay, type Bilingual } from "@evertend/core";
import { same } from "../report-words.js";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A civil date in few words: `9月21日`, `21 Sep`; with the year where it is not that of `asOf`. */
export function shortDate(date: string, asOf: string): Bilingual {
  const [year = "", month = "", day = ""] = date.split("-");
  const name = months[Number(month) - 1];
  if (name === undefined) return same(date);
  const other = year !== asOf.slice(0, 4);
  return { "zh-CN": `${other ? `${year}年` : ""}${Number(month)}月${Number(day)}日`, en: `${Number(day)} ${name}${other ? ` ${year}` : ""}` };
}

/** Days from one civil date to another; negative where the second is earlier. */
export function daysFrom(from: string, to: string): number {
  const [a, b] = [parseDay(from), parseDay(to)];
  if (a === undefined || b === undefined) throw new RangeError("not a civil date");
  return b - a;
}

/** How far away a day is: `今天`, `3 天前`, `in 5 days`. */
export function distance(days: number): Bilingual {
  if (days === 0) return { "zh-CN": "今天", en: "today" };
  const count = Math.abs(days);
  return days < 0
    ? { "zh-CN": `${count} 天前`, en: count === 1 ? "yesterday" : `${count} days ago` }
    : { "zh-CN": `${count} 天后`, en: count === 1 ? "tomorrow" : `in ${count} days` };
}

/** Texts one after the other in each language. */
export function join(parts: readonly Bilingual[], between: Bilingual): Bilingual {
  return { "zh-CN": parts.map((part) => part["zh-CN"]).join(between["zh-CN"]), en: parts.map((part) => part.en).join(between.en) };
}

/** Between things of a list. */
export const comma: Bilingual = { "zh-CN": "，", en: ", " };
/** Between remarks on a line. */
export const dot: Bilingual = { "zh-CN": " · ", en: " · " };
