import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAllocation } from "../../src/arbitrate/allocate.js";
import type { AllocationLimits } from "../../src/arbitrate/allocate.js";
import type { Candidate } from "../../src/arbitrate/candidate.js";
import { decide } from "../../src/arbitrate/decide.js";
import { compareRanks } from "../../src/arbitrate/rank.js";
import type { Rank } from "../../src/arbitrate/rank.js";
import type { Decision } from "../../src/decision/decision.js";
import type { MessageClass } from "../../src/decision/message-class.js";
import { action, asOf, dateNode, daysOn, evaluation, input, match, openPolicy, program, rule } from "./fixture.js";

const none = { rule: "none" as const, purpose: "" };
const of = program({ consent: { ...openPolicy.consent, greeting: none, marketing: none } });

/** Candidates of a customer with some tasks and a message, all for one RM. */
function customer(id: string, rm: string, tasks: readonly { readonly class: MessageClass; readonly priority: number; readonly expires?: number }[], touchClass?: MessageClass): readonly Candidate[] {
  const matches = tasks.map((task, i) => match(rule(`t${i}`, [action({ type: "task", template: i % 2 === 0 ? "call" : "visit", class: task.class, ...(task.expires === undefined ? {} : { expires: dateNode(daysOn(task.expires)) }) })], {}, task.priority)));
  const message = touchClass ? [match(rule("m", [action({ type: "message", template: "hello", class: touchClass })]))] : [];
  return decide(input(of, evaluation([...matches, ...message], { rm }, id))).candidates;
}

function settleAll(limits: AllocationLimits, stream: readonly Candidate[], occupied: Readonly<Record<string, number>> = {}): readonly Decision[] {
  const allocation = createAllocation(limits, asOf);
  for (const [assignee, n] of Object.entries(occupied)) allocation.occupy(assignee, n);
  for (const candidate of stream) allocation.offer(candidate);
  return stream.map((candidate) => allocation.settle(candidate));
}
const planned = (decisions: readonly Decision[], outcome: "touch" | "task") => decisions.filter((one) => one.outcome === outcome).length;
const many = (n: number, task: Parameters<typeof customer>[2][number], touchClass?: MessageClass) => Array.from({ length: n }, (_, i) => customer(`c${i}`, "rm-1", [task], touchClass)).flat();

