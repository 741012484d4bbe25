import type { Settled } from "../arbitrate/candidate.js";
import { formatDay, parseDay } from "../calendar/civil-date.js";
import { civilOf, parseInstant } from "../calendar/zone-table.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import { reviewDay, type Review } from "./review-day.js";
import { isAnswer } from "../policy/contact-log.js";
import type { ContactEntry } from "../ports/contact-entry.js";
import type { CustomerState, OpenTask } from "../ports/customer-state.js";

/** What a customer's next state is made of. */
export interface NextStateInput {
  readonly customerId: string;
  readonly prior: CustomerState | undefined;
  readonly remember: Evaluation["remember"];
  /** All settled decisions of the customer's day. */
  readonly settled: readonly Settled[];
  /** Civil date of the run. */
  readonly asOf: string;
  /** IANA zone of the bank, in which contacts are dated. */
  readonly zone: string;
  /** When it is due again; absent = at the next run. */
  readonly review?: Review;
  /** The record's contact log: an open task with an outcome there is done. */
  readonly recordContacts?: readonly ContactEntry[];
}

const daysContactsAreKept = 400;
const daysTasksStayOpen = 400;
const daysKeysAreKept = 800;
const daysSeatsAreKept = 400;

/**
 * What the next run needs to know: keys planned so far (of the last 800 days, and older ones that would have been
 * planned again today), contacts planned by Evertend (400 days), tasks that are open. Throws where `asOf` is no date.
 */
export function nextState(input: NextStateInput): CustomerState {
  const { prior, settled, asOf } = input;
  const today = parseDay(asOf);
  if (today === undefined) throw new Error("asOf must be a civil date");
  return {
    customerId: input.customerId,
    asOf,
    ...(input.review ? { reviewOn: reviewDay(input.review, settled, today) } : {}),
    lastFacts: input.remember.lastFacts,
    episodes: input.remember.episodes,
    keys: nextKeys(prior, settled, asOf, today),
    contacts: [
      ...(prior?.contacts ?? []).filter((entry) => entry.date > formatDay(today - daysContactsAreKept)),
      ...settled.flatMap((one) => contactOf(one, today, input.zone) ?? []),
    ],
    openTasks: [
      ...(prior?.openTasks ?? []).filter(isStillOpen(input.recordContacts ?? [], asOf, formatDay(today - daysTasksStayOpen))),
      ...settled.flatMap((one) => openTaskOf(one, asOf) ?? []),
    ],
    ...seatsOf(prior, settled, asOf, formatDay(today - daysSeatsAreKept)),
  };
}

/** Whether a decision plans something under its key: a merged one is planned with its lead. */
export function isPlanned({ decision }: Settled): boolean {
  return decision.outcome === "touch" || decision.outcome === "task" || decision.outcome === "merged";
}

function nextKeys(prior: CustomerState | undefined, settled: readonly Settled[], asOf: string, today: number): Record<string, string> {
  const oldest = formatDay(today - daysKeysAreKept);
  const live = new Set(prior === undefined ? [] : settled.filter(({ decision }) => decision.reason === "ALREADY_PLANNED").map(({ decision }) => decision.key));
  const keys = new Map<string, string>();
  for (const [key, date] of Object.entries(prior?.keys ?? {})) if (date > oldest || live.has(key)) keys.set(key, date);
  for (const one of settled) if (isPlanned(one) && !keys.has(one.decision.key)) keys.set(one.decision.key, asOf);
  return Object.fromEntries([...keys.keys()].sort().map((key) => [key, keys.get(key) as string]));
}

/** Seats of before and of today; a seat was given where its action was planned. */
function seatsOf(prior: CustomerState | undefined, settled: readonly Settled[], asOf: string, oldest: string): Pick<CustomerState, "seats"> {
  const seats = new Map(Object.entries(prior?.seats ?? {}).filter(([, date]) => date > oldest));
  for (const one of settled) if (one.candidate.seat && isPlanned(one)) seats.set(one.candidate.seat.pool, asOf);
  return seats.size === 0 ? {} : { seats: Object.fromEntries([...seats].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

function contactOf({ candidate, decision }: Settled, today: number, zone: string): ContactEntry | undefined {
  if (decision.outcome !== "touch" || !candidate.touch) return undefined;
  const { touch, product } = candidate;
  const notBefore = touch.notBefore === null ? today : parseInstant(touch.notBefore);
  if (typeof notBefore === "string") throw new Error("a touch's notBefore must be an instant with offset");
  const day = touch.notBefore === null ? today : Math.max(today, civilOf(zone, notBefore).day);
  return {
    date: formatDay(day),
    channel: touch.channel,
    key: decision.key,
    ruleId: decision.ruleId,
    subject: decision.subject,
    class: decision.class,
    outcome: "planned",
    ...(product === undefined ? {} : { product }),
  };
}

function openTaskOf({ candidate, decision }: Settled, asOf: string): OpenTask | undefined {
  if (decision.outcome !== "task" || !candidate.task) return undefined;
  const { key, ruleId, subject, assignee, expiresAt } = candidate.task;
  return { key, ruleId, subject, assignee, opened: asOf, expiresAt };
}

function isStillOpen(contacts: readonly ContactEntry[], asOf: string, oldest: string): (task: OpenTask) => boolean {
  const done = new Set(contacts.filter(isAnswer).map((entry) => entry.key));
  return (task) => (task.expiresAt === null || task.expiresAt >= asOf) && task.opened > oldest && !done.has(task.key);
}
