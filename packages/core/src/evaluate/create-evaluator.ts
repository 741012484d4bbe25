import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { Unknown } from "../decision/decision.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { CustomerState, Kept } from "../ports/customer-state.js";
import { compareFound } from "./compare-found.js";
import { rememberLevel } from "./compile-level.js";
import { createCompiler } from "./compiler.js";
import { itemsOf } from "./compile-value.js";
import type { Evaluation, MatchDetail } from "./evaluation.js";
import type { EvaluateOptions, Evaluator, EvaluatorOptions, SureMatch } from "./evaluator.js";
import { createMissingFinder } from "./find-missing.js";
import { matchesFoundElsewhere, unknownsFoundElsewhere, type FoundElsewhere } from "./found-elsewhere.js";
import { createMachine, type LevelResult, type Machine, type TruthFn, type ValueFn } from "./machine.js";
import { createFailureFinder } from "./may-fail.js";
import { readByName } from "./read-by-name.js";
import { keep, RecordEvaluation, type Answers, type Asked } from "./record-evaluation.js";
import { FALSE, TRUE, type Item, type NormalRecord, type Value } from "./value.js";

interface CompiledRule {
  readonly rule: RuleProgram;
  readonly when: TruthFn;
  readonly occurrence: ValueFn | undefined;
  readonly items: ((m: Machine) => readonly Item[] | undefined) | undefined;
  readonly idSlot: number;
}

