import type { RuleProgram } from "../lower/rule-program.js";
import type { CustomerState } from "../ports/customer-state.js";
import type { Evaluation } from "./evaluation.js";
import type { FoundElsewhere } from "./found-elsewhere.js";
import type { Item, NormalContext, NormalRecord } from "./value.js";

/** Evaluates records against one program; keep it and call it for every record. Not for several threads at once. */
export interface Evaluator {
  /** Everything: matches and unknowns with the last day they hold, derived facts, what to remember. */
  evaluate(record: NormalRecord, options: EvaluateOptions): Evaluation;
  /**
   * Surely-true matches only, in order of rule id, subject, occurrence: the same as `evaluate` finds, without looking for
   * what is unknown or how long it stays so. A rule that fails gives no match; `evaluate` says which ones fail.
   */
  matches(record: NormalRecord, options: Omit<EvaluateOptions, "found">): readonly SureMatch[];
  /** Answers single questions about a record without evaluating a rule, for those who evaluate rules elsewhere. */
  ask(record: NormalRecord, options: Omit<EvaluateOptions, "found">): Pick<Evaluation, "truth" | "value" | "read" | "facts">;
}

/** What a record is evaluated with. */
export interface EvaluateOptions {
  /** Day number. */
  readonly asOf: number;
  readonly context: NormalContext;
  readonly state?: CustomerState | undefined;
  /** What another back-end found already: no rule is evaluated then, only what is asked of the evaluation afterwards. */
  readonly found?: FoundElsewhere | undefined;
}

/** How an evaluator is built. */
export interface EvaluatorOptions {
  /**
   * Code generated from the program: `true` = from the first record on where the host allows it, `false` = never. Left
   * out, a program that is asked about many records gets it. The answers are the same.
   */
  readonly generate?: boolean;
  /** An index that leaves out rules which cannot be true: built with the evaluator unless `false`. The answers are the same. */
  readonly index?: boolean;
}

/** A rule that is surely true for a subject. */
export interface SureMatch {
  readonly rule: RuleProgram;
  /** `""` is the customer; otherwise the id of one item. */
  readonly subject: string;
  /** The item the rule speaks of; absent = the customer. */
  readonly item?: Item;
  readonly occurrence: string;
}
