import type { TruthNode, ValueNode } from "@evertend/core";
import { bound, sql, type Sql } from "./sql.js";
import { openBlock } from "./open-block.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";
import { unknownSql } from "./translate-value.js";

/** Names found are joined with this behind each; no field's name can hold it. */
export const nameEnd = "\n";

/** Names of the fields whose absence leaves a truth open, each with `nameEnd` behind it; `''` where it is not open. */
export type MissingNames = Sql | undefined;

/**
 * Finds the fields whose absence leaves an answer open, as core's finder does: it walks what is unknown down to fields
 * and collections.
 */
export function missingOfTruth(node: TruthNode, place: SqlPlace, t: SqlTranslator): MissingNames {
  const truth = t.truth(node, place);
  if (!truth.open) return undefined;
  return where(sql`${t.share(truth.sql, place)} IS NULL`, insideTruth(node, place, t));
}

function insideTruth(node: TruthNode, place: SqlPlace, t: SqlTranslator): MissingNames {
  switch (node.op) {
    case "compare":
      return together(missingOfValue(node.left, place, t), missingOfValue(node.right, place, t));
    case "in":
      return together(missingOfValue(node.value, place, t), missingOfValue(node.list, place, t));
    case "and":
    case "or":
      return together(...node.items.map((item) => missingOfTruth(item, place, t)));
    case "not":
    case "named":
      return missingOfTruth(node.item, place, t);
    case "some":
    case "every": {
      const { block, known, inner } = openBlock(node.range, place, t);
      const each = missingOfTruth(node.where, inner, t);
      const found = each && sql`COALESCE(${place.scope.aggregate(block, "join", each)}, '')`;
      return together(found, known && where(sql`NOT ${known}`, name(node.range.collection.name)));
    }
    case "anyOf":
    case "allOf":
      return missingOfValue(node.list, place, t);
    case "pluginTruth":
      return together(...node.arguments.map((one) => missingOfValue(one, place, t)));
    case "present":
    case "constant":
      return undefined;
  }
}

export function missingOfValue(node: ValueNode, place: SqlPlace, t: SqlTranslator): MissingNames {
  const value = t.value(node, place);
  if (!value.open || (value.constant && value.constant.value !== undefined)) return undefined;
  return where(value.constant ? sql`TRUE` : unknownSql({ ...value, sql: t.share(value.sql, place) }), insideValue(node, place, t));
}

function insideValue(node: ValueNode, place: SqlPlace, t: SqlTranslator): MissingNames {
  switch (node.op) {
    case "field":
    case "raw":
      return name(node.name);
    case "fact": {
      const fact = t.program.facts[node.fact];
      return orElse(fact && missingOfValue(fact.node, t.root, t), node.name, place, t);
    }
    case "level": {
      const state = t.program.levels[node.state];
      return state && missingOfValue(state.measure, t.root, t);
    }
    case "shift":
      return orElse(together(missingOfValue(node.date, place, t), missingOfValue(node.amount, place, t)), node.calendar && `calendar.${node.calendar.id}`, place, t);
    case "diff":
      return orElse(together(missingOfValue(node.from, place, t), missingOfValue(node.to, place, t)), node.calendar && `calendar.${node.calendar.id}`, place, t);
    case "anniversary":
      return missingOfValue(node.date, place, t);
    case "arith":
      return together(missingOfValue(node.left, place, t), missingOfValue(node.right, place, t));
    case "choose":
      return missingOfChoice(node, place, t);
    case "first":
      return together(...node.of.map((one) => missingOfValue(one, place, t)));
    case "fold":
    case "pick": {
      const { block, inner } = openBlock(node.range, place, t);
      const truth = t.truth(node.where, inner);
      const own = missingOfTruth(node.where, inner, t);
      const amount = node.op === "fold" && node.value ? missingOfValue(node.value, inner, t) : undefined;
      const each = together(own, amount && where(sql`${t.share(truth.sql, inner)}`, amount));
      return orElse(each && sql`COALESCE(${place.scope.aggregate(block, "join", each)}, '')`, node.range.collection.name, place, t);
    }
    case "join":
      return together(...node.parts.map((part) => missingOfValue(part, place, t)));
    case "plugin":
      return together(...node.arguments.map((one) => missingOfValue(one, place, t)));
    case "namedDay":
      return name(`calendar.${node.calendar.id}`);
    default:
      return undefined;
  }
}

function missingOfChoice(node: Extract<ValueNode, { op: "choose" }>, place: SqlPlace, t: SqlTranslator): MissingNames {
  const rows = node.rows.map((row) => ({ truth: t.share(t.truth(row.when, place).sql, place), when: missingOfTruth(row.when, place, t), value: missingOfValue(row.value, place, t) }));
  const last = missingOfValue(node.otherwise, place, t) ?? sql`''`;
  if (rows.length === 0) return last;
  return sql`(CASE ${rows.map(({ truth, when, value }) => sql`WHEN ${truth} IS NULL THEN ${when ?? sql`''`} WHEN ${truth} THEN ${value ?? sql`''`}`).reduce((all, one) => sql`${all} ${one}`)} ELSE ${last} END)`;
}

function name(one: string): Sql {
  return bound(one + nameEnd, "text");
}

function where(condition: Sql, names: MissingNames): MissingNames {
  return names && sql`(CASE WHEN ${condition} THEN ${names} ELSE '' END)`;
}

function together(...all: readonly MissingNames[]): MissingNames {
  const given = all.filter((one): one is Sql => one !== undefined);
  return given.length === 0 ? undefined : given.length === 1 ? given[0] : sql`(${given.reduce((sum, one) => sql`${sum} || ${one}`)})`;
}

/** What a walk finds; where it finds nothing of its own, the name that stands for the whole. */
function orElse(found: MissingNames, otherwise: string | undefined, place: SqlPlace, t: SqlTranslator): MissingNames {
  if (otherwise === undefined) return found;
  if (!found) return name(otherwise);
  const own = t.share(found, place);
  return sql`(CASE WHEN ${own} = '' THEN ${name(otherwise)} ELSE ${own} END)`;
}
