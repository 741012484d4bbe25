import type { Bilingual } from "../ports/report-data.js";
import { isObject } from "./spot.js";

/** A text in both languages from a string or an object with one or both; the other language stands in for a missing one. */
export function bilingual(json: unknown, otherwise: string): Bilingual {
  if (typeof json === "string") return { "zh-CN": json, en: json };
  if (!isObject(json)) return { "zh-CN": otherwise, en: otherwise };
  const zh = typeof json["zh-CN"] === "string" ? json["zh-CN"] : undefined;
  const en = typeof json["en"] === "string" ? json["en"] : undefined;
  return { "zh-CN": zh ?? en ?? otherwise, en: en ?? zh ?? otherwise };
}
