import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evaluateCondition, formatPackFile, Findings, parseJson, Spot, type ConditionForm } from "../../src/index.js";
import { parseCondition } from "../../src/language/parse-condition.js";

const when = (condition: unknown): string => JSON.stringify({ rules: [{ when: condition, id: "r" }] });

function format(text: string, form: ConditionForm): string {
  const result = formatPackFile(text, { form });
  if ("diagnostics" in result) throw new Error(result.diagnostics.map((one) => one.code).join());
  return result.text;
}

function whenOf(text: string): unknown {
  return (JSON.parse(text) as { rules: { when: unknown }[] }).rules[0]?.when;
}

/** The condition as core reads it, without its places. */
function read(json: unknown): unknown {
  const findings = new Findings();
  const document = parseJson("c.json", JSON.stringify(json), findings);
  if (!document) throw new Error("not JSON");
  const condition = parseCondition(document.value, new Spot(document, "", findings), { operators: new Map(), count: 0 });
  if (findings.hasErrors) throw new Error(findings.sorted().map((one) => one.code).join());
  return JSON.parse(JSON.stringify(condition, (key, value: unknown) => (key === "spot" ? undefined : value)));
}

const pairs: readonly (readonly [name: string, short: unknown, long: unknown])[] = [
  ["a leaf", ["a", ">=", 1], { fact: "a", operator: "greaterThanInclusive", value: 1 }],
  ["all signs", [["a", "=", 1], ["a", "!=", 1], ["a", "<", 1], ["a", "<=", 1], ["a", ">", 1]], {
    all: [
      { fact: "a", operator: "equal", value: 1 }, { fact: "a", operator: "notEqual", value: 1 }, { fact: "a", operator: "lessThan", value: 1 },
      { fact: "a", operator: "lessThanInclusive", value: 1 }, { fact: "a", operator: "greaterThan", value: 1 },
    ],
  }],
  ["an operator by name", ["d", "withinNextDays", { param: "days" }], { fact: "d", operator: "withinNextDays", value: { param: "days" } }],
  ["decorators", ["list", "not:someFact:>", 3], { fact: "list", operator: "not:someFact:greaterThan", value: 3 }],
  ["no value", ["phone", "isPresent"], { fact: "phone", operator: "isPresent" }],
  ["groups in groups", [{ any: [["a", "=", 1], { all: [["b", "=", 2], ["c", "=", 3]] }] }], {
    all: [{ any: [{ fact: "a", operator: "equal", value: 1 }, { all: [{ fact: "b", operator: "equal", value: 2 }, { fact: "c", operator: "equal", value: 3 }] }] }],
  }],
  ["not", { not: ["a", "=", 1] }, { not: { fact: "a", operator: "equal", value: 1 } }],
  ["a quantifier", [{ some: "holdings as h", where: [["h.type", "=", "fund"]] }], { all: [{ some: "holdings as h", where: { all: [{ fact: "h.type", operator: "equal", value: "fund" }] } }] }],
  ["a count", { count: "holdings as h", where: [["h.type", "=", "fund"]], operator: ">=", value: 2 }, {
    count: "holdings as h", where: { all: [{ fact: "h.type", operator: "equal", value: "fund" }] }, operator: "greaterThanInclusive", value: 2,
  }],
  ["a named condition", [{ condition: "important" }], { all: [{ condition: "important" }] }],
  ["path stays long", [{ fact: "a", path: "$.b[0]", operator: "equal", value: 1 }], { all: [{ fact: "a", path: "$.b[0]", operator: "equal", value: 1 }] }],
  ["name stays long", { fact: "a", operator: "equal", value: 1, name: "why" }, { fact: "a", operator: "equal", value: 1, name: "why" }],
  ["a named group", { all: [["a", "=", 1]], name: "why" }, { all: [{ fact: "a", operator: "equal", value: 1 }], name: "why" }],
  ["a path of a value", ["a", "=", { fact: "b", path: "$.c" }], { fact: "a", operator: "equal", value: { fact: "b", path: "$.c" } }],
];

