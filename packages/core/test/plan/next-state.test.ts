import { describe, expect, it } from "vitest";
import type { Settled } from "../../src/arbitrate/candidate.js";
import { askKey, planKey } from "../../src/plan/key.js";
import { nextState } from "../../src/plan/next-state.js";
import { createSummary } from "../../src/plan/summarise.js";
import type { CustomerState } from "../../src/ports/customer-state.js";
import { action, asOf, at, dateNode, daysOn, decideOn, evaluation, match, program, rule } from "../arbitrate/fixture.js";

const remember = { lastFacts: { tier: "gold" }, episodes: { "r\n": "2026-11-01" } };
const prior: CustomerState = {
  customerId: "c1",
  asOf: daysOn(-1),
  lastFacts: { tier: "base" },
  episodes: {},
  keys: { young: daysOn(-799), old: daysOn(-800) },
  contacts: [{ date: daysOn(-400), channel: "sms", key: "x" }, { date: daysOn(-399), channel: "sms", key: "y" }],
  openTasks: [
    { key: "open", ruleId: "r", subject: "", assignee: "rm-1", opened: daysOn(-3), expiresAt: null },
    { key: "last-day", ruleId: "r", subject: "", assignee: "rm-1", opened: daysOn(-3), expiresAt: asOf },
    { key: "over", ruleId: "r", subject: "", assignee: "rm-1", opened: daysOn(-3), expiresAt: daysOn(-1) },
    { key: "forgotten", ruleId: "r", subject: "", assignee: "rm-1", opened: daysOn(-400), expiresAt: null },
  ],
};
const keep = (settled: readonly Settled[], extra = {}) => nextState({ customerId: "c1", prior, remember, settled, asOf, zone: "Asia/Shanghai", ...extra });
const settle = (...args: Parameters<typeof decideOn>): Settled[] => decideOn(...args).map((candidate) => ({ candidate, decision: candidate.decision }));

describe("planKey", () => {
  const parts = { entity: "customer", customerId: "1", ruleId: "r", subject: "", occurrence: "2026", action: "message:m" };
  it("is 32 hex digits that stay the same, and differs with every part", () => {
    expect(planKey(parts)).toBe("c29d6d60a335c7b00bd1f7b43338c7b3");
    const keys = [parts, ...Object.keys(parts).map((name) => ({ ...parts, [name]: `${parts[name as keyof typeof parts]}x` })), { ...parts, ruleId: "", subject: "r" }].map((one) => planKey(one));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every((key) => /^[0-9a-f]{32}$/.test(key))).toBe(true);
    expect(askKey("customer", "1", "ask")).not.toBe(askKey("customer", "2", "ask"));
  });
});

