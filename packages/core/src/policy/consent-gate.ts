import type { MessageClass } from "../decision/message-class.js";
import { consentStatus, consentSuffices } from "./consent-status.js";
import type { ConsentStatus } from "./consent-status.js";
import type { CustomerCase } from "./customer-case.js";

/** The channel by which a task is taken to reach the customer: a person calls. */
export const taskChannel = "phone";

/** What consent allows: some of the channels, or none and why. */
export type ConsentAnswer =
  | { readonly allowed: readonly string[] }
  | { readonly allowed: null; readonly status: Exclude<ConsentStatus, "granted">; readonly clause: string };

/**
 * Which of an action's channels a customer's consent allows. Without any channel the consent in general decides. Where
 * one channel is refused and nobody asked about another, the answer is unknown: asking still makes sense.
 */
export function consentGate(one: CustomerCase, messageClass: MessageClass, purpose: string | undefined, channels: readonly string[]): ConsentAnswer {
  const { rule, purpose: usual } = one.program.policy.consent[messageClass];
  if (rule === "none") return { allowed: channels };
  const asked = purpose ?? usual;
  const looked: readonly (string | null)[] = channels.length > 0 ? channels : [null];
  const statuses = looked.map((channel) => consentStatus(one.consents, asked, channel, one.asOfText));
  const allowed = channels.filter((_, i) => consentSuffices(rule, statuses[i] as ConsentStatus));
  if (allowed.length > 0 || statuses.every((status) => consentSuffices(rule, status))) return { allowed };
  return { allowed: null, status: statuses.includes("unknown") ? "unknown" : "refused", clause: `consent/${asked}` };
}
