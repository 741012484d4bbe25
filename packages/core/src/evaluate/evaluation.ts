import type { Unknown } from "../decision/decision.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { Kept } from "../ports/customer-state.js";
import type { Item, NormalRecord, Truth, Value } from "./value.js";

/** A match with what policy and templates need to go on. */
export interface MatchDetail {
  readonly rule: RuleProgram;
  readonly subject: string;
  /** The item the rule speaks of; absent = the customer. */
  readonly item?: Item;
  readonly occurrence: string;
  /** Last day number on which match and occurrence hold; `Infinity` = never ends. */
  readonly until: number;
}

/** All that one record gave on one day. */
export interface Evaluation {
  readonly record: NormalRecord;
  /** Day number. */
  readonly asOf: number;
  /** In order of rule id, subject, occurrence. */
  readonly matches: readonly MatchDetail[];
  readonly unknowns: readonly Unknown[];
  /** Derived facts in the order of `program.facts`. */
  readonly facts: readonly Value[];
  /** First day on which some answer may differ if the data stays the same; `Infinity` = never. */
  readonly wakeUp: number;
  /** Rules that failed (a plugin threw): they neither fire nor stop the run. */
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
  /** What the next run needs to remember. */
  readonly remember: { readonly lastFacts: Readonly<Record<string, Kept>>; readonly episodes: Readonly<Record<string, string>> };
  /** Evaluates a node of the program in the scope of a match (its item on level 0), or of the record. */
  truth(node: TruthNode, match?: MatchDetail, extra?: Item): Truth;
  value(node: ValueNode, match?: MatchDetail, extra?: Item): Value;
  /** Last day number on which a node's answer holds; `Infinity` = it never turns. */
  until(node: TruthNode | ValueNode, match?: MatchDetail): number;
  /**
   * A value by dotted name as templates write it: record field, derived fact, item variable of the match
   * (`deposit.balance`), `product.<field>` of `product`, `param.<name>`, `occurrence`, `asOf`. Dates come as ISO strings;
   * unknown and none as `undefined`.
   */
  read(name: string, match?: MatchDetail, product?: Item): Value;
}
