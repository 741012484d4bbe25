import { countDecisions, sha256Hex, type CustomerState, type Outcome, type Settled, type Sha256 } from "@evertend/core";
import type { AssigneeLoad, DrawnCustomer, RunFigures, SettledFigures } from "./run-figures.js";

/** Counts settled decisions of a part of a run, to be added to the whole later. */
export interface SettledCounter {
  /** All settled decisions of a customer, with the state before the run. */
  settled(customerId: string, settled: readonly Settled[], prior: CustomerState | undefined): void;
  /** What another counter counted. */
  add(figures: SettledFigures): void;
  finish(): SettledFigures;
}

/** All outcomes, in the order in which reports name them. */
export const outcomes: readonly Outcome[] = ["touch", "task", "held", "merged", "dropped"];

/**
 * Starts to count customers whose figures `FigureCollector.addSettled` takes. Examples are drawn anew each day (`asOf`, a
 * civil date), by the host's own SHA-256 where it has a faster one than core's.
 */
export function countSettled({ asOf, sha256 = sha256Hex }: { readonly asOf: string; readonly sha256?: Sha256 }): SettledCounter {
  const decisions = countDecisions();
  const reasons = new Counts<Outcome>();
  const rules = new Counts<string>();
  const channels = new Counts<string>();
  const assignees = new Map<string, AssigneeLoad>();
  const drawn = new Map<Outcome, DrawnCustomer>();

  function count({ candidate, decision }: Settled): void {
    reasons.add(decision.outcome, decision.reason);
    rules.add(decision.ruleId, decision.outcome);
    if (decision.outcome === "touch") channels.add(decision.channel, decision.class);
    if (decision.outcome === "task" && candidate.task) load(candidate.task.assignee, candidate.task.role, 1);
  }

  function load(assignee: string, role: string, tasks: number): void {
    assignees.set(assignee, { role, tasks: (assignees.get(assignee)?.tasks ?? 0) + tasks });
  }

  return {
    settled(customerId, settled, prior) {
      decisions.count(settled, prior);
      settled.forEach(count);
      const telling = new Set(settled.filter(({ decision }) => decision.reason !== "ALREADY_PLANNED").map(({ decision }) => decision.outcome));
      if (telling.size === 0) return;
      const draw = sha256(JSON.stringify([customerId, asOf]));
      for (const outcome of telling) {
        const best = drawn.get(outcome);
        if (!best || draw < best.draw) drawn.set(outcome, { customerId, draw, decisions: settled.map(({ decision }) => decision) });
      }
    },
    add(part) {
      decisions.add(part.decisions);
      reasons.addAll(part.reasons);
      rules.addAll(part.rules);
      channels.addAll(part.channels);
      for (const [assignee, { role, tasks }] of Object.entries(part.assignees)) load(assignee, role, tasks);
      for (const [outcome, one] of Object.entries(part.drawn) as [Outcome, DrawnCustomer][]) {
        const best = drawn.get(outcome);
        if (!best || one.draw < best.draw) drawn.set(outcome, one);
      }
    },
    finish: () => ({
      decisions: decisions.finish(),
      reasons: Object.fromEntries(outcomes.map((outcome) => [outcome, reasons.of(outcome)])) as unknown as RunFigures["reasons"],
      rules: Object.fromEntries(rules.names().map((id) => [id, { touch: 0, task: 0, held: 0, merged: 0, dropped: 0, ...rules.of(id) }])),
      channels: channels.all(),
      assignees: sorted(assignees),
      drawn: Object.fromEntries(drawn),
    }),
  };
}

/** Counts by two names. */
class Counts<Name extends string> {
  readonly #counts = new Map<Name, Map<string, number>>();

  add(name: Name, inner: string, count = 1): void {
    const counts = this.#counts.get(name) ?? new Map<string, number>();
    counts.set(inner, (counts.get(inner) ?? 0) + count);
    this.#counts.set(name, counts);
  }

  addAll(others: Readonly<Partial<Record<Name, Readonly<Record<string, number>>>>>): void {
    for (const [name, counts] of Object.entries(others) as [Name, Readonly<Record<string, number>>][]) for (const [inner, count] of Object.entries(counts)) this.add(name, inner, count);
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

/** A map as a record, by name. */
export function sorted<T>(map: ReadonlyMap<string, T>): Readonly<Record<string, T>> {
  return Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));
}
