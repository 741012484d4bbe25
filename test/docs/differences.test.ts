import { readFileSync } from "node:fs";
import { createEngine, createEnvironment, defineOperator, definePlugin, DiagnosticError, evaluateCondition, loadPack, type Environment } from "@evertend/core";
import { Engine, type EngineOptions, type RuleProperties } from "json-rules-engine";
import { describe, expect, test } from "vitest";

/**
 * Every row of docs/differences-from-json-rules-engine.md, run through both. `theirs` is what json-rules-engine answers
 * (`"throws …"` with a part of its message), `ours` what Evertend answers (a code where it refuses at load).
 */

type Json = unknown;
type Answer = boolean | "unknown" | (string & {});

/** Members and indexes only, so that only the row about the default resolver meets it. */
function plainPath(value: object, path: string): unknown {
  return [...path.matchAll(/\.(\w+)|\[(\d+)\]/g)].reduce<unknown>((inner, step) => (inner as Readonly<Record<string, unknown>> | undefined)?.[step[1] ?? step[2] ?? ""], value);
}

interface TheirSetting extends EngineOptions {
  readonly defaultResolver?: boolean;
  readonly conditions?: Readonly<Record<string, Json>>;
  readonly operators?: Readonly<Record<string, (a: never, b: never) => unknown>>;
}

async function theirs(condition: Json, record: Json, { defaultResolver, conditions, operators, ...options }: TheirSetting = {}): Promise<Answer> {
  try {
    const root = Array.isArray((condition as { all?: Json }).all) || ["any", "not", "condition"].some((key) => Object.hasOwn(condition as object, key)) ? condition : { all: [condition] };
    const engine = new Engine([{ conditions: root, event: { type: "yes" } } as RuleProperties], { ...(defaultResolver ? {} : { pathResolver: plainPath }), ...options });
    for (const [name, one] of Object.entries(conditions ?? {})) engine.setCondition(name, one as never);
    for (const [name, evaluate] of Object.entries(operators ?? {})) engine.addOperator(name, evaluate as never);
    return (await engine.run(record as Record<string, unknown>)).events.length > 0;
  } catch (error) {
    return `throws ${(error as Error).message}`;
  }
}

function ours(condition: Json, record: Json, options: { readonly zone?: string; readonly environment?: Environment } = {}): Answer {
  try {
    return evaluateCondition(condition, record, { asOf: "2026-11-23", zone: "Asia/Shanghai", ...options });
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map((diagnostic) => diagnostic.code).join(" ");
  }
}

const model = {
  id: "m", zone: "Asia/Shanghai",
  entity: {
    name: "customer", id: "id",
    properties: { id: { type: "string" }, age: { type: "number" }, city: { type: "string" }, due: { type: "string", format: "date", absent: "none" }, since: { type: "string", format: "date" }, tags: { type: "array", items: { type: "string" } } },
  },
};

/** A pack of rules; gives the codes of its errors, or the ids of the rules that are true in the order they come. */
function inPack(rules: readonly Json[], record: Json, more: Readonly<Record<string, Json>> = {}, environment?: Environment): string {
  const { program, diagnostics } = loadPack({ "pack.json": JSON.stringify({ pack: { id: "p", version: "1" }, model, rules, ...more }) }, environment ? { environment } : {});
  if (!program) return diagnostics.filter((one) => one.severity === "error").map((one) => one.code).join(" ");
  const result = createEngine(program).evaluate(record, { asOf: "2026-11-23" });
  return "setAside" in result ? result.setAside.map((one) => one.code).join(" ") : result.matches.map((match) => match.ruleId).join(" ");
}

const rule = (id: string, when: Json, more: object = {}): Json => ({ id, when, ...more });
const leaf = (fact: string, operator: string, value: Json, more: object = {}): Json => ({ fact, operator, value, ...more });
const allowing = { allowUndefinedFacts: true };

interface Both {
  readonly condition: Json;
  readonly record: Json;
  readonly theirs: Answer;
  readonly ours: Answer;
  readonly setting?: TheirSetting;
  readonly zone?: string;
}

