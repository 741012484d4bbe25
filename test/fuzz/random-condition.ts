import type { Draw } from "./draw.js";

/** What a condition may read where it stands. */
export interface Readable {
  readonly numbers: readonly string[];
  readonly texts: readonly string[];
  readonly booleans: readonly string[];
  readonly dates: readonly string[];
  readonly textLists: readonly string[];
  readonly numberLists: readonly string[];
  /** Numbers that move with the day. */
  readonly clocks: readonly string[];
  /** Values of those texts that take only some. */
  readonly enums: Readonly<Record<string, readonly string[]>>;
  /** Named conditions. */
  readonly conditions: readonly string[];
  /** How many ranges stand open. */
  readonly depth: number;
}

type Json = unknown;

/** Days where calendars and months break. */
export const awkwardDays = ["2024-02-29", "2025-12-31", "2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01", "2026-03-31", "2026-06-30", "2026-10-01", "2026-10-08", "2026-12-30", "2026-12-31", "2027-01-01", "2028-02-29", "2000-02-29", "1999-12-31"];

export const awkwardTexts = ["a", "b", "gold", "金卡", "o'brien", "\"q\"", "a\\b", "é", "é", "😀", "", " ", "x;--", "*/", "$1", "null"];

const comparisons = ["=", "!=", "<", "<=", ">", ">="];

export function drawDay(draw: Draw, near?: string): string {
  if (near !== undefined && draw.chance(0.4)) return draw.chance(0.7) ? daysFrom(near, draw.whole(-16, 16)) : daysFrom(near, draw.pick([-366, -365, -92, -90, -31, -30, -28, 28, 30, 31, 90, 365]));
  if (draw.chance(0.5)) return draw.pick(awkwardDays);
  return new Date(Date.UTC(2026, 0, draw.whole(-500, 800))).toISOString().slice(0, 10);
}

/** Where windows open and close: near the day that is asked about. */
function daysFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function drawNumber(draw: Draw): number {
  return draw.one(() => draw.whole(-3, 12), () => draw.whole(-300, 90000) / 100, () => draw.pick([0, 0.1, 0.3, 1e6, 2.5, 99999.99]));
}

function drawTextValue(draw: Draw, allowed?: readonly string[]): string {
  return allowed ? draw.pick(allowed) : draw.chance(0.8) ? draw.pick(["a", "b", "gold", "金卡"]) : draw.pick(awkwardTexts);
}

function numberValue(draw: Draw, from: Readable): Json {
  return draw.chance(0.7) ? drawNumber(draw) : draw.one<Json>(() => ({ param: draw.pick(["low", "high"]) }), () => ({ fact: draw.pick(from.numbers) }), () => ({ [draw.pick(["add", "subtract", "multiply", "divide"])]: [{ fact: draw.pick(from.numbers) }, draw.chance(0.5) ? drawNumber(draw) : { fact: draw.pick(from.numbers) }] }));
}

function dateValue(draw: Draw, from: Readable): Json {
  return draw.one<Json>(() => drawDay(draw), () => ({ asOf: {} }), () => ({ asOf: { days: draw.whole(-60, 60) } }), () => ({ asOf: { months: draw.whole(-14, 14) } }), () => ({ asOf: { workingDays: draw.chance(0.7) || from.numbers.length === 0 ? draw.whole(-12, 12) : { fact: draw.pick(from.numbers) } } }), () => ({ asOf: { years: draw.whole(-2, 2) } }), () => ({ fact: draw.pick(from.dates) }));
}

function textList(draw: Draw, allowed?: readonly string[]): string[] {
  return draw.list(1, 4, () => drawTextValue(draw, allowed));
}

function numberList(draw: Draw): number[] {
  return draw.list(1, 4, () => draw.whole(-2, 9));
}

function leaf(draw: Draw, from: Readable): Json {
  const all: (() => Json)[] = [];
  if (from.numbers.length > 0) {
    all.push(
      () => [draw.pick(from.numbers), draw.pick(comparisons), numberValue(draw, from)],
      () => [draw.pick(from.numbers), draw.pick(["in", "notIn", "not:in"]), numberList(draw)],
      () => [draw.pick(from.numbers), draw.pick(["someValue:greaterThan", "everyValue:lessThan", "swap:lessThan", "not:greaterThan"]), draw.chance(0.5) ? numberList(draw) : drawNumber(draw)],
    );
  }
  if (from.texts.length > 0) {
    all.push(
      () => {
        const fact = draw.pick(from.texts);
        return [fact, draw.pick(["=", "!="]), draw.chance(0.8) ? drawTextValue(draw, from.enums[fact]) : { fact: draw.pick(from.texts) }];
      },
      () => {
        const fact = draw.pick(from.texts);
        return [fact, draw.pick(["in", "notIn"]), from.textLists.length > 0 && draw.chance(0.3) ? { fact: draw.pick(from.textLists) } : textList(draw, from.enums[fact])];
      },
    );
  }
  if (from.booleans.length > 0) all.push(() => [draw.pick(from.booleans), draw.pick(["=", "!="]), draw.chance(0.5)]);
  if (from.dates.length > 0) {
    all.push(
      () => [draw.pick(from.dates), draw.pick(comparisons), dateValue(draw, from)],
      () => [draw.pick(from.dates), draw.pick(["withinNextDays", "withinLastDays", "moreThanDaysAgo", "moreThanDaysAhead"]), draw.chance(0.85) ? draw.whole(0, 90) : { param: "days" }],
      () => [draw.pick(from.dates), draw.pick(["withinNextMonths", "withinLastMonths"]), draw.whole(0, 14)],
      () => [draw.pick(from.dates), draw.pick(["withinNextWorkingDays", "withinLastWorkingDays"]), draw.chance(0.7) || from.numbers.length === 0 ? draw.whole(0, 25) : { fact: draw.pick(from.numbers) }],
    );
  }
  if (from.clocks.length > 0) all.push(() => [draw.pick(from.clocks), draw.pick(comparisons), { fact: draw.pick(from.clocks) }]);
  if (from.textLists.length > 0) {
    all.push(
      () => [draw.pick(from.textLists), draw.pick(["contains", "doesNotContain"]), drawTextValue(draw)],
      () => [draw.pick(from.textLists), draw.pick(["someFact:equal", "everyFact:notEqual", "someFact:in"]), ""],
    );
  }
  if (from.numberLists.length > 0) {
    all.push(
      () => [draw.pick(from.numberLists), draw.pick(["contains", "doesNotContain"]), draw.whole(-2, 9)],
      () => [draw.pick(from.numberLists), draw.pick(["someFact:greaterThan", "everyFact:lessThanInclusive", "not:someFact:lessThan"]), draw.whole(-2, 9)],
    );
  }
  all.push(() => [draw.pick([...from.numbers, ...from.texts, ...from.booleans, ...from.dates, ...from.textLists, ...from.numberLists]), draw.pick(["isPresent", "isMissing"])]);
  const made = draw.pick(all)();
  return fitted(draw, made);
}

