import { clockOf, turnedComparison, type Comparison, type TruthNode, type ValueNode } from "@evertend/core";
import { Sql, call, sql } from "./sql.js";
import { anyOf, constantTruth, earliest, list, never, untilSql, type SqlTruth, type SqlUntil, type SqlValue } from "./sql-answer.js";
import { openBlock } from "./open-block.js";
import { SqlScope, type SqlBlock } from "./sql-scope.js";
import type { SqlPlace, SqlSense, SqlTranslator } from "./sql-translator.js";
import { compareValues, falseWhereNone } from "./compare-values.js";
import { spellPlugin } from "./spell-plugin.js";
import { translateBounds, type SqlBounds } from "./translate-fold.js";
import { translateClockComparison } from "./translate-clock-comparison.js";
import { unknownSql } from "./translate-value.js";

/** Translates a truth node to a Boolean that is NULL where it is unknown. */
export function translateTruth(node: TruthNode, place: SqlPlace, t: SqlTranslator): SqlTruth {
  switch (node.op) {
    case "constant":
      return constantTruth(node.value ? 1 : 0);
    case "compare":
      return translateComparison(node, place, t);
    case "in":
      return translateIn(node, place, t);
    case "and":
    case "or":
      return translateGroup(node.op, node.items.map((item) => t.truth(item, place)), place, t);
    case "not": {
      const item = t.truth(node.item, place.sense === undefined ? place : { ...place, sense: place.sense === "sure" ? "possible" : "sure" });
      if (item.constant !== undefined) return constantTruth(item.constant === 2 ? 2 : item.constant === 1 ? 0 : 1, item.until);
      return { ...item, sql: sql`(NOT ${item.sql})` };
    }
    case "named":
      return t.truth(node.item, place);
    case "present":
      return translatePresence(node, place, t);
    case "some":
    case "every":
      return translateQuantifier(node, place, t);
    case "anyOf":
    case "allOf":
      return translateElements(node, place, t);
    case "pluginTruth":
      return translateOperator(node, place, t);
  }
}

/** An operator of a plugin: false where a side has none, unknown where one is unknown; its own SQL sees neither. */
function translateOperator(node: Extract<TruthNode, { op: "pluginTruth" }>, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const values = node.arguments.map((one) => t.value(one, place));
  const spelled = spellPlugin(node.operator, t.program.environment.operators.get(node.operator)?.sql, values, t);
  if (!spelled) return t.refuse(node, node.operator);
  const until = earliest(...values.map((value) => value.until));
  const fails = anyOf(...values.map((value) => value.fails));
  if (values.some((value) => value.none === true)) return { ...constantTruth(0, until), fails };
  const there = values.filter((value) => value.open || value.none !== false).map((value) => sql`${value.sql} IS NOT NULL`);
  const asked = there.length === 0 ? spelled : sql`CASE WHEN ${there.reduce((all, one) => sql`${all} AND ${one}`)} THEN ${spelled} END`;
  const none = anyOf(...values.map((value) => (typeof value.none === "boolean" ? undefined : value.none)));
  return { sql: none ? sql`(CASE WHEN ${none} THEN FALSE ELSE ${asked} END)` : sql`(${asked})`, open: true, until, fails };
}

/** `and` is decided by FALSE, `or` by TRUE. */
function translateGroup(op: "and" | "or", items: readonly SqlTruth[], place: SqlPlace, t: SqlTranslator): SqlTruth {
  const deciding = op === "and" ? 0 : 1;
  // An answer that decides for ever is the answer, whatever comes after it; what came before may still fail.
  const end = items.findIndex((item) => item.constant === deciding && item.until === undefined);
  const looked = end < 0 ? items : items.slice(0, end + 1);
  const fails = failsOf(looked, deciding);
  if (end >= 0) return { ...constantTruth(deciding), fails };
  const rest = looked.filter((item) => !(item.constant === 1 - deciding && item.until === undefined));
  if (rest.length === 0) return { ...constantTruth(deciding === 1 ? 0 : 1), fails };
  if (rest.length === 1) return { ...(rest[0] as SqlTruth), fails };
  const timed = rest.filter((item) => item.until !== undefined);
  const shared = timed.length === 0 ? rest : rest.map((item) => ({ ...item, sql: t.share(item.sql, place), until: t.shareUntil(item.until, place) }));
  const truth = group(op, shared.map((item) => item.sql));
  const constant = shared.every((item) => item.constant !== undefined) ? groupConstant(shared.map((item) => item.constant as 0 | 1 | 2), deciding) : undefined;
  return { sql: truth, open: shared.some((item) => item.open), until: groupUntil(op, shared), fails, ...(constant === undefined ? {} : { constant }) };
}

