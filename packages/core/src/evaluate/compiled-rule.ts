import type { RuleProgram } from "../lower/rule-program.js";
import { itemsOf } from "./compile-value.js";
import type { SureMatch } from "./evaluator.js";
import type { Compiler, Machine, TruthFn, ValueFn } from "./machine.js";
import type { TruthNode } from "../lower/node.js";
import { FALSE, UNKNOWN, type Item, type Truth, type Value } from "./value.js";

/** A rule with the closures of its condition and occurrence. */
export class CompiledRule {
  readonly items: ((m: Machine) => readonly Item[] | undefined) | undefined;
  /** The match of a rule about the customer whose occurrence is always the same. */
  readonly constantMatch: SureMatch | undefined;
  readonly #idSlot: number;
  readonly #when: TruthFn;
  readonly #occurrence: ValueFn | undefined;

  /**
   * @param rest what is left to ask where an index chose the rule: the whole condition, or that without what the choice
   * settles. Of a rule that moves with time the whole is asked: it tells how long it holds.
   */
  constructor(readonly rule: RuleProgram, readonly compiler: Compiler, readonly rest: TruthNode = rule.when) {
    this.#when = compiler.truth(rest);
    this.#occurrence = rule.occurrence === "episode" ? undefined : compiler.value(rule.occurrence);
    this.items = rule.each && itemsOf(rule.each);
    this.#idSlot = rule.each?.collection.fields.get(rule.each.collection.idField)?.slot ?? -1;
    const constant = !rule.each && rule.occurrence !== "episode" && rule.occurrence.op === "const" ? rule.occurrence.value : undefined;
    this.constantMatch = constant === undefined ? undefined : Object.freeze({ rule, subject: "", occurrence: String(constant) });
  }

  /** Its truth for a record of which the index says that it may be true (`sure`), or that it is not false for ever. */
  when(m: Machine, sure: boolean): Truth {
    const truth = this.#when(m);
    // What is not sure in what the index settled is unknown: it may still be false, but not true.
    return sure || truth === FALSE || this.rest === this.rule.when ? truth : UNKNOWN;
  }

  /** Not for rules that count episodes. */
  occurrence(m: Machine): Value {
    return this.#occurrence?.(m);
  }

  subjectOf(item: Item, index: number): string {
    return this.#idSlot < 0 ? String(index) : String(item[this.#idSlot]);
  }
}
