import { Draw } from "./draw.js";
import { lunarCalendar, lunarDayNear } from "./lunar-calendar.js";
import { addReadable, awkwardTexts, comparisons, drawCondition, drawDay, drawSpans, itemFields, openRange, type Edges, type Readable } from "./random-condition.js";

type Json = Readonly<Record<string, unknown>>;

/** A fragment of a pack over the corpus's base, records, states and a context: all from one seed. */
export interface RandomCase {
  readonly pack: Json;
  readonly asOf: string;
  readonly context: Json | undefined;
  readonly people: readonly { readonly record: Json; readonly state: Json | undefined }[];
}

/** Ends of months that come sooner than those around them. */
const shortMonthEnds = ["2026-02-28", "2026-04-30", "2026-06-30", "2026-09-30", "2026-11-30", "2026-02-28", "2027-02-28", "2028-02-29", "2028-02-28"];
const zones = ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe"];
const label = { "zh-CN": "项", en: "thing" };

/** Makes pack, people and day from a seed. */
export function randomCase(seed: number, people: number): RandomCase {
  const draw = new Draw(seed);
  const facts: Json[] = [];
  const asOf = draw.chance(0.3) ? draw.pick(shortMonthEnds) : drawDay(draw);
  const spans = drawSpans(draw);
  const near: Edges = { day: asOf, spans };
  let readable: Readable = { ...fields, spans };
  for (let i = 0; i < draw.whole(0, 7); i++) {
    const { fact, adds } = drawFact(draw, `f${i}`, readable);
    facts.push(fact);
    // Named thrice, so that they are read as often as fields.
    for (let times = 0; times < 3; times++) readable = addReadable(readable, adds);
  }
  for (let i = 0; i < draw.whole(0, 3); i++) {
    const { fact, collection, adds } = drawItemFact(draw, `x${i}`, readable);
    facts.push(fact);
    const known = readable.ofItems[collection] ?? {};
    const both = (key: "numbers" | "texts" | "booleans" | "dates"): readonly string[] => [...(known[key] ?? []), ...(adds[key] ?? [])];
    readable = { ...readable, ofItems: { ...readable.ofItems, [collection]: { numbers: both("numbers"), texts: both("texts"), booleans: both("booleans"), dates: both("dates") } } };
  }
  const conditions = Object.fromEntries(draw.list(0, 2, (i) => [`c${i}`, drawCondition(draw, readable, 2)] as const));
  const all = { ...readable, conditions: Object.keys(conditions) };
  const edges = draw.list(3, 6, (i) => drawEdge(draw, `e${i}`, { ...fields, spans }));
  facts.push(...edges.flatMap(({ fact }) => (fact ? [fact] : [])));
  const rules = [...draw.list(1, 5, (i) => drawRule(draw, `r${i}`, all)), ...edges.map(({ rule }) => rule)];
  const hasState = draw.chance(0.6);
  const pack = {
    model: { zone: draw.pick(zones) },
    parameters: { low: parameter(1), high: parameter(5000.5), days: parameter(30) },
    ...(Object.keys(conditions).length > 0 ? { conditions } : {}),
    ...(facts.length > 0 ? { facts } : {}),
    policy: { suitability },
    calendars: { "working-days": { from: draw.pick(["2024-01-01", "2025-06-01", "2026-01-01"]), to: draw.pick(["2026-12-31", "2027-06-30", "2028-12-31"]), off: ["2026-01-01", "2026-10-01", "2026-10-02"], on: ["2026-10-10", "2026-02-14"], named: { feast: [...new Set(["2026-02-17", "2026-12-31", "2027-02-06", ...(asOf >= "2026-01-01" && asOf <= "2026-12-31" && draw.chance(0.3) ? [asOf] : [])])].sort() } }, ...(rules.some((rule) => rule["calendar"] === "lunar") ? { lunar: lunarCalendar } : {}) },
    rules,
  };
  return {
    pack,
    asOf,
    context: draw.chance(0.85) ? { products: draw.list(0, 4, (i) => drawProduct(draw, i, near)), ...(draw.chance(0.9) ? { peers: draw.list(0, 5, (i) => drawPeer(draw, i)) } : {}) } : undefined,
    people: Array.from({ length: people }, (_, i) => ({ record: drawRecord(draw, String(i + 1), near), state: hasState && draw.chance(0.8) ? drawState(draw, rules, facts, near) : undefined })),
  };
}

