import { Findings, parseDay } from "@evertend/core";
import type { Diagnostic, DiagnosticCode, Lang } from "@evertend/core";
import { stepOf, type Workflow } from "./workflow.js";

/** One entry of a case's trail: who took it to which step, and when. */
export interface CaseEntry {
  readonly step: string;
  /** Civil date, `YYYY-MM-DD`. */
  readonly on: string;
  /** Id of the person who did it. */
  readonly by: string;
  readonly note?: string;
}

/** A case as a bank keeps it. */
export interface CaseRecord {
  readonly caseId: string;
  /** The step it is at. */
  readonly step: string;
  readonly openedOn: string;
  /** Date of the first answer to the customer; absent = not answered. */
  readonly answeredOn?: string;
  readonly closedOn?: string;
  /** Every step so far, the first included, in order. Entries are only ever added. */
  readonly trail: readonly CaseEntry[];
}

/** What is to happen to a case. */
export interface CaseCommand {
  readonly to: string;
  readonly on: string;
  readonly by: string;
  readonly note?: string;
}

/** A case that went on, or why it may not: then nothing changed. */
export type Advanced = { readonly case: CaseRecord } | { readonly diagnostics: readonly Diagnostic[] };

/**
 * Opens a case in the first step of its workflow.
 *
 * @returns diagnostics CASE_INVALID where id, date or person are missing or no date
 */
export function openCase(workflow: Workflow, opening: { readonly caseId: string; readonly on: string; readonly by: string; readonly note?: string }, lang: Lang = "en"): Advanced {
  const first = workflow.steps[0];
  if (!first) throw new Error("a workflow has at least one step");
  const faults = new CaseFaults(lang);
  if (!isName(opening.caseId)) faults.add("CASE_INVALID", "/caseId", { name: "caseId", expected: "text" });
  faults.checkAct(opening);
  if (faults.any) return faults.result;
  return { case: withEntry({ caseId: opening.caseId, step: first.id, openedOn: opening.on, trail: [] }, workflow, entryOf(first.id, opening)) };
}

/**
 * Takes a case to its next step. Pure: the record given stays as it is. A case gets an answer before it closes, steps
 * are taken as the workflow says, and dates never go back.
 *
 * @returns the case in its new step, or diagnostics: CASE_INVALID, WORKFLOW_STEP_UNKNOWN, CASE_ENDED, CASE_STEP_NOT_REACHABLE,
 * CASE_CLOSE_UNANSWERED, CASE_DATE_ORDER; pointers point into the command, or into the record where that is at fault
 * @example
 * ```ts
 * const opened = openCase(workflow, { caseId: "C1", on: "2026-09-21", by: "T01" });
 * if ("case" in opened) advance(workflow, opened.case, { to: "classified", on: "2026-09-22", by: "T01" });
 * ```
 */
export function advance(workflow: Workflow, record: CaseRecord, command: CaseCommand, lang: Lang = "en"): Advanced {
  const faults = new CaseFaults(lang);
  faults.checkRecord(record, workflow);
  faults.checkAct(command);
  if (faults.any) return faults.result;
  const ids = workflow.steps.map((step) => step.id).join(", ");
  const from = stepOf(workflow, record.step);
  const to = stepOf(workflow, command.to);
  if (!from) faults.add("WORKFLOW_STEP_UNKNOWN", "/step", { name: record.step, allowed: ids }, "case");
  if (!to) faults.add("WORKFLOW_STEP_UNKNOWN", "/to", { name: String(command.to), allowed: ids });
  if (!from || !to) return faults.result;
  const last = record.trail.at(-1)?.on ?? record.openedOn;
  if (from.ends) faults.add("CASE_ENDED", "/to", { found: from.id });
  else if (!from.next.includes(to.id)) faults.add("CASE_STEP_NOT_REACHABLE", "/to", { found: from.id, name: to.id, allowed: from.next.join(", ") });
  // Old records may have come by a way that this workflow does not have.
  if (to.ends && !to.answers && record.answeredOn === undefined) faults.add("CASE_CLOSE_UNANSWERED", "/to", { name: to.id, allowed: workflow.steps.filter((step) => step.answers).map((step) => step.id).join(", ") });
  if (command.on < last) faults.add("CASE_DATE_ORDER", "/on", { found: command.on, expected: last });
  return faults.any ? faults.result : { case: withEntry(record, workflow, entryOf(to.id, command)) };
}

