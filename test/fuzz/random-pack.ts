import { Draw } from "./draw.js";
import { lunarCalendar, lunarDayNear } from "./lunar-calendar.js";
import { addReadable, awkwardTexts, drawCondition, drawDay, openRange, type Readable } from "./random-condition.js";

type Json = Readonly<Record<string, unknown>>;

/** A fragment of a pack over the corpus's base, records, states and a context: all from one seed. */
export interface RandomCase {
  readonly pack: Json;
  readonly asOf: string;
  readonly context: Json | undefined;
  readonly people: readonly { readonly record: Json; readonly state: Json | undefined }[];
}

const zones = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];
const label = { "zh-CN": "项", en: "thing" };

/** Makes pack, people and day from a seed. */
export function randomCase(seed: number, people: number): RandomCase {
  const draw = new Draw(seed);
  const facts: Json[] = [];
  let readable = fields;
  for (let i = 0; i < draw.whole(0, 7); i++) {
    const { fact, adds } = drawFact(draw, `f${i}`, readable);
    facts.push(fact);
    readable = addReadable(readable, adds);
  }
  const conditions = Object.fromEntries(draw.list(0, 2, (i) => [`c${i}`, drawCondition(draw, readable, 2)] as const));
  const all = { ...readable, conditions: Object.keys(conditions) };
  const rules = draw.list(1, 5, (i) => drawRule(draw, `r${i}`, all));
  const asOf = drawDay(draw);
  const hasState = draw.chance(0.6);
  const pack = {
    model: { zone: draw.pick(zones) },
    parameters: { low: parameter(1), high: parameter(5000.5), days: parameter(30) },
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    ...(facts.length > 0 ? { facts } : {}),
    calendars: { "working-days": { from: draw.pick(["2024-01-01", "2025-06-01", "2026-01-01"]), to: draw.pick(["2026-12-31", "2027-06-30", "2028-12-31"]), off: ["2026-01-01", "2026-10-01", "2026-10-02"], on: ["2026-10-10", "2026-02-14"], named: { feast: ["2026-02-17", "2026-12-31", "2027-02-06"] } }, ...(rules.some((rule) => rule["calendar"] === "lunar") ? { lunar: lunarCalendar } : {}) },
    rules,
  };
  return {
    pack,
    asOf,
    context: draw.chance(0.85) ? { products: draw.list(0, 4, (i) => drawProduct(draw, i, asOf)) } : undefined,
    people: Array.from({ length: people }, (_, i) => ({ record: drawRecord(draw, String(i + 1), asOf), state: hasState && draw.chance(0.8) ? drawState(draw, rules, facts, asOf) : undefined })),
  };
}

const fields: Readable = {
  numbers: ["assets.total", "assets.idle", "potential", "card.limit"],
  texts: ["city", "grade", "card.status", "name"],
  booleans: ["vip"],
  dates: ["birthDate", "openedOn", "lastLogin", "card.dueDate"],
  textLists: ["hobbies", "badges"],
  numberLists: ["scores"],
  clocks: [],
  enums: { grade: ["gold", "silver", "base"] },
  conditions: [],
  depth: 0,
};

function parameter(value: number): Json {
  return { value, label, source: "random" };
}

