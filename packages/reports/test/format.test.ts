import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDate } from "../src/text/format-date.js";
import { formatCompact, formatInteger, formatMoney, formatNumber, formatPercent } from "../src/text/format-number.js";

describe("numbers", () => {
  it.each([
    [0, "0"], [-0, "0"], [7, "7"], [999, "999"], [1000, "1,000"], [1234567, "1,234,567"], [-1234, "−1,234"], [-0.4, "0"], [1e21, "1,000,000,000,000,000,000,000"],
  ])("integer %s is %s", (value, text) => expect(formatInteger(value)).toBe(text));

  it.each([
    [0, "0.00"], [1234.5, "1,234.50"], [-0.001, "0.00"], [-98765.432, "−98,765.43"], [388214500.25, "388,214,500.25"], [2e21, "2,000,000,000,000,000,000,000.00"],
  ])("money %s is %s", (value, text) => expect(formatMoney(value)).toBe(text));

  it.each([[0, "0.0%"], [0.1234, "12.3%"], [1, "100.0%"], [-0.5, "−50.0%"], [12.5, "1,250.0%"], [0.285, "28.5%"]])("percent %s is %s", (value, text) =>
    expect(formatPercent(value)).toBe(text));

  it.each([[5000, "5,000"], [0.5, "0.5"], [1.25, "1.25"], [3.14159, "3.14"], [1000.001, "1,000"], [-2.5, "−2.5"]])("number %s is %s", (value, text) =>
    expect(formatNumber(value)).toBe(text));

  it.each([
    [0, "0", "0"], [950, "950", "950"], [12500, "12.5K", "1.25万"], [3e6, "3M", "300万"], [2.5e8, "250M", "2.5亿"], [1e12, "1T", "1万亿"], [-20000, "−20K", "−2万"],
  ])("short %s is %s in English and %s in Chinese", (value, en, zh) => {
    expect(formatCompact(value, "en")).toBe(en);
    expect(formatCompact(value, "zh-CN")).toBe(zh);
  });

  it("separators change nothing but how a whole number looks", () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
      const text = formatInteger(value);
      expect(Number(text.replaceAll(",", "").replace("−", "-"))).toBe(value);
      expect(text).toMatch(/^−?\d{1,3}(,\d{3})*$/);
    }));
  });
});

describe("dates", () => {
  it.each([
    ["2026-12-01", "1 December 2026", "2026年12月1日"],
    ["2024-02-29", "29 February 2024", "2024年2月29日"],
    ["2026-13-01", "2026-13-01", "2026-13-01"],
    ["soon", "soon", "soon"],
  ])("%s", (date, en, zh) => {
    expect(formatDate(date, "en")).toBe(en);
    expect(formatDate(date, "zh-CN")).toBe(zh);
  });
});
