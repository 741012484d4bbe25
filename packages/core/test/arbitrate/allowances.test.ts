import { describe, expect, it } from "vitest";
import type { ContactEntry } from "../../src/ports/contact-entry.js";
import type { CustomerState } from "../../src/ports/customer-state.js";
import { action, asOf, dateNode, daysOn, decideOn, match, message, only, openPolicy, products, program, rule, standardTemplates } from "./fixture.js";

const hello = action({ type: "message", template: "hello" });
const call = action({ type: "task", template: "call" });
const visit = action({ type: "task", template: "visit" });
const noConsent = { ...openPolicy.consent, marketing: { rule: "none" as const, purpose: "marketing" } };
const stateOf = (extra: Partial<CustomerState>): CustomerState => ({ customerId: "c1", asOf: daysOn(-1), lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [], ...extra });

describe("cooldown", () => {
  const policy = { cooldown: { days: 90, afterRefusal: 180 } };
  const matches = [match(rule("r", [hello], policy))];
  it.each<[string, ContactEntry[], object]>([
    ["nothing before", [], { outcome: "touch" }],
    ["of the rule", [{ date: daysOn(-89), channel: "sms", ruleId: "r", outcome: "sent" }], { outcome: "held", reason: "COOLDOWN", until: daysOn(1), clause: "cooldown/r" }],
    ["over", [{ date: daysOn(-90), channel: "sms", ruleId: "r", outcome: "sent" }], { outcome: "touch" }],
    ["failed", [{ date: daysOn(-1), channel: "sms", ruleId: "r", outcome: "failed" }], { outcome: "touch" }],
    ["of another rule", [{ date: daysOn(-1), channel: "sms", ruleId: "q", outcome: "sent" }], { outcome: "touch" }],
    ["refused", [{ date: daysOn(-100), channel: "phone", ruleId: "r", outcome: "refused" }], { outcome: "held", reason: "REFUSED_BEFORE", until: daysOn(80) }],
    ["refused, and sent since: the longer rest", [{ date: daysOn(-170), channel: "phone", ruleId: "r", outcome: "refused" }, { date: daysOn(-1), channel: "sms", ruleId: "r" }], { outcome: "held", reason: "COOLDOWN", until: daysOn(89) }],
    ["refused long ago", [{ date: daysOn(-180), channel: "phone", ruleId: "r", outcome: "refused" }], { outcome: "touch" }],
  ])("%s", (_, recordContacts, expected) => expect(only(decideOn(matches, { recordContacts }))).toMatchObject(expected));

  it("counts what was said about the same product", () => {
    const offer = rule("r", [hello], { ...policy, product: { pick: { op: "const", type: "text", value: "fund-1" }, range: { collection: products, as: "p", level: 0 } } });
    const entry = { date: daysOn(-10), channel: "sms", ruleId: "q", outcome: "sent" };
    expect(only(decideOn([match(offer)], { recordContacts: [{ ...entry, product: "fund-1" }] }))).toMatchObject({ reason: "COOLDOWN", until: daysOn(80) });
    expect(only(decideOn([match(offer)], { recordContacts: [{ ...entry, product: "fund-2" }] }))).toMatchObject({ outcome: "touch" });
  });
  it("counts an open task of the rule", () => {
    const openTasks = [{ key: "k", ruleId: "r", subject: "", assignee: "rm-1", opened: daysOn(-30), expiresAt: null }];
    expect(only(decideOn(matches, { state: stateOf({ openTasks }) }))).toMatchObject({ reason: "COOLDOWN", until: daysOn(60) });
  });
  it("does not make the task of an occurrence wait for the message of the same occurrence", () => {
    const both = [match(rule("r", [hello, call], policy))];
    const key = decideOn(both).find((one) => one.touch)?.decision.key as string;
    const state = stateOf({ keys: { [key]: daysOn(-1) }, contacts: [{ date: daysOn(-1), channel: "sms", key, ruleId: "r", outcome: "planned" }] });
    expect(decideOn(both, { state }).map((one) => one.decision.reason)).toEqual(["ALREADY_PLANNED", "PLANNED"]);
  });
  it("drops what is too late afterwards, and waits where its last day is still left", () => {
    const lastDay = { ...hello, expires: dateNode(daysOn(89)) };
    expect(only(decideOn([match(rule("r", [lastDay], policy))], { recordContacts: [{ date: daysOn(-1), channel: "sms", ruleId: "r" }] }))).toMatchObject({ outcome: "held", until: daysOn(89), expiresAt: daysOn(89) });
    const act = { ...hello, expires: dateNode(daysOn(5)) };
    expect(only(decideOn([match(rule("r", [act], policy))], { recordContacts: [{ date: daysOn(-1), channel: "sms", ruleId: "r" }] }))).toMatchObject({ outcome: "dropped", reason: "EXPIRED", clause: "cooldown/r", until: null });
  });
});

