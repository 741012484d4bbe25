import type { Change } from "./explanation.js";
import type { Patch } from "./tracer.js";

/** One change, and how to try it. */
export interface Proposal {
  readonly change: Change;
  /** Absent where there is nothing to try: a field to fill in with whatever it is, a new item. */
  readonly patch?: Patch;
}

/** Proposals that are needed together. */
export type Alternative = readonly Proposal[];
