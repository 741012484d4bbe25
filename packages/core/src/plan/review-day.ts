import type { Settled } from "../arbitrate/candidate.js";
import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { Program } from "../lower/program.js";
import type { Consent } from "../ports/consent.js";

/** What says when a customer must be looked at again although the data stays the same. */
export interface Review {
  /** First day on which an answer of the rules, a step or a consent may differ; `null` = never. */
  readonly wakeUp: number | null;
  /** A match chooses its channels by a fact, which may turn without the rule. */
  readonly waits: boolean;
}

/** Reasons that stay while data, pack and occurrence do; all others may be gone tomorrow. */
const lasting: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "PLANNED", "REROUTED_CONSENT_UNKNOWN", "MERGED", "ALREADY_PLANNED", "DO_NOT_CONTACT", "CONSENT_UNKNOWN", "CONSENT_REFUSED", "HOLDOUT", "NO_ADDRESS", "NO_ASSIGNEE", "ADDRESS_INVALID", "EXPIRED",
]);

/**
 * Reads what a review hangs on: the rules' own wake-up day, the days on which steps open and levels lose their grace, and
 * consents dated ahead.
 */
export function reviewOf(program: Pick<Program, "levels">, evaluation: Evaluation, consents: readonly Consent[]): Review {
  const asOf = evaluation.asOf;
  let wakeUp = evaluation.wakeUp;
  let waits = false;
  const turnsOn = (day: number): void => {
    if (day < wakeUp) wakeUp = day;
  };
  for (const match of evaluation.matches) {
    for (const { guard, via } of match.rule.actions) {
      if (guard) turnsOn(evaluation.until(guard, match) + 1);
      if (!Array.isArray(via)) waits = true;
    }
  }
  program.levels.forEach((_, state) => {
    try {
      turnsOn(evaluation.until({ op: "level", type: "text", state, part: "level", name: "" }) + 1);
    } catch {
      // A measure that fails was told with the rules that read it.
    }
  });
  for (const { date } of consents) {
    const day = date === undefined ? undefined : parseDay(date);
    if (day !== undefined && day > asOf) turnsOn(day);
  }
  return { wakeUp: wakeUp === Infinity ? null : wakeUp, waits };
}

/**
 * The civil date on which a customer is due again if nothing changes; `null` = never. Tomorrow where an action is open:
 * held or dropped for a reason that time alone may end.
 *
 * @param today day number
 */
export function reviewDay({ wakeUp, waits }: Review, settled: readonly Settled[], today: number): string | null {
  const open = waits || settled.some(({ decision }) => !lasting.has(decision.reason));
  if (open) return formatDay(today + 1);
  return wakeUp === null ? null : formatDay(Math.max(wakeUp, today + 1));
}
