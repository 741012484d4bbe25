import { describe, expect, it } from "vitest";
import { operatorNames, operatorTexts, parseOperator, signs } from "../../src/language/operators.js";

const none = new Map<string, unknown>();

describe("parseOperator", () => {
  it.each([
    ["=", [], "equal"],
    [">=", [], "greaterThanInclusive"],
    ["notIn", [], "notIn"],
    ["withinNextMonths", [], "withinNextMonths"],
    ["not:in", ["not"], "in"],
    ["not:someFact:swap:<", ["not", "someFact", "swap"], "lessThan"],
    ["not:not:not:not:not:not:not:not:=", Array.from({ length: 8 }, () => "not"), "equal"],
  ])("%s", (text, decorators, operator) => expect(parseOperator(text, none)).toEqual({ decorators, operator }));

  it.each(["", "==", "Equal", "equals", ":=", "not:", "not", "maybe:=", "=:not", "not:not:not:not:not:not:not:not:not:=", "toString", "constructor", "__proto__", "hasOwnProperty:=", " ="])("%j is no operator", (text) => {
    expect(parseOperator(text, none)).toBeUndefined();
  });

  it("knows the operators of plugins by their own names, after the built-in ones", () => {
    expect(parseOperator("not:isNear", new Map([["isNear", {}]]))).toEqual({ decorators: ["not"], operator: { plugin: "isNear" } });
    expect(parseOperator("in", new Map([["in", {}]]))).toEqual({ decorators: [], operator: "in" });
  });

  it("has a text in both languages with both sides for every operator", () => {
    for (const [name, text] of Object.entries(operatorTexts)) {
      const sides = name.startsWith("is") ? ["{a}"] : ["{a}", "{b}"];
      for (const side of sides) for (const lang of ["zh-CN", "en"] as const) expect(text[lang], name).toContain(side);
    }
    expect(operatorNames).toEqual([...new Set(operatorNames)]);
    for (const operator of Object.values(signs)) expect(operatorTexts).toHaveProperty(operator);
  });
});
