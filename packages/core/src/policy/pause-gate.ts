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
  let unsure: Verdict | undefined;
  for (const pause of one.program.policy.pauses) {
    if (!pause.stops.includes(messageClass)) continue;
    const truth = one.evaluation.truth(pause.when);
    if (truth === TRUE) return hold("PAUSED", `pauses/${pause.id}`, one.asOf + 1, expires);
    if (truth !== FALSE) unsure ??= hold("PAUSE_UNKNOWN", `pauses/${pause.id}`, one.asOf + 1, expires);
  }
  return unsure;
}
