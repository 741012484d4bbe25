import { column, type Sql, type SqlColumn, type SqlRows } from "./sql.js";
import type { SqlAggregate } from "./sql-dialect.js";

/** Where the items of a block come from. */
export type SqlItems =
  /** A list of structs, or of plain elements, that stands in the row. */
  | { readonly kind: "list"; readonly list: Sql; readonly path: (field: string) => readonly string[] }
  /** A relation with the customer's id (`@id`) and the place of the item (`@ordinal`), or of the context, without an id. */
  | { readonly kind: "relation"; readonly relation: string; readonly ordinal: string; readonly customer?: { readonly column: string; readonly id: Sql } };

/** What a stage of a scope adds to its rows. */
export type SqlDefinition =
  | { readonly kind: "value"; readonly column: SqlColumn; readonly sql: Sql }
  /** The worked-on items of a block, as a list. Databases that work by subqueries have no such column. */
  | { readonly kind: "items"; readonly column: SqlColumn; readonly block: SqlBlock }
  | { readonly kind: "aggregate"; readonly column: SqlColumn; readonly block: SqlBlock; readonly list: SqlColumn; readonly aggregate: SqlAggregate; readonly value: Sql };

/** Work on the items of a collection beside each row of the outer scope. */
export interface SqlBlock {
  readonly scope: SqlScope;
  readonly outer: SqlScope;
  readonly items: SqlItems;
  /** Name of the column that holds the worked-on items, once a figure asks for them. */
  list?: SqlColumn;
}

/**
 * Rows that columns are defined for. The customers are one scope; the items of a block are another inside of it. Which
 * definitions become columns, and in which stage, is arranged when all are known (`arrangeStages`).
 */
export class SqlScope implements SqlRows {
  readonly id: number;
  readonly definitions: SqlDefinition[] = [];
  readonly #known = new Map<string, SqlColumn>();
  readonly #numbers: { column: number; scope: number };

  constructor(readonly outer?: SqlScope) {
    this.#numbers = outer ? outer.#numbers : { column: 1, scope: 0 };
    this.id = this.#numbers.scope++;
  }

  /** Gives a value a name, so that it may be worked out once; equal values share one. */
  define(sql: Sql): Sql {
    const known = this.#known.get(sql.key);
    if (known) return column(known);
    const made = this.#add(sql.dear);
    this.#known.set(sql.key, made);
    this.definitions.push({ kind: "value", column: made, sql });
    return column(made);
  }

  /** A figure over the items of a finished block. */
  aggregate(block: SqlBlock, aggregate: SqlAggregate, value: Sql): Sql {
    const key = `${aggregate}\u0005${block.scope.id}\u0005${value.key}`;
    const known = this.#known.get(key);
    if (known) return column(known);
    if (!block.list) {
      block.list = this.#add(true);
      this.definitions.push({ kind: "items", column: block.list, block });
    }
    const made = this.#add(true);
    this.#known.set(key, made);
    this.definitions.push({ kind: "aggregate", column: made, block, list: block.list, aggregate, value });
    return column(made);
  }

  #add(dear: boolean): SqlColumn {
    return { part: "column", scope: this, name: `@${this.#numbers.column++}`, dear };
  }
}
