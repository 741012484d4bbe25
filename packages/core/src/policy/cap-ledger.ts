import type { MessageClass } from "../decision/message-class.js";
import { messageClasses } from "../decision/message-class.js";
import { countsAsContact, isOfRule } from "./contact-log.js";
import type { LoggedContact } from "./contact-log.js";
import type { Cap } from "./policy-program.js";

/** A message, or a call that a task asks for, that would spend caps. */
export interface CapUse {
  readonly class: MessageClass;
  /** A task is a call on `phone`; only caps that name `phone` bind it, since not every task means a call. */
  readonly channel: string;
  readonly ruleId: string;
  /** Day number on which it would go out. */
  readonly day: number;
}

/** The caps of one customer, with what the log and this run have spent of them. */
export interface CapLedger {
  /** The cap that stands in the way longest, and the day on which it gives way; `undefined` where all have room. */
  blocked(use: CapUse): { readonly cap: Cap; readonly until: number } | undefined;
  spend(use: CapUse): void;
}

/**
 * Opens the ledger. Entries count once per key however often the log mentions them. An entry without a class counts
 * only under caps of all classes: a visit that nobody classed is not marketing.
 */
export function createCapLedger(caps: readonly Cap[], log: readonly LoggedContact[]): CapLedger {
  const accounts = caps.map((cap) => ({ cap, days: spentDays(cap, log) }));
  return {
    blocked(use) {
      let worst: { readonly cap: Cap; readonly until: number } | undefined;
      for (const { cap, days } of accounts) {
        if (!binds(cap, use)) continue;
        // Contacts planned for later days share a window with this one too.
        const near = days.filter((day) => Math.abs(day - use.day) < cap.days);
        if (near.length < cap.max) continue;
        const frees = cap.max === 0 ? use.day + cap.days : freeDay(days, cap);
        if (!worst || frees > worst.until) worst = { cap, until: frees };
      }
      return worst;
    },
    spend(use) {
      for (const { cap, days } of accounts) if (binds(cap, use)) days.push(use.day);
    },
  };
}

/** The first day on which fewer than `max` of the contacts are within the window that ends there. */
function freeDay(days: readonly number[], cap: Cap): number {
  const latestFirst = [...days].sort((a, b) => b - a);
  return (latestFirst[cap.max - 1] as number) + cap.days;
}

function binds(cap: Cap, use: CapUse): boolean {
  return (use.channel !== "phone" || cap.channels !== null) && applies(cap, use.class, use.channel, use.ruleId);
}

function applies(cap: Cap, messageClass: MessageClass | undefined, channel: string, ruleId: string | undefined): boolean {
  const classFits = messageClass === undefined ? messageClasses.every((one) => cap.classes.includes(one)) : cap.classes.includes(messageClass);
  return classFits && (cap.channels === null || cap.channels.includes(channel)) && (cap.rules === null || cap.rules.some((rule) => isOfRule(ruleId, rule)));
}

function spentDays(cap: Cap, log: readonly LoggedContact[]): number[] {
  const days: number[] = [];
  const byKey = new Map<string, number>();
  for (const entry of log) {
    if (!countsAsContact(entry) || !applies(cap, entry.class, entry.channel, entry.ruleId)) continue;
    if (entry.key === undefined) days.push(entry.day);
    else byKey.set(entry.key, Math.max(entry.day, byKey.get(entry.key) ?? -Infinity));
  }
  days.push(...byKey.values());
  return days;
}
