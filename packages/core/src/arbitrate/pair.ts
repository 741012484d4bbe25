import type { MatchDetail } from "../evaluate/evaluation.js";
import { TRUE } from "../evaluate/value.js";
import type { ActionProgram } from "../lower/rule-program.js";
import { planKey } from "../plan/key.js";
import type { CustomerCase } from "../policy/customer-case.js";

/** One action that a match asks for today. */
export interface Pair {
  readonly match: MatchDetail;
  readonly action: ActionProgram;
  readonly key: string;
  /** Keys of all actions of the match, asked for today or not. */
  readonly matchKeys: ReadonlySet<string>;
  /** Last day number on which the action is of use; `null` = no end. */
  readonly expires: number | null;
}

/** All (match, action) pairs of a day. An action whose guard is not surely true is not asked for, so it is no pair. */
export function pairsOf(one: CustomerCase): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const match of one.evaluation.matches) {
    const keys = match.rule.actions.map((action) => keyOf(one, match, action.id));
    const matchKeys = new Set(keys);
    match.rule.actions.forEach((action, i) => {
      if (action.guard && one.evaluation.truth(action.guard, match) !== TRUE) return;
      const expires = action.expires ? one.evaluation.value(action.expires, match) : null;
      pairs.push({ match, action, key: keys[i] as string, matchKeys, expires: typeof expires === "number" ? expires : null });
    });
  }
  return pairs;
}

/** The key of an action of a match. */
export function keyOf(one: CustomerCase, match: MatchDetail, action: string): string {
  return planKey({ entity: one.program.model.entity, customerId: one.customerId, ruleId: match.rule.id, subject: match.subject, occurrence: match.occurrence, action });
}
