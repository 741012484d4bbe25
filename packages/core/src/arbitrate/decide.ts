import { formatDay } from "../calendar/civil-date.js";
import type { ChannelConfig } from "../channel/channel.js";
import type { Decision, Task, Touch } from "../decision/decision.js";
import type { CaseInput, CustomerCase } from "../policy/customer-case.js";
import { customerCase, instantsOf } from "../policy/customer-case.js";
import type { Verdict } from "../policy/verdict.js";
import type { Candidate, CustomerDecisions, Spend } from "./candidate.js";
import { judgePair } from "./judge-pair.js";
import { mergeTasks } from "./merge-tasks.js";
import { pairsOf } from "./pair.js";
import type { Pair } from "./pair.js";
import type { Rank } from "./rank.js";
import { spendAllowances } from "./spend-allowances.js";
import type { Draft } from "./spend-allowances.js";

/** What one customer's day is decided from. The same input gives the same decisions. */
export interface DecideInput extends CaseInput {
  /** Settings by channel id, as the run will send with. */
  readonly channelConfigs?: Readonly<Record<string, ChannelConfig>>;
}

/**
 * Decides what happens to every action that a customer's matches ask for: gates, then rank, allowances and merging.
 * Every (match, action) comes to exactly one candidate with exactly one decision; only limits across customers are
 * still open, which `createAllocation` settles.
 *
 * @example
 * ```ts
 * const { candidates } = decide({ program, evaluation, context, state, asOf: "2026-11-30", at: "2026-11-30T09:00:00+08:00", recordContacts, consents });
 * for (const candidate of candidates) allocation.offer(candidate);
 * ```
 */
export function decide(input: DecideInput): CustomerDecisions {
  if (input.evaluation.matches.length === 0) {
    instantsOf(input);
    return { candidates: [] };
  }
  const one = customerCase(input);
  const configs = input.channelConfigs ?? {};
  const ended: Candidate[] = [];
  const passed: { readonly pair: Pair; readonly passed: Exclude<ReturnType<typeof judgePair>, Verdict> }[] = [];
  for (const pair of pairsOf(one)) {
    const result = judgePair(one, pair, configs);
    if ("becomes" in result) passed.push({ pair, passed: result });
    else ended.push({ decision: stopped(one, pair, pair.key, result) });
  }
  const drafts = spendAllowances(one, passed);
  return { candidates: [...ended, ...withSeats(one, drafts, candidatesOf(one, drafts))].sort(inOutputOrder) };
}

function candidatesOf(one: CustomerCase, drafts: readonly Draft[]): readonly Candidate[] {
  const followers = new Map<Draft, Task[]>();
  for (const draft of drafts) {
    if (draft.end === "merged" && draft.lead && "task" in draft.passed) push(followers, draft.lead, { ...draft.passed.task, key: draft.key });
  }
  const made = new Map<Draft, Candidate>();
  const candidates: Candidate[] = [];
  // Leads come before those that follow them.
  for (const draft of drafts) {
    const candidate = candidateOf(one, draft, followers.get(draft) ?? [], draft.lead && made.get(draft.lead));
    made.set(draft, candidate);
    candidates.push(candidate);
  }
  return candidates;
}

/**
 * Candidates with the seats they need. Drafts come from the highest rank down, so that the first one for a pool is the
 * one by which the customer competes. How many seats there are is not known: none is given.
 */
function withSeats(one: CustomerCase, drafts: readonly Draft[], candidates: readonly Candidate[]): readonly Candidate[] {
  if (!drafts.some(({ pair }) => pair.match.rule.policy.seats)) return candidates;
  const competing = new Map<string, Rank>();
  const made = new Map<Candidate, Candidate>();
  drafts.forEach(({ pair: { match }, end, rank }, i) => {
    const candidate = candidates[i] as Candidate;
    const lead = candidate.lead && made.get(candidate.lead);
    let whole: Candidate = lead ? { ...candidate, lead } : candidate;
    const seats = match.rule.policy.seats;
    if (seats && typeof end === "string") {
      const pool = `${seats.range.collection.name}/${match.subject}`;
      const limit = one.evaluation.value(seats.limit, match);
      if (limit !== null && !Object.hasOwn(one.state?.seats ?? {}, pool)) {
        const best = competing.get(pool);
        if (!best) competing.set(pool, rank);
        whole = { ...whole, seat: { pool, limit: typeof limit === "number" ? Math.max(0, Math.floor(limit)) : 0, rank: best ?? rank, competes: !best } };
      }
    }
    made.set(candidate, whole);
  });
  return candidates.map((candidate) => made.get(candidate) ?? candidate);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function candidateOf(one: CustomerCase, draft: Draft, others: readonly Task[], lead: Candidate | undefined): Candidate {
  const { pair, key, end, rank, passed } = draft;
  if (typeof end !== "string") return { decision: stopped(one, pair, key, end) };
  const about = passed.becomes !== "ask" && passed.product !== undefined ? { product: passed.product } : {};
  const templateOf = passed.becomes === "touch" ? passed.touch.template : passed.task.template;
  const base = frame(one, pair, key, templateOf);
  if (end === "merged") {
    if (!lead) throw new Error("a merged action has no lead");
    const reason = passed.becomes === "touch" ? "DUPLICATE_TEXT" : "MERGED";
    return { decision: { ...base, outcome: "merged", reason, clause: lead.decision.key }, rank, lead, ...about };
  }
  if (passed.becomes === "touch") return touchCandidate(base, passed.touch, rank, about);
  const task = mergeTasks({ ...passed.task, key }, others, one.program.pack.locale);
  const reason = passed.becomes === "ask" ? "REROUTED_CONSENT_UNKNOWN" : "PLANNED";
  const spends: Spend = { kind: "slot", role: task.role, assignee: task.assignee };
  return { decision: { ...base, outcome: "task", reason }, task, rank, spends, ...about };
}

function touchCandidate(base: Decision, touch: Touch, rank: Rank, about: { readonly product?: string }): Candidate {
  const decision: Decision = { ...base, outcome: "touch", channel: touch.channel, notBefore: touch.notBefore };
  return { decision, touch, rank, spends: { kind: "budget", channel: touch.channel }, ...about };
}

function stopped(one: CustomerCase, pair: Pair, key: string, verdict: Verdict): Decision {
  const { outcome, reason, clause, until } = verdict;
  return { ...frame(one, pair, key, pair.action.template), outcome, reason, clause, until: until === null ? null : formatDay(until) };
}

/** A decision with its identity and evidence; the outcome is laid over it. */
function frame(one: CustomerCase, { match, action, expires }: Pair, key: string, template: string): Decision {
  return {
    key,
    customerId: one.customerId,
    ruleId: match.rule.id,
    subject: match.subject,
    occurrence: match.occurrence,
    action: action.id,
    class: action.class,
    outcome: "dropped",
    reason: "PLANNED",
    clause: "",
    until: null,
    channel: "",
    notBefore: null,
    expiresAt: expires === null ? null : formatDay(expires),
    packHash: one.program.hash,
    engineVersion: one.program.engineVersion,
    recordHash: one.evaluation.record.hash,
    templateVersion: one.program.templates.get(template)?.version ?? "",
  };
}

function inOutputOrder(a: Candidate, b: Candidate): number {
  for (const name of ["ruleId", "subject", "occurrence", "action"] as const) {
    if (a.decision[name] !== b.decision[name]) return a.decision[name] < b.decision[name] ? -1 : 1;
  }
  return 0;
}
