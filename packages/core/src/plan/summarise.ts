import type { Settled } from "../arbitrate/candidate.js";
import type { Decision, Outcome } from "../decision/decision.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { RunSummary } from "../decision/run-summary.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { Program } from "../lower/program.js";
import type { CustomerState } from "../ports/customer-state.js";
import { isPlanned } from "./next-state.js";

/** What a summary says of the run as a whole. */
export interface SummaryInput {
  readonly program: Program;
  /** Civil date and ISO instant of the run. */
  readonly asOf: string;
  readonly at: string;
}

/** Customers of a part of a run, counted by rule. Plain JSON: parts may be counted in another thread or at another time. */
export interface EvaluationCounts {
  readonly customers: number;
  /** Records that could not be used, by diagnostic code. */
  readonly setAside: Readonly<Record<string, number>>;
  /** Matches, unknowns and failures by rule. */
  readonly matches: Readonly<Record<string, number>>;
  readonly unknowns: Readonly<Record<string, number>>;
  readonly errors: Readonly<Record<string, number>>;
}

/** Counts a run while it goes by; its memory does not grow with the customers. */
export interface Summary {
  /** A record that could not be used, by diagnostic code. */
  setAside(code: string): void;
  /** A customer that was evaluated. */
  customer(evaluation: Evaluation): void;
  /** Customers that were counted elsewhere. */
  add(counts: EvaluationCounts): void;
  /** All settled decisions of one customer, with the state before the run. */
  decisions(settled: readonly Settled[], prior: CustomerState | undefined): void;
  /** The counts so far. */
  finish(): RunSummary;
}

type Stage = RunSummary["funnel"][number]["stage"];
const stages: readonly Stage[] = ["actions", "new", "allowed", "arbitrated", "allocated", "planned"];

/** Starts a summary with all counts at zero. */
export function createSummary(input: SummaryInput): Summary {
  const { program, asOf, at } = input;
  const counts = { setAside: new Tally(), matches: new Tally(), unknowns: new Tally(), reasons: new Tally(), channels: new Tally(), classes: new Tally(), roles: new Tally(), errors: new Tally() };
  const outcomes: Record<Outcome, number> = { touch: 0, task: 0, held: 0, merged: 0, dropped: 0 };
  const survivors = stages.map(() => 0);
  let customers = 0;
  let keysPlannedTwice = 0;

  function one(settled: Settled): void {
    const { candidate, decision } = settled;
    outcomes[decision.outcome]++;
    counts.reasons.add(decision.reason);
    if (decision.outcome === "touch") {
      counts.channels.add(decision.channel);
      counts.classes.add(decision.class);
    }
    if (decision.outcome === "task" && candidate.task) counts.roles.add(candidate.task.role);
    const reached = stages.indexOf(lastStage(decision));
    for (let stage = 0; stage <= reached; stage++) survivors[stage] = (survivors[stage] as number) + 1;
  }

  return {
    setAside: (code) => counts.setAside.add(code),
    customer(evaluation) {
      customers++;
      for (const match of evaluation.matches) counts.matches.add(match.rule.id);
      for (const unknown of evaluation.unknowns) counts.unknowns.add(unknown.ruleId);
      for (const failure of evaluation.failures) counts.errors.add(failure.ruleId);
    },
    add(part) {
      customers += part.customers;
      for (const name of ["setAside", "matches", "unknowns", "errors"] as const) {
        for (const [id, count] of Object.entries(part[name])) counts[name].add(id, count);
      }
    },
    decisions(settled, prior) {
      settled.forEach(one);
      keysPlannedTwice += plannedTwice(settled, prior);
    },
    finish: () => ({
      packId: program.pack.id,
      packVersion: program.pack.version,
      packHash: program.hash,
      engineVersion: program.engineVersion,
      asOf,
      at,
      customers,
      setAside: counts.setAside.sorted(),
      matches: counts.matches.total,
      matchesByRule: counts.matches.sorted(),
      unknownsByRule: counts.unknowns.sorted(),
      decisions: survivors[0] as number,
      outcomes: { ...outcomes },
      reasons: counts.reasons.sorted(),
      touchesByChannel: counts.channels.sorted(),
      touchesByClass: counts.classes.sorted(),
      tasksByRole: counts.roles.sorted(),
      alreadyPlanned: counts.reasons.of("ALREADY_PLANNED"),
      keysPlannedTwice,
      funnel: stages.map((stage, i) => ({ stage, count: survivors[i] as number })),
      errors: counts.errors.sorted(),
    }),
  };
}

/** Keys that an earlier run planned, or that come out of this run more than once. */
function plannedTwice(settled: readonly Settled[], prior: CustomerState | undefined): number {
  const before = prior?.keys ?? {};
  const today = new Set<string>();
  let twice = 0;
  for (const one of settled) {
    if (!isPlanned(one)) continue;
    const { key, outcome } = one.decision;
    if (Object.hasOwn(before, key) || (outcome !== "merged" && today.has(key))) twice++;
    // A merged action goes out under its lead's key.
    if (outcome !== "merged") today.add(key);
  }
  return twice;
}

const arbitration: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["COOLDOWN", "REFUSED_BEFORE", "CAP_REACHED", "MERGED", "DUPLICATE_TEXT"]);
const allocation: ReadonlySet<ReasonCode> = new Set<ReasonCode>(["RM_SLOTS", "CHANNEL_BUDGET", "SEATS"]);

/** The last stage that an action survived. One that expires while it waits is lost where it would have waited. */
function lastStage(decision: Decision): Stage {
  const { outcome, reason, clause } = decision;
  if (outcome === "touch" || outcome === "task") return "planned";
  if (reason === "ALREADY_PLANNED") return "actions";
  if (arbitration.has(reason) || (reason === "EXPIRED" && /^(caps|cooldown)\//.test(clause))) return "allowed";
  if (allocation.has(reason) || (reason === "EXPIRED" && /^(slotsPerDay|channelBudget)\//.test(clause))) return "arbitrated";
  return "new";
}

/** Counts by name. */
class Tally {
  private readonly counts = new Map<string, number>();
  total = 0;

  add(name: string, count = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + count);
    this.total += count;
  }

  of(name: string): number {
    return this.counts.get(name) ?? 0;
  }

  sorted(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}
