import { createEngine, loadPack } from "@evertend/core";
import { Engine } from "json-rules-engine";
import { describe, expect, it, test } from "vitest";
import { differences, fromJsonRulesEngine, type DifferenceCode } from "@evertend/json-rules-engine";

const leaf = { fact: "age", operator: "greaterThanInclusive", value: 18 };
const rule = (conditions: unknown, more: object = {}): unknown => ({ conditions, event: { type: "callCustomer" }, ...more });

function codesOf(conditions: unknown, more: object = {}): readonly string[] {
  return fromJsonRulesEngine([rule(conditions, more)]).differences.map(({ code }) => code).filter((code) => code !== "FIRES_ONCE");
}

function fires(rules: readonly unknown[], record: object): readonly string[] {
  const { files, diagnostics } = fromJsonRulesEngine(rules);
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  const { program } = loadPack(files);
  if (!program) throw new Error("no program");
  const result = createEngine(program).evaluate({ customerId: "1", ...record }, { asOf: "2026-11-25" });
  if ("setAside" in result) throw new Error("set aside");
  return result.matches.map(({ ruleId }) => ruleId);
}

describe("what differs is told", () => {
  const cases: readonly (readonly [DifferenceCode, unknown, object?])[] = [
    ["PATH_REFUSED", { all: [{ fact: "p", path: "$..x", operator: "equal", value: 1 }] }],
    ["PATH_REFUSED", { all: [{ fact: "p", operator: "equal", value: { fact: "q", path: "$[*]" } }] }],
    ["PARAMS_REFUSED", { all: [{ ...leaf, params: { id: 7 } }] }],
    ["OPERATOR_UNKNOWN", { all: [{ ...leaf, operator: "startsWith" }] }],
    ["IN_SUBSTRING", { all: [{ fact: "t", operator: "in", value: "abc" }] }],
    ["TEXT_ORDER", { all: [{ fact: "t", operator: "lessThan", value: "b" }] }],
    ["VALUE_REFUSED", { all: [{ fact: "t", operator: "equal", value: [[1]] }] }],
    ["TYPES_CLASH", { all: [{ fact: "t", operator: "equal", value: "a" }, { fact: "t", operator: "equal", value: 1 }] }],
    ["CONDITION_UNKNOWN", { condition: "nowhere" }],
    ["OPERATOR_OWN", { all: [{ fact: "t", operator: "isPresent", value: true }] }],
    ["DOTTED_NAME", { all: [{ fact: "a.b", operator: "equal", value: 1 }] }],
    ["DOTTED_NAME", { all: [{ fact: "t", operator: "equal", value: { fact: "a.b" } }] }],
    ["MISSING_IS_UNKNOWN", { all: [{ fact: "t", operator: "notEqual", value: "a" }] }],
    ["MISSING_IS_UNKNOWN", { not: { fact: "t", operator: "equal", value: "a" } }],
    ["BOTH_GROUPS", { all: [leaf], any: [{ fact: "t", operator: "equal", value: "a" }] }],
    ["EMPTY_GROUP", { any: [] }],
    ["TEXT_NUMBERS", { all: [leaf] }],
    ["DATE_ORDER", { all: [{ fact: "d", operator: "lessThan", value: "2026-01-01" }] }],
    ["NULL_VALUE", { all: [{ fact: "t", operator: "equal", value: null }] }],
    ["PRIORITY_DROPPED", { all: [{ ...leaf, priority: 5 }] }],
    ["HANDLER_DROPPED", { all: [leaf] }, { onSuccess: () => undefined }],
    ["EVENT_PARAMS_DROPPED", { all: [leaf] }, { event: { type: "x", params: { a: 1 } } }],
  ];
  it.each(cases)("%s", (code, conditions, more) => expect(codesOf(conditions, more ?? {})).toContain(code));

  it("NOT_A_RULE", () => expect(fromJsonRulesEngine([7]).differences.map((one) => one.code)).toEqual(["NOT_A_RULE"]));
  it("FIRES_ONCE", () => expect(fromJsonRulesEngine([rule({ all: [leaf] })]).differences.map((one) => one.code)).toContain("FIRES_ONCE"));

  it("says each code in a case here", () => {
    const tried = new Set<string>([...cases.map(([code]) => code), "NOT_A_RULE", "FIRES_ONCE"]);
    expect(Object.keys(differences).filter((code) => !tried.has(code))).toEqual([]);
  });

  it("leaves a refused rule out and goes on", () => {
    const { files, differences: found } = fromJsonRulesEngine([rule({ all: [{ ...leaf, params: { a: 1 } }] }, { name: "bad" }), rule({ all: [leaf] }, { name: "good" })]);
    expect(found.filter(({ refused }) => refused)).toMatchObject([{ rule: "bad", pointer: "/0/conditions/all/0/params" }]);
    expect((JSON.parse(files["pack.json"] ?? "") as { rules: { id: string }[] }).rules.map(({ id }) => id)).toEqual(["good"]);
  });
});

