import type { Settled, Task } from "@evertend/core";

/** A task of the day with the rules that asked for it, those that were merged into it included. */
export interface PlannedTask {
  readonly task: Task;
  readonly reasons: readonly { readonly ruleId: string; readonly subject: string }[];
}

/** The tasks of a customer's settled day, each with the rules behind it. */
export function plannedTasks(settled: readonly Settled[]): readonly PlannedTask[] {
  const reasonOf = new Map(settled.map(({ decision: { key, ruleId, subject } }) => [key, { ruleId, subject }] as const));
  return settled.flatMap(({ candidate, decision }) => (decision.outcome === "task" && candidate.task ? [candidate.task] : [])).map((task) => ({
    task,
    reasons: [task.key, ...task.merged].flatMap((key) => reasonOf.get(key) ?? []).filter(({ ruleId, subject }, i, all) => all.findIndex((other) => other.ruleId === ruleId && other.subject === subject) === i),
  }));
}
