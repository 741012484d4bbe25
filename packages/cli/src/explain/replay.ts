import type { Explanation, ReplayDifference } from "@evertend/core";

/** What replaying a past decision came to. */
export interface Replay {
  /** The clause tree of that day; absent where something differs. */
  readonly explanation?: Explanation;
  /** What keeps it from being replayed. */
  readonly differences: readonly ReplayDifference[];
}