describe("caps", () => {
  const cap = { id: "week", classes: ["marketing" as const], channels: null, rules: null, max: 2, days: 7 };
  const sale = action({ type: "message", template: "hello", class: "marketing" });
  const policy = { caps: [cap], consent: noConsent };
  const rules = ["a", "b", "c"].map((id, i) => match(rule(id, [{ ...sale, id: `message:hello#${i}`, template: id }], {}, 50 + i)));
  const templates = [...standardTemplates, ...["a", "b", "c"].map((id) => message(id, { sms: `${id} {{name}}` }))];
  const of = program(policy, templates);
  const sent = (days: number, extra: Partial<ContactEntry> = {}): ContactEntry => ({ date: daysOn(days), channel: "sms", class: "marketing", outcome: "sent", ...extra });

  it("lets the highest ranks go and holds the rest until there is room", () => {
    expect(decideOn(rules, { program: of }).map(({ decision }) => [decision.ruleId, decision.outcome, decision.reason, decision.until, decision.clause])).toEqual([
      ["a", "held", "CAP_REACHED", daysOn(7), "caps/week"],
      ["b", "touch", "PLANNED", null, ""],
      ["c", "touch", "PLANNED", null, ""],
    ]);
  });
  it.each<[string, ContactEntry[], string, string | null]>([
    ["two in the week", [sent(-6), sent(-2)], "held", daysOn(1)],
    ["one of them older", [sent(-7), sent(-2)], "touch", null],
    ["one failed", [sent(-6, { outcome: "failed" }), sent(-2)], "touch", null],
    ["one mentioned twice", [sent(-6, { key: "k" }), sent(-5, { key: "k", outcome: "interested" })], "touch", null],
    ["of another class", [sent(-6, { class: "service" }), sent(-2)], "touch", null],
    ["without a class", [{ date: daysOn(-1), channel: "phone" }, sent(-2)], "touch", null],
    ["planned for tomorrow", [sent(1), sent(-2)], "held", daysOn(5)],
  ])("%s: %s", (_, recordContacts, outcome, until) => {
    expect(only(decideOn(rules.slice(0, 1), { program: of, recordContacts }))).toMatchObject({ outcome, until });
    const kept = recordContacts.map((entry, i) => ({ key: `k${i}`, ...entry }));
    if (recordContacts.every((entry) => entry.key === undefined)) expect(only(decideOn(rules.slice(0, 1), { program: of, state: stateOf({ contacts: kept }) }))).toMatchObject({ outcome, until });
  });
  it("believes the record about what became of a planned contact", () => {
    const contacts = [sent(-2, { key: "k", outcome: "planned" }), sent(-1, { key: "l", outcome: "planned" })];
    expect(only(decideOn(rules.slice(0, 1), { program: of, state: stateOf({ contacts }) })).outcome).toBe("held");
    expect(only(decideOn(rules.slice(0, 1), { program: of, state: stateOf({ contacts }), recordContacts: [sent(-2, { key: "k", outcome: "bounced" })] })).outcome).toBe("touch");
  });
  it("drops what is too late when there is room again", () => {
    const act = { ...sale, expires: dateNode(daysOn(0)) };
    expect(only(decideOn([match(rule("r", [act]))], { policy, recordContacts: [sent(-6), sent(-2)] }))).toMatchObject({ reason: "EXPIRED", clause: "caps/week" });
  });
  it("binds a task as a call only where it names phone, and what joins a call is free", () => {
    const calls = ["a", "b"].map((id, i) => match(rule(id, [{ ...call, class: "marketing" }], {}, 50 + i)));
    const phoned = [{ date: daysOn(-1), channel: "phone", class: "marketing" as const, outcome: "reached" }];
    const capped = (channels: string[] | null, max: number) => ({ consent: noConsent, caps: [{ ...cap, channels, max }] });
    expect(decideOn(calls, { policy: capped(["phone"], 1), recordContacts: phoned }).map(({ decision }) => [decision.outcome, decision.reason, decision.until])).toEqual([["held", "CAP_REACHED", daysOn(6)], ["held", "CAP_REACHED", daysOn(6)]]);
    expect(decideOn(calls, { policy: capped(null, 1), recordContacts: phoned }).map(({ decision }) => decision.outcome)).toEqual(["merged", "task"]);
    expect(decideOn(calls, { policy: capped(["phone"], 1) }).map(({ decision }) => decision.outcome)).toEqual(["merged", "task"]);
  });
  it("counts by channel and by rule", () => {
    const narrow = (extra: object) => program({ consent: noConsent, caps: [{ ...cap, max: 1, ...extra }] }, templates);
    expect(only(decideOn(rules.slice(0, 1), { program: narrow({ channels: ["email"] }), recordContacts: [sent(-1)] })).outcome).toBe("touch");
    expect(only(decideOn(rules.slice(0, 1), { program: narrow({ rules: ["a"] }), recordContacts: [sent(-1, { ruleId: "b" })] })).outcome).toBe("touch");
    expect(only(decideOn(rules.slice(0, 1), { program: narrow({ rules: ["a"] }), recordContacts: [sent(-1, { ruleId: "a/part" })] })).outcome).toBe("held");
    expect(only(decideOn(rules.slice(0, 1), { program: narrow({ max: 0 }) }))).toMatchObject({ outcome: "held", until: daysOn(7) });
  });
});