/** Rows that one condition on one record shows. */
const plain: Readonly<Record<string, readonly Both[]>> = {
  "empty-group": [
    { condition: { all: [] }, record: {}, theirs: true, ours: "EMPTY_GROUP" },
    { condition: { any: [] }, record: {}, theirs: true, ours: "EMPTY_GROUP" },
  ],
  "all-beside-any": [{ condition: { all: [leaf("a", "equal", 2)], any: [leaf("a", "equal", 1)] }, record: { a: 1 }, theirs: true, ours: "AMBIGUOUS_GROUP" }],
  "misspelled-key": [{ condition: leaf("a", "equal", 1, { pth: "$.b" }), record: { a: 1 }, theirs: true, ours: "UNKNOWN_KEY" }],
  "unknown-operator": [{ condition: leaf("a", "greaterThen", 1), record: { a: 1 }, theirs: "throws Unknown operator", ours: "UNKNOWN_OPERATOR" }],
  "params-and-priority": [
    { condition: leaf("a", "equal", 1, { params: { x: 1 } }), record: { a: 1 }, theirs: true, ours: "UNKNOWN_KEY" },
    { condition: leaf("a", "equal", 1, { priority: 5 }), record: { a: 1 }, theirs: true, ours: "UNKNOWN_KEY" },
    { condition: leaf("a", "equal", 1, { name: "is one" }), record: { a: 1 }, theirs: true, ours: true },
  ],
  "absent-field": [{ condition: leaf("b", "equal", 1), record: { a: 1 }, theirs: "throws Undefined fact", ours: "unknown" }],
  "absent-beside-true": [{ condition: { any: [leaf("a", "equal", 1), leaf("b", "equal", 1)] }, record: { a: 1 }, theirs: "throws Undefined fact", ours: true }],
  "undefined-value": [
    { condition: leaf("a", "notEqual", 1), record: { a: undefined }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "equal", 1), record: { a: undefined }, theirs: false, ours: "unknown" },
  ],
  "absent-negated": [
    { condition: leaf("b", "notEqual", 1), record: { a: 1 }, setting: allowing, theirs: true, ours: "unknown" },
    { condition: leaf("b", "notIn", [1]), record: { a: 1 }, setting: allowing, theirs: true, ours: "unknown" },
    { condition: { not: leaf("b", "equal", 1) }, record: { a: 1 }, setting: allowing, theirs: true, ours: "unknown" },
    { condition: { not: leaf("b", "lessThan", 1) }, record: { a: 1 }, setting: allowing, theirs: true, ours: "unknown" },
    { condition: leaf("b", "not:contains", "x"), record: { a: 1 }, setting: allowing, theirs: true, ours: "unknown" },
  ],
  "null-value": [
    { condition: leaf("a", "notEqual", 1), record: { a: null }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "equal", null), record: { a: null }, theirs: true, ours: "TYPE_MISMATCH" },
    { condition: leaf("a", "isMissing", true), record: { a: null }, theirs: "throws Unknown operator", ours: true },
  ],
  "null-in-value": [{ condition: leaf("a", "in", ["x", null]), record: { a: null }, theirs: true, ours: "TYPE_MISMATCH" }],
  "null-in-list": [
    { condition: leaf("a", "doesNotContain", "y"), record: { a: ["x", null] }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "contains", "x"), record: { a: ["x", null] }, theirs: true, ours: true },
    { condition: leaf("a", "everyFact:lessThan", 5), record: { a: [1, null] }, theirs: false, ours: "unknown" },
  ],
  "both-missing": [{ condition: leaf("a", "equal", { fact: "b" }), record: {}, setting: allowing, theirs: true, ours: "unknown" }],
  "in-missing-list": [
    { condition: leaf("a", "in", { fact: "b" }), record: { a: 1 }, setting: allowing, theirs: "throws Cannot read properties of undefined", ours: "unknown" },
    { condition: leaf("a", "notIn", { fact: "b" }), record: { a: 1 }, setting: allowing, theirs: "throws Cannot read properties of undefined", ours: "unknown" },
  ],
  "swap-null": [
    { condition: leaf("a", "swap:greaterThan", 10), record: { a: null }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "swap:greaterThan", 10), record: { a: "" }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "swap:greaterThan", 10), record: { a: [] }, theirs: true, ours: "unknown" },
  ],
  "dotted-name": [{ condition: leaf("a.b", "equal", 1), record: { a: { b: 1 } }, theirs: "throws Undefined fact", ours: true }],
  "path-wildcard": [
    { condition: leaf("a", "contains", 2, { path: "$[*].n" }), record: { a: [{ n: 1 }, { n: 2 }] }, setting: { defaultResolver: true }, theirs: true, ours: "PATH_SYNTAX" },
    { condition: leaf("a", "equal", 1, { path: "$..n" }), record: { a: { n: 1 } }, setting: { defaultResolver: true }, theirs: true, ours: "PATH_SYNTAX" },
    { condition: leaf("a", "contains", 2, { path: "$[-1:]" }), record: { a: [1, 2] }, setting: { defaultResolver: true }, theirs: true, ours: "PATH_SYNTAX" },
  ],
  "path-filter": [{ condition: leaf("a", "contains", "x", { path: "$[?(@.days<=30)].id" }), record: { a: [{ id: "x", days: null }] }, setting: { defaultResolver: true }, theirs: true, ours: "PATH_SYNTAX" }],
  "path-prototype": [
    { condition: leaf("a", "equal", 1, { path: "$.constructor" }), record: { a: {} }, theirs: false, ours: "PATH_FORBIDDEN" },
    { condition: leaf("a", "equal", 1, { path: "$.__proto__.x" }), record: { a: {} }, theirs: false, ours: "PATH_FORBIDDEN" },
  ],
  "path-on-primitive": [{ condition: leaf("a", "equal", 5, { path: "$.amount" }), record: { a: 5 }, theirs: true, ours: "unknown" }],
  "text-under-less-than": [
    { condition: leaf("a", "lessThan", 5), record: { a: "abc" }, theirs: false, ours: "unknown" },
    { condition: { not: leaf("a", "lessThan", 5) }, record: { a: "abc" }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "lessThan", "b"), record: { a: "5" }, theirs: true, ours: "TYPE_MISMATCH" },
  ],
  "numeric-text": [
    { condition: leaf("a", "greaterThan", 4), record: { a: "5" }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "greaterThan", 4), record: { a: [5] }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "lessThan", 1000), record: { a: "999 CNY" }, theirs: false, ours: "unknown" },
  ],
  "iso-date": [
    { condition: leaf("a", "lessThanInclusive", "2026-12-30"), record: { a: "2026-12-30T12:00:00Z" }, zone: "UTC", theirs: false, ours: true },
    { condition: leaf("a", "lessThanInclusive", "2026-12-30"), record: { a: "2026-12-30T23:30:00Z" }, zone: "Asia/Shanghai", theirs: false, ours: false },
    { condition: leaf("a", "lessThan", "2026-03-01"), record: { a: "2026-02-30" }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "lessThan", "2026-10-01"), record: { a: "2026-9-30" }, theirs: false, ours: "unknown" },
  ],
  "date-object": [
    { condition: leaf("a", "lessThan", "2027-01-01"), record: { a: new Date("2026-01-01T00:00:00Z") }, theirs: false, ours: "unknown" },
    { condition: { not: leaf("a", "lessThan", "2027-01-01") }, record: { a: new Date("2026-01-01T00:00:00Z") }, theirs: true, ours: "unknown" },
  ],
  "equal-lists": [
    { condition: leaf("a", "equal", ["x"]), record: { a: ["x"] }, theirs: false, ours: "TYPE_MISMATCH" },
    { condition: leaf("a", "notEqual", { fact: "b" }), record: { a: ["x"], b: ["x"] }, theirs: true, ours: "unknown" },
  ],
  "in-text": [{ condition: leaf("a", "in", "gold,silver"), record: { a: "old" }, theirs: true, ours: "LIST_REQUIRED" }],
  "not-a-number": [
    { condition: leaf("a", "notEqual", 5), record: { a: NaN }, theirs: true, ours: "unknown" },
    { condition: leaf("a", "in", [NaN]), record: { a: NaN }, theirs: false, ours: "unknown" },
  ],
  "decorator-on-scalar": [
    { condition: leaf("a", "someFact:equal", "x"), record: { a: "x" }, theirs: false, ours: "unknown" },
    { condition: { not: leaf("a", "everyFact:equal", "x") }, record: { a: "x" }, theirs: true, ours: "unknown" },
  ],
};

