import type { MessageClass } from "../decision/message-class.js";
import { FALSE, TRUE } from "../evaluate/value.js";
import type { CustomerCase } from "./customer-case.js";
import { hold } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/**
 * Whether a pause stops a class today. A pause that can be neither confirmed nor excluded stops as well, under a reason
 * of its own: it may be a bereavement. A sure pause is named before an unsure one.
 */
export function pauseGate(one: CustomerCase, messageClass: MessageClass, expires: number | null): Verdict | undefined {
  return pauseOn(one, messageClass, null, expires);
}

/** The channels that no pause of their own stops today; where none is left, the pause that stopped the first. */
export function withoutPaused(one: CustomerCase, messageClass: MessageClass, channels: readonly string[], expires: number | null): readonly string[] | Verdict {
  const stopped = channels.map((channel) => pauseOn(one, messageClass, channel, expires));
  return stopped[0] && stopped.every((verdict) => verdict) ? stopped[0] : channels.filter((_, i) => !stopped[i]);
}

function pauseOn(one: CustomerCase, messageClass: MessageClass, channel: string | null, expires: number | null): Verdict | undefined {
  let unsure: Verdict | undefined;
  for (const pause of one.program.policy.pauses) {
    if (!pause.stops.includes(messageClass) || (channel === null ? pause.channels !== null : pause.channels?.includes(channel) !== true)) continue;
    const truth = one.evaluation.truth(pause.when);
    if (truth === TRUE) return hold("PAUSED", `pauses/${pause.id}`, one.asOf + 1, expires);
    if (truth !== FALSE) unsure ??= hold("PAUSE_UNKNOWN", `pauses/${pause.id}`, one.asOf + 1, expires);
  }
  return unsure;
}