describe("nextState", () => {
  it("forgets what is old, and takes over what the run remembers", () => {
    const next = keep([]);
    expect(next).toMatchObject({ customerId: "c1", asOf, ...remember });
    expect(Object.keys(next.keys)).toEqual(["young"]);
    expect(next.contacts.map((one) => one.key)).toEqual(["y"]);
    expect(next.openTasks.map((one) => one.key)).toEqual(["open", "last-day"]);
  });
  it("keeps an old key that would be planned again today", () => {
    const matches = [match(rule("r", [action({ type: "message", template: "hello" })]))];
    const key = settle(matches)[0]?.decision.key as string;
    const settled = settle(matches, { state: { ...prior, keys: { [key]: daysOn(-900) } } });
    expect(nextState({ customerId: "c1", prior: { ...prior, keys: { [key]: daysOn(-900), other: daysOn(-900) } }, remember, settled, asOf, zone: "UTC" }).keys).toEqual({ [key]: daysOn(-900) });
  });
  it("gains keys of touches, tasks and what was merged into them, and nothing of the rest", () => {
    const call = action({ type: "task", template: "call" });
    const settled = settle([match(rule("a", [call, action({ type: "message", template: "hello" })])), match(rule("b", [call])), match(rule("c", [{ ...call, role: "nobody" }]))]);
    const next = keep(settled);
    const planned = settled.filter(({ decision }) => decision.outcome !== "dropped").map(({ decision }) => decision.key);
    expect(planned).toHaveLength(3);
    expect(Object.keys(next.keys)).toEqual([...planned, "young"].sort());
    expect(next.openTasks.at(-1)).toEqual({ key: settled.find(({ candidate }) => candidate.task)?.decision.key, ruleId: expect.stringMatching(/^[ab]$/), subject: "", assignee: "rm-1", opened: asOf, expiresAt: null });
    expect(next.contacts.at(-1)).toEqual({ date: asOf, channel: "sms", key: settled.find(({ candidate }) => candidate.touch)?.decision.key, ruleId: "a", subject: "", class: "service", outcome: "planned" });
  });
  it("dates a touch that waits for the morning on that morning", () => {
    const policy = { quietHours: [{ id: "n", classes: ["service" as const], channels: null, from: 1260, to: 480 }] };
    const settled = settle([match(rule("a", [action({ type: "message", template: "hello" })]))], { policy, at: "2026-11-30T22:00:00+08:00" });
    expect(keep(settled).contacts.at(-1)?.date).toBe(daysOn(1));
  });
  it("closes tasks that have an outcome in the contact log", () => {
    const entry = { date: asOf, channel: "phone" };
    expect(keep([], { recordContacts: [{ ...entry, key: "open", outcome: "reached" }, { ...entry, key: "last-day", outcome: "not-reached" }] }).openTasks.map((one) => one.key)).toEqual(["last-day"]);
  });
  it("does not change its arguments", () => {
    const before = JSON.stringify(prior);
    keep(settle([match(rule("a", [action({ type: "task", template: "call" })]))]));
    expect(JSON.stringify(prior)).toBe(before);
  });
});

describe("summary", () => {
  const hello = action({ type: "message", template: "hello" });
  const sale = action({ type: "message", template: "sale", class: "marketing" });
  const matches = [match(rule("a", [hello])), match(rule("b", [sale])), match(rule("c", [action({ type: "task", template: "call" })])), match(rule("d", [{ ...hello, expires: dateNode(daysOn(-1)) }]))];
  it("counts outcomes, reasons, stages and what was set aside", () => {
    const summary = createSummary({ program: program(), asOf, at });
    summary.setAside("DATE_INVALID");
    summary.setAside("DATE_INVALID");
    summary.customer({ ...evaluation(matches), unknowns: [{ customerId: "c1", ruleId: "z", subject: "", missing: ["x"] }], failures: [{ ruleId: "broken", message: "x" }] });
    summary.decisions(settle(matches), undefined);
    expect(summary.finish()).toEqual({
      packId: "p", packVersion: "1", packHash: "pack-hash", engineVersion: "0.1.0", asOf, at, customers: 1,
      setAside: { DATE_INVALID: 2 }, matches: 4, matchesByRule: { a: 1, b: 1, c: 1, d: 1 }, unknownsByRule: { z: 1 }, decisions: 4,
      outcomes: { touch: 1, task: 1, held: 0, merged: 0, dropped: 2 }, reasons: { CONSENT_UNKNOWN: 1, EXPIRED: 1, PLANNED: 2 },
      touchesByChannel: { sms: 1 }, touchesByClass: { service: 1 }, tasksByRole: { rm: 1 }, alreadyPlanned: 0, keysPlannedTwice: 0,
      funnel: [{ stage: "actions", count: 4 }, { stage: "new", count: 4 }, { stage: "allowed", count: 2 }, { stage: "arbitrated", count: 2 }, { stage: "allocated", count: 2 }, { stage: "planned", count: 2 }],
      errors: { broken: 1 },
    });
  });
  it("would notice a key planned twice, across runs and within one", () => {
    const settled = settle([match(rule("a", [hello]))]);
    const key = settled[0]?.decision.key as string;
    const across = createSummary({ program: program(), asOf, at });
    across.decisions(settled, { ...prior, keys: { [key]: daysOn(-1) } });
    expect(across.finish().keysPlannedTwice).toBe(1);
    const within = createSummary({ program: program(), asOf, at });
    within.decisions([...settled, ...settled], undefined);
    expect(within.finish().keysPlannedTwice).toBe(1);
  });
});
