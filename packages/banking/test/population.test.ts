import { createEngine, createEnvironment, loadPack } from "@evertend/core";
import type { Program } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { bankingPlugin, takePopulation } from "@evertend/banking";

const model = {
  id: "rms", zone: "Asia/Shanghai",
  entity: { name: "manager", id: "rmId", properties: { rmId: { type: "string" }, unit: { type: "object", properties: { id: { type: "string" } } }, sales: { type: "number" } } },
  context: { peers: { type: "array", id: "who", items: { type: "object", properties: { who: { type: "string" }, unit: { type: "object", properties: { id: { type: "string" } } }, points: { type: "number" } } } } },
};
const facts = [
  { id: "points", kind: "score", categories: [{ id: "sales", weight: 100, indicators: [{ id: "sales", of: "sales", weight: 100, linear: { from: 0, to: 1000, high: 100 } }] }] },
  { id: "share", kind: "population", of: "points", over: "peers as peer", give: "share" },
  { id: "inUnit", kind: "population", of: "points", over: "peers as peer", where: [["peer.unit.id", "=", { fact: "unit.id" }]], give: "rank" },
];

function program(): Program {
  const loaded = loadPack({ "pack.json": JSON.stringify({ pack: { id: "rms", version: "1" }, model, facts, rules: [{ id: "any", when: [["share", "<=", 0.5]] }] }) }, { environment: createEnvironment([bankingPlugin]), lang: "en" });
  if (!loaded.program) throw new Error(JSON.stringify(loaded.diagnostics));
  return loaded.program;
}

function take(of: Program, records: readonly unknown[]): ReturnType<ReturnType<typeof takePopulation>["finish"]> {
  const engine = createEngine(of);
  const taker = takePopulation(of);
  expect(taker.collections).toEqual(["peers"]);
  for (const record of records) {
    const one = engine.evaluate(record, { asOf: "2026-12-31" });
    if (!("setAside" in one)) taker.add(one);
  }
  return taker.finish();
}

describe("takePopulation", () => {
  it("gives one item for each record, fields by the facts they are named after, in order of id", () => {
    const { context, diagnostics } = take(program(), [{ rmId: "B", unit: { id: "U1" }, sales: 300 }, { rmId: "A", sales: 500 }, { rmId: "C", unit: { id: "U1" } }]);
    expect(diagnostics).toEqual([]);
    expect(context["peers"]).toEqual([{ who: "A", points: 50 }, { who: "B", unit: { id: "U1" }, points: 30 }, { who: "C", unit: { id: "U1" } }]);
  });

  it("ranks as a plain sort does, ties sharing the better rank", () => {
    const of = program();
    const records = Array.from({ length: 60 }, (_, i) => ({ rmId: `M${String(i).padStart(2, "0")}`, unit: { id: `U${i % 4}` }, sales: (i * 37) % 50 }));
    const engine = createEngine(of, { context: take(of, records).context });
    for (const record of records) {
      const result = engine.evaluate(record, { asOf: "2026-12-31" });
      if ("setAside" in result) throw new Error("set aside");
      const better = (among: typeof records): number => among.filter((other) => other.sales > record.sales).length;
      expect(result.facts).toMatchObject({ share: (better(records) + 1) / 60, inUnit: better(records.filter((other) => other.unit.id === record.unit.id)) + 1 });
      expect(result.matches.length).toBe(better(records) + 1 <= 30 ? 1 : 0);
    }
  });

  it("warns of an empty population, in which nobody has a place", () => {
    const of = program();
    const { context, diagnostics } = take(of, []);
    expect(diagnostics.map(({ code, severity, file }) => [code, severity, file])).toEqual([["POPULATION_EMPTY", "warning", "peers"]]);
    const result = createEngine(of, { context }).evaluate({ rmId: "A", sales: 5 }, { asOf: "2026-12-31" });
    expect("facts" in result && [result.facts["share"], result.matches, result.unknowns.length]).toEqual([null, [], 1]);
  });

  it("leaves alone what the context brings", () => {
    expect(takePopulation(program(), { peers: [] }).collections).toEqual([]);
  });
});
