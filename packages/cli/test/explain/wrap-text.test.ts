import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOut, wrapText } from "../../src/explain/wrap-text.js";
import { columnsOf } from "../../src/terminal/text-columns.js";

const word = fc.constantFrom("balance", "（assets.total）", "不低于", "500,000", "元", "，", "is", "at", "最近", "(row.kSymbol)", "资产", "。", "averyveryverylongnamewithoutanyspace");
const text = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(" "));

describe("wrapping", () => {
  it("breaks between words and between Chinese characters, and keeps closing marks at the end of a line", () => {
    expect(wrapText("total assets is at least 500,000 CNY", 16)).toEqual(["total assets is", "at least 500,000", "CNY"]);
    expect(wrapText("资产总额不低于，五十万", 14)).toEqual(["资产总额不低", "于，五十万"]);
  });

  it("never gets wider than asked for, and loses nothing but spaces", () => {
    fc.assert(fc.property(text, fc.integer({ min: 8, max: 60 }), (given, width) => {
      const lines = wrapText(given, width);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replace(/\s/g, "")).toBe(given.replace(/\s/g, ""));
    }));
  });

  it("lays two columns out within the width, the right ones beginning at one place", () => {
    fc.assert(fc.property(fc.array(fc.record({ indent: fc.integer({ min: 0, max: 8 }), left: text, right: fc.oneof(text, fc.constant("")), mark: fc.constantFrom("✓", "") }), { minLength: 1, maxLength: 6 }), fc.integer({ min: 50, max: 120 }), (rows, width) => {
      for (const line of layOut(rows, width)) expect(columnsOf(line)).toBeLessThanOrEqual(width);
    }));
    const lines = layOut([{ indent: 0, mark: "✓", left: "a", right: "1" }, { indent: 2, mark: "✗", left: "资产", right: "2" }], 60);
    expect(lines).toEqual(["✓ a       1", "  ✗ 资产  2"]);
  });
});
