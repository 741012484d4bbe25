import type { ValueNode } from "@evertend/core";
import { call, sql, type Sql } from "./sql.js";
import { anyOf, earliest, never, untilSql, type SqlTruth, type SqlUntil, type SqlValue } from "./sql-answer.js";
import type { SqlAggregate } from "./sql-dialect.js";
import { openBlock, type OpenedBlock } from "./open-block.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";

type Fold = Extract<ValueNode, { op: "fold" }>;

/** Between which numbers a count lies. */
export interface SqlBounds {
  /** NULL where the items are not known. */
  low(): Sql;
  high(): Sql;
  /** The two may differ, or be unknown. */
  readonly open: boolean;
  readonly until: SqlUntil;
  readonly fails: Sql | undefined;
}

/** Opens the items of a node and works out its condition for each. */
function openWhere(node: Extract<ValueNode, { op: "fold" | "pick" }>, place: SqlPlace, t: SqlTranslator): OpenedBlock & { readonly where: SqlTruth; readonly figure: (kind: SqlAggregate, value: Sql) => Sql } {
  const opened = openBlock(node.range, place, t);
  const found = t.truth(node.where, opened.inner);
  return { ...opened, where: found, figure: (kind, value) => place.scope.aggregate(opened.block, kind, value) };
}

/** Items that are surely in a count, and those that may be. */
export function translateBounds(node: Fold, place: SqlPlace, t: SqlTranslator): SqlBounds {
  const { where, known, figure, inner } = openWhere(node, { ...place, sense: undefined }, t);
  const always = where.constant === 1;
  // With full answers the truth is read for both bounds and for the day on which it turns.
  const truth = t.wantsUntil ? t.share(where.sql, inner) : where.sql;
  const ifKnown = (count: Sql): Sql => (known ? sql`CASE WHEN ${known} THEN ${count} END` : count);
  const low = (): Sql => ifKnown(figure("count", always ? sql`1` : sql`CASE WHEN ${truth} THEN 1 END`));
  const high = (): Sql => (where.open ? ifKnown(figure("count", sql`CASE WHEN (${truth}) IS NOT FALSE THEN 1 END`)) : low());
  const until = where.until === undefined ? undefined : sql`COALESCE(${figure("min", untilSql(where.until))}, ${never})`;
  return { low, high, open: where.open || known !== undefined, until, fails: where.fails && sql`COALESCE(${figure("any", where.fails)}, FALSE)` };
}

/** A figure over the items of a collection. */
export function translateFold(node: Fold, place: SqlPlace, t: SqlTranslator): SqlValue {
  return node.kind === "count" ? translateCount(node, place, t) : translateFigure(node, place, t);
}

function translateCount(node: Fold, place: SqlPlace, t: SqlTranslator): SqlValue {
  const { open, until, fails, ...bounds } = translateBounds(node, place, t);
  const [low, high] = [bounds.low(), bounds.high()];
  return { sql: open && low.key !== high.key ? sql`CASE WHEN ${low} = ${high} THEN ${low} END` : low, type: "number", open, none: false, until, fails };
}