function drawFact(draw: Draw, id: string, from: Readable): { readonly fact: Json; readonly adds: Partial<Readable> } {
  const base = { id, label, ...(draw.chance(0.15) ? { when: drawCondition(draw, from, 1) } : {}) };
  const made = draw.one<{ fact: Json; adds: Partial<Readable> }>(
    () => ({ fact: { ...base, kind: "bands", of: draw.pick(from.numbers), bands: [{ name: "low" }, { name: "mid", from: 2 }, { name: "top", from: 5000.25 }] }, adds: { texts: [id] } }),
    () => ({ fact: { ...base, kind: "matrix", rows: [draw.pick(from.numbers), 3], columns: [draw.pick(from.numbers), 100], values: { "high/high": "a", "high/low": "b", "low/high": "gold", "low/low": "x" }, ...(draw.chance(0.5) ? { unknown: "u" } : {}) }, adds: { texts: [id] } }),
    () => ({ fact: { ...base, kind: "classify", classes: draw.list(1, 3, (i) => ({ name: ["a", "b", "c"][i], when: drawCondition(draw, from, 1) })), ...(draw.chance(0.6) ? { otherwise: "z" } : {}) }, adds: { texts: [id] } }),
    () => {
      const fold = draw.pick(["count", "sum", "min", "max", "avg"]);
      const { range, inner, as, name } = openRange(draw, { ...from, depth: 0 }, fold === "count" ? undefined : ["holdings", "products"]);
      const of = name === "holdings" ? draw.pick([`${as}.balance`, `${as}.terms.rate`, `${as}.terms.months`]) : draw.pick([`${as}.risk`, `${as}.rate`]);
      const where = draw.chance(0.7) ? { where: draw.list(1, 2, () => drawCondition(draw, inner, 1)) } : {};
      const more = fold === "count" ? {} : { of, ...(draw.chance(0.5) ? { missing: draw.pick(["unknown", "skip"]) } : {}), ...(draw.chance(0.5) ? { empty: draw.pick([0, "unknown", "none"]) } : {}) };
      return { fact: { ...base, kind: "aggregate", fold, over: range, ...where, ...more }, adds: { numbers: [id] } };
    },
    () => ({ fact: { ...base, kind: "ratio", of: draw.pick(from.numbers), to: draw.pick(from.numbers) }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: "sum", of: draw.list(1, 2, () => draw.pick(from.numbers)), ...(draw.chance(0.4) ? { minus: [draw.pick(from.numbers)] } : {}), ...(draw.chance(0.4) ? { missing: draw.pick(["unknown", "skip"]) } : {}) }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: draw.pick(["daysSince", "daysUntil"]), date: draw.pick(from.dates), unit: draw.pick(["days", "workingDays", "months", "years"]) }, adds: { numbers: [id], clocks: [id] } }),
    () => ({ fact: { ...base, kind: "shift", date: draw.pick(from.dates), by: { [draw.pick(["days", "workingDays", "months", "years"])]: draw.whole(-13, 13) } }, adds: { dates: [id] } }),
    () => {
      const kind = draw.pick(["numbers", "texts", "dates"] as const);
      return { fact: { ...base, kind: "first", of: draw.list(1, 3, () => draw.pick(from[kind])) }, adds: { [kind]: [id] } };
    },
    () => ({ fact: { ...base, kind: "condition", when: drawCondition(draw, from, 2) }, adds: { booleans: [id] } }),
    () => ({ fact: { ...base, kind: "state", measure: draw.pick(from.numbers), levels: [{ name: "gold", from: 5000, keepFrom: 4000 }, { name: "silver", from: draw.chance(0.5) ? 4 : { param: "low" } }, { name: "base" }], graceDays: draw.whole(0, 40) }, adds: { texts: [id, `${id}.previous`, `${id}.change`], dates: [`${id}.since`], booleans: [`${id}.atRisk`] } }),
  );
  return made;
}

const task = { task: "t" };

