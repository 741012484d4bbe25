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

type Failure = Evaluation["failures"][number];

const noFailures: readonly Failure[] = Object.freeze([]);
const noEpisodes: Readonly<Record<string, string>> = Object.freeze({});

/**
 * An evaluation, filled while the rules are evaluated: of millions of records each object counts. Derived facts and
 * memory are worked out when they are asked for: of most customers nobody asks.
 */
export class RecordEvaluation implements Evaluation, Ground {
  readonly matches: MatchDetail[] = [];
  readonly unknowns: Unknown[] = [];
  failures = noFailures;
  episodes = noEpisodes;
  /** The earliest day on which an answer ends; one before `wakeUp`. */
  earliest = Infinity;
  #facts: readonly Value[] | undefined;
  #remember: Evaluation["remember"] | undefined;

  constructor(readonly asked: Asked, readonly record: NormalRecord, readonly options: EvaluateOptions, readonly id: number, facts?: readonly Value[]) {
    this.#facts = facts;
  }

  get asOf(): number {
    return this.options.asOf;
  }

  get wakeUp(): number {
    return this.earliest + 1;
  }

  /** Adds a rule that failed. */
  fail(failure: Failure): void {
    this.failures = [...this.failures, failure];
  }

  /** Adds an episode that runs. */
  begin(key: string, day: string): void {
    this.episodes = { ...this.episodes, [key]: day };
  }

  get facts(): readonly Value[] {
    return (this.#facts ??= this.asked.facts(this));
  }

  get remember(): Evaluation["remember"] {
    return (this.#remember ??= { lastFacts: this.asked.lastFacts(this, this.facts), episodes: this.episodes });
  }

  truth(node: TruthNode, match?: MatchDetail, extra?: Item): Truth {
    return this.asked.truth(this, node, match, extra);
  }

  value(node: ValueNode, match?: MatchDetail, extra?: Item): Value {
    return this.asked.value(this, node, match, extra);
  }

  until(node: TruthNode | ValueNode, match?: MatchDetail): number {
    return this.asked.until(this, node, match);
  }

  read(name: string, match?: MatchDetail, product?: Item): Value {
    return this.asked.read(this, name, (index) => (this.#facts ? this.#facts[index] : this.asked.fact(this, index)), match, product);
  }
}

/** A value as files and states hold it: dates as ISO, unknown and none as null, lists joined. */
export function keep(value: Value, date: boolean): Kept {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(",");
  return date && typeof value === "number" ? formatDay(value) : (value as Kept);
}