function translateFigure(node: Fold, place: SqlPlace, t: SqlTranslator): SqlValue {
  const { where, known, figure, inner } = openWhere(node, place, t);
  const amount = t.value(node.value as ValueNode, inner);
  const truth = t.share(where.sql, inner);
  const given = t.share(amount.sql, inner);
  const exact = node.scale !== undefined;
  const power = 10 ** (node.scale ?? 0);
  const best = node.kind === "min" || node.kind === "max";
  const counted = where.constant === 1 ? given : sql`CASE WHEN ${truth} THEN ${given} END`;
  const count = figure("count", counted);
  // What is computed may be of any size: beyond what whole numbers hold it is cut, and the sum is too large in any case.
  const held = node.value?.op === "field" ? sql`${counted} * ${power}` : sql`CASE WHEN ${counted} IS NOT NULL THEN LEAST(GREATEST(${counted} * ${power}, -1e17), 1e17) END`;
  const scaled = exact ? sql`CAST(ROUND(${held}) AS ${call("cast", "exact")})` : counted;
  const total = best ? figure(node.kind, counted) : figure(exact ? "sum" : "sumOfDoubles", scaled);
  // An item that may or may not be in it leaves the figure open, and so does one that is in it without an amount.
  const holes = node.missing === "unknown" && amount.open;
  const lacks = amount.none === false ? sql`${given} IS NULL` : amount.none === true ? sql`FALSE` : sql`${given} IS NULL AND NOT ${amount.none}`;
  const hole = where.open || holes ? figure("any", holes ? sql`(${truth}) IS NULL OR ((${truth}) AND ${lacks})` : sql`(${truth}) IS NULL`) : undefined;
  const empty = node.empty === "unknown" ? undefined : t.value(node.empty, place);
  const number = (piece: Sql): Sql => sql`CAST(${piece} AS ${call("cast", "number")})`;
  const result = best ? total : node.kind === "sum" ? sql`${number(total)} / ${power}` : sql`${number(total)} / (${number(count)} * ${power})`;
  const unknown = anyOf(known && sql`NOT ${known}`, hole && sql`COALESCE(${hole}, FALSE)`);
  const plain = node.kind === "sum" && !exact ? total : result;
  const value = sql`CASE ${unknown ? sql`WHEN ${unknown} THEN NULL ` : sql``}WHEN ${count} = 0 THEN ${empty?.sql ?? sql`NULL`} ELSE ${plain} END`;
  const hasNone = empty !== undefined && empty.none !== false;
  const none = hasNone ? sql`(${unknown ? sql`NOT ${unknown} AND ` : sql``}${count} = 0${empty.none === true ? sql`` : sql` AND ${empty.none}`})` : false;
  const each = earliest(where.until, amount.until === undefined ? undefined : sql`CASE WHEN (${truth}) IS NOT FALSE THEN ${untilSql(amount.until)} ELSE ${never} END`);
  const until = each === undefined ? undefined : sql`COALESCE(${figure("min", untilSql(each))}, ${never})`;
  const tooLarge = exact && !best ? sql`(${unknown ? sql`NOT ${unknown} AND ` : sql``}COALESCE(ABS(${total}) > ${Number.MAX_SAFE_INTEGER}, FALSE))` : undefined;
  const inside = anyOf(where.fails, amount.fails && sql`((${truth}) IS NOT FALSE AND ${amount.fails})`);
  const fails = anyOf(inside && sql`COALESCE(${figure("any", inside)}, FALSE)`, tooLarge);
  return { sql: value, type: node.type === "date" ? "day" : "number", open: unknown !== undefined || empty === undefined || empty.open, none, until, fails };
}

/** Id of the first item by rank, then by id; one without a rank goes last. */
export function translatePick(node: Extract<ValueNode, { op: "pick" }>, place: SqlPlace, t: SqlTranslator): SqlValue {
  const { where, known, figure, inner, block } = openWhere(node, place, t);
  const truth = t.share(where.sql, inner);
  const by = node.by && t.value(node.by, inner);
  const id = t.value({ op: "field", type: "text", level: node.range.level, slot: node.range.collection.fields.get(node.range.collection.idField)?.slot ?? 0, name: node.range.collection.idField, label: node.range.collection.label }, inner).sql;
  const rank = by && t.share(by.sql, inner);
  const first = rank && figure(node.order === "ascending" ? "min" : "max", sql`CASE WHEN ${truth} THEN ${rank} END`);
  const among = first && rank ? sql`(${truth}) AND (${rank} = ${first} OR ${first} IS NULL)` : truth;
  const found = place.scope.aggregate(block, "min", sql`CASE WHEN ${among} THEN ${id} END`);
  const each = earliest(where.until, by?.until === undefined ? undefined : sql`CASE WHEN ${truth} THEN ${untilSql(by.until)} ELSE ${never} END`);
  const until = each === undefined ? undefined : sql`COALESCE(${figure("min", untilSql(each))}, ${never})`;
  const inside = anyOf(where.fails, by?.fails && sql`((${truth}) IS TRUE AND ${by.fails})`);
  return {
    sql: found, type: "text", open: known !== undefined, until,
    none: known ? sql`(${known} AND ${found} IS NULL)` : sql`(${found} IS NULL)`,
    fails: inside && sql`COALESCE(${figure("any", inside)}, FALSE)`,
  };
}
