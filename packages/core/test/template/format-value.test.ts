import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDate, formatMoney, formatNumber, formatPercent, longestNumber } from "../../src/template/format-value.js";

describe("formatMoney", () => {
  it.each([
    [0, 2, "0.00"],
    [-0, 2, "0.00"],
    [1234567.5, 2, "1,234,567.50"],
    [999.995, 2, "1,000.00"],
    [1.005, 2, "1.01"],
    [2.5, 0, "3"],
    [-2.5, 0, "-3"],
    [-0.001, 2, "0.00"],
    [0.1 + 0.2, 2, "0.30"],
    [1e-7, 2, "0.00"],
    [1e-7, 7, "0.0000001"],
    [123, 0, "123"],
    [-1000, 0, "-1,000"],
    [9007199254740991, 2, "9,007,199,254,740,991.00"],
    [2 ** 53, 2, undefined],
    [NaN, 2, undefined],
    [-Infinity, 2, undefined],
  ])("%d with %d decimals is %s", (value, decimals, text) => {
    expect(formatMoney(value, decimals)).toBe(text);
  });

  it("prints every amount of cents exactly", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 46n), max: 2n ** 46n }), (cents) => {
        const text = formatMoney(Number(cents) / 100, 2) ?? "";
        expect(BigInt(text.replace(/[,.]/g, ""))).toBe(cents);
        expect(text).toMatch(/^-?\d{1,3}(?:,\d{3})*\.\d\d$/);
      }),
    );
  });
});

describe("formatNumber and formatPercent", () => {
  it.each([
    [1234.5, undefined, "1,234.5"],
    [1000, undefined, "1,000"],
    [0.1, undefined, "0.1"],
    [1e-7, undefined, "0.0000001"],
    [1e-30, undefined, "0"],
    [1.25, 1, "1.3"],
  ])("number %d (%s) is %s", (value, decimals, text) => {
    expect(formatNumber(value, decimals)).toBe(text);
  });

  it.each([
    [0.0275, undefined, "2.75%"],
    [0.05, undefined, "5%"],
    [0.123456, undefined, "12.35%"],
    [0.07, 1, "7.0%"],
    [12.5, undefined, "1,250%"],
    [-0.001, 0, "0%"],
    [0.29, 2, "29.00%"],
  ])("percent %d (%s) is %s", (value, decimals, text) => {
    expect(formatPercent(value, decimals)).toBe(text);
  });

  it("never prints longer than promised", () => {
    const number = fc.oneof(fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }), fc.integer(), fc.constantFrom(9007199254740991, -9007199254740991, 5e-324, -2.2250738585072014e-308, -0.0000010002083435251372, 99.99, 999.999, -1e-7));
    fc.assert(
      fc.property(number, fc.option(fc.nat(10), { nil: undefined }), fc.boolean(), (value, decimals, bounded) => {
        const field = bounded ? { minimum: value, maximum: value } : {};
        expect(String(value).length).toBeLessThanOrEqual(longestNumber("plain", undefined, field));
        expect(formatMoney(value, decimals ?? 2)?.length).toBeLessThanOrEqual(longestNumber("money", decimals ?? 2, field));
        expect(formatNumber(value, decimals)?.length).toBeLessThanOrEqual(longestNumber("number", decimals, field));
        expect(formatPercent(value, decimals)?.length).toBeLessThanOrEqual(longestNumber("percent", decimals, field));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("formatDate", () => {
  it.each([
    ["2026-12-30", "2026年12月30日", "30 December 2026"],
    ["2024-02-29", "2024年2月29日", "29 February 2024"],
    ["0999-01-01", "999年1月1日", "1 January 999"],
  ])("%s", (iso, zh, en) => {
    expect(formatDate(iso, "zh-CN")).toBe(zh);
    expect(formatDate(iso, "en")).toBe(en);
  });

  it.each(["2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-1", "2026-12-30T00:00:00Z", "", "x"])("%s is no date", (iso) => {
    expect(formatDate(iso, "en")).toBeUndefined();
  });
});
