import type { ChannelWindow, QuietHours } from "./policy-program.js";

/** What closes a minute of the day. */
export interface ClosedHours {
  /** Minute of the day on which that ends. */
  readonly end: number;
  /** `quietHours/<id>` or `windows/<id>`. */
  readonly clause: string;
}

/**
 * The first of quiet hours and windows that closes a minute of the customer's day; `undefined` = none of them does. Hours
 * with `from` = `to` say nothing.
 *
 * @param minutes since midnight, 0..1439
 */
export function closedHours(minutes: number, quiet: readonly QuietHours[], windows: readonly ChannelWindow[]): ClosedHours | undefined {
  for (const hours of quiet) if (hours.from !== hours.to && within(minutes, hours.from, hours.to)) return { end: hours.to, clause: `quietHours/${hours.id}` };
  for (const hours of windows) if (hours.from !== hours.to && !within(minutes, hours.from, hours.to)) return { end: hours.from, clause: `windows/${hours.id}` };
  return undefined;
}

/** `from` included, `to` not; `from` > `to` spans midnight. */
function within(minutes: number, from: number, to: number): boolean {
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
