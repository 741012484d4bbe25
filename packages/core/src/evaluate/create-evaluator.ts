import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { Unknown } from "../decision/decision.js";
import type { TruthNode, ValueNode } from "../lower/node.js";
import type { Program } from "../lower/program.js";
import type { RuleProgram } from "../lower/rule-program.js";
import type { CustomerState, Kept } from "../ports/customer-state.js";
import { rememberLevel } from "./compile-level.js";
import { createCompiler } from "./compiler.js";
import { itemsOf } from "./compile-value.js";
import type { Evaluation, MatchDetail } from "./evaluation.js";
import { createMissingFinder } from "./find-missing.js";
import { createMachine, type LevelResult, type Machine, type TruthFn, type ValueFn } from "./machine.js";
import { readByName } from "./read-by-name.js";
import { FALSE, TRUE, type Item, type NormalContext, type NormalRecord, type Value } from "./value.js";

/** Evaluates records against one program; keep it and call it for every record. Not for several threads at once. */
export interface Evaluator {
  evaluate(record: NormalRecord, options: EvaluateOptions): Evaluation;
}

export interface EvaluateOptions {
  /** Day number. */
  readonly asOf: number;
  readonly context: NormalContext;
  readonly state?: CustomerState | undefined;
}

interface CompiledRule {
  readonly rule: RuleProgram;
  readonly when: TruthFn;
  readonly occurrence: ValueFn | undefined;
  readonly items: ((m: Machine) => readonly Item[] | undefined) | undefined;
  readonly idSlot: number;
}

/** Compiles a program with closures only: it runs where generating code is forbidden. */
export function createEvaluator(program: Program): Evaluator {
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
  const facts = program.facts.map((fact) => compiler.value(fact.node));
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
    const values = facts.map((fact, i) => factValue(fact, i, found));
    found.matches.sort(byRule);
    found.unknowns.sort(byRule);
    return {
      record,
      asOf: options.asOf,
      matches: found.matches,
      unknowns: found.unknowns,
      facts: values,
      wakeUp: found.earliest === Infinity ? Infinity : found.earliest + 1,
      failures: found.failures,
      remember: { lastFacts: rememberFacts(program, values, m, options.state, (state) => compiler.level(state)), episodes: found.episodes },
      truth: (node, match, extra) => within(record, options, id, match, extra, () => compiler.truth(node)(m)),
      value: (node, match, extra) => within(record, options, id, match, extra, () => compiler.value(node)(m)),
      read: (name, match, product) => readByName(program, name, { record, asOf: options.asOf, facts: values, match, product, value: (node) => within(record, options, id, match, undefined, () => compiler.value(node)(m)) }),
    };
  }

  /** Answers later questions about a record: the machine may have moved on since. */
  function within<T>(record: NormalRecord, options: EvaluateOptions, id: number, match: MatchDetail | undefined, extra: Item | undefined, ask: () => T): T {
    if (m.run !== id) {
      restore(record, options, id);
      m.factRun.fill(0);
      m.levelRun.fill(0);
    }
    if (match?.item) m.items[0] = match.item;
    if (extra) m.items[match?.item ? 1 : 0] = extra;
    return ask();
  }

  function factValue(fact: ValueFn, index: number, found: Found): Value {
    try {
      // The memo of this run may hold it already.
      return m.factRun[index] === m.run ? m.factValue[index] : fact(m);
    } catch {
      found.failures.push({ ruleId: program.facts[index]?.id ?? "", message: "RULE_FAILED" });
      return undefined;
    }
  }

  function overItems(one: CompiledRule, machine: Machine, record: NormalRecord, found: Found): void {
    const items = one.items?.(machine);
    if (!items) {
      found.unknowns.push({ customerId: record.id, ruleId: one.rule.id, subject: "", missing: [one.rule.each?.collection.name ?? ""] });
      return;
    }
    items.forEach((item, i) => {
      machine.items[0] = item;
      const subject = one.idSlot < 0 ? String(i) : String(item[one.idSlot]);
      judge(one, machine, record, subject, item, found);
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
      const key = `${one.rule.id}\n${subject}`;
      const episodes = machine.state?.episodes ?? {};
      occurrence = (Object.hasOwn(episodes, key) ? episodes[key] : undefined) ?? formatDay(machine.asOf);
      found.episodes[key] = String(occurrence);
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

  return { evaluate };
}

interface Found {
  readonly matches: MatchDetail[];
  readonly unknowns: Unknown[];
  readonly failures: { ruleId: string; message: string }[];
  readonly episodes: Record<string, string>;
  earliest: number;
}

function byRule(a: MatchDetail | Unknown, b: MatchDetail | Unknown): number {
  const [x, y] = [orderOf(a), orderOf(b)];
  for (let i = 0; i < 3; i++) if (x[i] !== y[i]) return (x[i] as string) < (y[i] as string) ? -1 : 1;
  return 0;
}

function orderOf(one: MatchDetail | Unknown): readonly string[] {
  return "rule" in one ? [one.rule.id, one.subject, one.occurrence] : [one.ruleId, one.subject, ""];
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

/** A value as files and states hold it: dates as ISO, unknown and none as null, lists joined. */
export function keep(value: Value, date: boolean): Kept {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.join(",");
  return date && typeof value === "number" ? formatDay(value) : (value as Kept);
}

/** Day number of an asOf given as text; throws where it is no date: callers check user input first. */
export function requireDay(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new RangeError("asOf must be a date written YYYY-MM-DD");
  return day;
}
