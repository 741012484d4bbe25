import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAllocation } from "../../src/arbitrate/allocate.js";
import type { Settled } from "../../src/arbitrate/candidate.js";
import { decide } from "../../src/arbitrate/decide.js";
import type { MessageClass } from "../../src/decision/message-class.js";
import type { RuleProgram } from "../../src/lower/rule-program.js";
import { nextState } from "../../src/plan/next-state.js";
import { createSummary } from "../../src/plan/summarise.js";
import type { Cap } from "../../src/policy/policy-program.js";
import type { CustomerState } from "../../src/ports/customer-state.js";
import { parseDay } from "../../src/calendar/civil-date.js";
import { action, dateNode, daysOn, evaluation, input, match, message, program, rule, standardTemplates, today } from "../arbitrate/fixture.js";

const words = ["a", "b", "c", "d"];
const templates = [...standardTemplates, ...words.map((id) => message(id, { sms: `${id} {{name}}`, email: `${id} {{name}}` }))];
const caps: readonly Cap[] = [
  { id: "marketing", classes: ["marketing"], channels: null, rules: null, max: 2, days: 7 },
  { id: "sms", classes: ["marketing", "greeting", "service"], channels: ["sms"], rules: null, max: 3, days: 3 },
];
const of = program(
  {
    caps,
    quietHours: [{ id: "night", classes: ["marketing", "greeting"], channels: null, from: 21 * 60, to: 8 * 60 }],
    pauses: [{ id: "never", when: { op: "constant", value: false }, stops: ["marketing"], channels: null }],
    slotsPerDay: { rm: 3 },
    channelBudget: { email: 2 },
  },
  templates,
);

const classes = fc.constantFrom<MessageClass>("mandatory", "service", "greeting", "marketing");
const anAction = fc.record({ type: fc.constantFrom("message" as const, "task" as const), template: fc.nat(3), class: classes, via: fc.subarray(["sms", "email"], { minLength: 1 }), lasts: fc.option(fc.nat(4), { nil: undefined }) });
const aRule = fc.record({ actions: fc.array(anAction, { minLength: 1, maxLength: 3 }), priority: fc.nat(100), cooldown: fc.option(fc.nat(5), { nil: undefined }), asks: fc.boolean(), holdout: fc.constantFrom(0, 0.3), every: fc.integer({ min: 1, max: 4 }) });
const world = fc.record({
  rules: fc.array(aRule, { minLength: 1, maxLength: 6 }),
  customers: fc.array(fc.record({ greeting: fc.constantFrom("granted", "refused", undefined), marketing: fc.constantFrom("granted", "withdrawn", undefined), zone: fc.constantFrom("Asia/Shanghai", "America/New_York", undefined) }), { minLength: 1, maxLength: 4 }),
  hour: fc.integer({ min: 0, max: 23 }),
});

function rulesOn(world: { readonly rules: readonly (typeof aRule extends fc.Arbitrary<infer T> ? T : never)[] }, day: number): readonly RuleProgram[] {
  return world.rules.map((one, i) => {
    const actions = one.actions.map((act, j) => action({ id: `${act.type}:x#${j}`, type: act.type, template: act.type === "task" ? (act.template % 2 === 0 ? "call" : "visit") : (words[act.template] as string), class: act.class, via: act.type === "task" ? [] : act.via, ...(act.lasts === undefined ? {} : { expires: dateNode(daysOn(day + act.lasts)) }) }));
    return rule(`r${i}`, actions, { holdout: one.holdout, ...(one.cooldown === undefined ? {} : { cooldown: { days: one.cooldown, afterRefusal: 0 } }), ...(one.asks ? { unknownConsentTask: "ask" } : {}) }, one.priority);
  });
}

