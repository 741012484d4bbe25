import { describe, expect, it } from "vitest";
import { inControlGroup } from "../../src/policy/in-control-group.js";
import type { Consent } from "../../src/ports/consent.js";
import { action, asOf, at, channel, daysOn, dateNode, decideOn, match, message, named, only, products, program, rule, standardTemplates } from "./fixture.js";

const hello = action({ type: "message", template: "hello" });
const sale = action({ type: "message", template: "sale", class: "marketing" });
const greeting = action({ type: "message", template: "hello", class: "greeting" });
const call = action({ type: "task", template: "call" });
const granted: Consent = { purpose: "marketing", status: "granted", date: "2026-01-01" };
const yes = { consents: [granted] };
const one = (act: typeof hello, policy = {}) => [match(rule("r", [act], policy))];
const end = (...args: Parameters<typeof decideOn>) => {
  const { outcome, reason, clause, until } = only(decideOn(...args));
  return { outcome, reason, clause, until };
};
const dropped = (reason: string, clause = "") => ({ outcome: "dropped", reason, clause, until: null });

describe("the plain way", () => {
  it("makes a touch, with words, address and evidence", () => {
    const [candidate] = decideOn(one(hello));
    expect(candidate?.decision).toMatchObject({ outcome: "touch", reason: "PLANNED", channel: "sms", notBefore: null, until: null, packHash: "pack-hash", recordHash: "record-c1", templateVersion: "version-hello" });
    expect(candidate?.touch).toMatchObject({ key: candidate?.decision.key, to: "+8613800000000", parts: { text: "Hello Ann" }, slots: { name: "Ann" }, locale: "en" });
    expect(candidate?.decision.key).toMatch(/^[0-9a-f]{32}$/);
  });
  it("makes a task for the person in the role", () => {
    const [candidate] = decideOn(one({ ...call, role: "unitHead", dueDays: 3, expires: dateNode(daysOn(2)) }));
    expect(candidate?.task).toMatchObject({ role: "unitHead", assignee: "head-1", title: "Call Ann", due: daysOn(2), expiresAt: daysOn(2), merged: [] });
  });
  it("makes no pair of an action whose guard is not surely true", () => {
    expect(decideOn(one({ ...hello, guard: named("closed") }), { facts: { closed: 0 } })).toEqual([]);
    expect(decideOn(one({ ...hello, guard: named("nobodyKnows") }))).toEqual([]);
    expect(decideOn(one({ ...hello, guard: named("open") }), { facts: { open: 1 } })).toHaveLength(1);
  });
});

describe("planned or answered before", () => {
  const key = only(decideOn(one(hello))).key;
  const state = { customerId: "c1", asOf, lastFacts: {}, episodes: {}, keys: { [key]: "2026-11-01" }, contacts: [], openTasks: [] };
  it("plans nothing twice", () => expect(end(one(hello), { state })).toEqual(dropped("ALREADY_PLANNED")));
  it.each([
    [{ ruleId: "r", outcome: "interested" }, "dropped"],
    [{ ruleId: "r", subject: "", outcome: "refused" }, "dropped"],
    [{ ruleId: "r", outcome: "sent" }, "touch"],
    [{ ruleId: "r", outcome: "not-reached" }, "touch"],
    [{ ruleId: "r" }, "touch"],
    [{ ruleId: "r", subject: "D1", outcome: "interested" }, "touch"],
    [{ ruleId: "other", outcome: "interested" }, "touch"],
    [{ ruleId: "r", outcome: "interested", date: daysOn(-60) }, "touch"],
    [{ ruleId: "r", outcome: "interested", date: daysOn(1) }, "touch"],
  ])("answered by %j: %s", (entry, outcome) => {
    const found = only(decideOn(one({ ...hello, unless: "answered" }), { recordContacts: [{ date: daysOn(-1), channel: "phone", ...entry }] }));
    expect(found.outcome).toBe(outcome);
    if (outcome === "dropped") expect(found.reason).toBe("ANSWERED");
  });
  it("drops under a sure exception only", () => {
    expect(end(one({ ...hello, unless: named("x") }), { facts: { x: 1 } })).toEqual(dropped("UNLESS"));
    expect(end(one({ ...hello, unless: named("x") })).outcome).toBe("touch");
  });
});