describe("merging", () => {
  it("makes one task of several for the same person", () => {
    const candidates = decideOn([
      match(rule("a", [{ ...call, dueDays: 9, expires: dateNode(daysOn(20)) }], {}, 80)),
      match(rule("b", [{ ...visit, dueDays: 3, expires: dateNode(daysOn(30)) }], {}, 20)),
      match(rule("c", [{ ...call, role: "unitHead" }])),
      match(rule("d", [call], {}, 10)),
    ]);
    const [a, b, c, d] = candidates;
    expect(candidates.map(({ decision }) => [decision.outcome, decision.reason])).toEqual([["task", "PLANNED"], ["merged", "MERGED"], ["task", "PLANNED"], ["merged", "MERGED"]]);
    expect(b?.decision.clause).toBe(a?.decision.key);
    expect(b?.lead).toBe(a);
    expect(a?.task).toMatchObject({ assignee: "rm-1", due: daysOn(3), expiresAt: null, merged: [b?.decision.key, d?.decision.key].sort() });
    // d says the same as the lead, so the brief says it once.
    expect(a?.task?.brief).toBe("Ask how it goes\n\nFurther reasons:\n- Visit Ann");
    expect(c?.task?.merged).toEqual([]);
  });
  it("sends one text once to one address", () => {
    const candidates = decideOn([match(rule("a", [hello], {}, 10)), match(rule("b", [hello], {}, 90)), match(rule("c", [{ ...hello, via: ["email"] }]))]);
    expect(candidates.map(({ decision }) => [decision.outcome, decision.reason])).toEqual([["merged", "DUPLICATE_TEXT"], ["touch", "PLANNED"], ["touch", "PLANNED"]]);
    expect(candidates[0]?.decision).toMatchObject({ clause: candidates[1]?.decision.key, channel: "" });
  });
  it("spends no cap on a text that goes out anyway", () => {
    const policy = { caps: [{ id: "one", classes: ["service" as const], channels: null, rules: null, max: 1, days: 1 }] };
    expect(decideOn([match(rule("a", [hello])), match(rule("b", [hello]))], { policy }).map((one) => one.decision.outcome).sort()).toEqual(["merged", "touch"]);
  });
  it("plans one key once even where two matches share it", () => {
    const twice = rule("a", [hello, call]);
    const ends = decideOn([match(twice), match(twice)]).map((one) => one.decision.outcome);
    expect(ends.sort()).toEqual(["merged", "merged", "task", "touch"]);
    const own = rule("a", [{ ...hello, template: "own" }]);
    const of = program({}, [message("own", { sms: "Hello {{item}}" })]);
    expect(decideOn([match(own, { item: ["x"] }), match(own, { item: ["y"] })], { program: of }).map((one) => one.decision.outcome).sort()).toEqual(["merged", "touch"]);
  });
  it("ranks mandatory before service before greeting before marketing, then by priority", () => {
    const classes = ["marketing", "service", "mandatory", "greeting"] as const;
    const consent = { ...noConsent, greeting: { rule: "none" as const, purpose: "greeting" } };
    const order = decideOn(classes.map((one, i) => match(rule(`r${i}`, [{ ...call, class: one }], {}, i === 0 ? 100 : 1))), { policy: { consent } });
    expect(order.find((one) => one.task)?.decision.class).toBe("mandatory");
  });
});

