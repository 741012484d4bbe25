import { createAllocation } from "./arbitrate/allocate.js";
import type { CustomerDecisions, Settled } from "./arbitrate/candidate.js";
import { decide } from "./arbitrate/decide.js";
import { occupyFromState } from "./arbitrate/occupy-from-state.js";
import type { ChannelConfig } from "./channel/channel.js";
import type { Match, Task, Touch, Unknown } from "./decision/decision.js";
import { DiagnosticError } from "./diagnostics/diagnostic-error.js";
import type { Diagnostic, Lang } from "./diagnostics/diagnostic.js";
import { Findings } from "./diagnostics/findings.js";
import { createEvaluator, requireDay } from "./evaluate/create-evaluator.js";
import type { Evaluation } from "./evaluate/evaluation.js";
import type { EvaluatorOptions } from "./evaluate/evaluator.js";
import type { FoundElsewhere } from "./evaluate/found-elsewhere.js";
import { EvaluatedCustomer, HashedRecord } from "./evaluated-customer.js";
import type { NormalContext } from "./evaluate/value.js";
import type { Sha256 } from "./json/hash.js";
import { readRecord } from "./json/read-record.js";
import type { Program } from "./lower/program.js";
import { withContacts } from "./normalise/merge-contacts.js";
import { createNormaliser, type RecordProblem } from "./normalise/normalise-record.js";
import { ownValue } from "./normalise/own-value.js";
import { nextState } from "./plan/next-state.js";
import { reviewOf } from "./plan/review-day.js";
import type { ContactEntry } from "./ports/contact-entry.js";
import type { Consent } from "./ports/consent.js";
import type { CustomerState, Kept } from "./ports/customer-state.js";

/** What an engine needs beside its program. */
export interface EngineOptions extends EvaluatorOptions {
  /** Context collections by name (products, events), as JSON; absent ones are unknown. */
  readonly context?: Readonly<Record<string, unknown>>;
  /** Settings of channels by id, as the run will send with. */
  readonly channelConfigs?: Readonly<Record<string, ChannelConfig>>;
  readonly lang?: Lang;
  /** SHA-256 of a text's UTF-8 bytes as lower-case hex, where the host has a faster one than core's own. */
  readonly sha256?: Sha256;
}

/** Where a record comes from, for what is said about it. */
export interface RecordPlace {
  readonly file: string;
  readonly row: number;
}

/** The day that is asked about. */
export interface DecideOptions {
  /** Civil date, `YYYY-MM-DD`. */
  readonly asOf: string;
  /** Instant with offset; decides quiet hours. */
  readonly at: string;
  readonly state?: CustomerState | undefined;
  readonly place?: RecordPlace;
  /** What another back-end found for this record and day: rules are not evaluated again. */
  readonly found?: FoundElsewhere | undefined;
}

/** A record that cannot be used, and why: the run goes on without it. */
export interface SetAside {
  readonly setAside: readonly Diagnostic[];
}

/** A record that was evaluated. */
export interface Evaluated {
  /** What it was evaluated by: that of the customer's unit where units have overlays. */
  readonly program: Program;
  readonly customerId: string;
  readonly evaluation: Evaluation;
  readonly matches: readonly Match[];
  readonly unknowns: readonly Unknown[];
  /** Every derived fact by id; unknown and none as `null`, dates as ISO text. */
  readonly facts: Readonly<Record<string, Kept>>;
  readonly contacts: readonly ContactEntry[];
  readonly consents: readonly Consent[];
}

/** A customer's day before limits across customers are settled. */
export interface Decided extends Evaluated {
  readonly decisions: CustomerDecisions;
}

/** A customer's day with everything settled. */
export interface CustomerResult extends Evaluated {
  readonly settled: readonly Settled[];
  readonly touches: readonly Touch[];
  readonly tasks: readonly Task[];
  /** What the next run needs to know of this customer. */
  readonly nextState: CustomerState;
}

/** The day of many customers, with the states that they have. */
export type RunDay = Omit<DecideOptions, "state" | "place" | "found"> & { readonly states?: ReadonlyMap<string, CustomerState> };

/** A program ready to be asked about records. Pure: the same arguments give the same answers. */
export interface Engine {
  readonly program: Program;
  readonly context: NormalContext;
  /** The engine that decides this record: itself, or that of the customer's unit where units have overlays. */
  of(record: unknown): Engine;
  /** Evaluates one record: parsed JSON, or its text. */
  evaluate(record: unknown, options: Pick<DecideOptions, "asOf" | "state" | "place" | "found">): Evaluated | SetAside;
  /** Evaluates a record and decides its actions, up to what limits across customers leave open. */
  decide(record: unknown, options: DecideOptions): Decided | SetAside;
  /** Puts settled decisions together with touches, tasks and the next state. */
  finish(decided: Decided, settled: readonly Settled[], options: DecideOptions): CustomerResult;
  /**
   * Decides many customers. Limits across customers (slots, budgets) are settled over all of them, which keeps their
   * decisions in memory: a host with millions spools between `decide` and `finish` instead.
   */
  run(records: AsyncIterable<unknown> | Iterable<unknown>, options: RunDay): AsyncGenerator<CustomerResult | SetAside>;
}