/** Rows that take more than one condition. */
const staged: Readonly<Record<string, () => Promise<void> | void>> = {
  "lone-leaf"() {
    const condition = leaf("a", "equal", 1);
    expect(() => new Engine([{ conditions: condition, event: { type: "yes" } } as unknown as RuleProperties])).toThrow("root must contain");
    expect(ours(condition, { a: 1 })).toBe(true);
    expect(ours([condition, ["a", "<", 2]], { a: 1 })).toBe(true);
  },
  async "named-cycle"() {
    const conditions = { one: { all: [{ condition: "two" }] }, two: { all: [{ condition: "one" }] } };
    expect(await theirs({ condition: "one" }, {}, { conditions })).toMatch(/^throws .*call stack/);
    expect(inPack([rule("r", { condition: "one" })], { id: "1" }, { conditions })).toContain("CYCLIC_REFERENCE");
  },
  async "named-undefined"() {
    expect(await theirs({ condition: "nowhere" }, {})).toMatch(/^throws /);
    expect(await theirs({ not: { condition: "nowhere" } }, {}, { allowUndefinedConditions: true })).toBe(true);
    expect(inPack([rule("r", { condition: "nowhere" })], { id: "1" })).toBe("UNKNOWN_REFERENCE");
  },
  async "absent-none"() {
    expect(await theirs(leaf("due", "lessThan", "2026-12-31"), {}, allowing)).toBe(false);
    expect(await theirs(leaf("due", "notEqual", "2026-12-31"), {}, allowing)).toBe(true);
    const rules = [rule("below", [["due", "<", "2026-12-31"]]), rule("other", [["due", "!=", "2026-12-31"]]), rule("unknown", [["since", "!=", "2026-12-31"]])];
    expect(inPack(rules, { id: "1" })).toBe("other");
  },
  async "types-at-load"() {
    expect(await theirs(leaf("city", "greaterThan", 5), { city: "Wuhan" })).toBe(false);
    expect(await theirs(leaf("agee", "equal", 5), { age: 5 }, allowing)).toBe(false);
    expect(inPack([rule("r", [["city", ">", 5]])], { id: "1" })).toBe("TYPE_MISMATCH");
    expect(inPack([rule("r", [["agee", "=", 5]])], { id: "1" })).toBe("FACT_UNKNOWN");
    expect(inPack([rule("r", [["city", "someFact:equal", "Wuhan"]])], { id: "1" })).toBe("LIST_REQUIRED");
    expect(inPack([rule("r", [["since", "<", "2026-02-30"]])], { id: "1" })).toBe("DATE_INVALID");
    expect(inPack([rule("r", [["age", ">", 5]])], { id: "1", age: "6" })).toBe("NUMBER_INVALID");
  },
  async "path-script"() {
    const probe = globalThis as unknown as { evertendProbe?: number };
    const path = "$.p[?(@.constructor[(@.getPrototypeOf(@).constructor('globalThis.evertendProbe=(globalThis.evertendProbe??0)+1')())])]";
    const record = { a: { p: [{}] }, b: 1 };
    try {
      await theirs(leaf("a", "equal", 1, { path }), record, { defaultResolver: true });
      expect(probe.evertendProbe, "json-rules-engine ran code out of a rule's path").toBe(1);
      await theirs(leaf("b", "equal", { fact: "a", path }), record, { defaultResolver: true });
      expect(probe.evertendProbe, "and out of a value's path").toBe(2);
      expect(ours(leaf("a", "equal", 1, { path }), record)).toBe("PATH_SYNTAX");
      expect(ours(leaf("b", "equal", { fact: "a", path }), record)).toBe("PATH_SYNTAX");
      expect(probe.evertendProbe, "Evertend ran nothing").toBe(2);
    } finally {
      delete probe.evertendProbe;
    }
  },
  async "truthy-operator"() {
    const operators = { near: () => 1 };
    const near = leaf("a", "near", 1);
    expect(await theirs({ all: [near] }, { a: 1 }, { operators })).toBe(true);
    expect(await theirs({ all: [near, leaf("a", "equal", 1)] }, { a: 1 }, { operators })).toBe(false);
    const environment = createEnvironment([definePlugin({ name: "p", operators: [defineOperator({ id: "near", label: { "zh-CN": "接近", en: "near" }, factTypes: ["number"], valueTypes: ["number"], evaluate: () => 1 })] })]);
    expect(ours({ all: [near] }, { a: 1 }, { environment })).toBe(true);
    expect(ours({ all: [near, leaf("a", "equal", 1)] }, { a: 1 }, { environment })).toBe(true);
  },
  async "operator-sees-missing"() {
    const seen: unknown[] = [];
    const look = (value: unknown): boolean => (seen.push(value), true);
    expect(await theirs(leaf("a", "look", 1), {}, { ...allowing, operators: { look } })).toBe(true);
    expect(seen).toEqual([undefined]);
    const environment = createEnvironment([definePlugin({ name: "p", operators: [defineOperator({ id: "look", label: { "zh-CN": "看", en: "look" }, factTypes: ["number"], valueTypes: ["number"], evaluate: (value) => (look(value) ? 1 : 0) })] })]);
    expect(ours(leaf("a", "look", 1), {}, { environment })).toBe("unknown");
    expect(seen).toEqual([undefined]);
  },
  async "one-bad-rule"() {
    const bad = { conditions: { all: [leaf("a", "breaks", 1)] }, event: { type: "bad" } } as unknown as RuleProperties;
    const good = { conditions: { all: [leaf("a", "equal", 1)] }, event: { type: "good" } } as unknown as RuleProperties;
    const engine = new Engine([bad, good]);
    const breaks = (): never => {
      throw new Error("broken");
    };
    engine.addOperator("breaks", breaks);
    await expect(engine.run({ a: 1 })).rejects.toThrow("broken");
    const environment = createEnvironment([definePlugin({ name: "p", operators: [defineOperator({ id: "breaks", label: { "zh-CN": "坏", en: "broken" }, factTypes: ["number"], valueTypes: ["number"], evaluate: breaks })] })]);
    expect(inPack([rule("bad", [["age", "breaks", 1]]), rule("good", [["age", "=", 1]])], { id: "1", age: 1 }, {}, environment)).toBe("good");
  },
  async "rule-priority"() {
    const rules = ["slow", "fast"].map((type) => ({ conditions: { all: [leaf(type, "equal", 1)] }, event: { type }, priority: 0 }) as unknown as RuleProperties);
    const engine = new Engine(rules);
    engine.addFact("slow", () => new Promise((done) => setTimeout(() => done(1), 30)));
    engine.addFact("fast", () => 1);
    expect((await engine.run()).events.map((event) => event.type)).toEqual(["fast", "slow"]);
    expect(() => new Engine([{ ...(rules[0] as object), priority: -1 } as RuleProperties])).toThrow("greater than zero");
    const packed = ["b", "a"].map((id, i) => rule(id, [["age", "=", 1]], { priority: i * 100 }));
    expect(inPack(packed, { id: "1", age: 1 })).toBe("a b");
    expect(inPack([...packed].reverse(), { id: "1", age: 1 })).toBe("a b");
    expect(inPack([rule("r", [["age", "=", 1]], { priority: -1 })], { id: "1", age: 1 })).toBe("PARAMETER_RANGE");
  },
  async "events"() {
    const engine = new Engine([{ conditions: { all: [leaf("a", "equal", 1)] }, event: { type: "success" } } as unknown as RuleProperties]);
    let fired = 0;
    engine.on("success", () => void fired++);
    await engine.run({ a: 1 });
    expect(fired).toBe(2);
    expect(inPack([rule("r", [["age", "=", 1]], { event: { type: "success" } })], { id: "1" })).toBe("UNKNOWN_KEY");
  },
};

const page = readFileSync(new URL("../../docs/differences-from-json-rules-engine.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([a-z-]+)` \|/gm)].map((row) => row[1] ?? "");

test("the page has exactly one row for each proof", () => {
  expect([...rows].sort()).toEqual([...Object.keys(plain), ...Object.keys(staged)].sort());
});

describe.each(Object.entries(plain))("%s", (_name, list) => {
  test.each(list.map((one) => ({ ...one, text: JSON.stringify(one.condition) })))("$text", async (one) => {
    const found = await theirs(one.condition, one.record, one.setting);
    if (typeof one.theirs === "string") expect(found).toContain(one.theirs);
    else expect(found).toBe(one.theirs);
    const answer = ours(one.condition, one.record, one.zone === undefined ? {} : { zone: one.zone });
    if (typeof one.ours === "string" && one.ours !== "unknown") expect(String(answer).split(" ")).toContain(one.ours);
    else expect(answer).toBe(one.ours);
  });
});

describe("what takes more than a condition", () => {
  test.each(Object.entries(staged))("%s", (_name, proof) => proof());
});
