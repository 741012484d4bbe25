import type { Lang } from "../diagnostics/diagnostic.js";

// Own small tables: Intl gives what the host's ICU data says, and a message must not depend on the host.
const months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** Most decimals that can be asked for. */
export const maxDecimals = 10;

/**
 * An amount with thousands separators and a fixed number of decimals, rounded half away from zero on the decimal digits
 * (1.005 → 1.01). `undefined` for what is no finite number within ±(2^53 − 1). No currency sign: a template writes it.
 *
 * @example
 * formatMoney(1234567.5, 2) // "1,234,567.50"
 */
export function formatMoney(value: number, decimals: number): string | undefined {
  return isPrintable(value) ? group(round(digitsOf(value), decimals)) : undefined;
}

/** A number with thousands separators; with `decimals` as `formatMoney`, without as many decimals as it has. */
export function formatNumber(value: number, decimals?: number): string | undefined {
  if (decimals !== undefined) return formatMoney(value, decimals);
  return isPrintable(value) ? group(trimZeros(round(digitsOf(value), 20))) : undefined;
}

/** A share as percent: 0.0275 → `2.75%`. Without `decimals` at most two, trailing zeros dropped. */
export function formatPercent(value: number, decimals?: number): string | undefined {
  if (!isPrintable(value)) return undefined;
  const digits = digitsOf(value);
  const shifted = { ...digits, exponent: digits.exponent + 2 };
  return group(decimals === undefined ? trimZeros(round(shifted, 2)) : round(shifted, decimals)) + "%";
}

/** A civil date: `2026年12月30日`, `30 December 2026`. `undefined` for what is not `YYYY-MM-DD`. */
export function formatDate(iso: string, locale: Lang): string | undefined {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (parts === null) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const name = months[month - 1];
  if (name === undefined || day < 1 || day > daysIn(year, month)) return undefined;
  return locale === "zh-CN" ? `${year}年${month}月${day}日` : `${day} ${name} ${year}`;
}

/** Most characters that a number prints in, from its bounds and scale. `decimals` are those asked for. */
export function longestNumber(
  helper: "plain" | "money" | "number" | "percent" | "date",
  decimals: number | undefined,
  field: { readonly scale?: number; readonly minimum?: number; readonly maximum?: number },
): number {
  const { minimum, maximum, scale } = field;
  // The longest are small numbers just before the exponent form: sign, `0.00000`, 17 significant digits.
  if (helper === "plain") return 25;
  const bounded = minimum !== undefined && maximum !== undefined;
  const largest = bounded ? Math.max(Math.abs(minimum), Math.abs(maximum)) : Number.MAX_SAFE_INTEGER;
  // Rounding up may add a digit: 9.99 prints as 10.0.
  const whole = String(BigInt(Math.ceil(Math.min(largest, Number.MAX_SAFE_INTEGER)) + 1)).length + (helper === "percent" ? 2 : 0);
  const fraction = decimals ?? (helper === "percent" ? 2 : (scale ?? 20));
  const sign = bounded && minimum >= 0 ? 0 : 1;
  return sign + whole + Math.floor((whole - 1) / 3) + (fraction === 0 ? 0 : 1 + fraction) + (helper === "percent" ? 1 : 0);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function isPrintable(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** `0.<digits>` times ten to the `exponent`. */
interface Digits {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/** The shortest decimal digits that mean this number, which are those it was written with. */
function digitsOf(value: number): Digits {
  const [mantissa = "0", power = "0"] = String(Math.abs(value)).split("e");
  const [whole = "0", fraction = ""] = mantissa.split(".");
  return { negative: value < 0, digits: whole + fraction, exponent: whole.length + Number(power) };
}

interface Rounded {
  readonly negative: boolean;
  readonly whole: string;
  readonly fraction: string;
}

function round({ negative, digits, exponent }: Digits, decimals: number): Rounded {
  const padded = exponent > 0 ? digits : "0".repeat(Math.min(-exponent, 400)) + digits;
  const point = Math.max(0, exponent);
  const kept = padded.padEnd(point + decimals + 1, "0");
  const scaled = BigInt("0" + kept.slice(0, point + decimals)) + ((kept[point + decimals] ?? "0") >= "5" ? 1n : 0n);
  const text = String(scaled).padStart(decimals + 1, "0");
  return { negative: negative && scaled !== 0n, whole: text.slice(0, text.length - decimals), fraction: text.slice(text.length - decimals) };
}

function trimZeros(rounded: Rounded): Rounded {
  return { ...rounded, fraction: rounded.fraction.replace(/0+$/, "") };
}

function group({ negative, whole, fraction }: Rounded): string {
  const grouped = whole.replace(/\B(?=(?:\d{3})+$)/g, ",");
  return (negative ? "-" : "") + grouped + (fraction === "" ? "" : "." + fraction);
}
