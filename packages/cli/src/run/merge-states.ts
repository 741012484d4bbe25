import type { CustomerState, ReviewWriter, ScheduledState } from "@evertend/core";
import type { Spool } from "./spool.js";

/** Writes new states in place of old ones, and all other old ones as they were. Both are in ascending order of id. */
export async function mergeStates(old: AsyncIterable<ScheduledState>, swept: Spool, writer: ReviewWriter): Promise<void> {
  const news = swept.read() as AsyncGenerator<CustomerState>;
  let next = await news.next();
  for await (const state of old) {
    for (; next.done !== true && next.value.customerId < state.customerId; next = await news.next()) await writer.write(next.value);
    if (next.done === true || next.value.customerId !== state.customerId) await writer.keep(state);
    else {
      await writer.write(next.value);
      next = await news.next();
    }
  }
  for (; next.done !== true; next = await news.next()) await writer.write(next.value);
}
