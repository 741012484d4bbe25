import { loadPack, type Lang } from "@evertend/core";
import { describe, expect, it } from "vitest";
import { runRuleTests, type RuleTestOptions, type RuleTestReport } from "../../src/index.js";

const pack = {
  "pack.json": {
    pack: { id: "p", version: "1", locale: "en" },
    model: {
      id: "m", zone: "Asia/Shanghai",
      entity: {
        name: "customer", id: "id", roles: { rm: "rm", contacts: "contacts" },
        properties: {
          id: { type: "string" }, rm: { type: "string" }, age: { type: "integer" }, balance: { type: "number", scale: 2 }, name: { type: "string", maxLength: 20 },
          loans: { type: "array", id: "loanId", absent: "none", items: { type: "object", properties: { loanId: { type: "string" }, due: { type: "string", format: "date" } } } },
          contacts: { type: "array", absent: "none", items: { type: "object", properties: { date: { type: "string", format: "date" }, channel: { type: "string" } } } },
        },
      },
      context: { products: { type: "array", id: "productId", items: { type: "object", properties: { productId: { type: "string" }, price: { type: "number" } } } } },
    },
    parameters: { limit: { value: 100, minimum: 0 } },
    facts: [{ id: "grade", kind: "bands", of: "balance", bands: [{ name: "base" }, { name: "rich", from: { param: "limit" } }] }],
    rules: [
      { id: "rich", when: [["balance", ">=", { param: "limit" }]], then: [{ task: "call" }] },
      { id: "senior", when: [["age", ">=", 65]], repeat: "year" },
      { id: "loan-due", forEach: "loans as loan", when: [["loan.due", "withinNextDays", 7]], repeat: "once" },
      { id: "off", enabled: false, when: [["age", ">=", 1]] },
    ],
    templates: [{ id: "call", task: { en: { title: "Call {{name}}", brief: "Balance {{money balance}}" }, "zh-CN": { title: "致电{{name}}", brief: "余额{{money balance}}" } } }],
  },
};

function run(tests: readonly unknown[], options: RuleTestOptions = {}, lang: Lang = "en"): RuleTestReport {
  const files = { "pack.json": JSON.stringify(pack["pack.json"]), "tests/a.json": JSON.stringify({ tests }, undefined, 1) };
  return runRuleTests((parameters) => loadPack(files, { parameters, lang }), undefined, { lang, ...options });
}

const base = { name: "a case", asOf: "2026-11-23", record: { id: "1", rm: "R1", name: "Ann", age: 70, balance: 500, loans: [{ loanId: "L1", due: "2026-11-30" }, { loanId: "L2", due: "2026-12-24" }] } };
const codesOf = (report: RuleTestReport): string[] => report.diagnostics.map((one) => `${one.code} ${one.pointer}`);

describe("what passes", () => {
  it.each<[string, object]>([
    ["the matches of the rules that are named", { expect: { matches: [{ rule: "rich" }] } }],
    ["all matches", { expect: { only: true, matches: [{ rule: "rich", occurrence: "2026-11-23", until: null }, { rule: "loan-due", subject: "L1", occurrence: "once", until: "2026-11-29" }, { rule: "senior", occurrence: "2026" }] } }],
    ["no match at all", { record: { id: "1", age: 1, balance: 1 }, expect: { only: true } }],
    ["rules that keep still", { record: { id: "1", age: 1, balance: 500 }, expect: { none: ["senior", "loan-due"] } }],
    ["facts", { expect: { facts: { grade: "rich" } } }],
    ["an unknown fact", { record: { id: "1" }, expect: { facts: { grade: null } } }],
    ["undecided rules", { record: { id: "1" }, expect: { unknowns: [{ rule: "senior", missing: ["age"] }, { rule: "rich" }] } }],
    ["what becomes of an action", { expect: { outcomes: [{ rule: "rich", action: "task:call", outcome: "task", reason: "PLANNED" }] } }],
    ["why nothing becomes of it", { record: { id: "1", balance: 500 }, expect: { outcomes: [{ rule: "rich", outcome: "dropped", reason: "NO_ASSIGNEE" }] } }],
    ["words", { expect: { texts: [{ rule: "rich", text: "Call Ann" }, { rule: "rich", channel: "task", part: "brief", contains: "500.00" }] } }],
    ["parameters", { params: { limit: 501 }, expect: { none: ["rich"], facts: { grade: "base" } } }],
    ["state: an episode goes on", { state: { episodes: { rich: "2026-11-01", "loan-due L1": "2026-11-20" } }, expect: { matches: [{ rule: "rich", occurrence: "2026-11-01" }] } }],
    ["context", { context: { products: [{ productId: "P" }] }, expect: { matches: [{ rule: "rich" }] } }],
  ])("%s", (_name, change) => {
    const report = run([{ ...base, ...change }]);
    expect(report.diagnostics).toEqual([]);
    expect([report.passed, report.failed]).toEqual([1, 0]);
  });
});

