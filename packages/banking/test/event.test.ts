import { createEngine, createEnvironment, loadPack } from "@evertend/core";
import type { CustomerResult, CustomerState, Engine } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { bankingPlugin } from "@evertend/banking";

const text = { type: "string" };
const date = { type: "string", format: "date", absent: "none" };
const model = {
  id: "events", zone: "Asia/Shanghai",
  entity: { name: "customer", id: "customerId", roles: { rm: "rm" }, properties: { customerId: text, rm: text, wealth: { type: "number" } } },
  context: {
    events: { type: "array", id: "eventId", items: { type: "object", properties: { eventId: text, date: { type: "string", format: "date" }, registerBy: date, seats: { type: "number", absent: "none" } } } },
    products: { type: "array", id: "productId", items: { type: "object", properties: { productId: text, launchedOn: date } } },
  },
};
const templates = ["invite", "call"].map((id) => ({ id, task: { "zh-CN": { title: "任务", brief: "说明" }, en: { title: "task", brief: "brief" } } }));
const policy = { consent: { marketing: { rule: "none" } } };
const rule = { id: "salon", kind: "event", over: "events as event", date: "event.date", notice: 14, audience: [["wealth", ">", 0]], seats: "event.seats", then: [{ task: "invite" }] };

function load(rules: readonly unknown[]): ReturnType<typeof loadPack> {
  const pack = { pack: { id: "events", version: "1", title: "x" }, model, templates, policy, rules };
  return loadPack({ "pack.json": JSON.stringify(pack) }, { environment: createEnvironment([bankingPlugin]), lang: "en" });
}

function engine(rules: readonly unknown[], context: Readonly<Record<string, unknown>>): Engine {
  const { program, diagnostics } = load(rules);
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return createEngine(program, { context });
}

const people = (n: number, wealth = 1): unknown[] => Array.from({ length: n }, (_, i) => ({ customerId: `C${i}`, rm: "M1", wealth }));

async function run(one: Engine, records: readonly unknown[], asOf: string, states: ReadonlyMap<string, CustomerState> = new Map()): Promise<CustomerResult[]> {
  const out: CustomerResult[] = [];
  for await (const result of one.run(records, { asOf, at: `${asOf}T09:00:00+08:00`, states })) {
    if ("setAside" in result) throw new Error(JSON.stringify(result.setAside));
    out.push(result);
  }
  return out;
}

const outcomes = (results: readonly CustomerResult[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { settled } of results) for (const { decision } of settled) counts[`${decision.ruleId} ${decision.outcome} ${decision.reason}`] = (counts[`${decision.ruleId} ${decision.outcome} ${decision.reason}`] ?? 0) + 1;
  return counts;
};
const statesOf = (results: readonly CustomerResult[]): Map<string, CustomerState> => new Map(results.map((result) => [result.customerId, result.nextState]));

