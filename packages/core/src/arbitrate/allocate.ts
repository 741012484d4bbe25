import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { Decision } from "../decision/decision.js";
import type { PolicyProgram } from "../policy/policy-program.js";
import { BestRanks } from "./best-ranks.js";
import type { Candidate, Spend } from "./candidate.js";
import { compareRanks } from "./rank.js";
import type { Rank } from "./rank.js";

/** Limits that customers share, per day. What is absent is not limited. */
export type AllocationLimits = Pick<PolicyProgram, "slotsPerDay" | "channelBudget">;

/**
 * Slots of people and budgets of channels over a stream of customers, in two passes: offer every candidate, then settle
 * every candidate. The outcome does not depend on the order of the stream, and memory grows with people and channels,
 * not with customers.
 */
export interface Allocation {
  /** Takes slots that this day has used already, as by an earlier run of the same day. Before the first `settle`. */
  occupy(assignee: string, slots: number): void;
  /** Takes touches that a channel's budget has spent already. Before the first `settle`. */
  occupyChannel(channel: string, touches: number): void;
  /** First pass. Candidates that spend nothing may be offered too: they leave no trace. */
  offer(candidate: Candidate): void;
  /** Second pass: the decision as it stands in the end. No place that is left over is filled again. */
  settle(candidate: Candidate): Decision;
}

interface Pool {
  readonly limit: number;
  readonly best: BestRanks;
  /** The worst rank that is kept; absent until the first is settled. */
  last?: Rank | "all" | "none";
}

/** Starts an allocation for one day (`YYYY-MM-DD`). */
export function createAllocation(limits: AllocationLimits, asOf: string): Allocation {
  const today = parseDay(asOf);
  if (today === undefined) throw new Error("asOf must be a civil date");
  const tomorrow = today + 1;
  const pools = new Map<string, Pool>();
  const usedSlots = new Map<string, number>();
  const usedBudget = new Map<string, number>();
  let settling = false;

  function poolOf(spend: Spend): Pool | undefined {
    const id = spend.kind === "slot" ? JSON.stringify([spend.role, spend.assignee]) : spend.channel;
    const found = pools.get(id);
    if (found) return found;
    const limit = spend.kind === "slot" ? own(limits.slotsPerDay, spend.role) : own(limits.channelBudget, spend.channel);
    if (limit === undefined) return undefined;
    const pool: Pool = { limit, best: new BestRanks(limit) };
    pools.set(id, pool);
    return pool;
  }

  function isKept(rank: Rank, spend: Spend): boolean {
    const pool = poolOf(spend);
    // What must be told is told, whoever's day is full.
    if (!pool || rank.class === 0) return true;
    if (pool.last === undefined) {
      const used = (spend.kind === "slot" ? usedSlots.get(spend.assignee) : usedBudget.get(spend.channel)) ?? 0;
      pool.last = pool.best.worstOf(pool.limit - used);
    }
    if (pool.last === "all" || pool.last === "none") return pool.last === "all";
    return compareRanks(rank, pool.last) <= 0;
  }

  return {
    occupy(assignee, slots) {
      if (settling) throw new Error("occupy comes before settle");
      usedSlots.set(assignee, (usedSlots.get(assignee) ?? 0) + slots);
    },
    occupyChannel(channel, touches) {
      if (settling) throw new Error("occupyChannel comes before settle");
      usedBudget.set(channel, (usedBudget.get(channel) ?? 0) + touches);
    },
    offer(candidate) {
      if (settling) throw new Error("offer comes before settle");
      if (candidate.spends && candidate.rank) poolOf(candidate.spends)?.best.offer(candidate.rank);
    },
    settle(candidate) {
      settling = true;
      const { rank, spends } = candidate.lead ?? candidate;
      if (!rank || !spends || isKept(rank, spends)) return candidate.decision;
      return heldUntil(candidate.decision, spends, tomorrow);
    },
  };
}

function heldUntil(decision: Decision, spend: Spend, tomorrow: number): Decision {
  const reason = spend.kind === "slot" ? "RM_SLOTS" : "CHANNEL_BUDGET";
  const clause = spend.kind === "slot" ? `slotsPerDay/${spend.role}` : `channelBudget/${spend.channel}`;
  const until = formatDay(tomorrow);
  const waiting = { ...decision, channel: "", notBefore: null, clause };
  if (decision.expiresAt !== null && decision.expiresAt < until) return { ...waiting, outcome: "dropped", reason: "EXPIRED", until: null };
  return { ...waiting, outcome: "held", reason, until };
}

function own(limits: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(limits, name) ? limits[name] : undefined;
}