describe("do not contact and pauses", () => {
  it("stops the classes that the mark stops", () => {
    expect(end(one(sale), { ...yes, facts: { dnc: true } })).toEqual(dropped("DO_NOT_CONTACT", "doNotContact"));
    expect(end(one(hello), { facts: { dnc: true } }).outcome).toBe("touch");
  });
  const policy = { pauses: [{ id: "complaint", when: named("complaint"), stops: ["marketing" as const], channels: null }] };
  it.each([
    [1, "held", "PAUSED"],
    [2, "held", "PAUSE_UNKNOWN"],
    [0, "touch", "PLANNED"],
  ])("a pause of truth %i: %s %s", (complaint, outcome, reason) => {
    const until = outcome === "held" ? daysOn(1) : null;
    expect(end(one(sale), { ...yes, policy, facts: { complaint } })).toMatchObject({ outcome, reason, until });
    expect(end(one(hello), { policy, facts: { complaint } }).outcome).toBe("touch");
  });
  it("drops what would be too late after the pause, naming the pause", () => {
    expect(end(one({ ...sale, expires: dateNode(asOf) }), { ...yes, policy, facts: { complaint: 1 } })).toEqual(dropped("EXPIRED", "pauses/complaint"));
  });
});

describe("consent", () => {
  it.each<[string, Consent[], string, string]>([
    ["granted", [granted], "touch", "PLANNED"],
    ["nobody asked", [], "dropped", "CONSENT_UNKNOWN"],
    ["for another purpose", [{ purpose: "greeting", status: "granted" }], "dropped", "CONSENT_UNKNOWN"],
    ["withdrawn later", [granted, { purpose: "marketing", status: "withdrawn", date: "2026-02-01" }], "dropped", "CONSENT_REFUSED"],
    ["withdrawn later, in another order", [{ purpose: "marketing", status: "withdrawn", date: "2026-02-01" }, granted], "dropped", "CONSENT_REFUSED"],
    ["given again", [{ purpose: "marketing", status: "refused", date: "2025-02-01" }, granted], "touch", "PLANNED"],
    ["refused on the same day", [granted, { ...granted, status: "refused" }], "dropped", "CONSENT_REFUSED"],
    ["withdrawn in future", [granted, { purpose: "marketing", status: "withdrawn", date: daysOn(1) }], "touch", "PLANNED"],
    ["refused for this channel", [granted, { purpose: "marketing", status: "refused", channel: "sms", date: "2025-01-01" }], "dropped", "CONSENT_REFUSED"],
    ["granted for another channel only", [{ ...granted, channel: "email" }], "dropped", "CONSENT_UNKNOWN"],
    ["granted for this channel after a refusal", [{ ...granted, channel: "sms" }, { ...granted, status: "refused", date: "2025-06-01" }], "touch", "PLANNED"],
    ["refused in general after this channel", [{ ...granted, channel: "sms" }, { ...granted, status: "refused", date: "2026-06-01" }], "dropped", "CONSENT_REFUSED"],
  ])("%s", (_, consents, outcome, reason) => expect(end(one(sale), { consents })).toMatchObject({ outcome, reason }));

  it("goes to the channel that is allowed", () => {
    const act = { ...greeting, via: ["sms", "email"] };
    const consents: Consent[] = [{ purpose: "greeting", status: "granted" }, { purpose: "greeting", status: "refused", channel: "sms" }];
    expect(only(decideOn(one(act), { consents })).channel).toBe("email");
  });
  it("under opt-out only a refusal stops", () => {
    const policy = { consent: { ...program().policy.consent, marketing: { rule: "opt-out" as const, purpose: "marketing" } } };
    expect(end(one(sale), { policy }).outcome).toBe("touch");
    expect(end(one(sale), { policy, consents: [{ ...granted, status: "refused" }] })).toEqual(dropped("CONSENT_REFUSED", "consent/marketing"));
  });
  it("binds tasks as it binds messages", () => {
    expect(end(one({ ...call, class: "marketing" }))).toEqual(dropped("CONSENT_UNKNOWN", "consent/marketing"));
    expect(end(one({ ...call, class: "marketing" }), { consents: [granted, { ...granted, status: "refused", channel: "phone" }] })).toEqual(dropped("CONSENT_REFUSED", "consent/marketing"));
    expect(end(one({ ...call, class: "marketing" }), { consents: [granted, { ...granted, status: "refused", channel: "sms" }] }).outcome).toBe("task");
  });
  it("asks by the rule's own purpose", () => {
    expect(end(one(greeting, { purpose: "birthday" }), { consents: [{ purpose: "birthday", status: "granted" }] }).outcome).toBe("touch");
  });
});

