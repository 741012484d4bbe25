import { readFileSync } from "node:fs";
import { createEngine, loadPack } from "@evertend/core";
import { Engine, type RuleProperties, type TopLevelCondition } from "json-rules-engine";
import { describe, expect, it, test } from "vitest";
import { importCase, jsonRulesEngineCases, leftOutFiles, recordOf, usedFiles, type JsonRulesEngineCase } from "./json-rules-engine-case.js";

/** json-rules-engine's own acceptance, as cases: true there in stock json-rules-engine, and here as each case says. */

async function there({ rules, conditions, options, facts }: JsonRulesEngineCase): Promise<readonly string[] | string> {
  try {
    const engine = new Engine(rules as unknown as RuleProperties[], options);
    for (const [name, condition] of Object.entries(conditions)) engine.setCondition(name, condition as unknown as TopLevelCondition);
    const { results } = await engine.run(facts);
    return results.map(({ name }) => name).sort();
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

function here(files: Readonly<Record<string, string>>, record: unknown): unknown {
  const { program } = loadPack(files);
  if (!program) return "no program";
  const result = createEngine(program).evaluate(record, { asOf: "2026-11-23" });
  if ("setAside" in result) return "set aside";
  return { fires: result.matches.map(({ ruleId }) => ruleId), open: result.unknowns.map(({ ruleId, missing }) => ({ rule: ruleId, missing })) };
}

/** Said of every rule, and of every comparison of numbers. */
const always = ["FIRES_ONCE", "TEXT_NUMBERS"];

describe.each(jsonRulesEngineCases.map((one) => [`${one.name}: ${one.title}`, one] as const))("%s", (_title, one) => {
  it("is so in stock json-rules-engine", async () => {
    const answer = await there(one);
    if (typeof one.there === "string") expect(answer).toMatch(new RegExp(`^${one.there}`));
    else expect(answer).toEqual(one.there);
  });

  it("is here as it says, and the report tells it", () => {
    const { files, differences, diagnostics } = importCase(one);
    expect(differences.filter(({ refused }) => refused).map(({ code }) => code)).toEqual(one.refused);
    expect([...new Set(differences.filter(({ refused, code }) => !refused && !always.includes(code)).map(({ code }) => code))].sort()).toEqual([...one.report].sort());
    const none = one.refused.length === one.rules.length;
    if (!none) expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(none ? { fires: [], open: [] } : here(files, recordOf(one))).toEqual(one.here === "set aside" ? one.here : { fires: one.here, open: one.open });
  });
});

describe("the cases", () => {
  const page = readFileSync(new URL("../../docs/differences-from-json-rules-engine.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((row) => row[1] ?? "");

  it("name a row of the differences where, and only where, the answer is another", () => {
    const same = (one: JsonRulesEngineCase): boolean => JSON.stringify(one.here) === JSON.stringify(one.there) && one.open.length === 0 && one.refused.length === 0;
    expect(jsonRulesEngineCases.filter((one) => same(one) !== (one.differs === undefined)).map(({ name }) => name)).toEqual([]);
    expect(jsonRulesEngineCases.flatMap(({ differs }) => (differs === undefined || rows.includes(differs) ? [] : [differs]))).toEqual([]);
    console.info(`json-rules-engine's acceptance: ${jsonRulesEngineCases.length} cases, ${jsonRulesEngineCases.filter(({ differs }) => differs !== undefined).length} with a deliberate difference`);
  });

  it("come from the whole suite: a file of it has cases, or a reason why not", () => {
    const suite = ["acceptance", "almanac", "condition", "engine", "engine-all", "engine-any", "engine-cache", "engine-condition", "engine-controls", "engine-custom-properties", "engine-error-handling", "engine-event", "engine-fact", "engine-fact-comparison", "engine-fact-priority", "engine-facts-calling-facts", "engine-failure", "engine-not", "engine-operator", "engine-operator-map", "engine-parallel-condition-cache", "engine-recusive-rules", "engine-rule-priority", "engine-run", "fact", "index", "operator", "operator-decorator", "performance", "rule"];
    expect([...usedFiles, ...Object.keys(leftOutFiles)].sort()).toEqual(suite);
  });
});

test("titles are unique", () => {
  const titles = jsonRulesEngineCases.map(({ title }) => title);
  expect(titles.filter((title, i) => titles.indexOf(title) !== i)).toEqual([]);
});