const fields: Omit<Readable, "spans"> = {
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
  ofItems: {},
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
    () => {
      const unit = draw.pick(["days", "workingDays", "months", "years"] as const);
      return { fact: { ...base, kind: "shift", date: draw.pick(from.dates), by: { [unit]: draw.pick(from.spans[unit]) } }, adds: { dates: [id] } };
    },
    () => {
      const kind = draw.pick(["numbers", "texts", "dates"] as const);
      return { fact: { ...base, kind: "first", of: draw.list(1, 3, () => draw.pick(from[kind])) }, adds: { [kind]: [id] } };
    },
    () => ({ fact: { ...base, kind: "condition", when: drawCondition(draw, from, 2) }, adds: { booleans: [id] } }),
    () => ({ fact: { ...base, kind: "score", categories: drawCategories(draw, from.numbers), ...(draw.chance(0.3) ? { missing: "zero" } : {}) }, adds: { numbers: [id, `${id}.now`, `${id}.later`] } }),
    () => ({ fact: { ...base, kind: "population", of: "potential", over: "peers as peer", ...(draw.chance(0.4) ? { where: [["peer.city", "=", { fact: "city" }]] } : {}), give: draw.pick(["rank", "share", "size"]), ...(draw.chance(0.5) ? { order: "ascending" } : {}), ...(draw.chance(0.5) ? { ties: "worst" } : {}) }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: "state", measure: draw.pick(from.numbers), levels: [{ name: "gold", from: 5000, keepFrom: 4000 }, { name: "silver", from: draw.chance(0.5) ? 4 : { param: "low" } }, { name: "base" }], graceDays: draw.whole(0, 40) }, adds: { texts: [id, `${id}.previous`, `${id}.change`], dates: [`${id}.since`], booleans: [`${id}.atRisk`] } }),
  );
  return made;
}

/** Two categories of a score, of which one has two indicators. */
function drawCategories(draw: Draw, numbers: readonly string[]): readonly Json[] {
  const indicator = (id: string, weight: number): Json => ({
    id, weight, of: draw.pick(numbers),
    ...draw.one<Json>(() => ({ bands: [{ points: draw.whole(0, 20) }, { from: 4, points: 40.5 }, { from: 5000.25, points: 100 }] }), () => ({ linear: { from: draw.whole(-2, 3), to: draw.pick([10, 100, 5000.5]), high: 100, ...(draw.chance(0.3) ? { low: 12.5 } : {}) } })),
  });
  return [{ id: "now", weight: 62.5, indicators: [indicator("a", 33.33), indicator("b", 66.67)] }, { id: "later", weight: 37.5, indicators: [indicator("c", 100)] }];
}

/** A fact of each item of a collection. */
function drawItemFact(draw: Draw, id: string, from: Readable): { readonly fact: Json; readonly collection: string; readonly adds: Partial<Readable> } {
  const collection = draw.pick(Object.keys(itemFields).filter((name) => name !== "products"));
  const as = draw.pick(["i0", "one"]);
  const { inner } = openRange(draw, { ...from, depth: 0 }, [collection]);
  const renamed = JSON.parse(JSON.stringify(inner).replaceAll('"i0.', `"${as}.`)) as Readable;
  const own = (list: readonly string[]): readonly string[] => list.filter((name) => name.startsWith(`${as}.`));
  const date = draw.pick(own(renamed.dates));
  // Its condition reads names as they are inside; ranges in it are named anew.
  const condition = (levels: number): unknown => drawCondition(draw, { ...renamed, depth: 1, conditions: [] }, levels);
  const base = { id, label, forEach: `${collection} as ${as}`, ...(draw.chance(0.15) ? { when: condition(1) } : {}) };
  const number = (): string => draw.pick(own(renamed.numbers).length > 0 && draw.chance(0.8) ? own(renamed.numbers) : renamed.numbers);
  const unit = (["days", "workingDays", "months", "years"] as const)[draw.whole(0, 3)] as "days";
  const made = draw.one<{ fact: Json; adds: Partial<Readable> }>(
    () => ({ fact: { ...base, kind: "shift", date, by: { [unit]: draw.chance(0.2) ? { fact: number() } : draw.pick(from.spans[unit]) } }, adds: { dates: [id] } }),
    () => ({ fact: { ...base, kind: draw.pick(["daysSince", "daysUntil"]), date, unit }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: "bands", of: number(), bands: [{ name: "low" }, { name: "top", from: 5 }] }, adds: { texts: [id] } }),
    () => ({ fact: { ...base, kind: "classify", classes: [{ name: "a", when: condition(1) }, { name: "b", when: condition(1) }], ...(draw.chance(0.6) ? { otherwise: "z" } : {}) }, adds: { texts: [id] } }),
    () => ({ fact: { ...base, kind: "condition", when: condition(2) }, adds: { booleans: [id] } }),
    () => ({ fact: { ...base, kind: "ratio", of: number(), to: number() }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: "sum", of: [number(), number()] }, adds: { numbers: [id] } }),
    () => ({ fact: { ...base, kind: "first", of: draw.list(1, 3, () => draw.pick(renamed.dates)) }, adds: { dates: [id] } }),
  );
  return { ...made, collection };
}

