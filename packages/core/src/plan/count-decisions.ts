import type { Settled } from "../arbitrate/candidate.js";
import type { Decision, Outcome } from "../decision/decision.js";
import type { ReasonCode } from "../decision/reason-codes.js";
import type { RunSummary } from "../decision/run-summary.js";
import type { CustomerState } from "../ports/customer-state.js";
import { isPlanned } from "./next-state.js";
import { Tally } from "./tally.js";

/** Settled decisions of a part of a run, counted. Plain JSON, as `EvaluationCounts`. */
export interface DecisionCounts {
  readonly outcomes: Readonly<Record<Outcome, number>>;
  readonly reasons: Readonly<Record<string, number>>;
  /** Touches by channel and by class, tasks by role. */
  readonly channels: Readonly<Record<string, number>>;
  readonly classes: Readonly<Record<string, number>>;
  readonly roles: Readonly<Record<string, number>>;
  /** Actions that survived each stage of the funnel, in its order. */
  readonly survivors: readonly number[];
  readonly keysPlannedTwice: number;
}

type Stage = RunSummary["funnel"][number]["stage"];
/** Stages of the funnel, in their order. */
export const stages: readonly Stage[] = ["actions", "new", "allowed", "arbitrated", "allocated", "planned"];

/** Starts to count decisions whose counts `Summary.addDecisions` takes. */
export function countDecisions(): Pick<DecisionCounter, "count" | "add" | "finish"> {
  return new DecisionCounter();
}

/** Counts settled decisions. */
export class DecisionCounter {
  readonly #outcomes: Record<Outcome, number> = { touch: 0, task: 0, held: 0, merged: 0, dropped: 0 };
  readonly #tallies = { reasons: new Tally(), channels: new Tally(), classes: new Tally(), roles: new Tally() };
  readonly #survivors = stages.map(() => 0);
  #keysPlannedTwice = 0;

  count(settled: readonly Settled[], prior: CustomerState | undefined): void {
    for (const { candidate, decision } of settled) {
      this.#outcomes[decision.outcome]++;
      this.#tallies.reasons.add(decision.reason);
      if (decision.outcome === "touch") {
        this.#tallies.channels.add(decision.channel);
        this.#tallies.classes.add(decision.class);
      }
      if (decision.outcome === "task" && candidate.task) this.#tallies.roles.add(candidate.task.role);
      const reached = stages.indexOf(lastStage(decision));
      for (let stage = 0; stage <= reached; stage++) this.#survivors[stage] = (this.#survivors[stage] as number) + 1;
    }
    this.#keysPlannedTwice += plannedTwice(settled, prior);
  }

  add(part: DecisionCounts): void {
    for (const [outcome, count] of Object.entries(part.outcomes) as [Outcome, number][]) this.#outcomes[outcome] += count;
    for (const name of ["reasons", "channels", "classes", "roles"] as const) for (const [id, count] of Object.entries(part[name])) this.#tallies[name].add(id, count);
    part.survivors.forEach((count, stage) => (this.#survivors[stage] = (this.#survivors[stage] as number) + count));
    this.#keysPlannedTwice += part.keysPlannedTwice;
  }

  finish(): DecisionCounts {
    const { reasons, channels, classes, roles } = this.#tallies;
    return { outcomes: { ...this.#outcomes }, reasons: reasons.sorted(), channels: channels.sorted(), classes: classes.sorted(), roles: roles.sorted(), survivors: [...this.#survivors], keysPlannedTwice: this.#keysPlannedTwice };
  }
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
