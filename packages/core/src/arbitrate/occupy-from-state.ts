import type { CustomerState } from "../ports/customer-state.js";
import type { Allocation } from "./allocate.js";

/**
 * Takes what is spent already for one customer: the slots of tasks opened and the budget of touches planned by an earlier
 * run of the same day, and the seats given on any day (`seats: false` leaves those out, where they are counted
 * elsewhere). Before the first `settle`.
 */
export function occupyFromState(allocation: Allocation, state: CustomerState, asOf: string, { seats = true }: { readonly seats?: boolean } = {}): void {
  for (const task of state.openTasks) if (task.opened === asOf) allocation.occupy(task.assignee, 1);
  if (seats) occupySeats(allocation, state);
  for (const contact of state.contacts) {
    if (contact.key !== undefined && contact.outcome === "planned" && state.keys[contact.key] === asOf) allocation.occupyChannel(contact.channel, 1);
  }
}

/** Takes the seats that one customer has. Before the first `settle`. */
export function occupySeats(allocation: Allocation, { seats }: Pick<CustomerState, "seats">): void {
  for (const pool of Object.keys(seats ?? {})) allocation.occupySeats(pool, 1);
}
