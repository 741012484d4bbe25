import type { AssigneeLoad, RunFigures } from "./run-figures.js";

/** What one day of a forecast plans: new messages and tasks, and what waits. Keys are sorted. */
export interface ForecastDay {
  /** Civil date. */
  readonly asOf: string;
  /** Customers who were looked at: all on the first day, later those who were due. */
  readonly customers: number;
  /** Messages by channel. */
  readonly touches: Readonly<Record<string, number>>;
  /** Tasks by role. */
  readonly tasks: Readonly<Record<string, number>>;
  /** Actions that wait for another day. */
  readonly held: number;
  /** Messages and tasks by rule; rules without either are left out. */
  readonly rules: Readonly<Record<string, { readonly touches: number; readonly tasks: number }>>;
  /** Tasks by the person who has them. */
  readonly load: Readonly<Record<string, AssigneeLoad>>;
}

/** What a forecast keeps of the figures of a day. */
export function forecastDay({ summary, rules, assignees }: RunFigures): ForecastDay {
  return {
    asOf: summary.asOf,
    customers: summary.customers,
    touches: summary.touchesByChannel,
    tasks: summary.tasksByRole,
    held: summary.outcomes.held,
    rules: Object.fromEntries(Object.entries(rules).flatMap(([id, { touch, task }]) => (touch + task === 0 ? [] : [[id, { touches: touch, tasks: task }] as const]))),
    load: assignees,
  };
}