describe("what fails, and where", () => {
  it.each<[string, object, string[]]>([
    ["a rule that does not fire", { record: { id: "1", age: 1 }, expect: { matches: [{ rule: "senior" }] } }, ["TEST_FAILED /tests/0/expect/matches/0"]],
    ["a rule that is undecided", { record: { id: "1" }, expect: { matches: [{ rule: "senior" }] } }, ["TEST_FAILED /tests/0/expect/matches/0"]],
    ["another occurrence", { expect: { matches: [{ rule: "senior", occurrence: "2025" }] } }, ["TEST_FAILED /tests/0/expect/matches/0"]],
    ["another until", { expect: { matches: [{ rule: "rich", until: "2026-12-01" }] } }, ["TEST_FAILED /tests/0/expect/matches/0"]],
    ["a second match of a named rule", { record: { id: "1", loans: [{ loanId: "A", due: "2026-11-30" }, { loanId: "B", due: "2026-11-29" }] }, expect: { matches: [{ rule: "loan-due", subject: "A" }] } }, ["TEST_FAILED /tests/0/expect/matches"]],
    ["a match beside the only ones", { expect: { only: true, matches: [{ rule: "rich" }, { rule: "senior" }] } }, ["TEST_FAILED /tests/0/expect/matches"]],
    ["a rule that should keep still", { expect: { none: ["senior"] } }, ["TEST_FAILED /tests/0/expect/none/0"]],
    ["a rule that does not exist", { expect: { matches: [{ rule: "seniors" }] } }, ["RULE_UNKNOWN /tests/0/expect/matches/0/rule"]],
    ["a fact that does not exist", { expect: { facts: { grades: 1 } } }, ["FACT_UNKNOWN /tests/0/expect/facts/grades"]],
    ["another value", { expect: { facts: { grade: "base" } } }, ["TEST_FAILED /tests/0/expect/facts/grade"]],
    ["another outcome", { expect: { outcomes: [{ rule: "rich", outcome: "held" }] } }, ["TEST_FAILED /tests/0/expect/outcomes/0"]],
    ["an action that is not there", { expect: { outcomes: [{ rule: "rich", action: "task:cal", outcome: "task" }] } }, ["TEST_FAILED /tests/0/expect/outcomes/0"]],
    ["other words", { expect: { texts: [{ rule: "rich", contains: "Bob" }] } }, ["TEST_FAILED /tests/0/expect/texts/0"]],
    ["no words", { expect: { texts: [{ rule: "senior", contains: "Bob" }] } }, ["TEST_FAILED /tests/0/expect/texts/0"]],
    ["a rule that is decided", { expect: { unknowns: [{ rule: "senior" }] } }, ["TEST_FAILED /tests/0/expect/unknowns/0"]],
    ["other missing fields", { record: { id: "1" }, expect: { unknowns: [{ rule: "senior", missing: ["name"] }] } }, ["TEST_FAILED /tests/0/expect/unknowns/0"]],
    ["a record that cannot be used", { record: { id: "1", age: "x" }, expect: { only: true } }, ["TEST_FAILED /tests/0/record"]],
    ["a case that expects nothing", { expect: { matches: [] } }, ["KEY_MISSING /tests/0/expect"]],
    ["an unknown key", { expects: {}, expect: { only: true } }, ["UNKNOWN_KEY /tests/0/expects"]],
    ["an impossible day", { asOf: "2026-02-30", expect: { only: true } }, ["DATE_INVALID /tests/0/asOf"]],
    ["an instant without offset", { at: "2026-11-23T09:00:00", expect: { only: true } }, ["AT_INVALID /tests/0/at"]],
    ["an until that is no date", { expect: { matches: [{ rule: "rich", until: "soon" }] } }, ["DATE_INVALID /tests/0/expect/matches/0/until"]],
    ["words without words", { expect: { texts: [{ rule: "rich" }] } }, ["KEY_MISSING /tests/0/expect/texts/0"]],
    ["a parameter that does not exist", { params: { limt: 5 }, expect: { only: true } }, ["PARAMETER_UNKNOWN /tests/0/params"]],
    ["a parameter out of its range", { params: { limit: -1 }, expect: { only: true } }, ["PARAMETER_RANGE /tests/0/params"]],
    ["state of another shape", { state: { keys: { k: 5 }, lastFacts: { x: [] }, contacts: [{}], openTasks: "x" }, expect: { only: true } }, [
      "KEY_MISSING /tests/0/state/contacts/0", "KEY_MISSING /tests/0/state/contacts/0", "TYPE_MISMATCH /tests/0/state/keys/k", "TYPE_MISMATCH /tests/0/state/openTasks",
    ]],
    ["a fact remembered as a list", { state: { lastFacts: { x: [] } }, expect: { only: true } }, ["TYPE_MISMATCH /tests/0/state/lastFacts/x"]],
    ["context that does not fit the model", { context: { products: [{ productId: 5 }] }, expect: { only: true } }, ["ID_MUST_BE_STRING /tests/0/context/products/0/productId"]],
  ])("%s", (_name, change, expected) => {
    const report = run([{ ...base, ...change }]);
    expect(codesOf(report).filter((one) => !one.startsWith("ID_MISSING")).sort()).toEqual([...expected].sort());
    expect([report.passed, report.failed]).toEqual([0, 1]);
    for (const one of report.diagnostics) expect(one).toMatchObject({ file: "tests/a.json", line: expect.any(Number) });
  });

  it.each([5, null, "x", [], {}, { name: 1 }])("a case that is no case: %j", (json) => {
    const report = run([json]);
    expect(report.failed).toBe(1);
    expect(report.diagnostics.length).toBeGreaterThan(0);
  });

  it("says what was expected and what was found, in both languages", () => {
    const tests = [{ ...base, expect: { matches: [{ rule: "loan-due", subject: "L1", occurrence: "once", until: "2026-11-30" }] } }];
    const [en] = run(tests).diagnostics;
    expect(en?.message).toBe('The test case "a case" failed: the match differs');
    expect(en?.hint).toContain("Expected loan-due L1 once until 2026-11-30, found loan-due L1 once until 2026-11-29.");
    const [zh] = run(tests, {}, "zh-CN").diagnostics;
    expect(zh?.message).toBe("用例“a case”未通过：匹配不同");
    const [unknown] = run([{ ...base, record: { id: "1" }, expect: { matches: [{ rule: "senior" }] } }]).diagnostics;
    expect(unknown?.message).toContain("undecided, for want of age");
    expect(unknown?.hint).toContain("found nothing");
  });

  it("a pack with errors is no basis for tests", () => {
    const files = { "pack.json": JSON.stringify({ pack: { id: "p", version: "1" } }) };
    const report = runRuleTests((parameters) => loadPack(files, { parameters }));
    expect(report.cases).toEqual([]);
    expect(report.diagnostics.map((one) => one.code)).toContain("MODEL_MISSING");
  });
});

