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
  readonly matchKeys: Pick<ReadonlySet<string>, "has">;
  /** Last day number on which the action is of use; `null` = no end. */
  readonly expires: number | null;
}

/** All (match, action) pairs of a day. An action whose guard is not surely true is not asked for, so it is no pair. */
export function pairsOf(one: CustomerCase): readonly Pair[] {
  const pairs: Pair[] = [];
  for (const match of one.evaluation.matches) {
    const keys = new MatchKeys(one, match);
    for (const action of match.rule.actions) {
      if (action.guard && one.evaluation.truth(action.guard, match) !== TRUE) continue;
      const expires = action.expires ? one.evaluation.value(action.expires, match) : null;
      pairs.push({ match, action, key: keys.of(action), matchKeys: keys, expires: typeof expires === "number" ? expires : null });
    }
  }
  return pairs;
}

/** The keys of a match's actions, each hashed when it is first asked for. */
class MatchKeys {
  readonly #keys = new Map<ActionProgram, string>();

  constructor(readonly one: CustomerCase, readonly match: MatchDetail) {}

  of(action: ActionProgram): string {
    let key = this.#keys.get(action);
    if (key === undefined) this.#keys.set(action, (key = keyOf(this.one, this.match, action.id)));
    return key;
  }

  has(key: string): boolean {
    return this.match.rule.actions.some((action) => this.of(action) === key);
  }
}

/** The key of an action of a match. */
export function keyOf(one: CustomerCase, match: MatchDetail, action: string): string {
  return planKey({ entity: one.program.model.entity, customerId: one.customerId, ruleId: match.rule.id, subject: match.subject, occurrence: match.occurrence, action }, one.sha256);
}
