import type { ReasonCode } from "../decision/reason-codes.js";

/** Why an action does not go ahead today: for good (`dropped`), or until a day on which it is looked at again (`held`). */
export interface Verdict {
  readonly outcome: "held" | "dropped";
  readonly reason: ReasonCode;
  /** Policy clause behind the reason, as `caps/marketing-week`; `""` where no clause is. */
  readonly clause: string;
  /** Day number on which a held action is reconsidered; `null` for dropped ones. */
  readonly until: number | null;
}

/** Ends an action for good. */
export function drop(reason: ReasonCode, clause = ""): Verdict {
  return { outcome: "dropped", reason, clause, until: null };
}

/**
 * Lets an action wait until a day. If it is worthless by then it is dropped as EXPIRED today, under the clause that made
 * it wait: nothing is sent late, and nothing vanishes without a decision.
 */
export function hold(reason: ReasonCode, clause: string, until: number, expires: number | null): Verdict {
  if (expires !== null && until > expires) return drop("EXPIRED", clause);
  return { outcome: "held", reason, clause, until };
}
