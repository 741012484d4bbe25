import type { Unknown } from "../decision/decision.js";
import { formatDay } from "../calendar/civil-date.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Kept } from "../ports/customer-state.js";
import type { Evaluation, MatchDetail } from "./evaluation.js";
import type { Item, NormalRecord, Truth, Value } from "./value.js";

/** Answers what is asked of a record after its rules were evaluated, in any order and at any time. */
export interface Asked {
  truth(node: TruthNode, match: MatchDetail | undefined, extra: Item | undefined): Truth;
  value(node: ValueNode, match: MatchDetail | undefined, extra: Item | undefined): Value;
  read(name: string, fact: (index: number) => Value, match: MatchDetail | undefined, product: Item | undefined): Value;
  /** One derived fact; unknown where it fails. */
  fact(index: number): Value;
  facts(): readonly Value[];
  lastFacts(facts: readonly Value[]): Readonly<Record<string, Kept>>;
}

/** What the rules of one record gave. */
export interface Answers {
  readonly matches: readonly MatchDetail[];
  readonly unknowns: readonly Unknown[];
  readonly wakeUp: number;
  readonly failures: readonly { readonly ruleId: string; readonly message: string }[];
  readonly episodes: Readonly<Record<string, string>>;
  readonly facts?: readonly Value[] | undefined;
}

/** An evaluation whose derived facts and memory are worked out when they are asked for: of most customers nobody asks. */
export class RecordEvaluation implements Evaluation {
  readonly matches: readonly MatchDetail[];
  readonly unknowns: readonly Unknown[];
  readonly wakeUp: number;
  readonly failures: Evaluation["failures"];
  readonly #episodes: Readonly<Record<string, string>>;
  readonly #asked: Asked;
  #facts: readonly Value[] | undefined;
  #remember: Evaluation["remember"] | undefined;

  constructor(readonly record: NormalRecord, readonly asOf: number, answers: Answers, asked: Asked) {
    this.matches = answers.matches;
    this.unknowns = answers.unknowns;
    this.wakeUp = answers.wakeUp;
    this.failures = answers.failures;
    this.#episodes = answers.episodes;
    this.#facts = answers.facts;
    this.#asked = asked;
  }

  get facts(): readonly Value[] {
    return (this.#facts ??= this.#asked.facts());
  }

  get remember(): Evaluation["remember"] {
    return (this.#remember ??= { lastFacts: this.#asked.lastFacts(this.facts), episodes: this.#episodes });
  }

  truth(node: TruthNode, match?: MatchDetail, extra?: Item): Truth {
    return this.#asked.truth(node, match, extra);
  }

  value(node: ValueNode, match?: MatchDetail, extra?: Item): Value {
    return this.#asked.value(node, match, extra);
  }

  read(name: string, match?: MatchDetail, product?: Item): Value {
    return this.#asked.read(name, (index) => (this.#facts ? this.#facts[index] : this.#asked.fact(index)), match, product);
  }
}

/** A value as files and states hold it: dates as ISO, unknown and none as null, lists joined. */
export function keep(value: Value, date: boolean): Kept {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(",");
  return date && typeof value === "number" ? formatDay(value) : (value as Kept);
}
