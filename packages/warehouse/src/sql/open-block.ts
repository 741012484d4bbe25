import type { Range } from "@evertend/core";
import { SqlScope, type SqlBlock } from "./sql-scope.js";
import type { Sql } from "./sql.js";
import type { SqlPlace, SqlTranslator } from "./sql-translator.js";

/** Items that were opened. */
export interface OpenedBlock {
  readonly block: SqlBlock;
  /** Whether the items are known; absent = always. */
  readonly known: Sql | undefined;
  readonly inner: SqlPlace;
}

/** Opens the items of a range beside the rows at hand: what reads an item is translated in `inner`. */
export function openBlock(range: Range, place: SqlPlace, t: SqlTranslator): OpenedBlock {
  const { items, known } = t.collection(range.collection);
  const scope = new SqlScope(place.scope);
  const block: SqlBlock = { scope, outer: place.scope, items };
  return { block, known, inner: { scope, levels: [...place.levels.slice(0, range.level), { scope, collection: range.collection, items }], elements: place.elements, sense: place.sense } };
}
