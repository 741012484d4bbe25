import { createSummary, sha256Hex, type Decision, type Evaluated, type EvaluationCounts, type MessageClass, type Outcome, type Program, type ReasonCode, type RunSummary, type Settled, type CustomerState } from "@evertend/core";

/** A person of the bank and the tasks of one day. */
export interface AssigneeLoad {
  readonly role: string;
  readonly tasks: number;
}

/** A customer whose decisions are shown as an example. */
export interface ExampleCustomer {
  readonly customerId: string;
  readonly decisions: readonly Decision[];
}

/** What a run's report is made of: the summary, and counts that only the report needs. */
export interface RunFigures {
  readonly summary: RunSummary;
  /** Decisions by outcome and reason. */
  readonly reasons: Readonly<Record<Outcome, Readonly<Partial<Record<ReasonCode, number>>>>>;
  /** Decisions by rule and outcome. */
  readonly rules: Readonly<Record<string, Readonly<Record<Outcome, number>>>>;
  /** Touches by channel and class. */
  readonly channels: Readonly<Record<string, Readonly<Partial<Record<MessageClass, number>>>>>;
  /** Customers for whom an answer stayed open because this field is missing. */
  readonly missing: Readonly<Record<string, number>>;
  /** Tasks by assignee. */
  readonly assignees: Readonly<Record<string, AssigneeLoad>>;
  /** One customer for each kind of outcome, drawn by a hash. */
  readonly examples: readonly ExampleCustomer[];
}

/** What a report needs of customers that were evaluated in another thread or at another time. Plain JSON. */
export interface EvaluatedFigures extends EvaluationCounts {
  /** Customers for whom an answer stayed open because this field is missing. */
  readonly missing: Readonly<Record<string, number>>;
}

/** Counts a run while it goes by. Memory grows with rules, fields and people of the bank, not with customers. */
export interface FigureCollector {
  /** A record that could not be used, by the code of its first problem. */
  setAside(code: string): void;
  evaluated(evaluated: Evaluated): void;
  /** Customers that `countEvaluated` counted. */
  add(figures: EvaluatedFigures): void;
  /** All settled decisions of a customer, with the state before the run. */
  settled(customerId: string, settled: readonly Settled[], prior: CustomerState | undefined): void;
  finish(): RunFigures;
}

const outcomes: readonly Outcome[] = ["touch", "task", "held", "merged", "dropped"];

/** Starts to count a run. */
export function collectFigures(program: Program, day: { readonly asOf: string; readonly at: string }): FigureCollector {
  const summary = createSummary({ program, ...day });
  const reasons = new Counts<Outcome>();
  const rules = new Counts<string>();
  const channels = new Counts<string>();
  const missing = new Map<string, number>();
  const assignees = new Map<string, AssigneeLoad>();
  const drawn = new Map<Outcome, ExampleCustomer & { readonly draw: string }>();

  function count({ candidate, decision }: Settled): void {
    reasons.add(decision.outcome, decision.reason);
    rules.add(decision.ruleId, decision.outcome);
    if (decision.outcome === "touch") channels.add(decision.channel, decision.class);
    if (decision.outcome !== "task" || !candidate.task) return;
    const { assignee, role } = candidate.task;
    assignees.set(assignee, { role, tasks: (assignees.get(assignee)?.tasks ?? 0) + 1 });
  }

  return {
    setAside: (code) => summary.setAside(code),
    evaluated(evaluated) {
      summary.customer(evaluated.evaluation);
      countMissing(evaluated, (name) => missing.set(name, (missing.get(name) ?? 0) + 1));
    },
    add(figures) {
      summary.add(figures);
      for (const [name, count] of Object.entries(figures.missing)) missing.set(name, (missing.get(name) ?? 0) + count);
    },
    settled(customerId, settled, prior) {
      summary.decisions(settled, prior);
      settled.forEach(count);
      const telling = new Set(settled.filter(({ decision }) => decision.reason !== "ALREADY_PLANNED").map(({ decision }) => decision.outcome));
      if (telling.size === 0) return;
      const draw = sha256Hex(JSON.stringify([customerId, day.asOf]));
      for (const outcome of telling) {
        const best = drawn.get(outcome);
        if (!best || draw < best.draw) drawn.set(outcome, { customerId, draw, decisions: settled.map(({ decision }) => decision) });
      }
    },
    finish: () => ({
      summary: summary.finish(),
      reasons: Object.fromEntries(outcomes.map((outcome) => [outcome, reasons.of(outcome)])) as unknown as RunFigures["reasons"],
      rules: Object.fromEntries(rules.names().map((id) => [id, { touch: 0, task: 0, held: 0, merged: 0, dropped: 0, ...rules.of(id) }])),
      channels: channels.all(),
      missing: sorted(missing),
      assignees: sorted(assignees),
      examples: examplesOf(outcomes.flatMap((outcome) => drawn.get(outcome) ?? [])),
    }),
  };
}

/** Each field once, however many rules lack it. */
function countMissing(evaluated: Evaluated, count: (name: string) => void): void {
  if (evaluated.unknowns.length > 0) for (const name of new Set(evaluated.unknowns.flatMap((unknown) => unknown.missing))) count(name);
}

/** A customer may have been drawn for several outcomes. */
function examplesOf(drawn: readonly ExampleCustomer[]): readonly ExampleCustomer[] {
  const byId = new Map(drawn.map(({ customerId, decisions }) => [customerId, { customerId, decisions }] as const));
  return [...byId.values()];
}

/** Counts by two names. */
class Counts<Name extends string> {
  readonly #counts = new Map<Name, Map<string, number>>();

  add(name: Name, inner: string): void {
    const counts = this.#counts.get(name) ?? new Map<string, number>();
    counts.set(inner, (counts.get(inner) ?? 0) + 1);
    this.#counts.set(name, counts);
  }

  of(name: Name): Readonly<Record<string, number>> {
    return sorted(this.#counts.get(name) ?? new Map<string, number>());
  }

  names(): readonly Name[] {
    return [...this.#counts.keys()].sort();
  }

  all(): Readonly<Record<string, Readonly<Record<string, number>>>> {
    return Object.fromEntries(this.names().map((name) => [name, this.of(name)]));
  }
}

function sorted<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