function groupConstant(truths: readonly (0 | 1 | 2)[], deciding: 0 | 1): 0 | 1 | 2 {
  return truths.includes(deciding) ? deciding : truths.includes(2) ? 2 : deciding === 0 ? 1 : 0;
}

/** Cheap ones first: databases stop where one decides. */
function group(op: "and" | "or", pieces: readonly Sql[]): Sql {
  const distinct = [...new Map(pieces.map((piece) => [piece.key, piece] as const)).values()].sort((a, b) => Number(a.dear) - Number(b.dear));
  return distinct.length === 1 ? (distinct[0] as Sql) : sql`(${distinct.reduce((all, one) => (op === "and" ? sql`${all} AND ${one}` : sql`${all} OR ${one}`))})`;
}

/** Decided: the latest of what decides; otherwise the earliest of all. */
function groupUntil(op: "and" | "or", items: readonly SqlTruth[]): SqlUntil {
  const timed = items.filter((item) => item.until !== undefined);
  if (timed.length === 0) return undefined;
  const still = items.filter((item) => item.until === undefined);
  const decides = op === "and" ? sql`IS FALSE` : sql`IS TRUE`;
  const latest = timed.length === 1 ? untilSql(timed[0]?.until) : sql`GREATEST(${list(timed.map((item) => sql`CASE WHEN ${item.sql} ${decides} THEN ${untilSql(item.until)} ELSE ${-never} END`))})`;
  const first = earliest(...timed.map((item) => item.until));
  const forEver = still.length > 0 ? sql`WHEN ${group(op, still.map((item) => item.sql))} ${decides} THEN ${never} ` : sql``;
  if (timed.length === 1) return still.length === 0 ? first : sql`CASE ${forEver}ELSE ${latest} END`;
  return sql`CASE ${forEver}WHEN ${group(op, timed.map((item) => item.sql))} ${decides} THEN ${latest} ELSE ${untilSql(first)} END`;
}

/** Items are looked at one after the other, until one decides for ever. */
function failsOf(items: readonly SqlTruth[], deciding: 0 | 1): Sql | undefined {
  return items.reduceRight<Sql | undefined>((rest, item) => {
    if (!rest) return item.fails;
    const decided = deciding === 1 ? sql`(${item.sql}) IS TRUE` : sql`(${item.sql}) IS FALSE`;
    const ends = item.until === undefined ? decided : sql`(${decided} AND ${untilSql(item.until)} = ${never})`;
    return anyOf(item.fails, sql`(NOT (${ends}) AND ${rest})`);
  }, undefined);
}

function translateComparison(node: Extract<TruthNode, { op: "compare" }>, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const [left, right] = [t.unwrap(node.left), t.unwrap(node.right)];
  // What a derived fact is made of is the record's.
  const placeOf = (side: ValueNode, inner: ValueNode): SqlPlace => (side === inner ? place : t.root);
  if (left.op === "fold" && left.kind === "count") return compareBounds(translateBounds(left, placeOf(node.left, left), t), node.cmp, t.value(node.right, place), place.sense);
  if (right.op === "fold" && right.kind === "count") return compareBounds(translateBounds(right, placeOf(node.right, right), t), turnedComparison(node.cmp), t.value(node.left, place), place.sense);
  const [a, b] = [clockOf(left), clockOf(right)];
  if (a || b) {
    return translateClockComparison(
      { clock: a, value: a ? (a.argument ? t.value(a.argument, placeOf(node.left, left)) : undefined) : t.value(node.left, place), shown: t.value(node.left, place) },
      node.cmp,
      { clock: b, value: b ? (b.argument ? t.value(b.argument, placeOf(node.right, right)) : undefined) : t.value(node.right, place), shown: t.value(node.right, place) },
      place, t,
    );
  }
  return compareValues(t.value(node.left, place), node.cmp, t.value(node.right, place));
}

