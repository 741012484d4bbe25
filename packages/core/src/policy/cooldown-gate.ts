import { parseDay } from "../calendar/civil-date.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { OpenTask } from "../ports/customer-state.js";
import { countsAsContact } from "./contact-log.js";
import type { LoggedContact } from "./contact-log.js";
import { hold } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/** What a cooldown looks at. */
export interface CooldownInput {
  readonly rule: RuleProgram;
  readonly productId: string | undefined;
  readonly log: readonly LoggedContact[];
  readonly openTasks: readonly OpenTask[];
  /** Keys of this match's own actions: the task of an occurrence does not wait for the message of the same occurrence. */
  readonly ownKeys: Pick<ReadonlySet<string>, "has">;
  readonly asOf: number;
  readonly expires: number | null;
}

/**
 * Whether a rule rests: contacts of the rule or about the same product, and open tasks of the rule, in the last `days`;
 * a refusal in the last `afterRefusal` days. The longer rest counts.
 */
export function cooldownGate(input: CooldownInput): Verdict | undefined {
  const { rule, asOf } = input;
  const cooldown = rule.policy.cooldown;
  if (!cooldown) return undefined;
  let rest = asOf;
  let refusal = asOf;
  for (const entry of input.log) {
    const sameRule = entry.ruleId === rule.id;
    const sameProduct = input.productId !== undefined && entry.product === input.productId;
    if ((!sameRule && !sameProduct) || entry.day > asOf || !countsAsContact(entry)) continue;
    if (entry.outcome === "refused") refusal = Math.max(refusal, entry.day + cooldown.afterRefusal);
    else if (entry.key !== undefined && input.ownKeys.has(entry.key)) continue;
    rest = Math.max(rest, entry.day + cooldown.days);
  }
  for (const task of input.openTasks) {
    if (task.ruleId !== rule.id || input.ownKeys.has(task.key)) continue;
    rest = Math.max(rest, (parseDay(task.opened) ?? -Infinity) + cooldown.days);
  }
  if (refusal > asOf && refusal >= rest) return hold("REFUSED_BEFORE", `cooldown/${rule.id}`, refusal, input.expires);
  return rest > asOf ? hold("COOLDOWN", `cooldown/${rule.id}`, rest, input.expires) : undefined;
}
