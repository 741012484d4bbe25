import { formatDay } from "../calendar/civil-date.js";
import type { Unknown } from "../decision/decision.js";
import type { ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { RuleProgram } from "../lower/rule-program.js";
import { compareFound } from "./compare-found.js";
import { createCompiler } from "./compiler.js";
import { CompiledRule } from "./compiled-rule.js";
import type { Evaluation, MatchDetail } from "./evaluation.js";
import type { EvaluateOptions, Evaluator, EvaluatorOptions, SureMatch } from "./evaluator.js";
import { createMissingFinder } from "./find-missing.js";
import { matchesFoundElsewhere, unknownsFoundElsewhere, type FoundElsewhere } from "./found-elsewhere.js";
import { generateRules, type GeneratedRules } from "./generate-rules.js";
import { generateSelect, type Select } from "./generate-select.js";
import { indexRules, type RuleIndex } from "./index-rules.js";
import { createMachine, type Compiler, type Machine } from "./machine.js";
import { createNodeKeys } from "./node-key.js";
import { createNodeTest, type NodeTest } from "./node-test.js";
import { Questions } from "./questions.js";
import { RecordEvaluation, type Ground } from "./record-evaluation.js";
import { FALSE, TRUE, type Item, type NormalRecord, type Value } from "./value.js";

/** Records after which generated code is worth its time. */
const recordsBeforeWarm = 64;

/** The back-end of core: an index and closures, and over many records generated code. */
export class CompiledEvaluator implements Evaluator {
  readonly #compiler: Compiler;
  readonly #missing: ReturnType<typeof createMissingFinder>;
  readonly #rules: readonly CompiledRule[];
  /** Matches that are always the same, by rule: many are given for a record, and nothing else of their rules is looked at. */
  readonly #constantMatches: readonly (SureMatch | undefined)[];
  readonly #lastingMatches: readonly (MatchDetail | undefined)[];
  readonly #byId: ReadonlyMap<string, RuleProgram>;
  readonly #test: NodeTest;
  readonly #riskyFacts: readonly number[];
  readonly #machine: Machine;
  readonly #questions: Questions;
  /** A bit for every rule that may be true, and for every rule that is not false for ever. */
  readonly #sure: Int32Array;
  readonly #possible: Int32Array;
  readonly #index: RuleIndex | undefined;
  #selectSure: Select | undefined;
  #selectBoth: Select | undefined;
  #generated: GeneratedRules | undefined;
  #run = 0;
  #warm = false;

  constructor(readonly program: Program, readonly settings: EvaluatorOptions) {
    this.#compiler = createCompiler(program);
    this.#missing = createMissingFinder(program, this.#compiler);
    this.#byId = new Map(program.rules.map((rule) => [rule.id, rule] as const));
    this.#test = createNodeTest(program);
    const rules = [...program.rules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
    if (settings.index !== false) this.#index = indexRules(rules, (node) => this.#compiler.unwrap(node), this.#test.mayFail);
    const { rest } = this.#index ?? {};
    this.#rules = rules.map((rule, i) => new CompiledRule(rule, this.#compiler, rule.each || this.#test.moves(rule.when) ? undefined : rest?.[i]));
    this.#constantMatches = this.#rules.map(({ constantMatch }) => constantMatch);
    this.#lastingMatches = this.#constantMatches.map((match) => match && Object.freeze({ ...match, until: Infinity }));
    // A fact that fails is told with the failures: it is not put off.
    this.#riskyFacts = program.facts.flatMap((fact, i) => (this.#test.mayFail(fact.node) ? [i] : []));
    this.#machine = createMachine(program.facts.length, program.levels.length);
    this.#machine.zone = program.model.zone;
    this.#questions = new Questions(program, this.#compiler, this.#machine);
    this.#sure = new Int32Array(Math.ceil(this.#rules.length / 32));
    for (let bit = 0; bit < this.#rules.length; bit++) (this.#sure[bit >>> 5] as number) |= 1 << (bit & 31);
    this.#possible = this.#sure.slice();
  }

  evaluate(record: NormalRecord, options: EvaluateOptions): Evaluation {
    const found = new RecordEvaluation(this.#questions, record, options, ++this.#run, options.found?.facts);
    if (options.found) {
      this.#elsewhere(options.found, record, options, found);
      return found;
    }
    this.#select(record, options, false);
    this.#questions.restore(found);
    const [sure, possible] = [this.#sure, this.#possible];
    const generated = this.#generated;
    const m = this.#machine;
    const { slots, collections } = record;
    for (let w = 0; w < possible.length; w++) {
      const bits = possible[w] as number;
      if (bits === 0) continue;
      const first = w << 5;
      if (!generated) {
        for (let rest = bits; rest !== 0; rest &= rest - 1) this.#evaluateRule(first + lowest(rest), ((sure[w] as number) & rest & -rest) !== 0, record, found);
        continue;
      }
      const kept = (generated.truthWords[w] as (typeof generated.truthWords)[number])(slots, collections, m, sure[w] as number, bits);
      const unknown = m.unknownBits;
      const singly = generated.singlyTrue[w] as number;
      for (let rest = kept | unknown; rest !== 0; rest &= rest - 1) {
        const bit = rest & -rest;
        const index = first + lowest(rest);
        if (bit & singly) this.#evaluateRule(index, true, record, found);
        else if (bit & unknown) found.unknowns.push(this.#unknownRule(index, record, "", undefined));
        else this.#foundTrue(index, record, found);
      }
    }
    for (const index of this.#riskyFacts) {
      try {
        this.#questions.factOf(index);
      } catch {
        found.fail({ ruleId: this.program.facts[index]?.id ?? "", message: "RULE_FAILED" });
      }
    }
    return found;
  }

  matches(record: NormalRecord, options: EvaluateOptions): readonly SureMatch[] {
    const ground: Ground = { record, options, id: ++this.#run };
    this.#select(record, options, true);
    this.#questions.restore(ground);
    const found: SureMatch[] = [];
    const sure = this.#sure;
    const constant = this.#constantMatches;
    const generated = this.#generated;
    const m = this.#machine;
    const { slots, collections } = record;
    for (let w = 0; w < sure.length; w++) {
      const bits = sure[w] as number;
      if (bits === 0) continue;
      const first = w << 5;
      const singly = generated ? (generated.singlySure[w] as number) : -1;
      let rest = generated ? (generated.sureWords[w] as (typeof generated.sureWords)[number])(slots, collections, m, bits) : bits;
      for (; rest !== 0; rest &= rest - 1) {
        const index = first + lowest(rest);
        if (rest & -rest & singly) this.#matchRule(index, record, found);
        else {
          const match = constant[index];
          if (match) found.push(match);
          else this.#matchTrue(index, found);
        }
      }
    }
    return found;
  }

  ask(record: NormalRecord, options: EvaluateOptions): Pick<Evaluation, "truth" | "value" | "read" | "facts"> {
    return new RecordEvaluation(this.#questions, record, options, ++this.#run);
  }

  /** Marks the rules that are worth a look: for matches alone those that may be true. */
  #select(record: NormalRecord, options: EvaluateOptions, sure: boolean): void {
    if (!this.#warm && (this.settings.generate === true || this.#run > recordsBeforeWarm)) this.#warmUp();
    const select = sure ? this.#selectSure : this.#selectBoth;
    if (select) select(record, options.asOf, this.#sure, this.#possible);
    else if (this.#index) {
      this.#index.select(record, options.asOf, true, this.#sure);
      if (!sure) this.#index.select(record, options.asOf, false, this.#possible);
    }
  }

  /** Generates what pays off over many records. */
  #warmUp(): void {
    this.#warm = true;
    if (this.settings.generate === false) return;
    const rules = this.#rules.map(({ rule }) => rule);
    const compiler = this.#compiler;
    const unwrap = (node: ValueNode): ValueNode => compiler.unwrap(node);
    this.#selectSure = this.#index && generateSelect(this.#index, false);
    this.#selectBoth = this.#index && generateSelect(this.#index, true);
    this.#generated = generateRules(rules, {
      rest: this.#index?.rest ?? [], model: this.program.model, unwrap, truth: (node) => compiler.truth(node), ...this.#test, keyOf: createNodeKeys(),
    });
  }

  #elsewhere(given: FoundElsewhere, record: NormalRecord, options: EvaluateOptions, found: RecordEvaluation): void {
    found.matches.push(...matchesFoundElsewhere(given, this.#byId, record, options.context));
    found.unknowns.push(...unknownsFoundElsewhere(given, record.id));
    found.failures = given.failures;
    found.earliest = given.wakeUp - 1;
    for (const { rule, subject, occurrence } of found.matches) if (rule.occurrence === "episode") found.begin(episodeKey(rule, subject), occurrence);
  }

  #matchRule(index: number, record: NormalRecord, found: SureMatch[]): void {
    const one = this.#rules[index] as CompiledRule;
    const m = this.#machine;
    try {
      if (!one.items) {
        if (this.#isSure(index, one, record, undefined)) this.#addMatch(one, "", undefined, found);
        return;
      }
      const items = one.items(m);
      if (!items) return;
      const before = found.length;
      for (let i = 0; i < items.length; i++) {
        const item = items[i] as Item;
        m.items[0] = item;
        try {
          if (this.#isSure(index, one, record, item)) this.#addMatch(one, one.subjectOf(item, i), item, found);
        } catch {
          // It fires for the other items; `evaluate` tells of the failure.
        }
      }
      sortTail(found, before);
    } catch {
      // As above.
    }
  }

  /** A rule of the customer that is true. */
  #matchTrue(index: number, found: SureMatch[]): void {
    try {
      this.#addMatch(this.#rules[index] as CompiledRule, "", undefined, found);
    } catch {
      // As above: its occurrence fails.
    }
  }

  #isSure(index: number, one: CompiledRule, record: NormalRecord, item: Item | undefined): boolean {
    const sure = this.#generated?.sure[index];
    return sure ? sure(record.slots, record.collections, this.#machine, item) : one.when(this.#machine, true) === TRUE;
  }

  #addMatch(one: CompiledRule, subject: string, item: Item | undefined, found: SureMatch[]): void {
    const { rule } = one;
    const occurrence = rule.occurrence === "episode" ? this.#episodeOf(rule, subject) : one.occurrence(this.#machine);
    if (occurrence === undefined || occurrence === null) return;
    found.push(item ? { rule, subject, occurrence: String(occurrence), item } : { rule, subject, occurrence: String(occurrence) });
  }

  /** `sure`: of a rule without generated code, whether the index says that it may be true. */
  #evaluateRule(index: number, sure: boolean, record: NormalRecord, found: RecordEvaluation): void {
    const one = this.#rules[index] as CompiledRule;
    try {
      if (one.items) this.#evaluateItems(index, one, record, found);
      else this.#judge(index, one, sure, record, "", undefined, found);
    } catch (error) {
      found.fail(failureOf(one.rule, error));
    }
  }

  /** A rule of the customer that is true for ever: only its occurrence may turn. */
  #foundTrue(index: number, record: NormalRecord, found: RecordEvaluation): void {
    const match = this.#lastingMatches[index];
    if (match) {
      found.matches.push(match);
      return;
    }
    const one = this.#rules[index] as CompiledRule;
    try {
      this.#addTrue(index, one, record, "", undefined, Infinity, found);
    } catch (error) {
      found.fail(failureOf(one.rule, error));
    }
  }

  #evaluateItems(index: number, one: CompiledRule, record: NormalRecord, found: RecordEvaluation): void {
    const m = this.#machine;
    const items = one.items?.(m);
    if (!items) {
      found.unknowns.push({ customerId: record.id, ruleId: one.rule.id, subject: "", missing: [one.rule.each?.collection.name ?? ""] });
      return;
    }
    const [matches, unknowns] = [found.matches.length, found.unknowns.length];
    let failure: unknown;
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as Item;
      m.items[0] = item;
      try {
        this.#judge(index, one, true, record, one.subjectOf(item, i), item, found);
      } catch (error) {
        // It fails for this item alone.
        failure ??= error;
      }
    }
    sortTail(found.matches, matches);
    sortTail(found.unknowns, unknowns);
    if (failure !== undefined) found.fail(failureOf(one.rule, failure));
  }

  #judge(index: number, one: CompiledRule, sure: boolean, record: NormalRecord, subject: string, item: Item | undefined, found: RecordEvaluation): void {
    const m = this.#machine;
    const generated = this.#generated?.truth[index];
    const truth = generated ? generated(record.slots, record.collections, m, item) : one.when(m, sure);
    const { until } = m;
    if (until < found.earliest) found.earliest = until;
    if (truth === TRUE) this.#addTrue(index, one, record, subject, item, until, found);
    else if (truth !== FALSE) found.unknowns.push(this.#unknownRule(index, record, subject, item));
  }

  #addTrue(index: number, one: CompiledRule, record: NormalRecord, subject: string, item: Item | undefined, whenUntil: number, found: RecordEvaluation): void {
    const m = this.#machine;
    const { rule } = one;
    let until = whenUntil;
    let occurrence: Value;
    if (rule.occurrence === "episode") {
      occurrence = this.#episodeOf(rule, subject);
      found.begin(episodeKey(rule, subject), occurrence);
    } else {
      occurrence = one.occurrence(m);
      if (m.until < until) until = m.until;
      if (until < found.earliest) found.earliest = until;
      if (occurrence === undefined || occurrence === null) {
        found.unknowns.push(this.#unknownOccurrence(rule, rule.occurrence, record, subject));
        return;
      }
    }
    found.matches.push(item ? { rule, subject, occurrence: String(occurrence), until, item } : { rule, subject, occurrence: String(occurrence), until });
  }

  /** First day of the episode that runs, or today. */
  #episodeOf(rule: RuleProgram, subject: string): string {
    const key = episodeKey(rule, subject);
    const episodes = this.#machine.state?.episodes ?? {};
    return String((Object.hasOwn(episodes, key) ? episodes[key] : undefined) ?? formatDay(this.#machine.asOf));
  }

  #unknownRule(index: number, record: NormalRecord, subject: string, item: Item | undefined): Unknown {
    const { rule } = this.#rules[index] as CompiledRule;
    const written = this.#generated?.missing[index];
    if (written) return { customerId: record.id, ruleId: rule.id, subject, missing: written.names(written.search(record.slots, record.collections, this.#machine, item)) };
    const names = new Set<string>();
    this.#missing.truth(rule.when, this.#machine, names);
    return { customerId: record.id, ruleId: rule.id, subject, missing: [...names].sort() };
  }

  #unknownOccurrence(rule: RuleProgram, occurrence: ValueNode, record: NormalRecord, subject: string): Unknown {
    const names = new Set<string>();
    this.#missing.value(occurrence, this.#machine, names);
    return { customerId: record.id, ruleId: rule.id, subject, missing: [...names].sort() };
  }

}

/** Place of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

function failureOf(rule: RuleProgram, error: unknown): { ruleId: string; message: string } {
  return { ruleId: rule.id, message: error instanceof Error && error.name === "SumTooLarge" ? "SUM_TOO_LARGE" : "RULE_FAILED" };
}

/** Rules come in order; what one rule found of several items is put in order here. */
function sortTail(list: (SureMatch | Unknown)[], from: number): void {
  if (list.length - from > 1) list.push(...list.splice(from).sort(compareFound));
}

function episodeKey(rule: RuleProgram, subject: string): string {
  return `${rule.id}\n${subject}`;
}
