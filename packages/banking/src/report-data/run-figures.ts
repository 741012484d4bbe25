import type { Decision, DecisionCounts, EvaluationCounts, MessageClass, Outcome, ReasonCode, RunSummary } from "@evertend/core";

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

/** What a report needs of customers whose decisions were settled in another thread or at another time. Plain JSON. */
export interface SettledFigures extends Pick<RunFigures, "reasons" | "rules" | "channels" | "assignees"> {
  readonly decisions: DecisionCounts;
  readonly drawn: Readonly<Partial<Record<Outcome, DrawnCustomer>>>;
}

/** An example with the hash by which it was drawn: the smallest wins. */
export interface DrawnCustomer extends ExampleCustomer {
  readonly draw: string;
}
