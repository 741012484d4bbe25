import type { RuleProgram } from "../lower/rule-program.js";
import type { Unknown } from "../decision/decision.js";
import { compareFound } from "./compare-found.js";
import type { MatchDetail } from "./evaluation.js";
import type { Item, NormalContext, NormalRecord, Value } from "./value.js";

/** What another back-end found for one record on one day. Days are day numbers, `Infinity` = never. In any order. */
export interface FoundElsewhere {
  readonly matches: readonly { readonly ruleId: string; readonly subject: string; readonly occurrence: string; readonly until: number }[];
  readonly unknowns: readonly { readonly ruleId: string; readonly subject: string; readonly missing: readonly string[] }[];
  /** Derived facts in the order of `program.facts`; absent = core computes those that are asked for. */
  readonly facts?: readonly Value[];
  /** First day on which some answer may differ. */
  readonly wakeUp: number;
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
}

/** Finds the rules and items that found matches speak of. Throws for rules and items that do not exist. */
export function matchesFoundElsewhere(found: FoundElsewhere, rules: ReadonlyMap<string, RuleProgram>, record: NormalRecord, context: NormalContext): readonly MatchDetail[] {
  return found.matches.map(({ ruleId, subject, occurrence, until }): MatchDetail => {
    const rule = rules.get(ruleId);
    if (!rule) throw new Error(`a match of a rule that is not in the program: "${ruleId}"`);
    const item = rule.each && itemOf(rule.each.collection, subject, record, context);
    if (rule.each && !item) throw new Error(`a match of rule "${ruleId}" for an item that the record does not have`);
    return { rule, subject, occurrence, until, ...(item ? { item } : {}) };
  }).sort(compareFound);
}

/** The unknowns of one customer, in order. */
export function unknownsFoundElsewhere(found: FoundElsewhere, customerId: string): readonly Unknown[] {
  return found.unknowns.map(({ ruleId, subject, missing }) => ({ customerId, ruleId, subject, missing })).sort(compareFound);
}

type Collection = NonNullable<RuleProgram["each"]>["collection"];

function itemOf(collection: Collection, subject: string, record: NormalRecord, context: NormalContext): Item | undefined {
  const items = collection.scope === "record" ? record.collections[collection.slot] : context[collection.slot];
  const slot = collection.fields.get(collection.idField)?.slot;
  return items?.find((item, i) => (slot === undefined ? String(i) : String(item[slot])) === subject);
}