/** Compiles a program. */
export function createEvaluator(program: Program, _options: EvaluatorOptions = {}): Evaluator {
  const compiler = createCompiler(program);
  const missing = createMissingFinder(program, compiler);
  const rules: CompiledRule[] = [...program.rules]
    .sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((rule) => ({
      rule,
      when: compiler.truth(rule.when),
      occurrence: rule.occurrence === "episode" ? undefined : compiler.value(rule.occurrence),
      items: rule.each && itemsOf(rule.each),
      idSlot: rule.each?.collection.fields.get(rule.each.collection.idField)?.slot ?? -1,
    }));
  const byId = new Map(program.rules.map((rule) => [rule.id, rule] as const));
  const facts = program.facts.map((fact) => compiler.value(fact.node));
  const mayFail = createFailureFinder(program);
  // A fact that fails is told with the failures: it is not put off.
  const risky = program.facts.flatMap((fact, i) => (mayFail(fact.node) ? [i] : []));
  const m = createMachine(program.facts.length, program.levels.length);
  let run = 0;

  function restore(record: NormalRecord, options: EvaluateOptions, id: number): void {
    m.record = record;
    m.context = options.context;
    m.asOf = options.asOf;
    m.zone = program.model.zone;
    m.state = options.state;
    m.run = id;
  }

  function evaluate(record: NormalRecord, options: EvaluateOptions): Evaluation {
    const id = ++run;
    if (options.found) return new RecordEvaluation(record, options.asOf, elsewhere(options.found, record, options), asked(record, options, id));
    restore(record, options, id);
    const found: Found = { matches: [], unknowns: [], failures: [], episodes: {}, earliest: Infinity };
    for (const one of rules) {
      try {
        if (one.items) overItems(one, m, record, found);
        else judge(one, m, record, "", undefined, found);
      } catch (error) {
        found.failures.push({ ruleId: one.rule.id, message: error instanceof Error ? error.name === "SumTooLarge" ? "SUM_TOO_LARGE" : "RULE_FAILED" : "RULE_FAILED" });
      }
    }
    for (const index of risky) {
      try {
        factOf(index);
      } catch {
        found.failures.push({ ruleId: program.facts[index]?.id ?? "", message: "RULE_FAILED" });
      }
    }
    found.matches.sort(compareFound);
    found.unknowns.sort(compareFound);
    return new RecordEvaluation(record, options.asOf, { ...found, wakeUp: found.earliest === Infinity ? Infinity : found.earliest + 1 }, asked(record, options, id));
  }

  function elsewhere(found: FoundElsewhere, record: NormalRecord, options: EvaluateOptions): Answers {
    const matches = matchesFoundElsewhere(found, byId, record, options.context);
    const episodes = Object.fromEntries(matches.flatMap(({ rule, subject, occurrence }) => (rule.occurrence === "episode" ? [[episodeKey(rule, subject), occurrence]] : [])));
    return { matches, unknowns: unknownsFoundElsewhere(found, record.id), wakeUp: found.wakeUp, failures: found.failures, episodes, facts: found.facts };
  }

  function matches(record: NormalRecord, options: EvaluateOptions): readonly SureMatch[] {
    restore(record, options, ++run);
    const found: SureMatch[] = [];
    for (const one of rules) {
      try {
        if (!one.items) matchOf(one, "", undefined, found);
        else {
          one.items(m)?.forEach((item, i) => {
            m.items[0] = item;
            matchOf(one, subjectOf(one, item, i), item, found);
          });
        }
      } catch {
        // It fires for none of the items that come after; `evaluate` tells of the failure.
      }
    }
    return found.sort(compareFound);
  }

  function matchOf(one: CompiledRule, subject: string, item: Item | undefined, found: SureMatch[]): void {
    if (one.when(m) !== TRUE) return;
    const occurrence = one.occurrence ? one.occurrence(m) : episodeOf(one.rule, subject);
    if (occurrence === undefined || occurrence === null) return;
    found.push({ rule: one.rule, subject, occurrence: String(occurrence), ...(item ? { item } : {}) });
  }

  /** First day of the episode that runs, or today. */
  function episodeOf(rule: RuleProgram, subject: string): string {
    const key = episodeKey(rule, subject);
    const episodes = m.state?.episodes ?? {};
    return String((Object.hasOwn(episodes, key) ? episodes[key] : undefined) ?? formatDay(m.asOf));
  }

  function ask(record: NormalRecord, options: EvaluateOptions): Pick<Evaluation, "truth" | "value" | "read" | "facts"> {
    return new RecordEvaluation(record, options.asOf, nothing, asked(record, options, ++run));
  }

  /** Answers later questions about a record: the machine may have moved on since. */
  function asked(record: NormalRecord, options: EvaluateOptions, id: number): Asked {
    const within = <T>(match: MatchDetail | undefined, extra: Item | undefined, answer: () => T): T => {
      if (m.run !== id) {
        restore(record, options, id);
        m.factRun.fill(0);
        m.levelRun.fill(0);
      }
      if (match?.item) m.items[0] = match.item;
      if (extra) m.items[match?.item ? 1 : 0] = extra;
      return answer();
    };
    const fact = (index: number): Value => within(undefined, undefined, () => {
      try {
        return factOf(index);
      } catch {
        // The failure was told when the rules were evaluated.
        return undefined;
      }
    });
    return {
      truth: (node, match, extra) => within(match, extra, () => compiler.truth(node)(m)),
      value: (node, match, extra) => within(match, extra, () => compiler.value(node)(m)),
      read: (name, own, match, product) => readByName(program, name, { record, asOf: options.asOf, fact: own, match, product, value: (node) => within(match, undefined, () => compiler.value(node)(m)) }),
      fact,
      facts: () => facts.map((_, index) => fact(index)),
      lastFacts: (values) => within(undefined, undefined, () => rememberFacts(program, values, m, options.state, (state) => compiler.level(state))),
    };
  }

  function factOf(index: number): Value {
    // The memo of this run may hold it already.
    return m.factRun[index] === m.run ? m.factValue[index] : facts[index]?.(m);
  }

  function overItems(one: CompiledRule, machine: Machine, record: NormalRecord, found: Found): void {
    const items = one.items?.(machine);
    if (!items) {
      found.unknowns.push({ customerId: record.id, ruleId: one.rule.id, subject: "", missing: [one.rule.each?.collection.name ?? ""] });
      return;
    }
    items.forEach((item, i) => {
      machine.items[0] = item;
      judge(one, machine, record, subjectOf(one, item, i), item, found);
    });
  }

  function judge(one: CompiledRule, machine: Machine, record: NormalRecord, subject: string, item: Item | undefined, found: Found): void {
    const truth = one.when(machine);
    let until = machine.until;
    if (until < found.earliest) found.earliest = until;
    if (truth === FALSE) return;
    if (truth !== TRUE) {
      found.unknowns.push(unknownOf(one.rule.when, undefined, one, machine, record, subject));
      return;
    }
    let occurrence: Value;
    if (one.occurrence) {
      occurrence = one.occurrence(machine);
      if (machine.until < until) until = machine.until;
      if (until < found.earliest) found.earliest = until;
    } else {
      occurrence = episodeOf(one.rule, subject);
      found.episodes[episodeKey(one.rule, subject)] = occurrence;
    }
    if (occurrence === undefined || occurrence === null) {
      found.unknowns.push(unknownOf(undefined, one.rule.occurrence === "episode" ? undefined : one.rule.occurrence, one, machine, record, subject));
      return;
    }
    found.matches.push({ rule: one.rule, subject, occurrence: String(occurrence), until, ...(item ? { item } : {}) });
  }

  function unknownOf(truth: TruthNode | undefined, value: ValueNode | undefined, one: CompiledRule, machine: Machine, record: NormalRecord, subject: string): Unknown {
    const names = new Set<string>();
    if (truth) missing.truth(truth, machine, names);
    if (value) missing.value(value, machine, names);
    return { customerId: record.id, ruleId: one.rule.id, subject, missing: [...names].sort() };
  }

  return { evaluate, matches, ask };
}

const nothing: Answers = { matches: [], unknowns: [], wakeUp: Infinity, failures: [], episodes: {} };

function subjectOf(one: CompiledRule, item: Item, index: number): string {
  return one.idSlot < 0 ? String(index) : String(item[one.idSlot]);
}

function episodeKey(rule: RuleProgram, subject: string): string {
  return `${rule.id}\n${subject}`;
}

interface Found {
  readonly matches: MatchDetail[];
  readonly unknowns: Unknown[];
  readonly failures: { ruleId: string; message: string }[];
  readonly episodes: Record<string, string>;
  earliest: number;
}

function rememberFacts(program: Program, values: readonly Value[], m: Machine, state: CustomerState | undefined, level: (state: number) => (m: Machine) => LevelResult): Record<string, Kept> {
  const out: Record<string, Kept> = {};
  program.facts.forEach((fact, i) => {
    out[fact.id] = keep(values[i], fact.type === "date");
  });
  program.levels.forEach((one, i) => {
    try {
      Object.assign(out, rememberLevel(one.fact, level(i)(m), state?.lastFacts ?? {}));
    } catch {
      // A measure that fails leaves no memory; the failure itself is reported with the fact.
    }
  });
  return out;
}

/** Day number of an asOf given as text; throws where it is no date: callers check user input first. */
export function requireDay(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError("asOf must be a date written YYYY-MM-DD");
  return day;
}
