import { describe, expect, it } from "vitest";
import { loadPack } from "../../src/load-pack.js";

const model = {
  id: "m", zone: "UTC",
  entity: { name: "customer", id: "id", properties: { id: { type: "string" }, n: { type: "number" }, items: { type: "array", id: "id", items: { type: "object", properties: { id: { type: "string" }, x: { type: "number" } } } } } },
};

function load(facts: readonly unknown[], rules: readonly unknown[] = []): ReturnType<typeof loadPack> {
  return loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model, facts, rules }, null, 1) });
}

const codes = (facts: readonly unknown[], rules: readonly unknown[] = []): readonly string[] => load(facts, rules).diagnostics.map(({ code, pointer }) => `${code} ${pointer}`);
const sum = (id: string, ...of: readonly string[]): unknown => ({ id, kind: "sum", of });

describe("derived facts in circles", () => {
  it("of one", () => expect(codes([sum("a", "a")])).toEqual(["CYCLIC_REFERENCE /facts/0/of/0"]));
  it("of three, said once with the whole way", () => {
    const { diagnostics } = load([sum("a", "b"), sum("b", "c"), sum("c", "a")]);
    expect(diagnostics.map(({ code }) => code)).toEqual(["CYCLIC_REFERENCE"]);
    expect(diagnostics[0]?.message).toMatch(/a → b → c → a/);
  });
  it("beside a sound one", () => expect(codes([sum("good", "n"), sum("a", "good", "a")])).toEqual(["CYCLIC_REFERENCE /facts/1/of/1"]));
  it("through a condition", () => expect(codes([{ id: "a", kind: "condition", when: [["a", "=", true]] }])).toContain("CYCLIC_REFERENCE /facts/0/when/0/0"));
  it("through the guard of a fact", () => expect(codes([{ ...(sum("a", "n") as object), when: [["b", ">", 1]] }, sum("b", "a")])[0]).toMatch(/^CYCLIC_REFERENCE/));
  it("through the where of an aggregate", () => expect(codes([{ id: "a", kind: "aggregate", fold: "count", over: "items as i", where: [["i.x", ">", { fact: "a" }]] }])[0]).toMatch(/^CYCLIC_REFERENCE/));
  it("of facts of an item", () => expect(codes([{ id: "a", forEach: "items as i", kind: "sum", of: ["i.b"] }, { id: "b", forEach: "items as i", kind: "sum", of: ["i.a"] }])[0]).toMatch(/^CYCLIC_REFERENCE/));
  it("from a level and its faces", () => expect(codes([{ id: "a", kind: "state", measure: "b", levels: [{ name: "x", from: 1 }, { name: "y" }] }, { id: "b", kind: "aggregate", fold: "count", over: "items as i", where: [["a.atRisk", "=", true]] }])).toEqual(["CYCLIC_REFERENCE /facts/1"]));
  it("through a threshold of a level", () => expect(codes([{ id: "a", kind: "state", measure: "n", levels: [{ name: "x", from: { fact: "b" } }, { name: "y" }] }, { id: "b", kind: "daysSince", date: "a.since" }])).toEqual(["CYCLIC_REFERENCE /facts/1"]));
});

describe("derived facts without circles", () => {
  it("may be written in any order", () => expect(codes([sum("a", "b", "c"), sum("b", "c"), sum("c", "n")])).toEqual([]));
  it("may meet twice (a diamond is no circle)", () => expect(codes([sum("top", "left", "right"), sum("left", "n"), sum("right", "left", "n")])).toEqual([]));
  it("may be read by rules before they are written", () => expect(codes([sum("a", "n")], [{ id: "r", when: [["a", ">", 1]] }])).toEqual([]));
  it("in a chain of 300 do not overflow", () => {
    const chain = Array.from({ length: 300 }, (_, i) => sum(`f${i}`, i === 299 ? "n" : `f${i + 1}`));
    expect(codes(chain)).toEqual([]);
  });
});
