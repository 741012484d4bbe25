import { formatDay, parseDay } from "@evertend/core";
import { daysFrom } from "../customer/civil-words.js";
import { lastTalk } from "../customer/last-contact.js";
import type { ReportCustomer } from "../customer/report-customer.js";

/** When a customer must be spoken to again. */
export interface ContactDue {
  /** Day of the last call that got through or meeting; `null` = never on record. */
  readonly last: string | null;
  readonly every: number;
  readonly next: string;
  /** Days from today to `next`; negative = overdue. */
  readonly inDays: number;
}

/**
 * When the next contact is due by the interval of the customer's class (`contactEveryDays`), counted from the last talk or
 * else from the day the account was opened (S124, S130). `undefined` where the bank has no service relationship with the
 * customer, or neither day is known.
 */
export function contactDue(customer: ReportCustomer): ContactDue | undefined {
  const { record, day, factNumber } = customer;
  const every = factNumber("contactEveryDays");
  const last = lastTalk(customer)?.text("date") ?? null;
  const start = parseDay(last ?? record.text("customerSince") ?? "");
  if (!record.flag("relationship.established") || every === undefined || start === undefined) return undefined;
  const next = formatDay(start + every);
  return { last, every, next, inDays: daysFrom(day.asOf, next) };
}