/** The value that an operator over the elements of a list takes. */
function fitted(draw: Draw, made: Json): Json {
  if (!Array.isArray(made) || typeof made[1] !== "string") return made;
  const [fact, operator, value] = made as [string, string, Json];
  if (operator.startsWith("someValue") || operator.startsWith("everyValue")) return [fact, operator, numberList(draw)];
  if (operator === "swap:lessThan" || operator === "not:greaterThan") return [fact, operator, drawNumber(draw)];
  if (operator === "someFact:in") return [fact, operator, textList(draw)];
  if (operator === "someFact:equal" || operator === "everyFact:notEqual") return [fact, operator, drawTextValue(draw)];
  return [fact, operator, value].filter((part) => part !== undefined);
}

/** More to read beside what there was. */
export function addReadable(from: Readable, more: Partial<Readable>): Readable {
  const both = (key: "numbers" | "texts" | "booleans" | "dates" | "clocks"): readonly string[] => [...from[key], ...(more[key] ?? [])];
  return { ...from, numbers: both("numbers"), texts: both("texts"), booleans: both("booleans"), dates: both("dates"), clocks: both("clocks"), enums: { ...from.enums, ...more.enums } };
}

/** What the items of the collections bring. */
export const itemFields: Readonly<Record<string, (as: string) => Partial<Readable>>> = {
  holdings: (as) => ({ numbers: [`${as}.balance`, `${as}.terms.rate`, `${as}.terms.months`], texts: [`${as}.type`], enums: { [`${as}.type`]: ["term-deposit", "fund", "loan"] }, dates: [`${as}.openedOn`, `${as}.maturityDate`] }),
  cards: (as) => ({ texts: [`${as}.kind`], dates: [`${as}.issuedOn`] }),
  contactLog: (as) => ({ texts: [`${as}.channel`, `${as}.outcome`], dates: [`${as}.date`] }),
  products: (as) => ({ numbers: [`${as}.risk`, `${as}.rate`], texts: [`${as}.type`], dates: [`${as}.closesOn`] }),
};

const collections = Object.keys(itemFields);

/** Opens a range: its text, and what may be read inside. */
export function openRange(draw: Draw, from: Readable, among: readonly string[] = collections): { readonly range: string; readonly inner: Readable; readonly name: string; readonly as: string } {
  const name = draw.pick(among);
  const as = `i${from.depth}`;
  // Named conditions may not read items.
  return { range: `${name} as ${as}`, name, as, inner: { ...addReadable(from, itemFields[name]?.(as) ?? {}), depth: from.depth + 1 } };
}

/** A condition up to some levels deep. */
export function drawCondition(draw: Draw, from: Readable, levels: number): Json {
  if (levels <= 0 || draw.chance(0.35)) return leaf(draw, from);
  return draw.one<Json>(
    () => ({ all: draw.list(1, 3, () => drawCondition(draw, from, levels - 1)) }),
    () => ({ any: draw.list(1, 3, () => drawCondition(draw, from, levels - 1)) }),
    () => ({ not: drawCondition(draw, from, levels - 1) }),
    () => (from.conditions.length > 0 ? { condition: draw.pick(from.conditions) } : leaf(draw, from)),
    () => {
      if (from.depth >= 3) return leaf(draw, from);
      const { range, inner } = openRange(draw, from);
      return { [draw.pick(["some", "every", "none"])]: range, where: draw.list(1, 2, () => drawCondition(draw, inner, levels - 2)) };
    },
    () => {
      if (from.depth >= 3) return leaf(draw, from);
      const { range, inner } = openRange(draw, from);
      return { count: range, ...(draw.chance(0.8) ? { where: draw.list(1, 2, () => drawCondition(draw, inner, levels - 2)) } : {}), operator: draw.pick(comparisons), value: draw.chance(0.9) ? draw.whole(0, 3) : { fact: draw.pick(from.numbers) } };
    },
  );
}
