import { explain, parseRecord, type ContactEntry, type CustomerState, type Engine, type Evaluated, type Explanation, type OpenTask } from "@evertend/core";
import { maskedTexts, type MaskedTexts } from "./masked-texts.js";
import type { PlannedTask } from "./planned-tasks.js";
import { RecordView } from "./record-view.js";

/** The day of a report, and what it is made with. */
export interface ReportDay {
  /** An engine whose program words tasks in the language of the report (see `reportEngine`). */
  readonly engine: Engine;
  /** Civil date. */
  readonly asOf: string;
  /** Instant with offset. */
  readonly at: string;
  /** The month that is asked about, `YYYY-MM`. */
  readonly month: string;
  /** `true`: names, numbers and addresses are shown; otherwise they are masked. */
  readonly reveal: boolean;
}

/** One customer as reports see them: evaluated, with the day's tasks, and with masks for what identifies them. */
export interface ReportCustomer {
  readonly id: string;
  readonly day: ReportDay;
  /** The record with its fields checked. */
  readonly record: RecordView;
  readonly evaluated: Evaluated;
  readonly state: CustomerState | undefined;
  /** The log of the bank with what Evertend planned itself, in order of date. */
  readonly contacts: readonly ContactEntry[];
  /** What is planned for today. */
  readonly tasks: readonly PlannedTask[];
  /** What was planned on earlier days and is not done. */
  readonly openTasks: readonly OpenTask[];
  readonly masked: MaskedTexts;
  /** A derived fact as text; `undefined` where it is unknown, or the pack has none of that name. */
  readonly factText: (id: string) => string | undefined;
  readonly factNumber: (id: string) => number | undefined;
  /** Why a rule fires for a subject today; `undefined` where it does not (any more), or the pack has no such rule. */
  why(ruleId: string, subject: string): Explanation["subjects"][number] | undefined;
}

/** What a customer of a report is made of. */
export interface ReportCustomerInput {
  /** The record as text. */
  readonly json: string;
  readonly state?: CustomerState | undefined;
  readonly tasks?: readonly PlannedTask[];
}

/** A customer for reports; `undefined` where the record cannot be used: runs tell why. */
export function reportCustomer(day: ReportDay, { json, state, tasks = [] }: ReportCustomerInput): ReportCustomer | undefined {
  const { engine, asOf, at } = day;
  const evaluated = engine.evaluate(json, { asOf, state });
  if ("setAside" in evaluated) return undefined;
  const parsed = parseRecord(json);
  if ("code" in parsed) return undefined;
  const record = new RecordView(parsed.value);
  const planned = new Set(tasks.map(({ task }) => task.key));
  const { rules } = engine.program;
  return {
    id: evaluated.customerId,
    day, record, evaluated, state, tasks,
    contacts: [...evaluated.contacts, ...(state?.contacts ?? [])].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)),
    openTasks: (state?.openTasks ?? []).filter(({ key, expiresAt }) => !planned.has(key) && (expiresAt === null || expiresAt >= asOf)),
    masked: maskedTexts(engine.program.model, record, evaluated.customerId, day.reveal),
    factText: (id) => {
      const value = evaluated.facts[id];
      return typeof value === "string" ? value : undefined;
    },
    factNumber: (id) => {
      const value = evaluated.facts[id];
      return typeof value === "number" ? value : undefined;
    },
    why(ruleId, subject) {
      if (!rules.some((rule) => rule.id === ruleId)) return undefined;
      const answer = explain(engine, json, { asOf, at, state, ruleId, subject });
      if ("setAside" in answer) return undefined;
      const [found] = answer.subjects;
      return found?.answer === "true" ? found : undefined;
    },
  };
}
