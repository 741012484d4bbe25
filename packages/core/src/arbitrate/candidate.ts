import type { Decision, Task, Touch } from "../decision/decision.js";
import type { Rank } from "./rank.js";

/** What a candidate takes of a limit that many customers share. */
export type Spend =
  | { readonly kind: "slot"; readonly role: string; readonly assignee: string }
  | { readonly kind: "budget"; readonly channel: string };

/** A place at something that has few: an event. A customer takes one, however many actions speak of it. */
export interface Seat {
  /** `<collection>/<id of the item>`. */
  readonly pool: string;
  readonly limit: number;
  /** The best rank of the customer's actions for this pool: they get the seat together or not at all. */
  readonly rank: Rank;
  /** Whether this candidate is the one by which the customer competes. */
  readonly competes: boolean;
}

/**
 * One (match, action) after all that can be decided from one customer alone. `decision` is what it comes to unless
 * allocation holds it; a candidate without `spends`, `seat` and `lead` is final already.
 */
export interface Candidate {
  readonly decision: Decision;
  /** The touch that goes out if the outcome stays `touch`. */
  readonly touch?: Touch;
  /** The task that opens if the outcome stays `task`, with the further reasons that were merged into it. */
  readonly task?: Task;
  readonly rank?: Rank;
  readonly spends?: Spend;
  /** The seat it needs besides; absent where it needs none or the customer has one from an earlier day. */
  readonly seat?: Seat;
  /** For merged actions: the candidate they share their fate with. */
  readonly lead?: Candidate;
  /** Id of the product that the action is about. */
  readonly product?: string;
}

/** What one customer's day comes to before limits across customers: in order of rule, subject, occurrence, action. */
export interface CustomerDecisions {
  readonly candidates: readonly Candidate[];
}

/** A candidate with the decision that allocation left it. */
export interface Settled {
  readonly candidate: Candidate;
  readonly decision: Decision;
}