describe("coverage", () => {
  const rich = { ...base, name: "rich", expect: { matches: [{ rule: "rich" }] } };
  const poor = { ...base, name: "poor", record: { id: "1", age: 70, balance: 1 }, expect: { none: ["rich"] } };

  it("a rule is covered when some case makes it fire and some case keeps it still; rules that are off do not count", () => {
    const { coverage } = run([rich, poor]);
    expect(coverage.rules).toEqual([
      { ruleId: "loan-due", fired: 1, still: 1, covered: true },
      { ruleId: "rich", fired: 1, still: 1, covered: true },
      { ruleId: "senior", fired: 2, still: 0, covered: false },
    ]);
    expect([coverage.covered, coverage.total, coverage.percent]).toEqual([2, 3, 66.6]);
  });

  it("cases that cannot be run cover nothing", () => {
    expect(run([{ ...base, asOf: "x", expect: { only: true } }]).coverage.percent).toBe(0);
  });

  it.each([[0, []], [66.6, []], [66.7, ["COVERAGE_LOW "]], [100, ["COVERAGE_LOW "]]] as [number, string[]][])("threshold %d", (threshold, expected) => {
    const report = run([rich, poor], { threshold });
    expect(codesOf(report)).toEqual(expected);
    expect(report.failed).toBe(0);
    for (const one of report.diagnostics) expect(one.message).toContain("not covered: senior");
  });
});

it("the same cases give the same report", () => {
  const tests = [{ ...base, expect: { only: true, outcomes: [{ rule: "rich", outcome: "held" }] } }, 5, { ...base, params: { limit: 1 }, expect: { only: true } }];
  expect(JSON.stringify(run(tests))).toBe(JSON.stringify(run(tests)));
});
