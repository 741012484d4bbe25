import type { Lang } from "@evertend/core";

const MINUS = "\u2212";

/** Decimal digits of a finite number of at least 0, never in exponent form. */
function digits(value: number, places: number): string {
  if (value < 1e21) return value.toFixed(places);
  const whole = BigInt(value).toString();
  return places === 0 ? whole : `${whole}.${"0".repeat(places)}`;
}

/** Digits with separators and sign; a value that rounds to zero has no sign. */
function fixed(value: number, places: number): string {
  const text = digits(Math.abs(value), places);
  const [whole = "0", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
  return value < 0 && /[1-9]/.test(text) ? MINUS + grouped : grouped;
}

/** A count: `1,234,567`; halves round away from zero as far as binary fractions allow. */
export function formatInteger(value: number): string {
  return fixed(value, 0);
}

/** An amount in the bank's own currency, always two places: `1,234,567.80`. */
export function formatMoney(value: number): string {
  return fixed(value, 2);
}

/** A ratio as a percentage with one place: `0.1234` is `12.3%`. */
export function formatPercent(ratio: number): string {
  return `${fixed(ratio * 100, 1)}%`;
}

/** A number of unknown nature: whole numbers without places, others with up to two. */
export function formatNumber(value: number): string {
  if (Number.isInteger(value)) return fixed(value, 0);
  return fixed(value, 2).replace(/\.?0+$/, "");
}

/** Steps of short numbers: Chinese counts in ten thousands, English in thousands. */
const STEPS: Readonly<Record<Lang, readonly (readonly [number, string])[]>> = {
  "zh-CN": [[1e12, "万亿"], [1e8, "亿"], [1e4, "万"]],
  en: [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]],
};

/**
 * A short number for an axis: `12,500` is `12.5K` in English and `1.25万` in Chinese.
 */
export function formatCompact(value: number, lang: Lang): string {
  for (const [step, unit] of STEPS[lang]) {
    if (Math.abs(value) >= step) return formatNumber(value / step) + unit;
  }
  return formatNumber(value);
}
