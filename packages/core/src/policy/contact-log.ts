import { parseDay } from "../calendar/civil-date.js";
import type { ContactEntry } from "../ports/contact-entry.js";

/** A line of the contact log with its date as a day number. */
export interface LoggedContact extends ContactEntry {
  readonly day: number;
}

// What a gateway or a call that reached nobody leaves behind: news of the bank's own doing, not of the customer's.
const notAnAnswer: ReadonlySet<string> = new Set([
  "planned", "sent", "accepted", "delivered", "failed", "bounced", "throttled", "retryable", "permanent", "unknown", "suppressed", "not-reached",
]);
const neverArrived: ReadonlySet<string> = new Set(["failed", "bounced", "permanent", "suppressed"]);

/** Whether an entry says that the customer reacted: a reply, or the outcome of a talk. */
export function isAnswer(entry: ContactEntry): boolean {
  return entry.outcome !== undefined && !notAnAnswer.has(entry.outcome);
}

/** Whether an entry is a contact that the customer got, or will get as far as is known. */
export function countsAsContact(entry: ContactEntry): boolean {
  return entry.outcome === undefined || !neverArrived.has(entry.outcome);
}

/**
 * One log from what the bank recorded and what Evertend planned itself. Where the record knows a planned contact by its
 * key, the record is right: it knows whether it was sent. Entries without a date that exists are left out.
 */
export function contactLog(recorded: readonly ContactEntry[], planned: readonly ContactEntry[]): readonly LoggedContact[] {
  const known = new Set<string>();
  for (const entry of recorded) if (entry.key !== undefined) known.add(entry.key);
  const log: LoggedContact[] = [];
  const add = (entry: ContactEntry): void => {
    const day = parseDay(entry.date);
    if (day !== undefined) log.push({ ...entry, day });
  };
  for (const entry of recorded) add(entry);
  for (const entry of planned) if (entry.key === undefined || !known.has(entry.key)) add(entry);
  return log;
}

/** Whether an entry speaks of a rule: its own id, or the authored rule that `id/part` was lowered from. */
export function isOfRule(ruleId: string | undefined, named: string): boolean {
  return ruleId !== undefined && (ruleId === named || ruleId.startsWith(`${named}/`));
}