function drawRule(draw: Draw, id: string, from: Readable): Json {
  const when = (depth: number, of = from): Json => ({ when: draw.list(1, 2, () => drawCondition(draw, of, depth)) });
  const effective = draw.chance(0.1) ? { effective: { [draw.pick(["from", "to"])]: drawDay(draw) } } : {};
  const base = { id, title: label, ...effective };
  const repeat = draw.chance(0.8) ? { repeat: draw.pick(["once", "month", "quarter", "year", "episode"]) } : {};
  return draw.one<Json>(
    () => ({ ...base, ...when(3), ...repeat, then: [task] }),
    () => ({ ...base, ...when(4), ...repeat, then: [task] }),
    () => {
      const { range, inner } = openRange(draw, { ...from, depth: 0 });
      return { ...base, kind: draw.pick(["rule", "watch"]), forEach: range, ...when(2, inner), ...repeat, then: [task] };
    },
    () => {
      const steps = draw.pick([[30, 7, 1], [7], [14, 0], [3, 1]]).map((daysBefore) => ({ daysBefore, ...task }));
      const after = draw.chance(0.4) ? [{ daysAfter: 2, ...(draw.chance(0.5) ? { forDays: 5 } : {}), ...task }] : [];
      if (draw.chance(0.5)) return { ...base, kind: "reminder", date: draw.pick(from.dates), ...(draw.chance(0.6) ? when(2) : {}), steps: [...steps, ...after] };
      const { range, inner, as } = openRange(draw, { ...from, depth: 0 }, ["holdings"]);
      return { ...base, kind: "reminder", forEach: range, date: draw.pick([`${as}.maturityDate`, `${as}.openedOn`]), ...(draw.chance(0.5) ? when(1, inner) : {}), steps: [...steps, ...after] };
    },
    () => ({ ...base, kind: "occasion", ...(draw.chance(0.75) ? { date: draw.pick(from.dates), feb29: draw.pick(["02-28", "03-01"]) } : draw.chance(0.5) ? { date: "birthDateLunar", calendar: "lunar" } : { festival: "feast", calendar: "working-days" }), daysBefore: draw.pick([0, 1, 14]), ...(draw.chance(0.4) ? when(1) : {}), then: [task] }),
    () => ({
      ...base, kind: "tier", measure: draw.pick(["assets.total", "assets.idle", "potential"]), graceDays: draw.whole(0, 40), near: 100,
      tiers: [{ name: "gold", label, from: 5000, keepFrom: 4000 }, { name: "silver", label, from: 4 }, { name: "base", label }],
      on: { upgraded: [task], downgraded: [task], atRisk: [task], near: [task] },
    }),
    () => ({
      ...base, kind: "cadence", ...(draw.chance(0.5) ? { counts: ["phone", "meeting"] } : {}), ...(draw.chance(0.5) ? { start: "openedOn" } : {}),
      every: draw.one<Json>(() => ({ days: draw.whole(1, 90) }), () => ({ fact: "grade", days: { gold: 10, silver: 40, base: 100 }, ...(draw.chance(0.5) ? { unknown: 90 } : {}) }), () => ({ rows: ["assets.total", { param: "high" }], columns: ["potential", 4], days: { "high/high": 30, "low/high": 45, "high/low": 60, "low/low": 90 }, unknown: 90 })),
      remindBefore: draw.whole(0, 7), then: [task], ...(draw.chance(0.5) ? { overdue: { after: 14, then: [task] } } : {}),
    }),
    () => ({ ...base, kind: "offer", method: "cross", ...when(2), ...(draw.chance(0.5) ? { product: { from: "products as p", where: [["p.risk", "<=", draw.whole(1, 5)]], by: "p.rate" } } : {}), then: [task] }),
  );
}

/** A value, or none: missing in one of two ways. */
function maybe<T>(draw: Draw, make: () => T): T | null | undefined {
  return draw.chance(0.12) ? null : draw.chance(0.08) ? undefined : make();
}

function money(draw: Draw): number {
  return draw.one(() => draw.whole(0, 1200), () => draw.whole(0, 900_000) / 100, () => draw.pick([4000, 4999.99, 5000, 5000.25, 5000.5, 0, 4]));
}

function drawInstant(draw: Draw): string {
  const hour = String(draw.whole(0, 23)).padStart(2, "0");
  // Nights of zone changes, too.
  const day = draw.chance(0.3) ? draw.pick(["2026-03-08", "2026-11-01", "2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04"]) : drawDay(draw);
  return `${day}T${hour}:${draw.pick(["00", "30", "59"])}:00${draw.pick(["Z", "+08:00", "-05:00", "+10:30"])}`;
}

function text(draw: Draw): string {
  return draw.chance(0.8) ? draw.pick(["a", "b", "gold"]) : draw.pick(awkwardTexts.filter((one) => one !== ""));
}

