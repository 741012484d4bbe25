import type { CustomerState } from "../ports/customer-state.js";
import type { Allocation } from "./allocate.js";

/**
 * Takes what an earlier run of the same day has spent already for one customer: the slots of tasks opened that day and
 * the budget of touches planned that day. Before the first `settle`.
 */
export function occupyFromState(allocation: Allocation, state: CustomerState, asOf: string): void {
  for (const task of state.openTasks) if (task.opened === asOf) allocation.occupy(task.assignee, 1);
  for (const contact of state.contacts) {
    if (contact.key !== undefined && contact.outcome === "planned" && state.keys[contact.key] === asOf) allocation.occupyChannel(contact.channel, 1);
  }
}
