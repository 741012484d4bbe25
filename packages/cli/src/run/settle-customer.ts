import { nextState, type Allocation, type CustomerState, type Settled, type Task, type Touch } from "@evertend/core";
import type { CustomerGroup } from "./customer-group.js";
import { recordsMark } from "./record-hash.js";
import { restoreCandidates, type CarriedCustomer, type OpenCustomer } from "./spooled-customer.js";

/** A customer with all decisions settled. */
export interface SettledCustomer {
  readonly customerId: string;
  /** In order of rule, subject, occurrence, action. */
  readonly settled: readonly Settled[];
  readonly touches: readonly Touch[];
  readonly tasks: readonly Task[];
  readonly prior: CustomerState | undefined;
}

/** Settles the actions of a customer who waited. */
export function settleCustomer(open: OpenCustomer, allocation: Allocation): SettledCustomer {
  return settledCustomer(open, restoreCandidates(open.candidates).map((candidate): Settled => ({ candidate, decision: allocation.settle(candidate) })));
}

/** A customer whose decisions stand. */
export function settledCustomer({ customerId, prior }: Pick<CarriedCustomer, "customerId" | "prior">, settled: readonly Settled[]): SettledCustomer {
  const touches = settled.flatMap(({ candidate, decision }) => (decision.outcome === "touch" && candidate.touch ? [candidate.touch] : []));
  const tasks = settled.flatMap(({ candidate, decision }) => (decision.outcome === "task" && candidate.task ? [candidate.task] : []));
  return { customerId, settled, touches, tasks, prior };
}

/** The state of a customer without a usable record: that of before, and that these records need not be looked at again. */
export function stateSetAside({ id, prior, records }: CustomerGroup, asOf: string): CustomerState {
  const state = prior ?? { customerId: id, asOf, lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [] };
  return records.length === 0 ? state : { ...state, reviewOn: null, record: recordsMark(records), setAside: true };
}

/** What the next run needs to know of a customer. `zone` is the bank's. */
export function stateAfter(open: CarriedCustomer, settled: readonly Settled[], { asOf, zone }: { readonly asOf: string; readonly zone: string }): CustomerState {
  const next = nextState({ customerId: open.customerId, prior: open.prior, remember: open.remember, settled, asOf, zone, recordContacts: open.contacts, review: open.review });
  return { ...next, record: open.record };
}