function entryOf(step: string, { on, by, note }: Pick<CaseCommand, "on" | "by" | "note">): CaseEntry {
  return { step, on, by, ...(note === undefined ? {} : { note }) };
}

function withEntry(record: CaseRecord, workflow: Workflow, entry: CaseEntry): CaseRecord {
  const step = stepOf(workflow, entry.step);
  return {
    ...record,
    step: entry.step,
    ...(step?.answers === true && record.answeredOn === undefined ? { answeredOn: entry.on } : {}),
    ...(step?.ends === true ? { closedOn: entry.on } : {}),
    trail: [...record.trail, entry],
  };
}

function isName(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "" && value.length <= 200;
}

function isDay(value: unknown): boolean {
  return typeof value === "string" && parseDay(value) !== undefined;
}

/** Gathers what is wrong; a note may hold anything, so that no text of a case gets into a message. */
class CaseFaults {
  readonly #findings: Findings;

  constructor(lang: Lang) {
    this.#findings = new Findings(lang);
  }

  get any(): boolean {
    return this.#findings.hasErrors;
  }

  get result(): { readonly diagnostics: readonly Diagnostic[] } {
    return { diagnostics: this.#findings.sorted() };
  }

  add(code: DiagnosticCode, pointer: string, params: Readonly<Record<string, string>>, file = "command"): void {
    this.#findings.add(code, { file, pointer, line: 0, column: 0 }, params);
  }

  checkAct(command: unknown): void {
    const { on, by, note } = (typeof command === "object" && command !== null ? command : {}) as Readonly<Record<string, unknown>>;
    if (!isDay(on)) this.add("CASE_INVALID", "/on", { name: "on", expected: "YYYY-MM-DD" });
    if (!isName(by)) this.add("CASE_INVALID", "/by", { name: "by", expected: "text" });
    if (note !== undefined && (typeof note !== "string" || note.length > 4000)) this.add("CASE_INVALID", "/note", { name: "note", expected: "text" });
  }

  checkRecord(record: unknown, { steps }: Workflow): void {
    const { caseId, step, openedOn, answeredOn, trail } = (typeof record === "object" && record !== null ? record : {}) as Readonly<Record<string, unknown>>;
    if (!isName(caseId)) this.add("CASE_INVALID", "/caseId", { name: "caseId", expected: "text" }, "case");
    if (!isName(step)) this.add("CASE_INVALID", "/step", { name: "step", expected: steps.map((one) => one.id).join(" | ") }, "case");
    if (!isDay(openedOn)) this.add("CASE_INVALID", "/openedOn", { name: "openedOn", expected: "YYYY-MM-DD" }, "case");
    if (answeredOn !== undefined && !isDay(answeredOn)) this.add("CASE_INVALID", "/answeredOn", { name: "answeredOn", expected: "YYYY-MM-DD" }, "case");
    if (!Array.isArray(trail)) {
      this.add("CASE_INVALID", "/trail", { name: "trail", expected: "list" }, "case");
      return;
    }
    trail.forEach((entry: unknown, i) => {
      const on = typeof entry === "object" && entry !== null ? (entry as Readonly<Record<string, unknown>>)["on"] : undefined;
      if (!isDay(on)) this.add("CASE_INVALID", `/trail/${i}/on`, { name: "on", expected: "YYYY-MM-DD" }, "case");
    });
  }
}
