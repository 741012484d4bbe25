import type { ValueNode } from "../lower/node.js";
import type { RuleProgram } from "../lower/rule-program.js";
import { compileMissing, type MissingFn } from "./compile-missing.js";
import { itemsOf } from "./compile-value.js";
import type { SureMatch } from "./evaluator.js";
import type { Compiler, Machine, TruthFn, ValueFn } from "./machine.js";
import type { Item, Truth, Value } from "./value.js";

/** A rule with the closures of its condition and occurrence, made when they are first asked for. */
export class CompiledRule {
  readonly items: ((m: Machine) => readonly Item[] | undefined) | undefined;
  /** The match of a rule about the customer whose occurrence is always the same. */
  readonly constantMatch: SureMatch | undefined;
  readonly #idSlot: number;
  #missing: MissingFn | null | undefined;
  #when: TruthFn | undefined;
  #occurrence: ValueFn | undefined;

  constructor(readonly rule: RuleProgram, readonly compiler: Compiler) {
    this.items = rule.each && itemsOf(rule.each);
    this.#idSlot = rule.each?.collection.fields.get(rule.each.collection.idField)?.slot ?? -1;
    const constant = !rule.each && rule.occurrence !== "episode" && rule.occurrence.op === "const" ? rule.occurrence.value : undefined;
    this.constantMatch = constant === undefined ? undefined : Object.freeze({ rule, subject: "", occurrence: String(constant) });
  }

  /** Missing names of the condition, where one pass finds them. */
  missing(m: Machine): readonly string[] | undefined {
    if (this.#missing === undefined) this.#missing = compileMissing(this.rule.when, this.compiler) ?? null;
    return this.#missing?.(m);
  }

  when(m: Machine): Truth {
    return (this.#when ??= this.compiler.truth(this.rule.when))(m);
  }

  /** Not for rules that count episodes. */
  occurrence(node: ValueNode, m: Machine): Value {
    return (this.#occurrence ??= this.compiler.value(node))(m);
  }

  subjectOf(item: Item, index: number): string {
    return this.#idSlot < 0 ? String(index) : String(item[this.#idSlot]);
  }
}