describe("asking for consent instead", () => {
  const greeting = action({ type: "message", template: "hello", class: "greeting", expires: dateNode(asOf) });
  const asking = (id: string, occurrence = "2026") => match(rule(id, [greeting], { unknownConsentTask: "ask" }), { occurrence });
  it("plans one task to ask, and merges the other reasons to ask into it", () => {
    const candidates = decideOn([asking("birthday"), asking("festival")]);
    const ends = candidates.map(({ decision }) => decision);
    expect(ends.map((one) => [one.outcome, one.reason]).sort()).toEqual([["merged", "MERGED"], ["task", "REROUTED_CONSENT_UNKNOWN"]]);
    const lead = candidates.find((one) => one.task);
    expect(lead?.task).toMatchObject({ template: "ask", title: "Ask Ann for consent", action: "task:ask", key: lead?.decision.key, expiresAt: null });
    expect(lead?.decision).toMatchObject({ action: "message:hello", templateVersion: "version-ask" });
    expect(new Set(ends.map((one) => one.key)).size).toBe(2);
  });
  it("asks once, whichever rule needs it later, and keeps the message's own key free", () => {
    const first = decideOn([asking("birthday")]);
    const state = stateOf({ keys: { [only(first).key]: asOf } });
    expect(only(decideOn([asking("birthday")], { state }))).toMatchObject({ outcome: "dropped", reason: "ALREADY_PLANNED", key: only(first).key });
    const later = decideOn([asking("birthday", "2027"), asking("festival")], { state }).map((one) => one.decision.reason).sort();
    expect(later).toEqual(["ALREADY_PLANNED", "CONSENT_UNKNOWN"]);
    const granted = decideOn([asking("birthday")], { state, consents: [{ purpose: "greeting", status: "granted" }] });
    expect(only(granted)).toMatchObject({ outcome: "touch", reason: "PLANNED" });
    expect(only(granted).key).not.toBe(only(first).key);
  });
  it("does not ask who refused, nor the control group", () => {
    expect(only(decideOn([asking("birthday")], { consents: [{ purpose: "greeting", status: "refused" }] })).reason).toBe("CONSENT_REFUSED");
    const sale = action({ type: "message", template: "sale", class: "marketing" });
    expect(only(decideOn([match(rule("r", [sale], { unknownConsentTask: "ask", holdout: 1 }))])).reason).toBe("HOLDOUT");
  });
  it("merges the question into another task for the same person", () => {
    const candidates = decideOn([asking("birthday"), match(rule("visit", [visit]))]);
    expect(candidates.map((one) => one.decision.outcome)).toEqual(["merged", "task"]);
    expect(candidates[1]?.task?.brief).toContain("Ask Ann for consent");
  });
});
