import { Sql } from "./sql.js";
import { call, sql } from "./sql.js";
import type { SqlValue } from "./sql-answer.js";
import type { OpenItems } from "./sql-translator.js";

/** A field of the item that stands open. */
export function readItemField(open: OpenItems | undefined, slot: number): SqlValue {
  const field = open && [...open.collection.fields.values()].find((one) => one.slot === slot);
  if (!open || !field) throw new Error(`no item field ${slot}`);
  const raw = new Sql([{ part: "item", scope: open.scope, path: open.items.kind === "list" ? open.items.path(field.name) : [field.name] }]);
  const type = field.type === "date" ? "day" : field.type;
  const value = type === "day" ? call("dayOfDate", raw) : type === "number" ? sql`CAST(${raw} AS ${call("cast", "number")})` : type === "text" ? call("textOf", raw) : raw;
  const isId = field.name === open.collection.idField;
  return { sql: value, type, open: field.absent !== "none" && !isId, none: field.absent === "none" ? sql`(${raw} IS NULL)` : false, until: undefined, ...(type === "day" ? { date: raw } : {}) };
}
