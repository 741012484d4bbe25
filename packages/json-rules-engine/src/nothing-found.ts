import type { DecideOptions } from "@evertend/core";

/** Tells core to evaluate no rule of its own, only what it is asked. */
export const nothingFound: NonNullable<DecideOptions["found"]> = { matches: [], unknowns: [], wakeUp: Infinity, failures: [] };
