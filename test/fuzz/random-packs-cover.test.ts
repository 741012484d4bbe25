import { fileURLToPath } from "node:url";
import { bankingPlugin } from "@evertend/banking";
import { createEnvironment, formatDiagnostics, loadPack, type TruthNode, type ValueNode } from "@evertend/core";
import { expect, test } from "vitest";
import { layOver, readBase } from "../conformance/conformance-case.js";
import { randomCase } from "./random-pack.js";

const packs = 200;
const seed = 20_261_125;
const base = readBase(fileURLToPath(new URL("../conformance/", import.meta.url)));
const environment = createEnvironment([bankingPlugin]);

/** Every node there is: drawn, or why not. The type makes a new node say which. */
const nodes: Readonly<Record<ValueNode["op"] | TruthNode["op"], "drawn" | { readonly not: string }>> = {
  const: "drawn", none: "drawn", field: "drawn", fact: "drawn", element: "drawn", asOf: "drawn", shift: "drawn", diff: "drawn", anniversary: "drawn", namedDay: "drawn",
  arith: "drawn", choose: "drawn", first: "drawn", fold: "drawn", pick: "drawn", period: "drawn", join: "drawn", level: "drawn",
  constant: "drawn", compare: "drawn", in: "drawn", and: "drawn", or: "drawn", not: "drawn", present: "drawn", some: "drawn", every: "drawn", anyOf: "drawn", allOf: "drawn", named: "drawn",
  raw: { not: "a condition without a model, which no pack has" },
  plugin: { not: "what a plugin computes has no second interpreter" },
  pluginTruth: { not: "what a plugin computes has no second interpreter" },
};

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** Counts the nodes of a tree; collections, calendars and the like are no nodes. */
function countNodes(found: Map<string, number>, tree: unknown): void {
  if (typeof tree !== "object" || tree === null || tree instanceof Map) return;
  if ("op" in tree && typeof tree.op === "string") count(found, tree.op);
  for (const [key, value] of Object.entries(tree)) if (!["collection", "calendar", "label", "origin"].includes(key)) countNodes(found, value);
}

test(`${packs} random packs have every node, kind of rule, and kind of derived fact, also about items and in offers`, () => {
  const found = new Map<string, number>();
  const kinds = new Map<string, number>();
  for (let pack = 0; pack < packs; pack++) {
    const one = randomCase(seed * 1_000_003 + pack, 1);
    const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify(layOver("fuzz", base, one.pack)) }, { environment });
    if (!program) throw new Error(formatDiagnostics(diagnostics));
    countNodes(found, [program.rules, program.facts.map(({ node }) => node), program.levels]);
    const itemFacts = ((one.pack["facts"] ?? []) as Readonly<Record<string, unknown>>[]).filter((fact) => fact["forEach"] !== undefined);
    for (const rule of one.pack["rules"] as Readonly<Record<string, unknown>>[]) {
      count(kinds, String(rule["kind"] ?? "rule"));
      const text = JSON.stringify(rule);
      if (rule["forEach"] !== undefined && itemFacts.some(({ id }) => text.includes(`"i0.${String(id)}"`))) count(kinds, "rule of items that reads a fact of an item");
      if (rule["suitability"] !== undefined) count(kinds, "suitability");
      if (rule["product"] !== undefined) count(kinds, rule["forEach"] === undefined ? "product" : "product for an item");
    }
    for (const fact of (one.pack["facts"] ?? []) as Readonly<Record<string, unknown>>[]) count(kinds, `fact ${String(fact["kind"])}`);
  }
  const wanted = [...environment.kinds.keys(), ...["bands", "matrix", "classify", "aggregate", "ratio", "sum", "daysSince", "daysUntil", "shift", "first", "condition", "state", "score", "population"].map((kind) => `fact ${kind}`), "rule of items that reads a fact of an item", "suitability", "product", "product for an item"];
  // A few of each, lest one that is drawn once passes for one that is looked at.
  expect(wanted.filter((kind) => (kinds.get(kind) ?? 0) < 5)).toEqual([]);
  expect(Object.entries(nodes).filter(([op, how]) => (how === "drawn") !== (found.get(op) ?? 0) >= 5).map(([op]) => `${op}: ${found.get(op) ?? 0}`)).toEqual([]);
});