describe("rules that were taken over", () => {
  it("fire as they did", () => {
    const rules = [rule({ all: [leaf, { fact: "assets", path: "$.total", operator: "greaterThan", value: 1000 }] }, { name: "rich" }), rule({ any: [{ fact: "tags", operator: "contains", value: "vip" }, { not: leaf }] }, { name: "special" })];
    expect(fires(rules, { age: 30, assets: { total: 5000 }, tags: [] })).toEqual(["rich"]);
    expect(fires(rules, { age: 12, assets: { total: 5000 }, tags: [] })).toEqual(["special"]);
  });

  it("compare dates as dates, and an empty group is true", () => {
    expect(fires([rule({ all: [{ fact: "due", operator: "lessThan", value: "2026-06-01" }] }), rule({ all: [] }, { name: "always" })], { due: "2026-05-31" })).toEqual(["always", "call-customer"]);
  });

  it("use named conditions", () => {
    const { files } = fromJsonRulesEngine([rule({ all: [{ condition: "grownUp" }] })], { conditions: { grownUp: { all: [leaf] } } });
    const { program } = loadPack(files);
    const result = program && createEngine(program).evaluate({ customerId: "1", age: 40 }, { asOf: "2026-11-25" });
    expect(result && "matches" in result && result.matches.length).toBe(1);
  });

  it("use named conditions whose names are no ids, and two that look alike", () => {
    const conditions = { "60plus": { all: [{ fact: "age", operator: "greaterThanInclusive", value: 60 }] }, "老客户": { all: [leaf] }, isNew: { all: [leaf] }, "is-new": { not: leaf } };
    const rules = Object.keys(conditions).map((condition, i) => rule({ condition }, { name: `r${i}` }));
    const { files, diagnostics } = fromJsonRulesEngine(rules, { conditions });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const { program } = loadPack(files);
    const result = program && createEngine(program).evaluate({ customerId: "1", age: 40 }, { asOf: "2026-11-25" });
    expect(result && "matches" in result && result.matches.map(({ ruleId }) => ruleId)).toEqual(["r1", "r2"]);
  });

  it("leave out what needs a named condition that was left out", () => {
    const conditions = { inner: { all: [{ fact: "p", path: "$..x", operator: "equal", value: 1 }] }, outer: { any: [{ condition: "inner" }, leaf] } };
    const { differences: found, diagnostics } = fromJsonRulesEngine([rule({ condition: "outer" }, { name: "bad" }), rule({ all: [leaf] }, { name: "good" })], { conditions });
    expect(found.filter(({ refused }) => refused).map(({ rule: id, code }) => `${id} ${code}`)).toEqual(["inner PATH_REFUSED", "outer CONDITION_UNKNOWN", "bad CONDITION_UNKNOWN"]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("lead to the actions that the host names", () => {
    const templates = [{ id: "call", task: { "zh-CN": { title: "致电", brief: "致电" }, en: { title: "Call", brief: "Call" } } }];
    const { files, diagnostics } = fromJsonRulesEngine([rule({ all: [leaf] }), rule({ all: [leaf] }, { event: { type: "toString" } })], { actions: { callCustomer: { task: "call" } }, templates });
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const pack = JSON.parse(files["pack.json"] ?? "") as { rules: { then: unknown }[]; templates: { id: string }[] };
    expect(pack.rules.map(({ then }) => then)).toEqual([[{ task: "call" }], [{ task: "to-string" }]]);
    expect(pack.templates.map(({ id }) => id)).toEqual(["call", "to-string"]);
  });

  it("keep event types that are hostile as plain words", () => {
    const { files, diagnostics } = fromJsonRulesEngine([rule({ all: [leaf] }, { event: { type: "{{constructor}} \u0000 <b>" } })]);
    expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(files["pack.json"]).not.toContain("{{");
  });
});

test("a path that executes code in json-rules-engine is refused here", async () => {
  const path = "$.p[?(@.constructor[(@.getPrototypeOf(@).constructor('globalThis.evertendRan = true')())])]";
  const hostile = { conditions: { all: [{ fact: "person", operator: "equal", value: 1, path }] }, event: { type: "x" } };
  const seen = globalThis as { evertendRan?: boolean };
  // The rule does what it says there …
  await new Engine([hostile as never]).run({ person: { p: [{ a: 1 }] } }).catch(() => undefined);
  expect(seen.evertendRan).toBe(true);
  delete seen.evertendRan;
  // … and nothing here.
  const { files, differences: found } = fromJsonRulesEngine([hostile]);
  expect(found).toMatchObject([{ code: "PATH_REFUSED", refused: true }]);
  expect(files["pack.json"]).not.toContain("constructor");
  expect(seen.evertendRan).toBeUndefined();
});