describe("offers", () => {
  const offer = (id: string | undefined, extra = {}) => [match(rule("r", [{ ...call, class: "marketing" as const }], { product: { pick: id === undefined ? { op: "none", type: "text" } : { op: "const", type: "text", value: id }, range: { collection: products, as: "p", level: 0 } }, suitability: "fund", ...extra }))];
  const policy = { suitability: new Map([["fund", { id: "fund", productRisk: "product.riskLevel", customerRatings: ["rating", "rating2"], assessedOn: "assessedOn", validMonths: 12, careAge: 65, highRisk: 4, birthDate: "birthDate" }]]) };
  const facts = { rating: 5, assessedOn: "2026-06-01", birthDate: "1980-01-01" };
  it.each([
    ["suitable", "fund-1", {}, "task", "PLANNED"],
    ["no product", undefined, {}, "dropped", "PRODUCT_NONE"],
    ["a product that is gone", "fund-9", {}, "dropped", "PRODUCT_NONE"],
    ["rating missing", "fund-1", { rating: undefined }, "dropped", "SUITABILITY_UNKNOWN"],
    ["risk above", "fund-2", { rating: 4 }, "dropped", "SUITABILITY_EXCEEDED"],
    ["the lowest of two ratings", "fund-1", { rating2: 2 }, "dropped", "SUITABILITY_EXCEEDED"],
    ["assessed twelve months ago", "fund-1", { assessedOn: "2025-11-30" }, "task", "PLANNED"],
    ["assessed before that", "fund-1", { assessedOn: "2025-11-29" }, "dropped", "SUITABILITY_UNKNOWN"],
    ["never assessed", "fund-1", { assessedOn: undefined }, "dropped", "SUITABILITY_UNKNOWN"],
    ["assessed in the future", "fund-1", { assessedOn: daysOn(1) }, "dropped", "SUITABILITY_UNKNOWN"],
    ["65 today, high risk", "fund-2", { birthDate: "1961-11-30" }, "dropped", "APPROVAL_NEEDED"],
    ["65 tomorrow, high risk", "fund-2", { birthDate: "1961-12-01" }, "task", "PLANNED"],
    ["age unknown, high risk", "fund-2", { birthDate: undefined }, "dropped", "APPROVAL_NEEDED"],
    ["65, low risk", "fund-1", { birthDate: "1950-01-01" }, "task", "PLANNED"],
  ])("%s", (_, id, change, outcome, reason) => expect(end(offer(id), { ...yes, policy, facts: { ...facts, ...change } })).toMatchObject({ outcome, reason }));

  it("leaves a control group untouched, the same every day, and only of marketing", () => {
    expect(end(offer("fund-1", { holdout: 1 }), { ...yes, policy, facts })).toEqual(dropped("HOLDOUT", "holdout"));
    expect(end(one(hello, { holdout: 1 })).outcome).toBe("touch");
    const held = Array.from({ length: 4000 }, (_, i) => inControlGroup("2026", "r", `c${i}`, 0.05)).filter(Boolean).length;
    expect(held).toBeGreaterThan(120);
    expect(held).toBeLessThan(290);
    expect(inControlGroup("2026", "r", "c", 0)).toBe(false);
  });
});

