import type { MessageClass } from "../decision/message-class.js";
import type { Outcome } from "../decision/decision.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { Origin } from "../lower/node.js";
import type { Kept } from "../ports/customer-state.js";
import type { Bilingual } from "../ports/report-data.js";

/** How a condition comes out. */
export type Answer = "true" | "false" | "unknown";

/** A value as JSON (dates as `YYYY-MM-DD`, unknown and none as `null`) and as people read it. */
export interface ShownValue {
  readonly value: Kept | readonly (string | number)[];
  readonly text: Bilingual;
}

/** What a condition found in the record. */
export interface FoundValue extends ShownValue {
  /** Dotted name; `""` for what has no name, as a count. */
  readonly name: string;
  readonly label: Bilingual;
  readonly unit?: string;
  /** For derived facts: what they are made of, one level down. */
  readonly madeOf?: readonly FoundValue[];
}

/** What a value is held against. */
export interface LimitValue extends ShownValue {
  /** Dotted name where the limit is itself a fact. */
  readonly name?: string;
  /** Name of the parameter that sets it, with its label and source. */
  readonly param?: string;
  readonly parameterLabel?: Bilingual;
  /** The parameter's own value in words; the limit may be calculated from it. */
  readonly parameterText?: Bilingual;
  readonly source?: string;
  /** Who set the parameter and who is overruled, in words, where an overlay set it: "from …, … says 500,000". */
  readonly parameterFrom?: Bilingual;
}

/** What a clause says: the ways in which conditions read. */
export type ClauseOp =
  | "all" | "any" | "not" | "named" | "constant"
  | "compare" | "window" | "in" | "contains" | "present"
  | "some" | "every" | "none" | "count" | "item" | "elements" | "operator";

/** One condition of a rule, with what it found. */
export interface Clause {
  readonly op: ClauseOp;
  /** The condition in words, without the value found. */
  readonly text: Bilingual;
  readonly answer: Answer;
  /** Last civil date on which the answer stays so if the data stays the same; `null` = never ends. */
  readonly until: string | null;
  readonly found?: FoundValue;
  readonly limit?: LimitValue;
  /** What the value found means: `37 days ahead`, `12,400 CNY short`. */
  readonly remark?: Bilingual;
  /** Fields whose absence leaves the answer open, sorted. */
  readonly missing?: readonly string[];
  readonly children?: readonly Clause[];
  /** Items that are not among the children: at most 20 are shown. */
  readonly more?: number;
  readonly origin?: Origin;
}

/** One change of the data, or the passing of time. */
export interface Change {
  /**
   * `more`/`less`: a number by so much; `set`: a value; `fill`: a value where there is none; `clear`: none where there
   * is one; `wait`: nothing but time; `item`: items of a collection that come or go.
   */
  readonly kind: "more" | "less" | "set" | "fill" | "clear" | "wait" | "item";
  /** Dotted name of what changes; `""` for `wait`. */
  readonly name: string;
  /** Id of the item whose field changes; absent = a field of the customer. */
  readonly item?: string;
  readonly text: Bilingual;
  /** The value afterwards (dates as ISO), where one is proposed. */
  readonly to?: Kept | readonly (string | number)[];
  /** For `more` and `less`: by how much; for `item`: how many items. */
  readonly by?: number;
  /** For `wait`: the first civil date on which it is so, and the last. */
  readonly from?: string;
  readonly until?: string | null;
  /** For derived facts: what could bring it about, one level down. Any one of these. */
  readonly through?: readonly Change[];
}

/** Changes that together make a rule true. */
export interface Way {
  readonly changes: readonly Change[];
  /** The rule was evaluated again with these changes and came out true. Else it is what the condition asks for, not proven. */
  readonly checked: boolean;
}

/** What became of one action of a match. */
export interface ExplainedDecision {
  readonly key: string;
  readonly occurrence: string;
  readonly action: string;
  readonly class: MessageClass;
  readonly outcome: Outcome;
  readonly reason: ReasonCode;
  readonly reasonText: Bilingual;
  /** Policy clause behind the reason, as `caps/marketing-week`, and what it says; `""` where there is none. */
  readonly clause: string;
  readonly clauseText: Bilingual;
  /** For `held`: the civil date on which it is looked at again. */
  readonly until: string | null;
  readonly channel: string;
  readonly notBefore: string | null;
  readonly expiresAt: string | null;
}

/** One subject of a rule: the customer (`""`) or one item. */
export interface ExplainedSubject {
  readonly subject: string;
  readonly answer: Answer;
  readonly until: string | null;
  readonly occurrence?: string;
  /** One line: fires because …, does not fire: …, cannot be decided: …. */
  readonly summary: Bilingual;
  readonly clause: Clause;
  /** Fields whose absence leaves it open, sorted. */
  readonly missing: readonly string[];
  /** Ways to make it true, the simplest first; empty where it is true, or where nothing simple would do. */
  readonly wouldChange: readonly Way[];
  readonly decisions: readonly ExplainedDecision[];
}

/** Why a rule fires for a customer or not. */
export interface Explanation {
  readonly customerId: string;
  readonly ruleId: string;
  readonly title: Bilingual;
  readonly asOf: string;
  readonly at: string;
  /** What the rule speaks of (`holdings as deposit`); absent = the customer. */
  readonly each?: { readonly collection: string; readonly label: Bilingual; readonly as: string };
  /** In order of subject. Empty where the customer has none of what the rule speaks of. */
  readonly subjects: readonly ExplainedSubject[];
  /** Why there is no subject to speak of, where there is none. */
  readonly note?: Bilingual;
  /** What proves it later. */
  readonly evidence: { readonly packHash: string; readonly engineVersion: string; readonly recordHash: string };
}

/** One rule of a customer in a line. */
export interface RuleOutline {
  readonly ruleId: string;
  readonly subject: string;
  readonly title: Bilingual;
  readonly answer: Answer;
  readonly until: string | null;
  readonly summary: Bilingual;
  readonly outcomes: readonly ExplainedDecision[];
}