/** A count lies between two bounds: three sure items are at least two, however many more are open. */
function compareBounds(count: SqlBounds, cmp: Comparison, value: SqlValue, sense?: SqlSense): SqlTruth {
  const until = earliest(count.until, value.until);
  const fails = anyOf(count.fails, value.fails);
  if (value.none === true) return { ...constantTruth(0, until), fails };
  const sign = new Sql([cmp]);
  if (sense !== undefined && cmp !== "=" && !fails && until === undefined) {
    // The bound that is against what is wanted decides alone.
    const bound = (cmp === ">" || cmp === ">=") === (sense === "sure") ? count.low() : count.high();
    return compareValues({ sql: bound, type: "number", open: count.open, none: false, until: undefined }, cmp, value);
  }
  const [low, high] = [count.low(), count.high()];
  const plain: SqlValue = { sql: low, type: "number", open: count.open, none: false, until: count.until };
  if (low.key === high.key) return { ...compareValues(plain, cmp, value), until, fails };
  const operation = cmp === "="
    ? sql`CASE WHEN ${low} = ${high} THEN ${low} = ${value.sql} WHEN ${value.sql} < ${low} OR ${value.sql} > ${high} THEN FALSE END`
    : sql`CASE WHEN (${low} ${sign} ${value.sql}) = (${high} ${sign} ${value.sql}) THEN ${low} ${sign} ${value.sql} END`;
  return { sql: falseWhereNone(operation, plain, value), open: true, until, fails };
}

function translateIn(node: Extract<TruthNode, { op: "in" }>, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const value = t.value(node.value, place);
  if (node.list.op === "const") {
    const items = node.list.value as readonly (string | number)[];
    if (value.constant) return constantTruth(value.constant.value === undefined ? 2 : items.includes(value.constant.value as string) ? 1 : 0, value.until);
    const fitting = [...new Set(items)].filter((item) => (typeof item === "string") === (value.type === "text"));
    if (value.none === true || fitting.length === 0) {
      const open = value.open ? sql`(CASE WHEN NOT ${unknownSql(value)} THEN FALSE END)` : sql`FALSE`;
      return { sql: open, open: value.open, until: value.until, fails: value.fails };
    }
    const among = list(fitting.map((item) => t.value({ op: "const", type: typeof item === "string" ? "text" : "number", value: item }, place).sql));
    return { sql: falseWhereNone(sql`${value.sql} IN (${among})`, value), open: value.open, until: value.until, fails: value.fails };
  }
  const all = t.value(node.list, place);
  const until = earliest(value.until, all.until);
  const fails = anyOf(value.fails, all.fails);
  if (value.none === true || all.none === true) return { ...constantTruth(0, until), fails };
  return { sql: falseWhereNone(call("contains", all.sql, value.sql), value, all), open: value.open || all.open, until, fails };
}

function translatePresence(node: Extract<TruthNode, { op: "present" }>, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const inner = t.unwrap(node.value);
  const clock = clockOf(inner);
  // Whether there is a day count hangs on its date alone.
  const value = clock?.argument && !clock.calendar ? t.value(clock.argument, inner === node.value ? place : t.root) : t.value(node.value, place);
  if (value.constant) return constantTruth(value.constant.value === undefined || value.constant.value === null ? 0 : 1, value.until);
  return { sql: sql`(${value.sql} IS NOT NULL)`, open: false, until: value.until, fails: value.fails };
}

function translateQuantifier(node: Extract<TruthNode, { op: "some" | "every" }>, place: SqlPlace, t: SqlTranslator): SqlTruth {
  const { block, known, inner } = openBlock(node.range, place, t);
  const where = t.truth(node.where, inner);
  if (place.sense !== undefined && !where.fails) return decideBySense(node.op === "some", where, { block, known, place, sense: place.sense });
  return decideItems(node.op === "some", where, { block, known, inner, place, t, early: true });
}

/** With one look at the items: which of them decides is all there is to see. */
function decideBySense(some: boolean, { sql: truth }: SqlTruth, { block, known, place, sense }: { readonly block: SqlBlock; readonly known: Sql | undefined; readonly place: SqlPlace; readonly sense: SqlSense }): SqlTruth {
  const any = (decides: Sql): Sql => place.scope.aggregate(block, "any", decides);
  // What unknown items could do counts only where it is against what is wanted.
  const surely = some === (sense === "sure");
  const decides = surely ? (some ? truth : sql`(NOT ${truth})`) : some ? sql`((${truth}) IS NOT FALSE)` : sql`((${truth}) IS NOT TRUE)`;
  const found = surely ? any(decides) : sql`COALESCE(${any(decides)}, FALSE)`;
  const answer = some ? found : sql`(NOT ${found})`;
  return { sql: surely || !known ? answer : sql`(CASE WHEN ${known} THEN ${answer} END)`, open: true, until: undefined };
}

