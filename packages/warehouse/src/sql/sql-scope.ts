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
  | { readonly kind: "aggregate"; readonly column: SqlColumn; readonly block: SqlBlock; readonly aggregate: SqlAggregate; readonly value: Sql; readonly order?: Sql };

/** Work on the items of a collection beside each row of the outer scope. */
export interface SqlBlock {
  readonly scope: SqlScope;
  readonly outer: SqlScope;
  readonly items: SqlItems;
  /** The column that holds the items, once something needs it. */
  list?: SqlColumn;
}

/**
 * Rows that are worked on in stages: each stage adds columns that read those of the stages before. The customers are
 * one scope; the items of a block are another inside of it.
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

  /** Stages it takes to have all columns. */
  get depth(): number {
    return this.definitions.reduce((most, definition) => Math.max(most, definition.column.stage), 0);
  }

  /** Makes a value a column of its own, so that it is worked out once; equal values share one. */
  define(sql: Sql): Sql {
    const known = this.#known.get(sql.key);
    if (known) return column(known);
    const made = this.#add(sql.stageIn(this) + 1);
    this.#known.set(sql.key, made);
    this.definitions.push({ kind: "value", column: made, sql });
    return column(made);
  }

  /** A figure over the items of a finished block. */
  aggregate(block: SqlBlock, aggregate: SqlAggregate, value: Sql, order?: Sql): Sql {
    const key = `${aggregate}\u0005${block.scope.id}\u0005${value.key}\u0005${order?.key ?? ""}`;
    const known = this.#known.get(key);
    if (known) return column(known);
    const base = Math.max(baseStage(block), value.stageIn(this), order?.stageIn(this) ?? 0);
    if (!block.list && block.scope.definitions.length > 0) {
      block.list = this.#add(base + 1);
      this.definitions.push({ kind: "items", column: block.list, block });
    }
    const made = this.#add(Math.max(block.list?.stage ?? 0, base) + 1);
    this.#known.set(key, made);
    this.definitions.push({ kind: "aggregate", column: made, block, aggregate, value, ...(order ? { order } : {}) });
    return column(made);
  }

  #add(stage: number): SqlColumn {
    return { part: "column", scope: this, name: `@${this.#numbers.column++}`, stage };
  }
}

/** The stage of the outer scope that a block reads. */
function baseStage(block: SqlBlock): number {
  return Math.max(sourceStage(block), scopeReads(block.scope, block.outer));
}

function sourceStage({ items, outer }: SqlBlock): number {
  return items.kind === "list" ? items.list.stageIn(outer) : (items.customer?.id.stageIn(outer) ?? 0);
}

function scopeReads(scope: SqlScope, outer: SqlScope): number {
  let stage = 0;
  for (const definition of scope.definitions) {
    switch (definition.kind) {
      case "value":
        stage = Math.max(stage, definition.sql.stageIn(outer));
        break;
      case "aggregate":
        stage = Math.max(stage, definition.value.stageIn(outer), definition.order?.stageIn(outer) ?? 0, blockReads(definition.block, outer));
        break;
      case "items":
        stage = Math.max(stage, blockReads(definition.block, outer));
    }
  }
  return stage;
}

function blockReads(block: SqlBlock, outer: SqlScope): number {
  const { items } = block;
  const own = items.kind === "list" ? items.list.stageIn(outer) : (items.customer?.id.stageIn(outer) ?? 0);
  return Math.max(own, scopeReads(block.scope, outer));
}
