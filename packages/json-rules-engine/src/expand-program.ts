import type { Evaluation, Item, MatchDetail, NormalRecord, Program, RuleProgram, ValueNode } from "@evertend/core";
import { readScalar, ScalarFacts, type ScalarValue } from "./scalar-facts.js";
import { translateCondition, type BothWays } from "./translate-condition.js";

/** Rules that speak of the same: of the customer, or of each item of one collection. They are run over the same facts. */
export interface RuleSet {
  /** Collection of the items; absent = the customer. */
  readonly each?: RuleProgram["each"] & object;
  readonly rules: readonly { readonly rule: RuleProgram; readonly when: BothWays }[];
  readonly scalars: ScalarFacts;
}

/** Divides the rules of a program by what they speak of, and says their conditions over scalars. */
export function expandProgram(program: Program): readonly RuleSet[] {
  const unwrap = (node: ValueNode): ValueNode => {
    let inner = node;
    for (let i = 0; inner.op === "fact" && i < 64; i++) inner = program.facts[inner.fact]?.node ?? inner;
    return inner;
  };
  const sets = new Map<string, { each: RuleProgram["each"]; rules: { rule: RuleProgram; when: BothWays }[]; scalars: ScalarFacts }>();
  for (const rule of [...program.rules].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = rule.each ? `${rule.each.collection.scope}:${rule.each.collection.name}` : "";
    const set = sets.get(key) ?? { each: rule.each, rules: [], scalars: new ScalarFacts() };
    sets.set(key, set);
    set.rules.push({ rule, when: translateCondition(rule.when, set.scalars, unwrap) });
  }
  return [...sets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { each, ...rest }]) => (each ? { each, ...rest } : rest));
}

/** Who a set of facts is about. */
export interface Subject {
  /** Id of the item; `""` = the customer. */
  readonly subject: string;
  readonly item?: Item;
}

/** The subjects of a set in a record; `undefined` where the items are not known. */
export function subjectsOf(set: RuleSet, record: NormalRecord, context: readonly (readonly Item[] | undefined)[]): readonly Subject[] | undefined {
  if (!set.each) return [{ subject: "" }];
  const { collection } = set.each;
  const items = (collection.scope === "record" ? record.collections : context)[collection.slot];
  const idSlot = collection.fields.get(collection.idField)?.slot;
  return items?.map((item, i) => ({ subject: idSlot === undefined ? String(i) : String(item[idSlot]), item }));
}

/** What core is asked about an item through. */
export function asMatch(rule: RuleProgram, { subject, item }: Subject): MatchDetail {
  return { rule, subject, occurrence: "", until: Infinity, ...(item ? { item } : {}) };
}

/** Facts for one run of json-rules-engine, and the names of those that could not be worked out. */
export interface ScalarRow {
  readonly facts: Readonly<Record<string, ScalarValue>>;
  readonly failed: ReadonlySet<string>;
}

/** Works out all scalars of a set for one subject. Every one is there: missing ones are null. */
export function scalarRow(set: RuleSet, asked: Pick<Evaluation, "truth" | "value">, subject: Subject): ScalarRow {
  const [first] = set.rules;
  const facts: Record<string, ScalarValue> = {};
  const failed = new Set<string>();
  for (const fact of set.scalars.all) {
    try {
      facts[fact.name] = readScalar(fact, asked, first && asMatch(first.rule, subject));
    } catch {
      // A sum that outgrew the numbers, or a plugin that threw: who reads it fails, the others do not.
      facts[fact.name] = null;
      failed.add(fact.name);
    }
  }
  return { facts, failed };
}