/** A rule of one condition about one date: whatever the others hide, this one shows. */
function drawEdge(draw: Draw, id: string, from: Readable): { readonly fact?: Json; readonly rule: Json } {
  const each = draw.chance(0.6) ? openRange(draw, from, [draw.pick(["holdings", "holdings", "cards", "contactLog"])]) : undefined;
  const date = draw.pick(each ? each.inner.dates.filter((name) => name.startsWith(`${each.as}.`)) : from.dates);
  const unit = draw.pick(["days", "workingDays", "months", "months", "months", "years"] as const);
  const span = (): number => draw.pick(from.spans[unit]);
  const base = { id, title: label, ...(each ? { forEach: each.range } : {}), repeat: draw.pick(["once", "month", "quarter"]), then: [task] };
  const fact = { id: `${id}d`, label, ...(each ? { forEach: each.range } : {}), date };
  const name = each ? `${each.as}.${id}d` : `${id}d`;
  const cmp = draw.pick(comparisons);
  return draw.one<{ fact?: Json; rule: Json }>(
    () => ({ rule: { ...base, when: [[date, cmp, { asOf: { [unit]: span() } }]] } }),
    () => ({ rule: { ...base, when: [unit === "years" ? [date, draw.pick(["moreThanDaysAgo", "moreThanDaysAhead"]), Math.abs(draw.pick(from.spans.days))] : [date, `within${draw.pick(["Next", "Last"])}${unit.replace(/^./, (first) => first.toUpperCase())}`, Math.abs(draw.pick(from.spans[unit]))]] } }),
    () => ({ fact: { ...fact, kind: draw.pick(["daysSince", "daysUntil"]), unit }, rule: { ...base, when: [[name, cmp, span()]] } }),
    () => ({ fact: { ...fact, kind: draw.pick(["daysSince", "daysUntil"]), unit: draw.pick(["workingDays", "months"]) }, rule: { ...base, when: [[name, cmp, draw.whole(-2, 3)]] } }),
    () => ({ rule: { id, title: label, kind: "tier", measure: "assets.total", graceDays: Math.abs(draw.pick(from.spans.days)), tiers: [{ name: "gold", label, from: 5000, keepFrom: 4000 }, { name: "silver", label, from: 4 }, { name: "base", label }], on: { downgraded: [task], atRisk: [task] } } }),
    () => ({ fact: { ...fact, kind: "shift", by: { [unit]: span() } }, rule: { ...base, when: [[name, cmp, { asOf: {} }]] } }),
    () => ({ rule: { id, title: label, ...(each ? { forEach: each.range } : {}), kind: "reminder", date, steps: [{ daysBefore: draw.pick([30, 14]), ...task }, { daysBefore: draw.pick([0, 1]), ...task }] } }),
    () => ({ rule: { id, title: label, kind: "occasion", ...(draw.chance(0.7) ? { date: draw.pick(from.dates), feb29: draw.pick(["02-28", "03-01"]) } : { festival: "feast", calendar: "working-days" }), daysBefore: draw.pick([0, 0, 1, 30]), then: [task] } }),
  );
}

