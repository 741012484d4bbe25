import type { MessageClass } from "../decision/message-class.js";

/**
 * One line of a customer's contact log: what the bank did, or what came back. Caps, cooldowns and cadences read it.
 * `date` is a civil date (`YYYY-MM-DD`) in the bank's zone.
 */
export interface ContactEntry {
  readonly date: string;
  /** `phone`, `meeting`, `sms`, `email`, `wecom`, `letter`, … */
  readonly channel: string;
  /** Key of the decision that led to it, where there is one. */
  readonly key?: string;
  readonly ruleId?: string;
  readonly subject?: string;
  readonly class?: MessageClass;
  /** `planned`, `sent`, `failed` for messages; `reached`, `not-reached`, `interested`, `refused`, … for people. */
  readonly outcome?: string;
  /** The product an offer was about. */
  readonly product?: string;
}
