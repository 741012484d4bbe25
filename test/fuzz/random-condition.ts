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
  /** Derived facts of items, by collection; their names are without that of the item. */
  readonly ofItems: Readonly<Record<string, Partial<Readable>>>;
  readonly spans: Spans;
}

type Json = unknown;

/** Days where calendars and months break. */
export const awkwardDays = ["2024-02-29", "2025-12-31", "2026-01-01", "2026-01-31", "2026-02-28", "2026-03-01", "2026-03-31", "2026-04-30", "2026-06-30", "2026-10-01", "2026-10-08", "2026-12-30", "2026-12-31", "2027-01-01", "2027-02-28", "2027-03-01", "2028-02-29", "2000-02-29", "1999-12-31"];

const monthEnds = ["2026-01-31", "2026-01-30", "2026-01-29", "2026-01-28"];

export const awkwardTexts = ["a", "b", "gold", "金卡", "o'brien", "\"q\"", "a\\b", "é", "é", "😀", "", " ", "x;--", "*/", "$1", "null"];

export const comparisons = ["=", "!=", "<", "<=", ">", ">="];

export type DayUnit = "days" | "workingDays" | "months" | "years";

/** Some spans of each unit, with a sign. A pack asks for few of them, and its records lie as far from the day: so they fall on the edges of its rules. */
export type Spans = Readonly<Record<DayUnit, readonly number[]>>;

/** The day that is asked about, and the spans that a pack asks for. */
export interface Edges {
  readonly day: string;
  readonly spans: Spans;
}

export function drawSpans(draw: Draw): Spans {
  const some = (spans: readonly number[]): readonly number[] => [draw.pick(spans), draw.pick(spans), draw.whole(0, 25)].map((span) => draw.pick([-1, 1]) * span + 0);
  return { days: some([0, 1, 2, 7, 14, 28, 30, 31, 60, 90]), workingDays: some([0, 1, 2, 3, 5, 10]), months: some([0, 1, 1, 2, 3, 6, 11, 12, 13, 24]), years: some([0, 1, 2, 18]) };
}

/** How far a day lies off: as a span of the pack says, forth or back. */
function drawDistance(draw: Draw, spans: Spans, unit: DayUnit): number {
  return draw.pick([-1, 1]) * draw.pick(spans[unit]);
}

export function drawDay(draw: Draw, near?: Edges): string {
  if (near !== undefined && draw.chance(0.7)) {
    const { day, spans } = near;
    if (/-02-2[89]$|-03-01$/.test(day) && draw.chance(0.35)) return draw.pick(["2024-02-29", "2024-02-29", "2000-02-29", "2028-02-29", "2027-02-28"]);
    return draw.one(
      () => daysFrom(day, draw.whole(-16, 16)),
      () => daysFrom(day, drawDistance(draw, spans, "days") + draw.pick([-1, 0, 0, 1])),
      () => daysFrom(monthsFrom(day, draw.chance(0.8) ? drawDistance(draw, spans, "months") : 12 * drawDistance(draw, spans, "years")), draw.pick([-2, -1, 0, 0, 0, 1, 2, 3])),
      () => (draw.chance(0.3) ? draw.pick(["2000-02-29", "2024-02-29"]) : monthsFrom(draw.pick(monthEnds), draw.whole(-30, 30))),
    );
  }
  if (draw.chance(0.5)) return draw.pick(awkwardDays);
  return new Date(Date.UTC(2026, 0, draw.whole(-500, 800))).toISOString().slice(0, 10);
}

/** Where windows open and close: near the day that is asked about. */
function daysFrom(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day some months on, or the last one of a month that lacks it. */
function monthsFrom(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
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
  const amount = (unit: DayUnit): Json => (unit !== "workingDays" || draw.chance(0.7) || from.numbers.length === 0 ? draw.pick(from.spans[unit]) : { fact: draw.pick(from.numbers) });
  return draw.one<Json>(() => drawDay(draw), () => ({ asOf: {} }), ...(["days", "months", "workingDays", "years"] as const).map((unit) => () => ({ asOf: { [unit]: amount(unit) } })), () => ({ fact: draw.pick(from.dates) }));
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
      () => [draw.pick(from.dates), draw.pick(["withinNextDays", "withinLastDays", "moreThanDaysAgo", "moreThanDaysAhead"]), draw.chance(0.85) ? Math.abs(draw.pick(from.spans.days)) : { param: "days" }],
      () => [draw.pick(from.dates), draw.pick(["withinNextMonths", "withinLastMonths"]), Math.abs(draw.pick(from.spans.months))],
      () => [draw.pick(from.dates), draw.pick(["withinNextWorkingDays", "withinLastWorkingDays"]), draw.chance(0.7) || from.numbers.length === 0 ? Math.abs(draw.pick(from.spans.workingDays)) : { fact: draw.pick(from.numbers) }],
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

/** The same names, read through the name of an item. */
function throughItem(as: string, of: Partial<Readable> = {}): Partial<Readable> {
  const named = (list: readonly string[] = []): readonly string[] => list.map((name) => `${as}.${name}`);
  return { numbers: named(of.numbers), texts: named(of.texts), booleans: named(of.booleans), dates: named(of.dates) };
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
  return { range: `${name} as ${as}`, name, as, inner: { ...addReadable(addReadable(from, itemFields[name]?.(as) ?? {}), throughItem(as, from.ofItems[name])), depth: from.depth + 1 } };
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