function drawRecord(draw: Draw, customerId: string, asOf: string): Json {
  const record = {
    customerId,
    city: maybe(draw, () => text(draw)),
    name: maybe(draw, () => text(draw)),
    grade: maybe(draw, () => draw.pick(["gold", "silver", "base"])),
    vip: maybe(draw, () => draw.chance(0.5)),
    assets: draw.chance(0.95) ? { total: maybe(draw, () => money(draw)), idle: maybe(draw, () => money(draw)) } : null,
    potential: maybe(draw, () => draw.whole(0, 10)),
    birthDate: maybe(draw, () => drawDay(draw, asOf)),
    birthDateLunar: maybe(draw, () => lunarDayNear(asOf, draw.pick([0, 1, 14, 15, 100, -1]))),
    openedOn: maybe(draw, () => drawDay(draw, asOf)),
    lastLogin: maybe(draw, () => drawInstant(draw)),
    card: draw.chance(0.7) ? { dueDate: maybe(draw, () => drawDay(draw, asOf)), limit: maybe(draw, () => money(draw)), status: maybe(draw, () => text(draw)) } : null,
    hobbies: maybe(draw, () => draw.list(0, 3, () => text(draw))),
    badges: maybe(draw, () => draw.list(0, 2, () => text(draw))),
    scores: maybe(draw, () => draw.list(0, 3, () => draw.whole(-2, 9))),
    holdings: maybe(draw, () => draw.list(0, 4, (i) => ({
      holdingId: `H${i}`, type: maybe(draw, () => draw.pick(["term-deposit", "fund", "loan"])), balance: maybe(draw, () => money(draw)),
      openedOn: maybe(draw, () => drawDay(draw, asOf)), maturityDate: maybe(draw, () => drawDay(draw, asOf)), terms: draw.chance(0.8) ? { rate: maybe(draw, () => draw.whole(0, 60_000) / 10_000), months: maybe(draw, () => draw.whole(1, 36)) } : null,
    }))),
    cards: maybe(draw, () => draw.list(0, 3, (i) => ({ cardId: `K'${i}`, kind: maybe(draw, () => text(draw)), issuedOn: maybe(draw, () => drawDay(draw, asOf)) }))),
    contactLog: maybe(draw, () => draw.list(0, 4, (i) => ({ contactId: `L${i}`, date: maybe(draw, () => drawDay(draw, asOf)), channel: maybe(draw, () => draw.pick(["phone", "sms", "meeting"])), outcome: maybe(draw, () => draw.pick(["reached", "not-reached", "planned", "a"])) }))),
  };
  return JSON.parse(JSON.stringify(record)) as Json;
}

function drawProduct(draw: Draw, i: number, asOf: string): Json {
  return JSON.parse(JSON.stringify({ productId: `P${i}`, type: maybe(draw, () => text(draw)), risk: maybe(draw, () => draw.whole(1, 5)), rate: maybe(draw, () => draw.whole(0, 60_000) / 10_000), closesOn: maybe(draw, () => drawDay(draw, asOf)) })) as Json;
}

/** What an earlier run may have left behind. */
function drawState(draw: Draw, rules: readonly Json[], facts: readonly Json[], asOf: string): Json {
  const levels = [...facts.filter((fact) => fact["kind"] === "state").map((fact) => String(fact["id"])), ...rules.filter((rule) => rule["kind"] === "tier").map((rule) => String(rule["id"]))];
  const lastFacts = Object.fromEntries(levels.flatMap((id) => (draw.chance(0.8) ? [
    [`${id}/level`, draw.pick(["gold", "silver", "base", "gone"])], [`${id}/since`, drawDay(draw, asOf)], [`${id}/change`, draw.pick(["upgraded", "downgraded", "none"])],
    ...(draw.chance(0.5) ? [[`${id}/previous`, draw.pick(["gold", "silver", "base"])]] : []), ...(draw.chance(0.4) ? [[`${id}/below`, drawDay(draw, asOf)]] : []),
  ] : [])));
  const subjects = ["", "H0", "H1", "K'0", "L0", "P0"];
  const episodes = Object.fromEntries(rules.flatMap((rule) => subjects.flatMap((subject) => (draw.chance(0.2) ? [[`${String(rule["id"])}\n${subject}`, drawDay(draw, asOf)]] : []))));
  return { lastFacts, episodes };
}

