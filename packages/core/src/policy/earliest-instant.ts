import { civilOf, instantOf, offsetAt, zoneTable } from "../calendar/zone-table.js";
import { closedHours } from "./closed-hours.js";
import type { ChannelWindow, QuietHours } from "./policy-program.js";

/** When a message may go. */
export interface EarliestInstant {
  /** Epoch ms; `at` itself where nothing stands in the way. */
  readonly instant: number;
  /** The clause that moved it last, `""` where none did. */
  readonly clause: string;
}

const minute = 60_000;
// Each step leaves one quiet period or closed window; a set that never opens repeats itself within a few days.
const maxSteps = 64;

/**
 * The first instant at or after `at` that lies in no quiet hours and in all windows of the customer's wall clock;
 * `undefined` where there is none. Hours with `from` = `to` say nothing. The caller passes only the hours that apply to
 * the class and channel.
 */
export function earliestInstant(at: number, zone: string, quiet: readonly QuietHours[], windows: readonly ChannelWindow[]): EarliestInstant | undefined {
  let instant = at;
  let clause = "";
  for (let step = 0; step < maxSteps; step++) {
    const { day, minutes } = civilOf(zone, instant);
    const stop = closedHours(minutes, quiet, windows);
    if (!stop) return { instant, clause };
    clause = stop.clause;
    const target = stop.end <= minutes ? instantOf(zone, day + 1, stop.end) : instantOf(zone, day, stop.end);
    // Where clocks went back, the first time the wall clock shows `end` may have passed: wait for the second.
    const ahead = target > instant ? target : instant + (stop.end - minutes) * minute;
    instant = openAtChange(instant, ahead, zone, quiet, windows) ?? ahead;
  }
  return undefined;
}

/** Where clocks change on the way, the change itself may lead out of the closed hours before their end is reached. */
function openAtChange(after: number, before: number, zone: string, quiet: readonly QuietHours[], windows: readonly ChannelWindow[]): number | undefined {
  const table = zoneTable(zone);
  if (offsetAt(table, after) === offsetAt(table, before)) return undefined;
  return table.starts.find((start) => start > after && start < before && !closedHours(civilOf(zone, start).minutes, quiet, windows));
}