describe("channel, address, person, words", () => {
  it.each<[string, Partial<typeof hello>, Record<string, undefined | string | string[]>, string, string]>([
    ["what the customer prefers goes first", { via: ["sms", "email"] }, { wish: ["letter", "email"] }, "email", "PLANNED"],
    ["unknown channel", { via: ["pigeon"] }, {}, "", "NO_CHANNEL"],
    ["no words for the channel", { template: "sale", via: ["email"] }, {}, "", "NO_CHANNEL"],
    ["channels from a fact nobody knows", { via: { op: "none", type: "list" } }, {}, "", "NO_CHANNEL"],
    ["channels from a fact", { via: { op: "const", type: "list", value: ["email"] } }, {}, "email", "PLANNED"],
    ["no address, next channel", { via: ["sms", "email"] }, { phone: undefined }, "email", "PLANNED"],
    ["no address", { via: ["sms", "email"] }, { phone: undefined, email: " " }, "", "NO_ADDRESS"],
    ["name missing", {}, { name: undefined }, "", "FIELD_MISSING"],
  ])("%s", (_, change, facts, channelId, reason) => expect(only(decideOn(one({ ...hello, ...change }), { facts }))).toMatchObject({ channel: channelId, reason, outcome: reason === "PLANNED" ? "touch" : "dropped" }));

  it("takes an address that the channel can take", () => {
    const of = program({}, standardTemplates, [channel("sms", "phone"), channel("email", "mailbox")]);
    const act = { ...hello, via: ["sms", "email"] };
    expect(only(decideOn(one(act), { program: of, facts: { phone: "12" } })).channel).toBe("email");
    expect(end(one(act), { program: of, facts: { phone: "+86138", email: "a@b,c@d" } })).toEqual(dropped("ADDRESS_INVALID"));
    expect(end(one(act), { program: of, facts: { phone: "x\r\ny", email: undefined } })).toEqual(dropped("ADDRESS_INVALID"));
  });
  it.each([
    ["SMS_TOO_LONG", "SMS_TOO_LONG"],
    ["PHONE_INVALID", "ADDRESS_INVALID"],
    ["ADDRESS_MULTIPLE", "ADDRESS_INVALID"],
    ["CHANNEL_CONFIG_INVALID", "RENDER_FAILED"],
  ] as const)("the channel's %s ends as %s", (code, reason) => {
    const sms = channel("sms", "opaque", (touch) => ({ key: touch.key, to: touch.to, parts: {}, segments: 0, encoding: "", diagnostics: [{ code, severity: "error", file: "", pointer: "", line: 0, column: 0, message: "", hint: "" }] }));
    expect(end(one(hello), { program: program({}, standardTemplates, [sms]) })).toMatchObject({ outcome: "dropped", reason, clause: `templates/hello/${code}` });
  });
  it("a channel that throws fails its own touch only", () => {
    const sms = channel("sms", "opaque", () => {
      throw new Error("broken");
    });
    expect(end(one(hello), { program: program({}, standardTemplates, [sms]) })).toMatchObject({ reason: "RENDER_FAILED" });
  });
  it("drops an empty message and one that is too large", () => {
    const of = program({}, [message("hello", { sms: " {{blank}} " })]);
    expect(end(one(hello), { program: of, facts: { blank: "" } })).toMatchObject({ reason: "MESSAGE_EMPTY" });
    expect(end(one(hello), { program: of, facts: { blank: "x".repeat(30_000) } })).toMatchObject({ reason: "OUTPUT_TOO_LARGE" });
  });
  it("gives no task to nobody", () => {
    expect(end(one(call), { facts: { rm: undefined } })).toEqual(dropped("NO_ASSIGNEE", "roles/rm"));
    expect(end(one({ ...call, role: "king" }))).toEqual(dropped("NO_ASSIGNEE", "roles/king"));
  });
});

describe("hours and expiry", () => {
  const policy = { quietHours: [{ id: "night", classes: ["service" as const], channels: ["sms"], from: 21 * 60, to: 8 * 60 }], windows: [{ id: "work", when: named("atWork"), channels: ["sms"], from: 18 * 60, to: 20 * 60 }] };
  it.each([
    ["in the customer's zone", "2026-11-30T10:30:00+08:00", { zone: "America/New_York" }, "2026-11-30T08:00:00-05:00"],
    ["by day at once", at, {}, null],
    ["at night the next morning", "2026-11-30T22:00:00+08:00", {}, "2026-12-01T08:00:00+08:00"],
    ["after work", at, { atWork: 1 }, "2026-11-30T18:00:00+08:00"],
    ["quiet hours, then after work", "2026-11-30T22:00:00+08:00", { atWork: 1 }, "2026-12-01T18:00:00+08:00"],
  ])("%s", (_, instant, facts, notBefore) => {
    const [candidate] = decideOn(one(hello), { policy, at: instant, facts });
    expect(candidate?.decision).toMatchObject({ outcome: "touch", notBefore });
    expect(candidate?.touch?.notBefore).toBe(notBefore);
  });
  it("never sends late", () => {
    expect(end(one({ ...hello, expires: dateNode(asOf) }), { policy, at: "2026-11-30T22:00:00+08:00" })).toEqual(dropped("EXPIRED", "quietHours/night"));
    expect(end(one({ ...hello, expires: dateNode(daysOn(-1)) }))).toEqual(dropped("EXPIRED"));
    // It is still yesterday in New York, but the match is of today.
    expect(end(one({ ...hello, expires: dateNode(daysOn(-1)) }), { facts: { zone: "America/New_York" } })).toEqual(dropped("EXPIRED"));
    expect(end(one({ ...call, expires: dateNode(daysOn(-1)) }))).toEqual(dropped("EXPIRED"));
    expect(end(one({ ...hello, expires: dateNode(asOf) }))).toMatchObject({ outcome: "touch" });
  });
});
