import type { MessageClass } from "../decision/message-class.js";
import type { FactType } from "../model/catalogue.js";
import type { Bilingual } from "../ports/report-data.js";
import type { Origin, Range, TruthNode, ValueNode } from "./node.js";

/** A fact that the pack computes. */
export interface DerivedFact {
  readonly id: string;
  readonly kind: string;
  readonly type: FactType;
  readonly label: Bilingual;
  readonly unit?: string;
  readonly scale?: number;
  readonly node: ValueNode;
  /** The context collection whose items it ranks the record among: a first pass over all records fills it. */
  readonly population?: string;
  readonly origin: Origin;
}

/**
 * A level that remembers (hysteresis, grace). Without a prior value it is the plain level: the highest whose `from`
 * the measure reaches. With one, a level is kept while the measure reaches `keepFrom`, and for `graceDays` beyond.
 */
export interface LevelState {
  readonly fact: string;
  readonly measure: ValueNode;
  /** From the highest to the lowest; the lowest has no `from`. */
  readonly levels: readonly { readonly name: string; readonly from?: ValueNode; readonly keepFrom?: ValueNode }[];
  readonly graceDays: number;
}

/** A message or task that a match asks for. */
export interface ActionProgram {
  /** `message:<template>` or `task:<template>`, with `#n` for repetitions inside one rule. */
  readonly id: string;
  readonly type: "message" | "task";
  readonly template: string;
  readonly class: MessageClass;
  /** Channels in order of preference, or a list fact that holds them. Empty for tasks. */
  readonly via: readonly string[] | ValueNode;
  /** The action is asked for only while this is surely true (an open step); absent = always. */
  readonly guard?: TruthNode;
  /** Dropped when surely true; `"answered"` = the contact log has a reply or outcome for this rule and subject since the occurrence opened. */
  readonly unless?: TruthNode | "answered";
  readonly role: string;
  /** Last civil date on which it is of use; absent = never expires. */
  readonly expires?: ValueNode;
  /** Days from planning until a task is due. */
  readonly dueDays?: number;
  readonly origin: Origin;
}

/** What policy asks of a rule beyond its class. */
export interface RulePolicy {
  /** Purpose whose consent is needed; absent = the class's own. */
  readonly purpose?: string;
  /** Task template to plan instead when nobody asked for consent yet. */
  readonly unknownConsentTask?: string;
  /** Name of a suitability preset. */
  readonly suitability?: string;
  /** Share of customers (0..1) kept untouched as a control group. */
  readonly holdout?: number;
  readonly cooldown?: { readonly days: number; readonly afterRefusal: number };
  /** The product an offer is about: its id, and the collection it comes from. */
  readonly product?: { readonly pick: ValueNode; readonly range: Range };
  /** How many customers there is room for at the item the rule speaks of; the range's id and the item's name the pool. */
  readonly seats?: { readonly limit: ValueNode; readonly range: Range };
}

/** One plain rule. A kind may lower one authored rule into several. */
export interface RuleProgram {
  /** Unique: the authored id, or `<id>/<part>`. */
  readonly id: string;
  /** What matches and decisions carry; equals `id`. */
  readonly title: Bilingual;
  readonly kind: string;
  readonly category: string;
  readonly objective: string;
  readonly priority: number;
  readonly covers: readonly string[];
  readonly each?: Range;
  /** Derived facts of the item the rule speaks of, by name, for templates; present with `each`. */
  readonly itemFacts?: ReadonlyMap<string, ValueNode>;
  readonly when: TruthNode;
  /** Text that identifies the occurrence, or `episode` = first day of the current run of true days. */
  readonly occurrence: ValueNode | "episode";
  readonly actions: readonly ActionProgram[];
  readonly policy: RulePolicy;
  readonly origin: Origin;
}
