import type { ContactEntry } from "./contact-entry.js";

/** A value kept from one run to the next; `null` = unknown. */
export type Kept = string | number | boolean | null;

/** An open task as remembered between runs. */
export interface OpenTask {
  readonly key: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly assignee: string;
  readonly opened: string;
  readonly expiresAt: string | null;
}

/**
 * What one run hands to the next for one customer. A plain JSON value: the same arguments give the same next state.
 */
export interface CustomerState {
  readonly customerId: string;
  /** Civil date of the run that wrote it. */
  readonly asOf: string;
  /** Civil date on which the customer is due again although the data stays the same; `null` = never; absent = at the next run. */
  readonly reviewOn?: string | null;
  /** Mark of the record as the source gave it, to see whether it changed; absent = it counts as changed. */
  readonly record?: string;
  /** The record of that mark could not be used; all else is of the last one that could. */
  readonly setAside?: true;
  /** Derived facts of that run by id, and what reducers remember under `<fact>/<name>`. */
  readonly lastFacts: Readonly<Record<string, Kept>>;
  /** First day of each running episode, by `<rule>\n<subject>`. */
  readonly episodes: Readonly<Record<string, string>>;
  /** Keys planned so far → civil date planned. */
  readonly keys: Readonly<Record<string, string>>;
  /** Contacts that Evertend itself planned. */
  readonly contacts: readonly ContactEntry[];
  readonly openTasks: readonly OpenTask[];
  /** Seats the customer has: pool (`events/E1`) → civil date on which it was given. Absent = none. */
  readonly seats?: Readonly<Record<string, string>>;
}

/**
 * Where run state lives. States come and go in ascending order of `customerId` (by UTF-16 code unit, as `<` compares),
 * so that a run merges them with its source in one pass. Nothing is visible to a later `read` before `commit`.
 */
export interface StateStore {
  read(): AsyncIterable<CustomerState>;
  begin(): Promise<StateWriter>;
}

/** A state that is not read yet: what the schedule of reviews needs of it. */
export type ScheduledState = Pick<CustomerState, "customerId" | "asOf" | "reviewOn" | "record" | "setAside">;

/**
 * State that knows when each customer is due again, so that a run can take those alone. The order is that of `read`.
 */
export interface ReviewStore extends StateStore {
  schedule(): AsyncIterable<ScheduledState>;
  /** The whole states of some that `schedule` gave, in the same order. */
  load(scheduled: readonly ScheduledState[]): Promise<readonly CustomerState[]>;
  /** What the last run was made with (pack, parameters, context), as its caller wrote it; `null` = it did not say. */
  basis(): Promise<string | null>;
}

/** Takes the next states of one run; exactly one of `commit` or `abort` ends it. */
export interface StateWriter {
  write(state: CustomerState): Promise<void>;
  /** @param others what becomes of customers of before who were not written: `gone` if not given */
  commit(others?: "gone" | "kept"): Promise<void>;
  abort(): Promise<void>;
}