const task = { task: "t" };
/** Held by policy, after a rule is true: here it must not change what is. */
const suitability = { fit: { productRisk: "product.risk", customerRatings: ["potential"], assessedOn: "openedOn", validMonths: 12, careAge: 65, highRisk: 4, birthDate: "birthDate" } };

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
    () => ({
      ...base, kind: "event", over: "products as i0", ...(draw.chance(0.5) ? { date: "i0.closesOn", notice: draw.pick([7, 14, 30]), lastDay: draw.whole(0, 7) } : { launched: "i0.closesOn", openFor: draw.whole(1, 30) }),
      ...(draw.chance(0.5) ? { audience: drawCondition(draw, { ...from, depth: 1 }, 1) } : {}), ...(draw.chance(0.5) ? { seats: "i0.risk" } : {}), then: [task],
    }),
    () => ({
      ...base, kind: "case", over: "contactLog as i0", step: "i0.outcome", opened: "i0.date", answered: "i0.date", since: "i0.date",
      workflow: { steps: [{ id: "planned", next: ["reached"], within: draw.whole(0, 3) }, { id: "reached", answers: true, next: ["not-reached"], within: 5 }, { id: "not-reached", revisits: true, ends: true }] },
      answerWithin: Math.abs(draw.pick(from.spans.workingDays)), remindBefore: draw.whole(0, 2), revisitAfter: Math.abs(draw.pick(from.spans.days)), revisitFor: draw.whole(1, 20),
      on: { due: [task], breached: [task], slow: [task], revisit: [task] },
    }),
    () => ({
      ...base, kind: "scorecard", ...(draw.chance(0.7) ? { current: "grade" } : {}),
      grades: [{ name: "gold", label, ...when(2), ...(draw.chance(0.5) ? { keepWhen: [drawCondition(draw, from, 1)] } : {}) }, { name: "silver", label, ...when(1) }, { name: "base", label }],
      on: { reached: [task], missed: [task], downgraded: [task] },
    }),
    () => {
      const each = draw.chance(0.4) ? openRange(draw, { ...from, depth: 0 }, ["holdings", "cards"]) : undefined;
      const inner = each?.inner ?? from;
      return { ...base, kind: "offer", method: draw.pick(["repeat", "cross", "up"]), ...(each ? { forEach: each.range } : {}), ...when(2, inner), ...repeat, ...drawProductKeys(draw, inner), then: [task] };
    },
  );
}

