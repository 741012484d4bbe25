import { IANAZone } from "luxon";

import { parseDay } from "./civil-date.js";

/**
 * A zone's offsets as a table: `offsets[i]` (minutes east of UTC) holds from `starts[i]` (epoch ms). Looking one up
 * is a binary search; asking luxon for each instant would cost a hundred times more.
 */
export interface ZoneTable {
  readonly zone: string;
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/** An instant as the wall clock of a zone shows it. */
export interface CivilTime {
  /** Day number. */
  readonly day: number;
  /** Minutes since midnight, with a fraction. */
  readonly minutes: number;
  readonly offsetMinutes: number;
}

const tables = new Map<string, ZoneTable>();
const unknownZones = new Set<string>();
const tableFrom = Date.UTC(1950, 0, 1);
const tableTo = Date.UTC(2101, 0, 1);
const hour = 3_600_000;

/** Whether a text is the name of an IANA zone that this platform knows. Offsets and abbreviations are no zones. */
export function isZone(zone: string): boolean {
  if (tables.has(zone)) return true;
  if (unknownZones.has(zone)) return false;
  const valid = (zone === "UTC" || zone.includes("/")) && IANAZone.isValidZone(zone);
  // Every zone that is asked about is needed soon; wrong ones are few, and hostile ones must not fill the memory.
  if (valid) tables.set(zone, buildTable(zone));
  else if (unknownZones.size < 1000) unknownZones.add(zone);
  return valid;
}

/** The table of a zone, built once. Throws for a name that is no zone: check with `isZone` first. */
export function zoneTable(zone: string): ZoneTable {
  const table = isZone(zone) ? tables.get(zone) : undefined;
  if (!table) throw new Error("not an IANA time zone");
  return table;
}

function buildTable(zone: string): ZoneTable {
  const iana = IANAZone.create(zone);
  const starts = [Number.NEGATIVE_INFINITY];
  const offsets = [iana.offset(tableFrom)];
  // Offsets change at most a few times a year: step by about ten days, then close in on the hour and the minute.
  const step = 10 * 24 * hour;
  for (let at = tableFrom; at < tableTo; at += step) {
    let left = at;
    let before = iana.offset(left);
    while (iana.offset(at + step) !== before) {
      let right = at + step;
      while (right - left > 60_000) {
        const middle = left + Math.floor((right - left) / 120_000) * 60_000;
        if (iana.offset(middle) === before) left = middle;
        else right = middle;
      }
      before = iana.offset(right);
      starts.push(right);
      offsets.push(before);
      left = right;
    }
  }
  return { zone, starts, offsets };
}

/** Minutes east of UTC at an instant. */
export function offsetAt(table: ZoneTable, epochMs: number): number {
  let low = 0;
  let high = table.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table.starts[middle] as number) <= epochMs) low = middle;
    else high = middle - 1;
  }
  return table.offsets[low] as number;
}

/** The wall clock of a zone at an instant. */
export function civilOf(zone: string, epochMs: number): CivilTime {
  const offsetMinutes = offsetAt(zoneTable(zone), epochMs);
  const local = epochMs + offsetMinutes * 60_000;
  const day = Math.floor(local / 86_400_000);
  return { day, minutes: (local - day * 86_400_000) / 60_000, offsetMinutes };
}

/**
 * The instant at which a zone's wall clock shows a time. A time that a change of offset skips moves forward by the gap;
 * of a time that comes twice the first is taken.
 */
export function instantOf(zone: string, day: number, minutes: number): number {
  const table = zoneTable(zone);
  const local = day * 86_400_000 + minutes * 60_000;
  const early = local - offsetAt(table, local - 24 * hour) * 60_000;
  const late = local - offsetAt(table, local + 24 * hour) * 60_000;
  const showsLocal = (epochMs: number): boolean => epochMs + offsetAt(table, epochMs) * 60_000 === local;
  const first = Math.min(early, late);
  if (showsLocal(first)) return first;
  const second = Math.max(early, late);
  return showsLocal(second) ? second : early;
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?$/;

/** An ISO instant in epoch ms; says why it is none. An instant without an offset means nothing and is refused. */
export function parseInstant(text: string): number | "DATE_INVALID" | "OFFSET_REQUIRED" {
  const parts = instantPattern.exec(text);
  if (!parts) return "DATE_INVALID";
  const day = parseDay(parts[1] as string);
  const [hours, minutes, seconds] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? "0")];
  if (day === undefined || hours > 23 || minutes > 59 || seconds > 59) return "DATE_INVALID";
  const offset = parts[6];
  if (offset === undefined) return "OFFSET_REQUIRED";
  const offsetMinutes = offset === "Z" ? 0 : (offset.startsWith("-") ? -1 : 1) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2)));
  if (Math.abs(offsetMinutes) > 14 * 60 || (offset !== "Z" && Number(offset.slice(-2)) > 59)) return "DATE_INVALID";
  const millis = Math.floor(Number(`0.${parts[5] ?? "0"}`) * 1000);
  return day * 86_400_000 + ((hours * 60 + minutes - offsetMinutes) * 60 + seconds) * 1000 + millis;
}

/** An instant as ISO text with the offset that a zone has then, to the second. */
export function formatInstant(zone: string, epochMs: number): string {
  const { offsetMinutes } = civilOf(zone, epochMs);
  const local = new Date(epochMs + offsetMinutes * 60_000).toISOString().slice(0, 19);
  const sign = offsetMinutes < 0 ? "-" : "+";
  const size = Math.abs(offsetMinutes);
  return `${local}${sign}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}