interface ItemsToDecide {
  readonly block: SqlBlock;
  readonly known: Sql | undefined;
  readonly inner: SqlPlace;
  readonly place: SqlPlace;
  readonly t: SqlTranslator;
  /** The first item that decides for ever ends the look. */
  readonly early: boolean;
}

/** Whether some (all) items fulfil a truth. */
function decideItems(some: boolean, where: SqlTruth, { block, known, inner, place, t, early }: ItemsToDecide): SqlTruth {
  const truth = t.share(where.sql, inner);
  const figure = (kind: "any" | "min" | "max", value: Sql): Sql => place.scope.aggregate(block, kind, value);
  const decides = some ? truth : sql`(NOT ${truth})`;
  const any = figure("any", decides);
  const anyOpen = where.open ? figure("any", sql`(${truth}) IS NULL`) : undefined;
  const unknown = known ? sql`WHEN NOT ${known} THEN NULL ` : sql``;
  const open = anyOpen ? sql`WHEN ${anyOpen} THEN NULL ` : sql``;
  const [yes, no] = some ? [sql`TRUE`, sql`FALSE`] : [sql`FALSE`, sql`TRUE`];
  const fails = where.fails && sql`COALESCE(${figure("any", where.fails)}, FALSE)`;
  let until: SqlUntil;
  if (where.until !== undefined) {
    const each = untilSql(where.until);
    const latest = figure("max", sql`CASE WHEN ${decides} THEN ${each} END`);
    until = early ? sql`COALESCE(${latest}, ${figure("min", each)}, ${never})` : sql`COALESCE(${figure("min", each)}, ${never})`;
  }
  const answer = !known && !anyOpen ? (some ? sql`COALESCE(${any}, FALSE)` : sql`NOT COALESCE(${any}, FALSE)`) : sql`CASE ${unknown}WHEN ${any} THEN ${yes} ${open}ELSE ${no} END`;
  return { sql: sql`(${answer})`, open: known !== undefined || where.open, until, fails };
}

function translateElements(node: Extract<TruthNode, { op: "anyOf" | "allOf" }>, { sense: _any, ...place }: SqlPlace, t: SqlTranslator): SqlTruth {
  const all = t.value(node.list, place);
  const some = node.op === "anyOf";
  const type = all.elements ?? "text";
  if (all.none === true) return constantTruth(0, all.until);
  if (all.constant) {
    // A list that stands in the pack: one truth an element.
    const values = all.constant.value as readonly (string | number)[];
    const truths = values.map((value) => t.truth(node.where, { ...place, elements: withElement(place, node.depth, t.value({ op: "const", type: typeof value === "string" ? "text" : "number", value }, place)) }));
    const until = earliest(...truths.map((truth) => truth.until));
    return { ...translateGroup(some ? "or" : "and", truths.map((truth) => ({ ...truth, until: undefined })), place, t), until };
  }
  const scope = new SqlScope(place.scope);
  const block: SqlBlock = { scope, outer: place.scope, items: { kind: "list", list: all.sql, path: () => [] } };
  const raw = new Sql([{ part: "item", scope, path: [] }]);
  const element: SqlValue = { sql: type === "number" ? sql`CAST(${raw} AS ${call("cast", "number")})` : raw, type, open: true, none: false, until: undefined };
  const inner: SqlPlace = { scope, levels: place.levels, elements: withElement(place, node.depth, element) };
  const unknown = all.open ? unknownSql(all) : undefined;
  const found = decideItems(some, t.truth(node.where, inner), { block, known: unknown && sql`(NOT ${unknown})`, inner, place, t, early: false });
  const none = typeof all.none === "boolean" ? undefined : all.none;
  return { ...found, sql: none ? sql`(CASE WHEN ${none} THEN FALSE ELSE ${found.sql} END)` : found.sql, until: earliest(all.until, found.until), fails: anyOf(all.fails, found.fails) };
}

function withElement(place: SqlPlace, depth: number, element: SqlValue): readonly SqlValue[] {
  return [...place.elements.slice(0, depth), element];
}