describe("a fortnight", () => {
  it("ends every action once, plans no key twice, keeps caps, quiet hours, slots and budgets, and adds up", () => {
    fc.assert(
      fc.property(world, (made) => {
        const states: (CustomerState | undefined)[] = made.customers.map(() => undefined);
        const plannedKeys = new Set<string>();
        const sent: { readonly customer: number; readonly class: MessageClass; readonly channel: string; readonly day: number }[] = [];
        for (let day = 0; day < 14; day++) {
          const date = daysOn(day);
          const at = `${date}T${String(made.hour).padStart(2, "0")}:30:00+08:00`;
          const rules = rulesOn(made, day);
          const decided = made.customers.map((one, i) => {
            const matches = rules.map((each, r) => match(each, { occurrence: String(Math.floor(day / (made.rules[r]?.every ?? 1))) }));
            const consents = (["greeting", "marketing"] as const).flatMap((purpose) => (one[purpose] ? [{ purpose, status: one[purpose] }] : []));
            const evaluated = evaluation(matches, { zone: one.zone }, `c${i}`, today + day);
            return { evaluated, candidates: decide(input(of, evaluated, { asOf: date, at, consents, state: states[i] })).candidates };
          });
          const allocation = createAllocation(of.policy, date);
          const summary = createSummary({ program: of, asOf: date, at });
          for (const { candidates } of decided) for (const candidate of candidates) allocation.offer(candidate);
          const tasksOf = new Map<string, number>();
          let emails = 0;
          decided.forEach(({ evaluated, candidates }, i) => {
            const settled: Settled[] = candidates.map((candidate) => ({ candidate, decision: allocation.settle(candidate) }));
            expect(settled).toHaveLength(made.rules.reduce((sum, one) => sum + one.actions.length, 0));
            const pairs = settled.map(({ decision }) => `${decision.ruleId}|${decision.subject}|${decision.occurrence}|${decision.action}`);
            expect(new Set(pairs).size).toBe(pairs.length);
            const live = new Set(settled.filter(({ decision }) => decision.outcome === "touch" || decision.outcome === "task").map(({ decision }) => decision.key));
            for (const { candidate, decision } of settled) {
              if (decision.outcome === "held") expect(decision.until !== null && decision.until > date && (decision.expiresAt === null || decision.until <= decision.expiresAt)).toBe(true);
              else expect(decision.until).toBeNull();
              if (decision.outcome === "merged") expect(live.has(decision.clause)).toBe(true);
              if (decision.outcome === "touch" || decision.outcome === "task" || decision.outcome === "merged") {
                expect(plannedKeys.has(decision.key)).toBe(false);
                plannedKeys.add(decision.key);
                if (decision.expiresAt !== null) expect(decision.expiresAt >= date).toBe(true);
              }
              if (decision.outcome === "task") {
                const assignee = candidate.task?.assignee ?? "";
                if (decision.class !== "mandatory") tasksOf.set(assignee, (tasksOf.get(assignee) ?? 0) + 1);
              }
              if (decision.outcome === "touch") {
                if (decision.channel === "email" && decision.class !== "mandatory") emails++;
                expect(candidate.touch).toBeDefined();
              }
            }
            const next = nextState({ customerId: `c${i}`, prior: states[i], remember: evaluated.remember, settled, asOf: date, zone: "Asia/Shanghai" });
            for (const entry of next.contacts.slice(states[i]?.contacts.length ?? 0)) sent.push({ customer: i, class: entry.class as MessageClass, channel: entry.channel, day: parseDay(entry.date) as number });
            summary.customer(evaluated);
            summary.decisions(settled, states[i]);
            states[i] = next;
          });
          expect(emails).toBeLessThanOrEqual(2);
          for (const count of tasksOf.values()) expect(count).toBeLessThanOrEqual(3);
          const counted = summary.finish();
          expect(counted.keysPlannedTwice).toBe(0);
          expect(Object.values(counted.outcomes).reduce((sum, n) => sum + n, 0)).toBe(counted.decisions);
          expect(Object.values(counted.reasons).reduce((sum, n) => sum + n, 0)).toBe(counted.decisions);
          counted.funnel.forEach((stage, i) => expect(stage.count).toBeLessThanOrEqual(counted.funnel[i - 1]?.count ?? counted.decisions));
          expect(counted.funnel.at(-1)?.count).toBe(counted.outcomes.touch + counted.outcomes.task);
        }
        for (const cap of caps) {
          for (let customer = 0; customer < made.customers.length; customer++) {
            const days = sent.filter((one) => one.customer === customer && cap.classes.includes(one.class) && (cap.channels === null || cap.channels.includes(one.channel))).map((one) => one.day);
            for (const day of days) expect(days.filter((other) => other <= day && other > day - cap.days).length).toBeLessThanOrEqual(cap.max);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
