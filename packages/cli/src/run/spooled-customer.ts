import { reviewOf, type Candidate, type ContactEntry, type CustomerState, type Decided, type Evaluation, type Program, type Review } from "@evertend/core";

/**
 * One line of the spool: either a customer with actions to settle, or the state of one that is through already.
 * Candidates that share their fate with another (`lead`) refer to it by its place.
 */
export type SpooledCustomer =
  | { readonly open: OpenCustomer }
  | { readonly next: CustomerState };

/** What a customer's next state is made of, beside the decisions. */
export interface CarriedCustomer {
  readonly customerId: string;
  readonly prior: CustomerState | undefined;
  readonly remember: Evaluation["remember"];
  readonly contacts: readonly ContactEntry[];
  readonly review: Review;
  /** See `recordsMark`. */
  readonly record: string;
}

/** What settling one customer's actions needs. */
export interface OpenCustomer extends CarriedCustomer {
  readonly candidates: readonly StoredCandidate[];
}

interface StoredCandidate extends Omit<Candidate, "lead"> {
  readonly lead?: number;
}

/** What of a decided customer its next state needs. */
export function carryCustomer(program: Program, decided: Decided, prior: CustomerState | undefined, record: string): CarriedCustomer {
  return { customerId: decided.customerId, prior, remember: decided.evaluation.remember, contacts: decided.contacts, review: reviewOf(program, decided.evaluation, decided.consents), record };
}

/** A decided customer as it waits. */
export function storeCustomer(carried: CarriedCustomer, candidates: readonly Candidate[]): OpenCustomer {
  return { ...carried, candidates: candidates.map(({ lead, ...rest }) => (lead === undefined ? rest : { ...rest, lead: candidates.indexOf(lead) })) };
}

/** The candidates as they were. */
export function restoreCandidates(stored: readonly StoredCandidate[]): readonly Candidate[] {
  const made = new Map<number, Candidate>();
  const restore = (index: number): Candidate => {
    const known = made.get(index);
    if (known) return known;
    const { lead, ...rest } = stored[index] as StoredCandidate;
    const candidate: Candidate = lead === undefined ? rest : { ...rest, lead: restore(lead) };
    made.set(index, candidate);
    return candidate;
  };
  return stored.map((_, index) => restore(index));
}
