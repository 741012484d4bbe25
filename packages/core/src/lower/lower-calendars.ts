import type { Calendar } from "../calendar/calendar.js";
import { parseDay } from "../calendar/civil-date.js";
import { createCalendar } from "../calendar/working-days.js";
import { isObject, type Spot } from "../language/spot.js";

/** Longest calendar that may be given, in days. */
const longest = 400 * 366;

/** Builds a calendar from JSON that has passed its shape. Days outside `from`..`to` are refused: there nothing is known. */
export function lowerCalendar(id: string, json: unknown, spot: Spot): Calendar | undefined {
  if (!isObject(json)) return undefined;
  const [from, to] = [parseDay(String(json["from"])), parseDay(String(json["to"]))];
  if (from === undefined || to === undefined) return undefined;
  if (from > to || to - from > longest) {
    spot.report("EFFECTIVE_RANGE", { from: String(json["from"]), to: String(json["to"]) });
    return undefined;
  }
  const days = (list: unknown, at: Spot): number[] => {
    if (!Array.isArray(list)) return [];
    return list.flatMap((text: unknown, i) => {
      const day = parseDay(String(text));
      if (day === undefined) return [];
      if (day >= from && day <= to) return [day];
      at.at(i).report("CALENDAR_ENDS", { name: id, date: String(text), from: String(json["from"]), to: String(json["to"]) });
      return [];
    });
  };
  const named = new Map(Object.entries(isObject(json["named"]) ? json["named"] : {}).map(([name, list]) => [name, days(list, spot.at("named", name))] as const));
  return createCalendar({ id, from, to, off: new Set(days(json["off"], spot.at("off"))), on: new Set(days(json["on"], spot.at("on"))), named });
}