describe("forms", () => {
  it.each(pairs)("%s: short and long say the same", (_name, short, long) => {
    expect(whenOf(format(when(long), "short"))).toEqual(short);
    expect(whenOf(format(when(short), "long"))).toEqual(long);
    expect(whenOf(format(when(short), "short"))).toEqual(short);
    expect(whenOf(format(when(long), "long"))).toEqual(long);
    expect(read(short)).toEqual(read(long));
  });

  it("finds conditions wherever rules, facts, policy and conditions hold them", () => {
    const leaf = { fact: "a", operator: "equal", value: 1 };
    const file = {
      conditions: { c: leaf },
      facts: [{ id: "f", kind: "classify", classes: [{ name: "x", when: { all: [leaf] } }] }, { id: "g", kind: "aggregate", where: leaf }],
      rules: [{ id: "r", product: { from: "products as p", where: { all: [leaf] } }, steps: [{ task: "t", unless: leaf }, { message: "m", unless: "answered" }], overdue: { then: [{ task: "t", unless: leaf }] } }],
      policy: { pauses: [{ id: "p", when: { all: [leaf] } }], windows: [{ id: "w", when: leaf }] },
    };
    const text = format(JSON.stringify(file), "short");
    expect(text).not.toContain("operator");
    expect(JSON.parse(format(text, "long"))).toEqual(file);
  });

  it("leaves models, templates, records and expectations alone", () => {
    const leaf = { fact: "a", operator: "equal", value: 1 };
    const file = { model: { entity: { properties: { when: leaf } } }, templates: [{ id: "t", message: { sms: { en: { text: "x" } } } }], tests: [{ name: "n", asOf: "2026-01-01", record: { when: leaf }, expect: {} }] };
    expect(JSON.parse(format(JSON.stringify(file), "short"))).toEqual(file);
  });
});

describe("what is no condition stays as it is", () => {
  it.each([
    ["an unknown key", { fact: "a", operator: "equal", value: 1, valeu: 2 }],
    ["texts in a group, which a bare list would turn into a leaf", { all: ["phone", "isPresent"] }],
    ["an empty group", { all: [] }],
    ["an empty list", []],
    ["two heads", { all: [["a", "=", 1]], any: [["a", "=", 1]] }],
    ["a short leaf that is too long", ["a", "=", 1, 2]],
    ["a text", "answered"],
    ["a number", 5],
    ["null", null],
    ["an operator of a plugin", ["a", "resembles", "x"]],
    ["an operator with the name of a method", ["a", "constructor", "x"]],
  ])("%s", (_name, json) => {
    expect(whenOf(format(when(json), "short"))).toEqual(json);
  });

  it("says what is wrong with the JSON", () => {
    for (const [text, code] of [["{", "JSON_SYNTAX"], ['{"rules":[],"rules":[]}', "DUPLICATE_KEY"], ['{"rules":[{"x":1e400}]}', "NUMBER_RANGE"], ["", "JSON_SYNTAX"]] as const) {
      const result = formatPackFile(text, { form: "short", file: "a.json", lang: "zh-CN" });
      expect("diagnostics" in result && result.diagnostics.map((one) => [one.code, one.file])).toEqual([[code, "a.json"]]);
    }
  });

  it("refuses a long form that would be too deep to be read", () => {
    let short: unknown = ["a", "=", 1];
    for (let depth = 0; depth < 9; depth++) short = { any: [short] };
    const text = when([short, { some: "h as h", where: [["h.x", "=", 1]] }]);
    const shortest = format(text, "short");
    expect(JSON.parse(shortest)).toEqual(JSON.parse(text));
    expect("text" in formatPackFile(text, { form: "long" })).toBe(true);
    let deeper: unknown = [["a", "in", ["x"]]];
    for (let depth = 0; depth < 9; depth++) deeper = [{ some: "h as h", where: deeper }];
    const result = formatPackFile(when(deeper), { form: "long" });
    const codes = "diagnostics" in result ? result.diagnostics.map((one) => one.code) : [];
    expect(codes).toEqual(["TOO_DEEP"]);
  });
});

describe("layout", () => {
  it("orders keys, opens rules and keeps short things on one line", () => {
    const text = JSON.stringify({
      rules: [{ then: [{ via: ["sms"], message: "m" }], when: { all: [{ fact: "a", operator: "equal", value: 1 }] }, covers: ["S1"], title: { "zh-CN": "标题", en: "title" }, kind: "rule", id: "r" }],
      pack: { id: "p", version: "1" },
    });
    expect(format(text, "short")).toBe(`{
  "pack": {
    "id": "p",
    "version": "1"
  },
  "rules": [
    {
      "id": "r",
      "kind": "rule",
      "title": { "zh-CN": "标题", "en": "title" },
      "covers": ["S1"],
      "when": [["a", "=", 1]],
      "then": [{ "message": "m", "via": ["sms"] }]
    }
  ]
}
`);
  });

  it("breaks where a line with a comma behind it would reach 100 columns, wide characters counting two", () => {
    const line = (text: string): string => `      "note": { "en": ${JSON.stringify(text)} }`;
    for (const [filler, fits] of [["x".repeat(98 - line("").length), true], ["x".repeat(99 - line("").length), false], ["宽".repeat(40), false]] as const) {
      const text = format(JSON.stringify({ rules: [{ note: { en: filler } }] }), "short");
      expect(text.split("\n").includes(line(filler))).toBe(fits);
    }
  });

  it("drops a byte order mark and CRLF, and ends with one line break", () => {
    expect(format('\uFEFF{\r\n"rules": []\r\n}\r\n\r\n', "short")).toBe('{\n  "rules": []\n}\n');
  });
});

