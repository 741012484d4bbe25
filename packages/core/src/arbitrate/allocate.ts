import { formatDay, parseDay } from "../calendar/civil-date.js";
import type { Decision } from "../decision/decision.js";
import type { PolicyProgram } from "../policy/policy-program.js";
import { BestRanks } from "./best-ranks.js";
import type { Candidate, Seat, Spend } from "./candidate.js";
import { compareRanks } from "./rank.js";
import type { Rank } from "./rank.js";

/** Limits that customers share, per day. What is absent is not limited. */
export type AllocationLimits = Pick<PolicyProgram, "slotsPerDay" | "channelBudget">;

/**
 * Slots of people, budgets of channels and seats of events over a stream of customers, in two passes: offer every candidate, then settle
 * every candidate. The outcome does not depend on the order of the stream, and memory grows with people, channels and
 * seats, not with customers. Who needs a seat besides a slot or a budget gets both or neither; what it then does not take
 * is given to nobody else that day.
 */
export interface Allocation {
  /** Takes slots that this day has used already, as by an earlier run of the same day. Before the first `settle`. */
  occupy(assignee: string, slots: number): void;
  /** Takes touches that a channel's budget has spent already. Before the first `settle`. */
  occupyChannel(channel: string, touches: number): void;
  /** Takes seats of a pool that are given already. Before the first `settle`. */
  occupySeats(pool: string, seats: number): void;
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
  const seatPools = new Map<string, Pool>();
  const usedSeats = new Map<string, number>();
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
    return isAmongBest(pool, rank, (spend.kind === "slot" ? usedSlots.get(spend.assignee) : usedBudget.get(spend.channel)) ?? 0);
  }

  function seatPool({ pool: id, limit }: Seat): Pool {
    let pool = seatPools.get(id);
    if (!pool) seatPools.set(id, (pool = { limit, best: new BestRanks(limit) }));
    return pool;
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
    occupySeats(pool, seats) {
      if (settling) throw new Error("occupySeats comes before settle");
      usedSeats.set(pool, (usedSeats.get(pool) ?? 0) + seats);
    },
    offer(candidate) {
      if (settling) throw new Error("offer comes before settle");
      if (candidate.spends && candidate.rank) poolOf(candidate.spends)?.best.offer(candidate.rank);
      if (candidate.seat?.competes === true) seatPool(candidate.seat).best.offer(candidate.seat.rank);
    },
    settle(candidate) {
      settling = true;
      const { rank, spends } = candidate.lead ?? candidate;
      // A chair is there or not, whatever the class: seats come before all else.
      const seat = candidate.seat ?? candidate.lead?.seat;
      if (seat && !isAmongBest(seatPool(seat), seat.rank, usedSeats.get(seat.pool) ?? 0)) return heldUntil(candidate.decision, "SEATS", `seats/${seat.pool}`, tomorrow);
      if (!rank || !spends || isKept(rank, spends)) return candidate.decision;
      if (spends.kind === "slot") return heldUntil(candidate.decision, "RM_SLOTS", `slotsPerDay/${spends.role}`, tomorrow);
      return heldUntil(candidate.decision, "CHANNEL_BUDGET", `channelBudget/${spends.channel}`, tomorrow);
    },
  };
}

/** Whether a rank is among the best that there is room for when some of it is used. */
function isAmongBest(pool: Pool, rank: Rank, used: number): boolean {
  pool.last ??= pool.best.worstOf(pool.limit - used);
  if (pool.last === "all" || pool.last === "none") return pool.last === "all";
  return compareRanks(rank, pool.last) <= 0;
}

function heldUntil(decision: Decision, reason: "RM_SLOTS" | "CHANNEL_BUDGET" | "SEATS", clause: string, tomorrow: number): Decision {
  const until = formatDay(tomorrow);
  const waiting = { ...decision, channel: "", notBefore: null, clause };
  if (decision.expiresAt !== null && decision.expiresAt < until) return { ...waiting, outcome: "dropped", reason: "EXPIRED", until: null };
  return { ...waiting, outcome: "held", reason, until };
}

function own(limits: Readonly<Record<string, number>>, name: string): number | undefined {
  return Object.hasOwn(limits, name) ? limits[name] : undefined;
}
