import { addMonths, dayOf, daysInMonth, endOfPeriod, formatDay, monthsBetween, nextAnniversary, nextNamedDay, periodName, shiftWorkingDays, workingDaysBetween, type ShiftUnit, type Value, type ValueNode } from "@evertend/core";
import { bound, call, sql, type Sql } from "./sql.js";
import { anyOf, earliest, never, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { translateFold, translatePick } from "./translate-fold.js";
import { spellPlugin } from "./spell-plugin.js";
import { untilOfSteps } from "./until-of-steps.js";
import { readItemField } from "./read-item-field.js";

const nothing = sql`NULL`;

/** Translates a value node; dates are day numbers. */
export function translateValue(node: ValueNode, place: SqlPlace, t: SqlTranslator): SqlValue {
  switch (node.op) {
    case "const":
      return constantValue(node.value, node.type, undefined, node.param !== undefined);
    case "none":
      return constantValue(null, node.type);
    case "field":
      return node.level < 0 ? t.field(node.slot) : readItemField(place.levels[node.level], node.slot);
    case "raw":
      return t.refuse(node, "path");
    case "fact":
      return t.value(t.program.facts[node.fact]?.node ?? t.refuse(node, node.name), t.root);
    case "level":
      return t.level(node.state)[node.part];
    case "element":
      return place.elements[node.depth] ?? t.refuse(node, "element");
    case "asOf":
      return constantValue(t.asOf, "date", t.asOf);
    case "shift":
      return translateShift(node, place, t);
    case "diff":
      return translateDiff(node, place, t);
    case "anniversary":
      return translateAnniversary(node, place, t);
    case "namedDay": {
      const next = nextNamedDay(node.calendar, node.name, t.asOf);
      return constantValue(next, "date", next ?? (t.asOf < node.calendar.from ? node.calendar.from - 1 : undefined));
    }
    case "arith":
      return translateArithmetic(node, place, t);
    case "choose":
      return translateChoose(node, place, t);
    case "first":
      return translateFirst(node, place, t);
    case "fold":
      return translateFold(node, place, t);
    case "pick":
      return translatePick(node, place, t);
    case "period":
      return constantValue(periodName(t.asOf, node.unit), "text", endOfPeriod(t.asOf, node.unit));
    case "join":
      return translateJoin(node, place, t);
    case "plugin":
      return translatePluginFact(node, place, t);
  }
}

/** A fact of a plugin: its own SQL sees what is unknown or none as NULL, and says unknown by NULL. */
function translatePluginFact(node: Extract<ValueNode, { op: "plugin" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const values = node.arguments.map((one) => t.value(one, place));
  const spelled = spellPlugin(node.plugin, t.program.environment.facts.get(node.plugin)?.sql, values, t);
  if (!spelled) return t.refuse(node, node.name);
  return { sql: spelled, type: node.type === "date" ? "day" : node.type, open: true, none: false, until: earliest(...values.map((value) => value.until)), fails: anyOf(...values.map((value) => value.fails)) };
}

/** A value that is the same for all records. Parameters and texts go in as parameters of the statement. */
export function constantValue(value: Value, type: ValueNode["type"], until: SqlUntil = undefined, parameter = false): SqlValue {
  const kind = type === "date" ? "day" : type === "any" ? "text" : type;
  const rest = { type: kind, open: value === undefined, none: value === null, until, constant: { value } } as const;
  if (value === undefined || value === null || typeof value === "object") return { ...rest, sql: kind === "list" ? nothing : sql`CAST(NULL AS ${call("cast", kind)})` };
  if (typeof value === "string" || (parameter && kind !== "list")) return { ...rest, sql: bound(value, kind as "text") };
  return { ...rest, sql: typeof value === "boolean" ? (value ? sql`TRUE` : sql`FALSE`) : sql`${value}` };
}

/** Whether none of several values is there because one of them is none; for operations that then have none either. */
function noneOfAny(...values: readonly SqlValue[]): boolean | Sql {
  if (values.some((value) => value.none === true)) return true;
  return anyOf(...values.map(({ none }) => (typeof none === "boolean" ? undefined : none))) ?? false;
}

/** Two values into one: constants are worked out here, none makes none, unknown makes unknown. */
function combine(type: SqlValue["type"], a: SqlValue, b: SqlValue, constant: (x: number, y: number) => number | undefined, make: (x: Sql, y: Sql) => Sql, mayFail = false): SqlValue {
  const until = earliest(a.until, b.until);
  const [x, y] = [a.constant?.value, b.constant?.value];
  if (a.constant && b.constant) {
    const value = x === null || y === null ? null : typeof x === "number" && typeof y === "number" ? constant(x, y) : undefined;
    return constantValue(value, type === "day" ? "date" : "number", until);
  }
  return { sql: make(a.sql, b.sql), type, open: a.open || b.open || mayFail, none: noneOfAny(a, b), until, fails: anyOf(a.fails, b.fails) };
}

function translateShift(node: Extract<ValueNode, { op: "shift" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const [date, amount] = [t.value(node.date, place), t.value(node.amount, place)];
  const { unit, sign, calendar } = node;
  const constant = (day: number, by: number): number | undefined => {
    const whole = Math.trunc(by * sign);
    if (unit === "workingDays") return calendar && shiftWorkingDays(calendar, day, whole);
    return unit === "days" ? day + whole : addMonths(day, unit === "years" ? whole * 12 : whole);
  };
  const whole = wholeOf(amount, sign);
  if (unit !== "workingDays") return combine("day", date, amount, constant, (day) => shiftedDay(day, whole, unit));
  if (!calendar) return t.refuse(node, "workingDays");
  const table = t.calendar(calendar);
  return combine("day", date, amount, constant, (day) => shiftedWorkingDay(t.share(day, place), t.share(whole, place), table), true);
}

const furthestShift = 1_000_000;

/** One record with a huge amount must not end the statement for all: nothing is moved further than a million. */
export function withinReach(amount: Sql): Sql {
  return sql`(CASE WHEN ${amount} IS NOT NULL THEN LEAST(GREATEST(${amount}, ${-furthestShift}), ${furthestShift}) END)`;
}

/** An amount as whole number with its sign. */
export function wholeOf(amount: SqlValue, sign: 1 | -1): Sql {
  if (typeof amount.constant?.value === "number" && !hasBound(amount.sql)) return sql`${Math.trunc(amount.constant.value * sign)}`;
  const whole = sql`CAST(${call("trunc", withinReach(amount.sql))} AS ${call("cast", "day")})`;
  return sign > 0 ? sql`(${whole})` : sql`(-(${whole}))`;
}

function hasBound(piece: Sql): boolean {
  return piece.parts.some((part) => typeof part !== "string" && part.part === "bound");
}

/** A day moved by whole days, months or years. */
export function shiftedDay(day: Sql, by: Sql, unit: Exclude<ShiftUnit, "workingDays">): Sql {
  return unit === "days" ? sql`(${day} + ${by})` : call("addMonths", day, unit === "years" ? sql`(${by} * 12)` : by);
}

type Table = ReturnType<SqlTranslator["calendar"]>;

/** Working days up to a day; NULL outside the calendar. Lists count from 1 and begin the day before the calendar. */
export function countedTo(day: Sql, { calendar, counts }: Table): Sql {
  return call("elementAt", counts, sql`(${day} - ${calendar.from - 2})`);
}

function shiftedWorkingDay(day: Sql, by: Sql, table: Table): Sql {
  const start = countedTo(day, table);
  const worked = (place: Sql): Sql => call("elementAt", table.workingDays, place);
  return sql`CASE WHEN ${start} IS NULL THEN NULL WHEN ${by} = 0 THEN ${day} WHEN ${by} > 0 THEN ${worked(sql`(${start} + ${by})`)} WHEN ${start} + ${by} >= 0 THEN ${worked(sql`(${start} + ${by} + 1)`)} - 1 END`;
}

function translateDiff(node: Extract<ValueNode, { op: "diff" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const [from, to] = [t.value(node.from, place), t.value(node.to, place)];
  const { unit, calendar } = node;
  if (unit === "workingDays") {
    if (!calendar) return t.refuse(node, "workingDays");
    const table = t.calendar(calendar);
    return combine("number", from, to, (a, b) => workingDaysBetween(calendar, a, b), (a, b) => sql`(${countedTo(b, table)} - ${countedTo(a, table)})`, true);
  }
  const constant = (a: number, b: number): number => (unit === "days" ? b - a : unit === "months" ? monthsBetween(a, b) : Math.trunc(monthsBetween(a, b) / 12));
  return combine("number", from, to, constant, (a, b) => daysOrMonthsBetween(t.share(a, place), t.share(b, place), unit));
}

/** Days, months or years from one day to another. */
export function daysOrMonthsBetween(from: Sql, to: Sql, unit: Exclude<ShiftUnit, "workingDays">): Sql {
  if (unit === "days") return sql`(${to} - ${from})`;
  const raw = sql`((${call("yearOf", to)} - ${call("yearOf", from)}) * 12 + ${call("monthOf", to)} - ${call("monthOf", from)})`;
  const months = sql`(${raw} - CASE WHEN ${call("addMonths", from, raw)} > ${to} THEN 1 ELSE 0 END)`;
  return unit === "months" ? months : sql`CAST(${call("trunc", sql`(CAST(${months} AS ${call("cast", "number")}) / 12)`)} AS ${call("cast", "day")})`;
}

/** Where each day of the year comes back next is known beforehand: a list by month and day. */
function translateAnniversary(node: Extract<ValueNode, { op: "anniversary" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const date = t.value(node.date, place);
  const found = date.constant?.value;
  const next = (day: number): number => nextAnniversary(day, t.asOf, node.feb29);
  if (date.constant) return constantValue(typeof found === "number" ? next(found) : found === null ? null : undefined, "date", earliest(date.until, typeof found === "number" ? next(found) : undefined));
  const days = Array.from({ length: 12 * 31 }, (_, i) => {
    const [month, day] = [Math.floor(i / 31) + 1, (i % 31) + 1];
    // 2000 has a 29 February.
    return day <= daysInMonth(2000, month) ? next(dayOf(2000, month, day)) : null;
  });
  const day = t.share(date.sql, place);
  const back = t.share(call("elementAt", t.table(days), sql`((${call("monthOf", day)} - 1) * 31 + ${call("dayOfMonth", day)})`), place);
  const turns = t.wantsUntil ? sql`COALESCE(${back}, ${never})` : undefined;
  return { sql: back, type: "day", open: date.open, none: date.none, until: earliest(date.until, turns), fails: date.fails };
}

function translateArithmetic(node: Extract<ValueNode, { op: "arith" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const [left, right] = [t.value(node.left, place), t.value(node.right, place)];
  const places = node.kind === "divide" ? node.places : node.scale;
  const power = places === undefined ? undefined : 10 ** places;
  const number = (piece: Sql): Sql => sql`CAST(${piece} AS ${call("cast", "number")})`;
  // Half up, as elsewhere: what ROUND does with a half differs between databases.
  const whole = (piece: Sql): Sql => (power === undefined ? number(piece) : sql`FLOOR(${number(piece)} * ${power} + 0.5)`);
  const share = (piece: Sql): Sql => t.share(piece, place);
  switch (node.kind) {
    case "multiply":
      return combine("number", left, right, (a, b) => finite(a * b), (a, b) => sql`(${number(a)} * ${number(b)})`);
    case "divide":
      return combine("number", left, right, (a, b) => finite(b === 0 ? NaN : power === undefined ? a / b : Math.round(a * power) / Math.round(b * power)), (a, b) => sql`(${whole(a)} / NULLIF(${whole(share(b))}, 0))`, !(typeof right.constant?.value === "number" && right.constant.value !== 0));
    case "add":
    case "subtract": {
      const sign = node.kind === "add" ? 1 : -1;
      const sum = (a: number, b: number): number => (power === undefined ? a + sign * b : (Math.round(a * power) + sign * Math.round(b * power)) / power);
      return combine("number", left, right, (a, b) => finite(sum(a, b)), (a, b) => {
        const added = sign > 0 ? sql`(${whole(a)} + ${whole(b)})` : sql`(${whole(a)} - ${whole(b)})`;
        return power === undefined ? added : sql`(${added} / ${power})`;
      });
    }
  }
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}

function translateChoose(node: Extract<ValueNode, { op: "choose" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const rows = node.rows.map((row) => ({ when: t.truth(row.when, place), value: t.value(row.value, place) })).map(({ when, value }) => ({ when: { ...when, sql: t.share(when.sql, place) }, value }));
  const last = t.value(node.otherwise, place);
  const cases = (pick: (value: SqlValue) => Sql, unknown: Sql, open = true): Sql => {
    const whens = rows.map(({ when, value }) => (when.open && open ? sql`WHEN ${when.sql} IS NULL THEN ${unknown} WHEN ${when.sql} THEN ${pick(value)}` : sql`WHEN ${when.sql} THEN ${pick(value)}`));
    return whens.length === 0 ? pick(last) : sql`CASE ${whens.reduce((all, one) => sql`${all} ${one}`)} ELSE ${pick(last)} END`;
  };
  const values = [...rows.map(({ value }) => value), last];
  const none = values.every((value) => value.none === false) ? false : cases(({ none }) => (typeof none === "boolean" ? (none ? sql`TRUE` : sql`FALSE`) : none), sql`FALSE`);
  const until = untilOfSteps([
    ...rows.flatMap(({ when, value }) => [
      { stops: when.open ? sql`${when.sql} IS NULL` : undefined, until: when.until },
      { stops: when.sql, until: value.until, own: true },
    ]),
    { stops: undefined, until: last.until },
  ]);
  const fails = rows.reduceRight<Sql | undefined>((rest, { when, value }) => anyOf(when.fails, value.fails && sql`(${when.sql} IS TRUE AND ${value.fails})`, rest && sql`(${when.sql} IS FALSE AND ${rest})`), last.fails);
  const kind = node.type === "date" ? "day" : node.type;
  return { sql: cases(({ sql: value }) => value, sql`NULL`), type: kind, open: rows.some(({ when }) => when.open) || values.some((value) => value.open), none, until, fails };
}

function translateFirst(node: Extract<ValueNode, { op: "first" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const list = node.of.map((one) => t.value(one, place)).map((one) => ({ ...one, sql: t.share(one.sql, place) }));
  const none = list.some((one) => one.none === false) ? false : list.every((one) => one.none === true) ? true : list.reduce<Sql | undefined>((all, one) => (one.none === true ? all : all ? sql`${all} AND ${one.none as Sql}` : (one.none as Sql)), undefined);
  const fails = list.reduceRight<Sql | undefined>((rest, one) => anyOf(one.fails, rest && sql`(${one.sql} IS NULL AND ${rest})`), undefined);
  return {
    sql: list.length === 1 ? (list[0] as SqlValue).sql : sql`COALESCE(${list.slice(1).reduce((all, one) => sql`${all}, ${one.sql}`, (list[0] as SqlValue).sql)})`,
    type: node.type === "date" ? "day" : node.type,
    open: list.some((one) => one.open),
    none: none === undefined ? true : none instanceof Object ? sql`(${none})` : none,
    until: untilOfSteps(list.map((one) => ({ stops: sql`${one.sql} IS NOT NULL`, until: one.until }))),
    fails,
  };
}

function translateJoin(node: Extract<ValueNode, { op: "join" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const parts = node.parts.map((part) => t.value(part, place));
  const until = untilOfSteps(parts.map((part) => ({ stops: part.open && part.until !== undefined ? unknownSql(part) : undefined, until: part.until })));
  if (parts.every((part) => part.constant && part.constant.value !== undefined)) return constantValue(parts.map((part) => constantText(part)).join(""), "text", until);
  const texts = parts.map((part) => {
    const text = part.constant ? bound(constantText(part), "text") : textOf(part);
    return part.none === false || part.constant ? text : sql`CASE WHEN ${part.none === true ? sql`TRUE` : part.none} THEN '' ELSE ${text} END`;
  });
  return { sql: sql`(${texts.reduce((all, one) => sql`${all} || ${one}`)})`, type: "text", open: parts.some((part) => part.open), none: false, until, fails: anyOf(...parts.map((part) => part.fails)) };
}

function constantText({ constant, type }: SqlValue): string {
  const value = constant?.value;
  if (value === null || value === undefined) return "";
  return type === "day" && typeof value === "number" ? formatDay(value) : String(value);
}

/** A value as text in an occurrence: days as ISO, numbers as JavaScript writes them. */
export function textOf({ sql: value, type }: SqlValue): Sql {
  if (type === "day") return call("isoText", value);
  if (type === "number") return call("numberText", value);
  return type === "boolean" ? sql`CASE WHEN ${value} THEN 'true' WHEN NOT ${value} THEN 'false' END` : value;
}

/** Whether a value is unknown. */
export function unknownSql({ sql: value, none, open }: SqlValue): Sql {
  if (!open || none === true) return sql`FALSE`;
  return none === false ? sql`(${value} IS NULL)` : sql`(${value} IS NULL AND NOT ${none})`;
}
