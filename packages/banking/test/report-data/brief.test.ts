import { plannedTasks, reportCustomer, reportEngine, sampleBank, sampleBankAsOf, sampleContext, type ReportDay } from "@evertend/banking";
import type { Lang, ReportCard, ReportCards, ReportData } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { brief } from "../../src/report-data/brief/brief.js";
import { retail } from "../retail-pack.js";

const at = `${sampleBankAsOf}T09:00:00+08:00`;

function dayOf(lang: Lang, reveal = false): ReportDay {
  if (!retail.program) throw new Error("the retail pack does not load");
  return { engine: reportEngine(retail.program, { context: sampleContext(), lang }), asOf: sampleBankAsOf, at, month: sampleBankAsOf.slice(0, 7), reveal };
}

/** A customer of M1 with a matured deposit, an open complaint and a promise. */
const customer = {
  customerId: "C000777", name: "示例某", kind: "individual", phone: "+8619900001234", noCallsAtWork: true, attentionNote: "喜欢面谈",
  customerSince: "2020-01-01", rm: { id: "M1", name: "经理某", phone: "0000-55500001", since: "2025-01-01" },
  relationship: { established: true }, potential: 80, assets: { total: 600000 },
  contactLog: [
    { contactId: "1", date: "2026-08-25", channel: "phone", outcome: "reached" },
    { contactId: "2", date: "2026-09-18", channel: "sms" },
    { contactId: "3", date: "2026-06-20", channel: "phone", outcome: "not-reached" },
  ],
  complaints: [{ complaintId: "T1", topic: "排队时间", status: "handling", receivedOn: "2026-09-17" }],
  appointments: [{ appointmentId: "A1", date: "2026-09-24", place: "贵宾室", confirmed: true }],
};

function briefOf(record: Readonly<Record<string, unknown>>, day: ReportDay): ReportData {
  const decided = day.engine.decide(record, { asOf: day.asOf, at });
  if ("setAside" in decided) throw new Error(JSON.stringify(decided.setAside));
  const tasks = plannedTasks(decided.decisions.candidates.map((candidate) => ({ candidate, decision: candidate.decision })));
  const seen = reportCustomer(day, { json: JSON.stringify(record), tasks });
  const row = seen && brief.row(seen);
  if (row === undefined) throw new Error("no card");
  const fold = brief.open({ day, id: "M1", name: "M1" });
  fold.take(JSON.parse(JSON.stringify(row)));
  return fold.finish();
}

function linesOf(card: ReportCard | undefined, id: string): string {
  return (card?.sections?.find((section) => section.id === id)?.lines ?? []).map((line) => (typeof line === "string" ? line : line.en)).join("\n");
}

function cards(data: ReportData): ReportCards {
  return data.parts.find((part): part is ReportCards => part.kind === "cards") as ReportCards;
}

describe("brief of a manager", () => {
  it("says why, what to say, what to avoid and when to call", () => {
    const [card] = cards(briefOf(customer, dayOf("en"))).cards;
    const lines = (id: string): string => linesOf(card, id);
    expect(lines("why")).toMatch(/^Complaint/);
    expect(lines("why")).toMatch(/^Regular contact: .*2026-09-24, 3 days ahead$/m);
    expect(lines("say")).toMatch(/^Answer 示\*\*.* task [0-9a-f]{8}\): Received on 17 September 2026/);
    expect(lines("avoid").split("\n")).toHaveLength(3);
    expect(lines("avoid")).toContain("open complaint (排队时间, received 17 Sep): listen and apologise first, no offer");
    expect(lines("avoid")).toContain("no calls at work");
    expect(lines("avoid")).toContain("mind: 喜欢面谈");
    expect(lines("last")).toContain("18 Sep (3 days ago) · SMS");
    expect(lines("last")).toContain("last spoken to: 25 Aug (27 days ago) · phone call, reached");
    expect(lines("last")).toContain("appointment on 24 Sep 贵宾室 (confirmed)");
    expect(card?.facts.map(({ value }) => value)).toContainEqual({ "zh-CN": "12:00–13:30", en: "12:00–13:30" });
    expect(card?.choices?.map(({ code }) => code)).toEqual(["reached", "not-reached", "appointment", "interested", "refused", "wrong-number", "do-not-call", "useless"]);
  });

  it("tells figures in the reason, and what stands against an offer where nothing graver does", () => {
    const [card] = cards(briefOf({ ...customer, complaints: [], noCallsAtWork: false, consents: [{ consentId: "S1", purpose: "marketing", status: "refused" }] }, dayOf("en"))).cards;
    expect(linesOf(card, "why")).toMatch(/^Regular contact: .*2026-09-24, 3 days ahead/m);
    expect(linesOf(card, "avoid").split("\n")).toEqual(["mind: 喜欢面谈", "refused marketing: recommend nothing"]);
    expect(card?.facts.map(({ value }) => value)).toContainEqual({ "zh-CN": "08:00–21:00", en: "08:00–21:00" });
    expect(linesOf(card, "say")).not.toContain("199");
  });

  it("words tasks in the language of the report", () => {
    const say = (lang: Lang): string => linesOf(cards(briefOf(customer, dayOf(lang))).cards[0], "say");
    expect(say("zh-CN")).toContain("答复示**的投诉建议：排队时间");
    expect(say("en")).toContain("Answer 示**: 排队时间");
  });

  it("masks who it is, and shows it where that is asked for", () => {
    const masked = JSON.stringify(briefOf(customer, dayOf("zh-CN")));
    for (const secret of ["示例某", "19900001234", "C000777", "经理某"]) expect(masked).not.toContain(secret);
    const shown = JSON.stringify(briefOf(customer, dayOf("zh-CN", true)));
    for (const secret of ["示例某", "+8619900001234", "C000777"]) expect(shown).toContain(secret);
  });

  it("has no card for a customer without a task", () => {
    const day = dayOf("en");
    const [first] = sampleBank({ customers: 1 });
    const seen = reportCustomer(day, { json: JSON.stringify(first) });
    expect(seen && brief.row(seen)).toBeUndefined();
  });

  it("carries a task of an earlier day over", () => {
    const day = dayOf("en");
    const state = { customerId: "C000777", asOf: "2026-09-20", lastFacts: {}, episodes: {}, keys: {}, contacts: [], openTasks: [{ key: "feedbeef00112233", ruleId: "visit", subject: "", assignee: "M1", opened: "2026-09-15", expiresAt: null }] };
    const seen = reportCustomer(day, { json: JSON.stringify(customer), state });
    expect(JSON.stringify(seen && brief.row(seen))).toContain("Regular contact: open since 15 Sep · task feedbeef");
  });
});
