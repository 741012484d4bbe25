import { addMonths, monthsBetween, parseDay } from "../calendar/civil-date.js";
import type { MatchDetail } from "../evaluate/evaluation.js";
import type { Item, Value } from "../evaluate/value.js";
import type { CustomerCase } from "./customer-case.js";
import type { Suitability } from "./policy-program.js";
import { drop } from "./verdict.js";
import type { Verdict } from "./verdict.js";

/**
 * Whether a product may be offered to a customer at all. What is not surely suitable is not offered: a missing or old
 * assessment, a product without a risk level. A high risk for somebody of `careAge`, or of unknown age, needs a person's
 * approval.
 */
export function suitabilityGate(one: CustomerCase, name: string, match: MatchDetail, product: Item | undefined): Verdict | undefined {
  const rules = one.program.policy.suitability.get(name);
  if (!rules) throw new Error("a rule names a suitability that the policy does not have");
  const clause = `suitability/${name}`;
  const rating = lowestRating(one, rules);
  const risk = one.evaluation.read(rules.productRisk, match, product);
  if (rating === undefined || typeof risk !== "number" || !isAssessed(one, rules)) return drop("SUITABILITY_UNKNOWN", clause);
  if (risk > rating) return drop("SUITABILITY_EXCEEDED", clause);
  if (risk < rules.highRisk) return undefined;
  const born = dayOfText(one.evaluation.read(rules.birthDate));
  const needsCare = born === undefined || monthsBetween(born, one.asOf) >= rules.careAge * 12;
  return needsCare ? drop("APPROVAL_NEEDED", clause) : undefined;
}

/** The lowest of the customer's ratings. One that nobody knows might be lower; one that the model says need not be is passed over. */
function lowestRating(one: CustomerCase, rules: Suitability): number | undefined {
  let lowest: number | undefined;
  for (const name of rules.customerRatings) {
    const rating = one.evaluation.read(name);
    if (typeof rating === "number") lowest = lowest === undefined ? rating : Math.min(lowest, rating);
    else if (one.program.model.fields.get(name)?.absent !== "none") return undefined;
  }
  return lowest;
}

function isAssessed(one: CustomerCase, rules: Suitability): boolean {
  const day = dayOfText(one.evaluation.read(rules.assessedOn));
  return day !== undefined && day <= one.asOf && one.asOf <= addMonths(day, rules.validMonths);
}

function dayOfText(value: Value): number | undefined {
  return typeof value === "string" ? parseDay(value) : undefined;
}
