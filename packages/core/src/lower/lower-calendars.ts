import type { Calendar } from "../calendar/calendar.js";
import { formatDay, parseDay, weekday } from "../calendar/civil-date.js";
import { createCalendar, isWorkingDay } from "../calendar/working-days.js";
import { closest } from "../diagnostics/did-you-mean.js";
import type { Piece } from "../language/read-pack.js";
import { isObject, shown, type Spot } from "../language/spot.js";

/** Longest calendar that may be given, in days. */
const longest = 400 * 366;

/**
 * Builds the calendars of a pack from JSON that has passed its shape, in the order in which they stand. Days outside
 * `from`..`to` are refused: there nothing is known. A calendar with a `base` is that one with days added or changed.
 */
export function lowerCalendars(pieces: ReadonlyMap<string, Piece>): ReadonlyMap<string, Calendar> {
  const done = new Map<string, Calendar | undefined>();
  const lower = (id: string, open: readonly string[]): Calendar | undefined => {
    if (done.has(id)) return done.get(id);
    const { json, spot } = pieces.get(id) as Piece;
    if (!isObject(json)) return undefined;
    const base = json["base"] === undefined ? undefined : baseOf(shown(json["base"]), spot.at("base"), [...open, id]);
    const calendar = json["base"] !== undefined && !base ? undefined : lowerCalendar(id, json, spot, base);
    done.set(id, calendar);
    return calendar;
  };
  const baseOf = (name: string, at: Spot, open: readonly string[]): Calendar | undefined => {
    if (open.includes(name)) at.report("CYCLIC_REFERENCE", { name });
    else if (!pieces.has(name)) at.report("UNKNOWN_REFERENCE", { name, suggestion: closest(name, pieces.keys()) ?? "" });
    if (open.includes(name) || !pieces.has(name)) return undefined;
    return lower(name, open);
  };
  return new Map([...pieces.keys()].flatMap((id) => {
    const calendar = lower(id, []);
    return calendar ? [[id, calendar] as const] : [];
  }));
}

function lowerCalendar(id: string, json: Readonly<Record<string, unknown>>, spot: Spot, base: Calendar | undefined): Calendar | undefined {
  const span = spanOf(json, spot, base);
  if (!span) return undefined;
  const { from, to } = span;
  const days = (list: unknown, at: Spot): number[] => {
    if (!Array.isArray(list)) return [];
    return list.flatMap((text: unknown, i) => {
      const day = parseDay(String(text));
      if (day === undefined) return [];
      if (day >= from && day <= to) return [day];
      at.at(i).report("CALENDAR_ENDS", { name: id, date: String(text), ...textsOf(json) });
      return [];
    });
  };
  const off = new Set(days(json["off"], spot.at("off")));
  const on = new Set(days(json["on"], spot.at("on")));
  const named = new Map([...(base?.named ?? [])].map(([name, list]) => [name, list.filter((day) => day >= from && day <= to)] as const));
  for (const [name, list] of Object.entries(isObject(json["named"]) ? json["named"] : {})) named.set(name, days(list, spot.at("named", name)));
  if (base) addBase(base, { from, to, off, on });
  return createCalendar({ id, from, to, off, on, named });
}

/** First and last day; a calendar knows nothing of working days where its base knows nothing. */
function spanOf(json: Readonly<Record<string, unknown>>, spot: Spot, base: Calendar | undefined): { readonly from: number; readonly to: number } | undefined {
  for (const key of ["from", "to"]) if (json[key] === undefined && !base) spot.report("KEY_MISSING", { name: key });
  const day = (key: "from" | "to"): number | undefined => (json[key] === undefined ? base?.[key] : parseDay(shown(json[key])));
  const [from, to] = [day("from"), day("to")];
  if (from === undefined || to === undefined) return undefined;
  if (from > to || to - from > longest) {
    spot.report("EFFECTIVE_RANGE", textsOf(json));
    return undefined;
  }
  if (!base) return { from, to };
  if (from < base.from) spot.at("from").report("CALENDAR_ENDS", { name: base.id });
  if (to > base.to) spot.at("to").report("CALENDAR_ENDS", { name: base.id, to: formatDay(base.to) });
  // Beyond its base nothing would be known of any day, and to count weeks would be a guess.
  const within = { from: Math.max(from, base.from), to: Math.min(to, base.to) };
  return within.from > within.to ? undefined : within;
}

function textsOf(json: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(["from", "to"].filter((key) => json[key] !== undefined).map((key) => [key, shown(json[key])]));
}

/** What the base says of a day, unless the calendar itself says something. */
function addBase(base: Calendar, own: { readonly from: number; readonly to: number; readonly off: Set<number>; readonly on: Set<number> }): void {
  for (let day = own.from; day <= own.to; day++) {
    if (own.off.has(day) || own.on.has(day)) continue;
    const weekend = weekday(day) === 0 || weekday(day) === 6;
    const worked = isWorkingDay(base, day);
    if (weekend && worked === true) own.on.add(day);
    if (!weekend && worked === false) own.off.add(day);
  }
}