describe("allocation", () => {
  it("keeps as many tasks as there are slots and holds the rest until tomorrow", () => {
    const settled = settleAll({ slotsPerDay: { rm: 3 }, channelBudget: {} }, many(10, { class: "service", priority: 1 }));
    expect(planned(settled, "task")).toBe(3);
    for (const one of settled.filter((decision) => decision.outcome !== "task")) expect(one).toMatchObject({ outcome: "held", reason: "RM_SLOTS", clause: "slotsPerDay/rm", until: daysOn(1) });
  });
  it("keeps a channel's budget, and clears what only a touch has", () => {
    const settled = settleAll({ slotsPerDay: {}, channelBudget: { sms: 2 } }, Array.from({ length: 5 }, (_, i) => customer(`c${i}`, "rm-1", [], "service")).flat());
    expect(planned(settled, "touch")).toBe(2);
    for (const one of settled.filter((decision) => decision.outcome !== "touch")) expect(one).toMatchObject({ outcome: "held", reason: "CHANNEL_BUDGET", channel: "", notBefore: null });
  });
  it("limits nothing without limits, everything at zero", () => {
    expect(planned(settleAll({ slotsPerDay: {}, channelBudget: {} }, many(5, { class: "service", priority: 1 })), "task")).toBe(5);
    expect(planned(settleAll({ slotsPerDay: { rm: 0 }, channelBudget: {} }, many(5, { class: "service", priority: 1 })), "task")).toBe(0);
  });
  it("counts slots that are taken already", () => {
    const stream = many(5, { class: "service", priority: 1 });
    expect(planned(settleAll({ slotsPerDay: { rm: 3 }, channelBudget: {} }, stream, { "rm-1": 2 }), "task")).toBe(1);
    expect(planned(settleAll({ slotsPerDay: { rm: 3 }, channelBudget: {} }, stream, { "rm-1": 9 }), "task")).toBe(0);
    expect(planned(settleAll({ slotsPerDay: { rm: 3 }, channelBudget: {} }, stream, { "rm-2": 2 }), "task")).toBe(3);
  });
  it("never holds what is mandatory, though it takes slots", () => {
    const stream = [...many(4, { class: "mandatory", priority: 1 }), ...customer("x", "rm-1", [{ class: "service", priority: 100 }])];
    const settled = settleAll({ slotsPerDay: { rm: 2 }, channelBudget: {} }, stream);
    expect(settled.filter((one) => one.class === "mandatory" && one.outcome === "task")).toHaveLength(4);
    expect(settled.find((one) => one.class === "service")?.reason).toBe("RM_SLOTS");
  });
  it("drops what expires before tomorrow", () => {
    const settled = settleAll({ slotsPerDay: { rm: 0 }, channelBudget: {} }, many(2, { class: "service", priority: 1, expires: 0 }));
    for (const one of settled) expect(one).toMatchObject({ outcome: "dropped", reason: "EXPIRED", clause: "slotsPerDay/rm", until: null });
  });
  it("gives followers their lead's fate, each by its own expiry", () => {
    const stream = customer("c", "rm-1", [{ class: "service", priority: 90 }, { class: "service", priority: 50 }, { class: "service", priority: 10, expires: 0 }]);
    expect(stream.map((one) => one.decision.outcome)).toEqual(["task", "merged", "merged"]);
    expect(settleAll({ slotsPerDay: { rm: 1 }, channelBudget: {} }, stream).map((one) => one.outcome)).toEqual(["task", "merged", "merged"]);
    expect(settleAll({ slotsPerDay: { rm: 0 }, channelBudget: {} }, stream).map((one) => [one.outcome, one.reason])).toEqual([["held", "RM_SLOTS"], ["held", "RM_SLOTS"], ["dropped", "EXPIRED"]]);
  });
  it("refuses an offer after settling began", () => {
    const [candidate] = customer("c", "rm-1", [{ class: "service", priority: 1 }]) as [Candidate];
    const allocation = createAllocation({ slotsPerDay: { rm: 1 }, channelBudget: {} }, asOf);
    allocation.offer(candidate);
    allocation.settle(candidate);
    expect(() => allocation.offer(candidate)).toThrow();
    expect(() => allocation.occupy("rm-1", 1)).toThrow();
    expect(() => allocation.occupyChannel("sms", 1)).toThrow();
  });

  const classes = fc.constantFrom<MessageClass>("mandatory", "service", "greeting", "marketing");
  const people = fc.array(fc.record({ rm: fc.constantFrom("rm-1", "rm-2"), tasks: fc.array(fc.record({ class: classes, priority: fc.integer({ min: 0, max: 3 }) }), { maxLength: 3 }), touch: fc.option(classes, { nil: undefined }) }), { maxLength: 25 });

  it("does not depend on the order of the stream, keeps the best, and exceeds no limit", () => {
    fc.assert(
      fc.property(people, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 3 }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (all, slots, budget, used, chance) => {
        const stream = all.flatMap((one, i) => customer(`c${i}`, one.rm, one.tasks, one.touch));
        const limits = { slotsPerDay: { rm: slots }, channelBudget: { sms: budget } };
        const settled = settleAll(limits, stream, { "rm-1": used });
        const shuffled = stream.map((one) => ({ one, at: chance.next().value })).sort((a, b) => a.at - b.at).map(({ one }) => one);
        const again = new Map(settleAll(limits, shuffled, { "rm-1": used }).map((one) => [one.key, one]));
        for (const one of settled) expect(again.get(one.key)).toEqual(one);

        const kept = (which: (candidate: Candidate) => boolean) => stream.filter((one, i) => which(one) && one.spends && settled[i]?.outcome === one.decision.outcome).map((one) => one.rank as Rank);
        const lost = (which: (candidate: Candidate) => boolean) => stream.filter((one, i) => which(one) && one.spends && settled[i]?.outcome !== one.decision.outcome).map((one) => one.rank as Rank);
        const pools: [(candidate: Candidate) => boolean, number][] = [
          [(one) => one.task?.assignee === "rm-1", Math.max(0, slots - used)],
          [(one) => one.task?.assignee === "rm-2", slots],
          [(one) => one.touch?.channel === "sms", budget],
        ];
        for (const [which, limit] of pools) {
          const [in_, out] = [kept(which), lost(which)];
          const mandatory = in_.filter((one) => one.class === 0).length;
          expect(in_.length).toBeLessThanOrEqual(Math.max(limit, mandatory));
          if (out.length > 0) expect(in_.length).toBeGreaterThanOrEqual(limit);
          expect(out.every((one) => one.class > 0 && in_.every((better) => compareRanks(better, one) < 0))).toBe(true);
        }
        stream.forEach((one, i) => {
          if (one.lead) expect(settled[i]?.outcome === "merged").toBe(settled[stream.indexOf(one.lead)]?.outcome === one.lead.decision.outcome);
        });
      }),
      { numRuns: 120 },
    );
  });
});
