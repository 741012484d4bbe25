import type { Task } from "../decision/decision.js";
import { askKey } from "../plan/key.js";
import { createCapLedger } from "../policy/cap-ledger.js";
import type { CapLedger } from "../policy/cap-ledger.js";
import { cooldownGate } from "../policy/cooldown-gate.js";
import type { CustomerCase } from "../policy/customer-case.js";
import { drop, hold } from "../policy/verdict.js";
import type { Verdict } from "../policy/verdict.js";
import type { Passed } from "./judge-pair.js";
import { keyOf } from "./pair.js";
import type { Pair } from "./pair.js";
import { compareRanks, rankOf } from "./rank.js";
import type { Rank } from "./rank.js";

/** A pair that passed the gates. */
export interface PassedPair {
  readonly pair: Pair;
  readonly passed: Passed;
}

/** What allowances and merging make of a pair. */
export interface Draft extends PassedPair {
  readonly key: string;
  readonly rank: Rank;
  readonly end: "kept" | "merged" | Verdict;
  /** For `merged`: the draft that stays, never itself merged. */
  readonly lead?: Draft;
}

/** What the customer's day holds so far. */
interface Day {
  readonly one: CustomerCase;
  readonly caps: CapLedger;
  /** Kept drafts by key, so that nothing is planned twice in one run either. */
  readonly byKey: Map<string, Draft>;
  readonly touches: Map<string, Draft>;
  readonly tasks: Map<string, Draft>;
  /** The question for consent by template, or the draft that it was merged into. */
  readonly asks: Map<string, Draft>;
}

/**
 * Goes through one customer's actions from the highest rank to the lowest: each spends its allowances, waits for them,
 * or joins one that is already kept. Drafts come back in that order, every lead before its followers.
 */
export function spendAllowances(one: CustomerCase, passed: readonly PassedPair[]): readonly Draft[] {
  const ranked = passed
    .map(({ pair, passed: result }) => ({ pair, passed: result, rank: rankOf(pair.action.class, pair.match.rule.priority, pair.key, one.asOfText, one.sha256) }))
    .sort((a, b) => compareRanks(a.rank, b.rank));
  const day: Day = { one, caps: createCapLedger(one.program.policy.caps, one.log), byKey: new Map(), touches: new Map(), tasks: new Map(), asks: new Map() };
  return ranked.map(({ pair, passed: result, rank }) => {
    const draft = draftOf(day, pair, result, rank);
    if (draft.end === "kept") day.byKey.set(draft.key, draft);
    return draft;
  });
}

function draftOf(day: Day, pair: Pair, passed: Passed, rank: Rank): Draft {
  if (passed.becomes === "ask") return ask(day, pair, passed, rank);
  const { one } = day;
  const draft = (end: Draft["end"], lead?: Draft): Draft => ({ pair, passed, key: pair.key, rank, end, ...(lead ? { lead } : {}) });
  const same = day.byKey.get(pair.key);
  if (same) return draft("merged", same);
  const cooldown = cooldownGate({ rule: pair.match.rule, productId: passed.product, log: one.log, openTasks: one.state?.openTasks ?? [], ownKeys: pair.matchKeys, asOf: one.asOf, expires: pair.expires });
  if (cooldown) return draft(cooldown);
  if (passed.becomes === "task") {
    const call = { class: pair.action.class, channel: "phone", ruleId: pair.match.rule.id, day: one.asOf };
    const full = day.tasks.has(personOf(passed.task)) ? undefined : day.caps.blocked(call);
    if (full) return draft(hold("CAP_REACHED", `caps/${full.cap.id}`, full.until, pair.expires));
    const joined = joinTasks(day, draft, passed.task);
    // What joins a call that is made anyway costs the customer no further one.
    if (joined.end === "kept") day.caps.spend(call);
    return joined;
  }

  const { touch } = passed;
  const text = JSON.stringify([touch.channel, touch.to, Object.entries(touch.parts).sort()]);
  const twin = day.touches.get(text);
  if (twin) return draft("merged", twin);
  const use = { class: pair.action.class, channel: touch.channel, ruleId: pair.match.rule.id, day: passed.day };
  const blocked = day.caps.blocked(use);
  if (blocked) return draft(hold("CAP_REACHED", `caps/${blocked.cap.id}`, blocked.until, pair.expires));
  day.caps.spend(use);
  const kept = draft("kept");
  day.touches.set(text, kept);
  return kept;
}

/**
 * A customer is asked once. The first to need the answer bears the key of asking, which is remembered for good; the
 * message itself keeps its own key free for the day on which consent is there.
 */
function ask(day: Day, pair: Pair, passed: Extract<Passed, { becomes: "ask" }>, rank: Rank): Draft {
  const { one } = day;
  const { template } = passed.task;
  const ownKey = keyOf(one, pair.match, `${pair.action.id}>task:${template}`);
  const asking = askKey(one.program.model.entity, one.customerId, template, one.sha256);
  const draft = (end: Draft["end"], key: string, lead?: Draft): Draft => ({ pair, passed, key, rank, end, ...(lead ? { lead } : {}) });
  const asked = day.asks.get(template);
  if (asked) {
    if (typeof asked.end !== "string") return draft(againUnknown(one, ownKey, passed.clause), ownKey);
    return draft("merged", ownKey, asked.lead ?? asked);
  }
  const planned = one.state?.keys ?? {};
  const first = Object.hasOwn(planned, asking)
    ? draft(drop("ALREADY_PLANNED"), asking)
    : joinTasks(day, (end, lead) => draft(end, asking, lead), passed.task);
  day.asks.set(template, first);
  return first;
}

function againUnknown(one: CustomerCase, ownKey: string, clause: string): Verdict {
  return Object.hasOwn(one.state?.keys ?? {}, ownKey) ? drop("ALREADY_PLANNED") : drop("CONSENT_UNKNOWN", clause);
}

function personOf(task: Pick<Task, "role" | "assignee">): string {
  return JSON.stringify([task.role, task.assignee]);
}

function joinTasks(day: Day, draft: (end: Draft["end"], lead?: Draft) => Draft, task: Pick<Task, "role" | "assignee">): Draft {
  const person = personOf(task);
  const kept = draft("kept");
  // A task that hangs on a seat stands or falls with it, and with nothing else.
  if (kept.pair.match.rule.policy.seats) return kept;
  const lead = day.tasks.get(person);
  if (lead) return draft("merged", lead);
  day.tasks.set(person, kept);
  return kept;
}