const scalar = fc.oneof(fc.constantFrom("x", "y"), fc.integer({ min: -3, max: 3 }), fc.boolean());
const fact = fc.constantFrom("a", "b", "c.d", "list");
const comparison = fc.constantFrom("=", "equal", "!=", "notEqual", "<", "<=", "greaterThan", ">=");
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.record({ fact }));
const decorated = fc.tuple(fc.constantFrom("", "not:"), comparison).map(([decorator, name]) => decorator + name);
const leaf = fc.oneof(
  fc.tuple(fact, decorated, value),
  fc.tuple(fact, fc.constantFrom("isPresent", "isMissing")),
  fc.record({ fact, operator: fc.constantFrom("isPresent"), value: fc.constant(true) }),
  fc.tuple(fact, fc.constantFrom("in", "notIn"), fc.array(scalar, { minLength: 1, maxLength: 3 })),
  fc.record({ fact, operator: decorated, value }),
  fc.record({ fact, operator: decorated, value, name: fc.constant("n") }),
  fc.record({ fact: fc.constant("c"), path: fc.constant("$.d"), operator: comparison, value }),
);
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.array(tie("condition"), { minLength: 1, maxLength: 3 }),
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }), name: fc.constant("g") }),
    fc.record({ not: tie("condition") }),
    fc.record({ some: fc.constant("items as i"), where: tie("condition") }),
    fc.record({ count: fc.constant("items as i"), where: tie("condition"), operator: comparison, value: fc.integer({ min: 0, max: 3 }) }),
  ),
}));
const record = fc.record(
  { a: fc.integer({ min: -3, max: 3 }), b: fc.integer({ min: -3, max: 3 }), c: fc.record({ d: fc.integer({ min: -3, max: 3 }) }), list: fc.integer({ min: -3, max: 3 }) },
  { requiredKeys: [] },
);

describe("laws", () => {
  it("both forms read as the same condition, formatting is idempotent, and one form leads back to the other", () => {
    fc.assert(
      fc.property(condition, (json) => {
        const [short, long] = [format(when(json), "short"), format(when(json), "long")];
        expect(read(whenOf(short))).toEqual(read(json));
        expect(read(whenOf(long))).toEqual(read(json));
        expect(format(short, "short")).toBe(short);
        expect(format(long, "long")).toBe(long);
        expect(format(long, "short")).toBe(short);
        expect(format(short, "long")).toBe(long);
        for (const line of short.split("\n")) expect(line.length < 100 || !/^\s*[[{].*[\]}],?$/.test(line)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it("both forms give the same answer", () => {
    const day = { asOf: "2026-11-23", zone: "Asia/Shanghai" };
    const answer = (json: unknown, of: unknown): unknown => {
      try {
        return evaluateCondition(json, of, day);
      } catch (error) {
        return error instanceof Error && "diagnostics" in error ? "refused" : error;
      }
    };
    let answered = 0;
    fc.assert(
      fc.property(condition, record, (json, of) => {
        const plain = answer(json, of);
        if (plain !== "refused") answered++;
        expect(answer(whenOf(format(when(json), "short")), of)).toEqual(plain);
        expect(answer(whenOf(format(when(json), "long")), of)).toEqual(plain);
      }),
      { numRuns: 400 },
    );
    expect(answered).toBeGreaterThan(50);
  });

  it("any JSON at all is formatted or refused, and never throws", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom<ConditionForm>("short", "long"), (json, form) => {
        const text = JSON.stringify({ rules: json, conditions: json, policy: json, facts: [json], tests: json, parameters: json });
        const result = formatPackFile(text, { form });
        if ("text" in result) expect(format(result.text, form)).toBe(result.text);
      }),
      { numRuns: 300 },
    );
  });
});

describe("packs of this repository", () => {
  const root = fileURLToPath(new URL("../../../../", import.meta.url));
  const files = ["packages/banking/packs/retail", "examples/berka/pack"].flatMap((folder) =>
    readdirSync(root + folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json")).sort().map((name) => `${folder}/${name}`),
  );

  it.each(files)("%s keeps its meaning in both forms", (file) => {
    const text = readFileSync(root + file, "utf8");
    const short = format(text, "short");
    expect(format(format(short, "long"), "short")).toBe(short);
    expect(JSON.parse(format(short, "short"))).toEqual(JSON.parse(short));
  });
});
