import type { Collection, Field } from "@evertend/core";
import { bound, call, sql, Sql } from "./sql.js";
import { anyOf, list } from "./sql-answer.js";
import { isRequired } from "./sql-layout.js";
import { SqlScope, type SqlBlock } from "./sql-scope.js";
import { openBlock } from "./open-block.js";
import { readItemField } from "./read-item-field.js";
import type { SqlTranslator } from "./sql-translator.js";

const longestList = 10_000;
const longestText = 100_000;
const basicPlane = "'^[^\u{10000}-\u{10ffff}]*$'";
const [firstDay, lastDay] = [-719162, 2932896];

/**
 * Whether core would, or might, set a record aside: true wherever it does, false for most of the others. Types are the
 * columns' own and need no look. The rest is checked as core does it, or more strictly where SQL cannot say it exactly
 * (lengths of texts with signs beyond the basic plane, e-mail addresses, time zones).
 */
export function translateSuspicion(t: SqlTranslator): Sql {
  const { model } = t.program;
  const { scope } = t.root;
  const found: (Sql | undefined)[] = [];
  for (const field of model.fields.values()) {
    const { sql: value } = t.field(field.slot);
    if (field.name === model.idField) found.push(sql`${value} IS NULL OR ${value} = ''`);
    else if (model.required.includes(field.name)) found.push(sql`${value} IS NULL`);
    found.push(field.type === "list" ? wrongList(value, field, scope) : wrongValue(value, field, model.zone));
  }
  for (const collection of model.collections.values()) found.push(...wrongItems(collection, t));
  const all = anyOf(...found.map((one) => one && sql`COALESCE(${one}, FALSE)`));
  return all ?? sql`FALSE`;
}

/** What can be wrong with one value; absent = nothing. NULL is not wrong. */
function wrongValue(value: Sql, field: Field, zone: string): Sql | undefined {
  switch (field.type) {
    case "number":
      return wrongNumber(value, field);
    case "text":
      return wrongText(value, field, zone);
    case "date":
      return sql`(${value} < ${firstDay} OR ${value} > ${lastDay})`;
    default:
      return undefined;
  }
}

function wrongNumber(value: Sql, { scale, minimum, maximum, enum: allowed }: Field): Sql | undefined {
  const power = 10 ** (scale ?? 0);
  // Databases hold what is no number for greater than all numbers.
  return anyOf(
    sql`ABS(${value}) * ${power} > ${Number.MAX_SAFE_INTEGER}`,
    scale === undefined ? undefined : sql`ROUND(${value} * ${power}) / ${power} <> ${value}`,
    minimum === undefined ? undefined : sql`${value} < ${minimum}`,
    maximum === undefined ? undefined : sql`${value} > ${maximum}`,
    allowed === undefined ? undefined : notIn(value, allowed),
  );
}

function notIn(value: Sql, allowed: readonly (string | number)[]): Sql {
  return allowed.length === 0 ? sql`${value} IS NOT NULL` : sql`${value} NOT IN (${list(allowed.map((one) => (typeof one === "string" ? bound(one, "text") : sql`${one}`)))})`;
}

function wrongText(value: Sql, { enum: allowed, maxLength, format }: Field, zone: string): Sql | undefined {
  if (allowed) return notIn(value, allowed);
  const limit = maxLength ?? longestText;
  // A sign beyond the basic plane counts two in core and one here; few texts have the bytes for one.
  const long = sql`(LENGTH(${value}) > ${limit} OR (LENGTH(${value}) * 2 > ${limit} AND ${call("octets", value)} >= LENGTH(${value}) + 3 AND NOT ${call("matches", value, basicPlane)}))`;
  return anyOf(long, call("hasNul", value), format === undefined ? undefined : wrongForm(value, format, zone));
}

function wrongForm(value: Sql, format: string, zone: string): Sql | undefined {
  if (format === "phone") return sql`(NOT ${call("matches", value, "'^[+][1-9][0-9]{6,14}$'")})`;
  if (format === "lunar-day") return sql`(NOT ${call("matches", value, "'^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|30)$'")})`;
  if (format === "time-zone") return sql`(${value} <> ${bound(zone, "text")})`;
  if (format !== "email") return undefined;
  return sql`(LENGTH(${value}) > 64 OR NOT ${call("matches", value, "'^[A-Za-z0-9_%+-]+([.][A-Za-z0-9_%+-]+)*@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*$'")})`;
}

function wrongList(value: Sql, field: Field, scope: SqlScope): Sql {
  const block: SqlBlock = { scope: new SqlScope(scope), outer: scope, items: { kind: "list", list: value, path: () => [] } };
  const element = new Sql([{ part: "item", scope: block.scope, path: [] }]);
  const wrong = field.elementType === "number" ? sql`ABS(${element}) > ${Number.MAX_VALUE}` : call("hasNul", element);
  return sql`(${call("listLength", value)} > ${longestList} OR COALESCE(${scope.aggregate(block, "any", sql`(${element} IS NULL OR ${wrong})`)}, FALSE))`;
}

function wrongItems(collection: Collection, t: SqlTranslator): readonly (Sql | undefined)[] {
  const { root, program: { model } } = t;
  const { block, known, inner } = openBlock({ collection, as: "", level: 0 }, root, t);
  const figure = (kind: "any" | "count" | "distinct", value: Sql): Sql => root.scope.aggregate(block, kind, value);
  const wrongs = [...collection.fields.values()].flatMap((field) => {
    const value = readItemField(inner.levels[0], field.slot).sql;
    const isId = field.name === collection.idField;
    // Lists inside of items are rare: a record that has one is looked at by core.
    const wrong = field.type === "list" ? sql`${value} IS NOT NULL` : wrongValue(value, field, model.zone);
    return [isId ? sql`(${value} IS NULL OR ${value} = '')` : undefined, wrong].filter((one) => one !== undefined);
  });
  const any = anyOf(...wrongs.map((one) => sql`COALESCE(${one}, FALSE)`));
  const id = collection.fields.get(collection.idField);
  const count = figure("count", sql`1`);
  return [
    sql`${count} > ${longestList}`,
    any && figure("any", any),
    id && sql`${figure("distinct", readItemField(inner.levels[0], id.slot).sql)} <> ${count}`,
    known && isRequired(model, collection) && collection.absent !== "none" ? sql`NOT ${known}` : undefined,
  ];
}