/** Which product an offer takes, by what order, and what policy has to say of it. */
function drawProductKeys(draw: Draw, from: Readable): Json {
  if (draw.chance(0.2)) return {};
  const { range, inner, as } = openRange(draw, from, ["products"]);
  const by = draw.chance(0.8) ? { by: draw.pick([`${as}.rate`, `${as}.risk`, `${as}.closesOn`, `${as}.type`]), ...(draw.chance(0.5) ? { order: draw.pick(["ascending", "descending"]) } : {}) } : {};
  return { product: { from: range, ...(draw.chance(0.8) ? { where: draw.list(1, 2, () => drawCondition(draw, inner, 1)) } : {}), ...by }, ...(draw.chance(0.5) ? { suitability: "fit" } : {}) };
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

function drawRecord(draw: Draw, customerId: string, near: Edges): Json {
  const record = {
    customerId,
    city: maybe(draw, () => text(draw)),
    name: maybe(draw, () => text(draw)),
    grade: maybe(draw, () => draw.pick(["gold", "silver", "base"])),
    vip: maybe(draw, () => draw.chance(0.5)),
    assets: draw.chance(0.95) ? { total: maybe(draw, () => money(draw)), idle: maybe(draw, () => money(draw)) } : null,
    potential: maybe(draw, () => draw.whole(0, 10)),
    birthDate: maybe(draw, () => drawDay(draw, near)),
    birthDateLunar: maybe(draw, () => lunarDayNear(near.day, draw.pick([0, 1, 14, 15, 100, -1]))),
    openedOn: maybe(draw, () => drawDay(draw, near)),
    lastLogin: maybe(draw, () => drawInstant(draw)),
    card: draw.chance(0.7) ? { dueDate: maybe(draw, () => drawDay(draw, near)), limit: maybe(draw, () => money(draw)), status: maybe(draw, () => text(draw)) } : null,
    hobbies: maybe(draw, () => draw.list(0, 3, () => text(draw))),
    badges: maybe(draw, () => draw.list(0, 2, () => text(draw))),
    scores: maybe(draw, () => draw.list(0, 3, () => draw.whole(-2, 9))),
    holdings: maybe(draw, () => draw.list(0, 4, (i) => ({
      holdingId: `H${i}`, type: maybe(draw, () => draw.pick(["term-deposit", "fund", "loan"])), balance: maybe(draw, () => money(draw)),
      openedOn: maybe(draw, () => drawDay(draw, near)), maturityDate: maybe(draw, () => drawDay(draw, near)), terms: draw.chance(0.8) ? { rate: maybe(draw, () => draw.whole(0, 60_000) / 10_000), months: maybe(draw, () => draw.whole(1, 36)) } : null,
    }))),
    cards: maybe(draw, () => draw.list(0, 3, (i) => ({ cardId: `K'${i}`, kind: maybe(draw, () => text(draw)), issuedOn: maybe(draw, () => drawDay(draw, near)) }))),
    contactLog: maybe(draw, () => draw.list(0, 4, (i) => ({ contactId: `L${i}`, date: maybe(draw, () => drawDay(draw, near)), channel: maybe(draw, () => draw.pick(["phone", "sms", "meeting"])), outcome: maybe(draw, () => draw.pick(["reached", "not-reached", "planned", "a"])) }))),
  };
  return JSON.parse(JSON.stringify(record)) as Json;
}

function drawProduct(draw: Draw, i: number, near: Edges): Json {
  return JSON.parse(JSON.stringify({ productId: `P${i}`, type: maybe(draw, () => text(draw)), risk: maybe(draw, () => draw.whole(1, 5)), rate: maybe(draw, () => draw.whole(0, 60_000) / 10_000), closesOn: maybe(draw, () => drawDay(draw, near)) })) as Json;
}

/** One of those whom a record is ranked among: the ids are records', too. */
function drawPeer(draw: Draw, i: number): Json {
  return JSON.parse(JSON.stringify({ peerId: String(i + 1), city: maybe(draw, () => text(draw)), potential: maybe(draw, () => draw.whole(0, 10)) })) as Json;
}

/** Since when a level is not kept: about as long ago as its days of grace, or any day. */
function drawBelow(draw: Draw, near: Edges, level: Json | undefined): string {
  const grace = level?.["graceDays"];
  if (typeof grace !== "number" || draw.chance(0.3)) return drawDay(draw, near);
  return new Date(Date.parse(near.day) - (grace + draw.whole(-1, 1)) * 86_400_000).toISOString().slice(0, 10);
}

/** What an earlier run may have left behind. */
function drawState(draw: Draw, rules: readonly Json[], facts: readonly Json[], near: Edges): Json {
  const levels = [...facts.filter((fact) => fact["kind"] === "state").map((fact) => String(fact["id"])), ...rules.filter((rule) => rule["kind"] === "tier").map((rule) => String(rule["id"]))];
  const lastFacts = Object.fromEntries(levels.flatMap((id) => (draw.chance(0.8) ? [
    [`${id}/level`, draw.pick(["gold", "silver", "base", "gone"])], [`${id}/since`, drawDay(draw, near)], [`${id}/change`, draw.pick(["upgraded", "downgraded", "none"])],
    ...(draw.chance(0.5) ? [[`${id}/previous`, draw.pick(["gold", "silver", "base"])]] : []), ...(draw.chance(0.4) ? [[`${id}/below`, drawBelow(draw, near, [...facts, ...rules].find((one) => one["id"] === id))]] : []),
  ] : [])));
  const subjects = ["", "H0", "H1", "K'0", "L0", "P0"];
  const episodes = Object.fromEntries(rules.flatMap((rule) => subjects.flatMap((subject) => (draw.chance(0.2) ? [[`${String(rule["id"])}\n${subject}`, drawDay(draw, near)]] : []))));
  return { lastFacts, episodes };
}