describe("event", () => {
  it("invites from the first day of notice to the last day of inviting", () => {
    const matched = (extra: object, item: object, asOf: string): boolean => {
      const result = engine([{ ...rule, ...extra }], { events: [{ eventId: "E1", date: "2026-10-01", ...item }], products: [] }).evaluate({ customerId: "C", wealth: 1 }, { asOf });
      return "matches" in result && result.matches.length === 1;
    };
    expect(["2026-09-16", "2026-09-17", "2026-09-30", "2026-10-01"].map((day) => matched({}, {}, day))).toEqual([false, true, true, false]);
    expect(["2026-09-28", "2026-09-29"].map((day) => matched({ lastDay: 3 }, {}, day))).toEqual([true, false]);
    expect(["2026-09-25", "2026-09-26"].map((day) => matched({ lastDay: "event.registerBy" }, { registerBy: "2026-09-25" }, day))).toEqual([true, false]);
    expect(["2026-10-01", "2026-10-02"].map((day) => matched({ lastDay: 0 }, {}, day))).toEqual([true, false]);
  });

  it("tells of a launch for some days from its own on", () => {
    const launch = { id: "new", kind: "event", over: "products as launch", launched: "launch.launchedOn", openFor: 10, then: [{ task: "invite" }] };
    const on = (asOf: string): unknown => {
      const result = engine([launch], { events: [], products: [{ productId: "P1", launchedOn: "2026-09-10" }, { productId: "P2" }] }).evaluate({ customerId: "C" }, { asOf });
      return "matches" in result && result.matches.map(({ subject, occurrence, until }) => [subject, occurrence, until]);
    };
    expect([on("2026-09-09"), on("2026-09-10"), on("2026-09-19"), on("2026-09-20")]).toEqual([[], [["P1", "once", "2026-09-19"]], [["P1", "once", "2026-09-19"]], []]);
  });

  it("gives as many seats as there are, and holds the rest; seats of earlier days count", async () => {
    const one = engine([rule], { events: [{ eventId: "E1", date: "2026-10-01", seats: 3 }, { eventId: "E2", date: "2026-10-02" }], products: [] });
    const first = await run(one, people(5), "2026-09-20");
    // E2 has no number of seats: no limit.
    expect(outcomes(first)).toEqual({ "salon task PLANNED": 8, "salon held SEATS": 2 });
    expect(first.flatMap(({ settled }) => settled).filter(({ decision }) => decision.reason === "SEATS").map(({ decision }) => [decision.clause, decision.until])).toEqual([["seats/events/E1", "2026-09-21"], ["seats/events/E1", "2026-09-21"]]);
    const second = await run(one, [...people(5), { customerId: "C9", rm: "M1", wealth: 1 }], "2026-09-21", statesOf(first));
    expect(outcomes(second)).toEqual({ "salon dropped ALREADY_PLANNED": 8, "salon held SEATS": 3, "salon task PLANNED": 1 });
    // One more seat, one more guest.
    const wider = engine([rule], { events: [{ eventId: "E1", date: "2026-10-01", seats: 4 }], products: [] });
    expect(outcomes(await run(wider, people(5), "2026-09-22", statesOf(second)))).toEqual({ "salon dropped ALREADY_PLANNED": 3, "salon task PLANNED": 1, "salon held SEATS": 1 });
  });

  it("gives a customer one seat, however many rules and actions speak of it", async () => {
    const two = [{ ...rule, then: [{ task: "invite" }, { task: "call" }] }, { ...rule, id: "dinner", priority: 10 }];
    const results = await run(engine(two, { events: [{ eventId: "E1", date: "2026-10-01", seats: 2 }], products: [] }), people(4), "2026-09-20");
    expect(outcomes(results)).toEqual({ "salon task PLANNED": 4, "salon held SEATS": 4, "dinner task PLANNED": 2, "dinner held SEATS": 2 });
    for (const { settled } of results) expect(new Set(settled.map(({ decision }) => decision.outcome)).size).toBe(1);
    expect(results.filter(({ nextState }) => nextState.seats?.["events/E1"] === "2026-09-20")).toHaveLength(2);
  });

  it("gives none where the number is not known, and takes seats in the order of rank, whatever the order of the stream", async () => {
    const unknown = { ...model.context.events, items: { ...model.context.events.items, properties: { ...model.context.events.items.properties, seats: { type: "number" } } } };
    const { program } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "e", version: "1" }, model: { ...model, context: { ...model.context, events: unknown } }, templates, policy, rules: [rule] }) }, { environment: createEnvironment([bankingPlugin]) });
    if (!program) throw new Error("no program");
    const one = createEngine(program, { context: { events: [{ eventId: "E1", date: "2026-10-01" }], products: [] } });
    expect(outcomes(await run(one, people(2), "2026-09-20"))).toEqual({ "salon held SEATS": 2 });
    const few = engine([rule], { events: [{ eventId: "E1", date: "2026-10-01", seats: 3 }], products: [] });
    const guests = async (records: readonly unknown[]): Promise<string[]> => (await run(few, records, "2026-09-20")).filter(({ tasks }) => tasks.length > 0).map(({ customerId }) => customerId).sort();
    expect(await guests(people(20).reverse())).toEqual(await guests(people(20)));
  });

  it.each([
    [{ ...rule, date: undefined }, "KEY_MISSING "],
    [{ ...rule, launched: "event.date" }, "AMBIGUOUS_GROUP "],
    [{ ...rule, openFor: 3 }, "UNKNOWN_KEY /openFor"],
    [{ ...rule, lastDay: 20 }, "NUMBER_RANGE /lastDay"],
    [{ ...rule, seats: "event.eventId" }, "TYPE_MISMATCH /seats"],
    [{ ...rule, over: "evnts as event" }, "NOT_A_COLLECTION /over"],
    [{ ...rule, audience: [["event.wealth", ">", 0]] }, "FACT_UNKNOWN /audience/0/0"],
  ])("refuses wrong rule %#", (wrong, expected) => {
    expect(load([wrong]).diagnostics.map((one) => `${one.code} ${one.pointer.replace("/rules/0", "")}`)).toContain(expected);
  });
});