/**
 * Builds an engine.
 *
 * @throws DiagnosticError when a context collection is not as the model says
 * @example
 * ```ts
 * const engine = createEngine(program, { context: { products } });
 * const result = engine.decide(record, { asOf: "2026-11-30", at: "2026-11-30T09:00:00+08:00" });
 * ```
 */
export function createEngine(program: Program, options: EngineOptions = {}): Engine {
  const normaliser = createNormaliser(program.model, options);
  const evaluator = createEvaluator(program, options);
  const lang = options.lang ?? "en";
  const context = normaliseContext(program, normaliser, options.context ?? {}, lang);

  const engine: Engine = {
    program,
    context,
    of: () => engine,
    evaluate(record, { asOf, state, place, found }) {
      const parsed = readRecord(record);
      if ("code" in parsed) return setAside([{ code: parsed.code, pointer: parsed.pointer, field: "" }], place, lang);
      const json = parsed.value;
      const isRecord = typeof json === "object" && json !== null && !Array.isArray(json);
      const normal = normaliser.record(isRecord ? withContacts(program.model, json, state?.contacts ?? []) : json);
      if (!("slots" in normal)) return setAside(normal, place, lang);
      const evaluation = evaluator.evaluate(new HashedRecord(normal, json, options.sha256), { asOf: requireDay(asOf), context, state, found });
      return new EvaluatedCustomer(program, evaluation, json);
    },
    decide(record, day) {
      const evaluated = engine.evaluate(record, day);
      if ("setAside" in evaluated) return evaluated;
      const decisions = decide({
        program, evaluation: evaluated.evaluation, context, state: day.state, asOf: day.asOf, at: day.at, sha256: options.sha256,
        get recordContacts() {
          return evaluated.contacts;
        },
        get consents() {
          return evaluated.consents;
        },
        ...(options.channelConfigs ? { channelConfigs: options.channelConfigs } : {}),
      });
      return Object.assign(evaluated, { decisions });
    },
    finish(decided, settled, { asOf, state }) {
      const { customerId, evaluation, matches, unknowns, facts, contacts, consents } = decided;
      const touches = settled.flatMap(({ candidate, decision }) => (decision.outcome === "touch" && candidate.touch ? [candidate.touch] : []));
      const tasks = settled.flatMap(({ candidate, decision }) => (decision.outcome === "task" && candidate.task ? [candidate.task] : []));
      const next = nextState({ customerId: decided.customerId, prior: state, remember: decided.evaluation.remember, settled, asOf, zone: program.model.zone, recordContacts: decided.contacts, review: reviewOf(program, evaluation, consents) });
      return { program, customerId, evaluation, matches, unknowns, facts, contacts, consents, settled, touches, tasks, nextState: next };
    },
    run: (records, day) => runRecords(engine, records, day),
  };
  return engine;
}

/** Decides many customers by an engine, then settles over all of them what they share. */
export async function* runRecords(engine: Engine, records: AsyncIterable<unknown> | Iterable<unknown>, { asOf, at, states }: RunDay): AsyncGenerator<CustomerResult | SetAside> {
  const allocation = createAllocation(engine.program.policy, asOf);
  const days: (Decided | SetAside)[] = [];
  let row = 0;
  for await (const record of records) {
    const parsed = readRecord(record);
    const state = states?.get(idOf(engine.program, "value" in parsed ? parsed.value : undefined));
    if (state) occupyFromState(allocation, state, asOf);
    const day = engine.decide("value" in parsed ? parsed.value : record, { asOf, at, state, place: { file: "records", row: ++row } });
    days.push(day);
    if ("decisions" in day) for (const candidate of day.decisions.candidates) allocation.offer(candidate);
  }
  for (const day of days) {
    if ("setAside" in day) yield day;
    else yield engine.finish(day, day.decisions.candidates.map((candidate) => ({ candidate, decision: allocation.settle(candidate) })), { asOf, at, state: states?.get(day.customerId) });
  }
}

function idOf(program: Program, record: unknown): string {
  const value = ownValue(record, program.model.idField.split("."));
  return typeof value === "string" ? value : "";
}

function setAside(problems: readonly RecordProblem[], place: RecordPlace | undefined, lang: Lang): SetAside {
  const findings = new Findings(lang);
  for (const { code, pointer, field } of problems) findings.add(code, { file: place?.file ?? "record", pointer, line: place?.row ?? 0, column: 0 }, { name: field });
  return { setAside: findings.sorted() };
}

function normaliseContext(program: Program, normaliser: ReturnType<typeof createNormaliser>, given: Readonly<Record<string, unknown>>, lang: Lang): NormalContext {
  const findings = new Findings(lang);
  const out = [...program.model.context.values()].map((collection) => {
    const json = Object.hasOwn(given, collection.name) ? given[collection.name] : undefined;
    if (json === undefined || json === null) return collection.absent === "none" ? [] : undefined;
    const items = normaliser.items(collection, json);
    if (!items.some((item) => "code" in item)) return items as NormalContext[number];
    for (const problem of items as readonly RecordProblem[]) findings.add(problem.code, { file: collection.name, pointer: problem.pointer, line: 0, column: 0 }, { name: problem.field });
    return undefined;
  });
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  return out;
}
