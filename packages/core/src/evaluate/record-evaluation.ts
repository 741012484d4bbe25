import type { Unknown } from "../decision/decision.js";
import { formatDay } from "../calendar/civil-date.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Kept } from "../ports/customer-state.js";
import type { Evaluation, MatchDetail } from "./evaluation.js";
import type { EvaluateOptions } from "./evaluator.js";
import type { Item, NormalRecord, Truth, Value } from "./value.js";

/** Which record is asked about, on which day, and as which run of the evaluator. */
export interface Ground {
  readonly record: NormalRecord;
  readonly options: EvaluateOptions;
  readonly id: number;
}

/** Answers what is asked of a record after its rules were evaluated, in any order and at any time. */
export interface Asked {
  truth(ground: Ground, node: TruthNode, match: MatchDetail | undefined, extra: Item | undefined): Truth;
  value(ground: Ground, node: ValueNode, match: MatchDetail | undefined, extra: Item | undefined): Value;
  until(ground: Ground, node: TruthNode | ValueNode, match: MatchDetail | undefined): number;
  read(ground: Ground, name: string, fact: (index: number) => Value, match: MatchDetail | undefined, product: Item | undefined): Value;
  /** One derived fact; unknown where it fails. */
  fact(ground: Ground, index: number): Value;
  facts(ground: Ground): readonly Value[];
  lastFacts(ground: Ground, facts: readonly Value[]): Readonly<Record<string, Kept>>;
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
  readonly record: NormalRecord;
  readonly asOf: number;
  readonly matches: readonly MatchDetail[];
  readonly unknowns: readonly Unknown[];
  readonly wakeUp: number;
  readonly failures: Evaluation["failures"];
  readonly #asked: Asked;
  readonly #ground: Ground;
  readonly #episodes: Readonly<Record<string, string>>;
  #facts: readonly Value[] | undefined;
  #remember: Evaluation["remember"] | undefined;

  constructor(asked: Asked, ground: Ground, answers: Answers) {
    this.record = ground.record;
    this.asOf = ground.options.asOf;
    this.matches = answers.matches;
    this.unknowns = answers.unknowns;
    this.wakeUp = answers.wakeUp;
    this.failures = answers.failures;
    this.#asked = asked;
    this.#ground = ground;
    this.#episodes = answers.episodes;
    this.#facts = answers.facts;
  }

  get facts(): readonly Value[] {
    return (this.#facts ??= this.#asked.facts(this.#ground));
  }

  get remember(): Evaluation["remember"] {
    return (this.#remember ??= { lastFacts: this.#asked.lastFacts(this.#ground, this.facts), episodes: this.#episodes });
  }

  truth(node: TruthNode, match?: MatchDetail, extra?: Item): Truth {
    return this.#asked.truth(this.#ground, node, match, extra);
  }

  value(node: ValueNode, match?: MatchDetail, extra?: Item): Value {
    return this.#asked.value(this.#ground, node, match, extra);
  }

  until(node: TruthNode | ValueNode, match?: MatchDetail): number {
    return this.#asked.until(this.#ground, node, match);
  }

  read(name: string, match?: MatchDetail, product?: Item): Value {
    return this.#asked.read(this.#ground, name, (index) => (this.#facts ? this.#facts[index] : this.#asked.fact(this.#ground, index)), match, product);
  }
}

/** A value as files and states hold it: dates as ISO, unknown and none as null, lists joined. */
export function keep(value: Value, date: boolean): Kept {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(",");
  return date && typeof value === "number" ? formatDay(value) : (value as Kept);
}
