import { describe, expect, it } from "vitest";
import { DiagnosticError } from "../../src/diagnostics/diagnostic-error.js";
import { closest } from "../../src/diagnostics/did-you-mean.js";
import { Findings } from "../../src/diagnostics/findings.js";
import { formatDiagnostic, formatDiagnostics } from "../../src/diagnostics/format-diagnostic.js";
import type { Place } from "../../src/diagnostics/place.js";

const at = (file: string, line: number, column: number, pointer = ""): Place => ({ file, pointer, line, column });

describe("Findings", () => {
  it("sorts by file, line, column, code", () => {
    const findings = new Findings();
    findings.add("UNKNOWN_KEY", at("b.json", 1, 1), { name: "x" });
    findings.add("UNKNOWN_KEY", at("a.json", 10, 1), { name: "x" });
    findings.add("UNKNOWN_KEY", at("a.json", 9, 5), { name: "x" });
    findings.add("EMPTY_GROUP", at("a.json", 9, 5));
    findings.add("UNKNOWN_KEY", at("a.json", 9, 2), { name: "x" });
    expect(findings.sorted().map((d) => `${d.file}:${d.line}:${d.column} ${d.code}`)).toEqual([
      "a.json:9:2 UNKNOWN_KEY",
      "a.json:9:5 EMPTY_GROUP",
      "a.json:9:5 UNKNOWN_KEY",
      "a.json:10:1 UNKNOWN_KEY",
      "b.json:1:1 UNKNOWN_KEY",
    ]);
    expect(findings.list[0]?.file).toBe("b.json");
  });

  it("knows errors from warnings and keeps a finding once", () => {
    const findings = new Findings("zh-CN");
    findings.add("TEMPLATE_UNUSED", at("a", 1, 1), { name: "x" });
    expect(findings.hasErrors).toBe(false);
    findings.add("EMPTY_GROUP", at("a", 1, 1));
    findings.add("EMPTY_GROUP", at("a", 1, 1));
    expect(findings.hasErrors).toBe(true);
    expect(findings.list).toHaveLength(2);
    expect(findings.list[1]?.message).toBe("条件组为空");
  });
});

describe("DiagnosticError", () => {
  it("lists code, place and message of each finding", () => {
    const findings = new Findings();
    findings.add("EMPTY_GROUP", at("a.json", 2, 3, "/all"), { name: "all" });
    findings.add("FILE_NOT_FOUND", at("b.json", 0, 0), { name: "b.json" });
    const error = new DiagnosticError(findings.sorted());
    expect(error).toBeInstanceOf(Error);
    expect(error.name).toBe("DiagnosticError");
    expect(error.message).toBe('EMPTY_GROUP a.json:2:3 /all: The group "all" holds no conditions\nFILE_NOT_FOUND b.json: The file or folder "b.json" does not exist');
    expect(error.diagnostics).toHaveLength(2);
  });

  it("stays short for a thousand findings", () => {
    const findings = new Findings();
    for (let i = 1; i <= 1000; i++) findings.add("EMPTY_GROUP", at("a.json", i, 1));
    expect(new DiagnosticError(findings.list).message.split("\n")).toHaveLength(21);
  });
});

describe("closest", () => {
  it.each([
    ["asets.total", ["age", "assets.total"], "assets.total"],
    ["whne", ["when", "then"], "when"],
    ["Kind", ["kind", "find"], "kind"],
    ["greaterThen", ["greaterThan", "lessThan", "greaterThanInclusive"], "greaterThan"],
    ["客户等极", ["客户等级", "客户类型"], "客户等级"],
    ["xyz", ["when", "then"], undefined],
    ["ab", ["cd"], undefined],
    ["", ["a"], undefined],
    ["cat", ["hat", "bat", "rat"], "bat"],
    ["a".repeat(100_000), ["a"], undefined],
  ])("%s among %j → %s", (name, candidates, expected) => {
    expect(closest(name, candidates)).toBe(expected);
    expect(closest(name, [...candidates].reverse())).toBe(expected);
  });

  it("is quick among many long names", () => {
    const names = Array.from({ length: 5000 }, (_, i) => `holdings.deposit.field${i}.${"x".repeat(60)}`);
    const started = performance.now();
    closest(`holdings.deposit.feild17.${"x".repeat(60)}`, names);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("formatDiagnostics", () => {
  const findings = new Findings();
  findings.add("UNKNOWN_KEY", at("rules/a.json", 2, 12, "/wehn"), { name: "wehn", suggestion: "when" });
  findings.add("FILE_NOT_FOUND", at("model.json", 0, 0), { name: "model.json" });

  it("says place, severity, code, message, then the hint", () => {
    expect(formatDiagnostic(findings.list[0]!)).toBe('rules/a.json:2:12  error  UNKNOWN_KEY  There is no key "wehn" here\n    Did you mean "when"? Correct it or remove it.');
    expect(formatDiagnostic(findings.list[1]!)).toMatch(/^model\.json {2}error {2}FILE_NOT_FOUND/);
  });

  it("shows the line with a caret under the right column, wide characters included", () => {
    const sources = new Map([["rules/a.json", '{\r\n "名称": 1, "wehn": []\r\n}']]);
    const text = formatDiagnostics(findings.list, { sources });
    expect(text).toContain('  2 |  "名称": 1, "wehn": []\n    |              ^');
    expect(text.indexOf("model.json")).toBeLessThan(text.indexOf("rules/a.json"));
  });

  it("keeps a long line short and shows no control characters", () => {
    const long = new Findings();
    long.add("UNKNOWN_KEY", at("a", 1, 50_001), { name: "x" });
    const text = formatDiagnostics(long.list, { sources: new Map([["a", "\u001b".repeat(50_000) + '"x"' + "y".repeat(50_000)]]) });
    expect(text.length).toBeLessThan(500);
    expect(text).not.toMatch(/\u001b/);
    const [shown = "", caret = ""] = text.split("\n").slice(1, 3);
    expect(shown[caret.indexOf("^")]).toBe('"');
  });
});
