import type { Settled } from "../arbitrate/candidate.js";
import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { Program } from "../lower/program.js";
import type { Consent } from "../ports/consent.js";

/** What says when a customer must be looked at again although the data stays the same. */
export interface Review {
  /** First day on which an answer of the rules, a step or a consent may differ; `null` = never. */
  readonly wakeUp: number | null;
  /** First day on which a gate that knows its day may turn; what counts is whether it stopped an action. Absent or `null` = never. */
  readonly gates?: Readonly<Partial<Record<Gate, number | null>>> | undefined;
}

/** Gates that hang on nothing but record, pack and day. */
type Gate = "pause" | "unless" | "product";

const gateOf: Readonly<Partial<Record<ReasonCode, Gate>>> = {
  PAUSED: "pause", PAUSE_UNKNOWN: "pause", UNLESS: "unless", PRODUCT_NONE: "product", SUITABILITY_UNKNOWN: "product", SUITABILITY_EXCEEDED: "product", APPROVAL_NEEDED: "product",
};

/** Reasons that stay while data, pack and occurrence do; all others may be gone tomorrow. */
const lasting: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  "PLANNED", "REROUTED_CONSENT_UNKNOWN", "MERGED", "ALREADY_PLANNED", "DO_NOT_CONTACT", "CONSENT_UNKNOWN", "CONSENT_REFUSED", "HOLDOUT", "NO_ADDRESS", "NO_ASSIGNEE", "ADDRESS_INVALID", "EXPIRED",
]);

/**
 * Reads what a review hangs on: the rules' own wake-up day, the days on which steps open and levels lose their grace, and
 * consents dated ahead.
 */
export function reviewOf(program: Pick<Program, "levels" | "policy" | "model">, evaluation: Evaluation, consents: readonly Consent[]): Review {
  const asOf = evaluation.asOf;
  let wakeUp = evaluation.wakeUp;
  const turnsOn = (day: number): void => {
    if (day < wakeUp) wakeUp = day;
  };
  for (const match of evaluation.matches) {
    for (const { guard, via } of match.rule.actions) {
      if (guard) turnsOn(evaluation.until(guard, match) + 1);
      if ("op" in via) turnsOn(evaluation.until(via, match) + 1);
    }
  }
  program.levels.forEach((_, state) => {
    try {
      turnsOn(evaluation.until({ op: "level", type: "text", state, part: "level", name: "" }) + 1);
    } catch {
      // A measure that fails was told with the rules that read it.
    }
  });
  for (const { date } of consents) {
    const day = date === undefined ? undefined : parseDay(date);
    if (day !== undefined && day > asOf) turnsOn(day);
  }
  return { wakeUp: orNever(wakeUp), ...(evaluation.matches.length === 0 ? {} : { gates: gatesOf(program, evaluation) }) };
}

/** The day on which each gate may turn, whichever of a customer's actions it stops. */
function gatesOf(program: Pick<Program, "policy" | "model">, evaluation: Evaluation): Review["gates"] {
  const days = { pause: Infinity, unless: Infinity, product: Infinity };
  const turnsOn = (gate: Gate, day: number): void => {
    if (day < days[gate]) days[gate] = day;
  };
  for (const { when } of program.policy.pauses) turnsOn("pause", evaluation.until(when) + 1);
  for (const match of evaluation.matches) {
    const { product, suitability } = match.rule.policy;
    for (const { unless } of match.rule.actions) if (typeof unless === "object") turnsOn("unless", evaluation.until(unless, match) + 1);
    if (product) turnsOn("product", evaluation.until(product.pick, match) + 1);
    if (suitability !== undefined) turnsOn("product", assessmentTurns(program, evaluation, suitability));
  }
  return { pause: orNever(days.pause), unless: orNever(days.unless), product: orNever(days.product) };
}

/** The day on which what stops a product may end by itself: an assessment that is dated ahead. Facts may turn any day. */
function assessmentTurns({ policy, model }: Pick<Program, "policy" | "model">, evaluation: Evaluation, name: string): number {
  const rules = policy.suitability.get(name);
  if (!rules || ![rules.assessedOn, rules.birthDate, ...rules.customerRatings].every((field) => model.fields.has(field))) return evaluation.asOf + 1;
  const assessed = evaluation.read(rules.assessedOn);
  const day = typeof assessed === "string" ? parseDay(assessed) : undefined;
  return day !== undefined && day > evaluation.asOf ? day : Infinity;
}

function orNever(day: number): number | null {
  return day === Infinity ? null : day;
}

/**
 * The civil date on which a customer is due again if nothing changes; `null` = never. Where an action was stopped for a
 * reason that time alone may end, that is the day on which its gate may turn: tomorrow where the gate does not know.
 *
 * @param today day number
 */
export function reviewDay({ wakeUp, gates = {} }: Review, settled: readonly Settled[], today: number): string | null {
  let day = wakeUp ?? Infinity;
  for (const { decision: { reason, expiresAt } } of settled) {
    if (lasting.has(reason)) continue;
    const gate = gateOf[reason];
    day = Math.min(day, gate === undefined ? today + 1 : (gates[gate] ?? Infinity));
    // What is held by a pause is dropped on its last day.
    if (gate === "pause" && expiresAt !== null) day = Math.min(day, parseDay(expiresAt) ?? Infinity);
  }
  return day === Infinity ? null : formatDay(Math.max(day, today + 1));
}
