import { Sql, type SqlColumn, type SqlPart, type SqlRows } from "./sql.js";
import type { SqlDialect } from "./sql-dialect.js";
import type { SqlBlock, SqlDefinition, SqlScope } from "./sql-scope.js";

/** How definitions become stages of columns. */
export interface SqlArrangement {
  /** The definition of a column that is not worked out beforehand, but where it is read. */
  inPlace(column: SqlColumn): SqlDefinition | undefined;
  /** Whether a stage adds this as a column. */
  isColumn(column: SqlColumn): boolean;
  /** The stage that adds a column; 0 = it is there from the beginning. */
  stageOf(column: SqlColumn): number;
  /** What a stage of a scope adds, in the order of definition. */
  at(scope: SqlRows, stage: number): readonly SqlDefinition[];
  /** How many stages a scope has. */
  depth(scope: SqlRows): number;
  /** Names of columns of the customers' scope that are read and have no definition. */
  readonly bases: ReadonlySet<string>;
}

/** A piece that is longer is not put into another: databases limit how deep expressions may be. */
const longestInPlace = 400;

/** How often a column is read, and from where. */
interface Reads {
  times: number;
  /** From rows inside of its own (once an item), or where a dialect may write its argument more than once. */
  apart: boolean;
}

/**
 * Decides what becomes a column. What is read once is written where it is read: inside a CASE or an AND, databases work
 * it out only for the rows that get so far, while a column is worked out for all. What is read more than once is a
 * column, in the earliest stage that has what it reads. What nobody reads is left out.
 */
export function arrangeStages(root: SqlScope, outputs: readonly Sql[], dialect: SqlDialect): SqlArrangement {
  const lateral = dialect.items.kind === "lateral";
  const definitions = new Map<SqlColumn, SqlDefinition>();
  const scopes = new Set<SqlScope>();
  const collect = (scope: SqlScope): void => {
    if (scopes.has(scope)) return;
    scopes.add(scope);
    for (const definition of scope.definitions) {
      definitions.set(definition.column, definition);
      if (definition.kind !== "value") collect(definition.block.scope);
    }
  };
  collect(root);
  const { reads, bases, figures } = countReads(root, outputs, definitions);

  const weights = new Map<SqlColumn, number>();
  const kept = new Map<SqlRows, SqlDefinition[]>([...scopes].map((scope) => [scope, []]));
  const inPlace = new Set<SqlColumn>();
  // Inner scopes first: whether items need work of their own decides over the figures.
  for (const scope of [...scopes].reverse()) {
    for (const definition of scope.definitions) {
      const { column } = definition;
      const read = reads.get(column);
      if (!read) continue;
      if (definition.kind === "items") {
        // Without columns of their own, items are read as they lie there.
        if (lateral || kept.get(definition.block.scope)?.length === 0) continue;
        if ((figures.get(definition.block) ?? 0) === 1) continue;
        kept.get(scope)?.push(definition);
        continue;
      }
      const weight = weigh(definition, weights, inPlace);
      weights.set(column, weight);
      const alone = definition.kind === "value" || !lateral || figures.get(definition.block) === 1;
      if (read.times === 1 && !read.apart && alone && weight <= longestInPlace) inPlace.add(column);
      else kept.get(scope)?.push(definition);
    }
  }
  return new Stages(definitions, kept, inPlace, bases);
}

class Stages implements SqlArrangement {
  readonly #stages = new Map<SqlColumn, number>();
  readonly #byStage = new Map<SqlRows, SqlDefinition[][]>();
  readonly #columns: ReadonlySet<SqlColumn>;

  constructor(readonly definitions: ReadonlyMap<SqlColumn, SqlDefinition>, readonly kept: ReadonlyMap<SqlRows, readonly SqlDefinition[]>, readonly written: ReadonlySet<SqlColumn>, readonly bases: ReadonlySet<string>) {
    this.#columns = new Set([...kept.values()].flatMap((list) => list.map(({ column }) => column)));
    for (const [scope, list] of kept) {
      const stages: SqlDefinition[][] = [];
      for (const definition of list) (stages[this.stageOf(definition.column) - 1] ??= []).push(definition);
      this.#byStage.set(scope, stages);
    }
  }

  inPlace(column: SqlColumn): SqlDefinition | undefined {
    return this.written.has(column) ? this.definitions.get(column) : undefined;
  }

  isColumn(column: SqlColumn): boolean {
    return this.#columns.has(column);
  }

  at(scope: SqlRows, stage: number): readonly SqlDefinition[] {
    return this.#byStage.get(scope)?.[stage - 1] ?? [];
  }

  depth(scope: SqlRows): number {
    return this.#byStage.get(scope)?.length ?? 0;
  }

  stageOf(column: SqlColumn): number {
    const definition = this.definitions.get(column);
    if (!definition) return 0;
    const known = this.#stages.get(column);
    if (known !== undefined) return known;
    const stage = this.#reach(definition, column.scope) + 1;
    this.#stages.set(column, stage);
    return stage;
  }

  /** The last stage of a scope that a definition reads. */
  #reach(definition: SqlDefinition, scope: SqlRows): number {
    if (definition.kind === "value") return this.#reachOf(definition.sql, scope);
    const { block } = definition;
    if (definition.kind === "items") return this.#reachOfItems(block, scope);
    const items = !this.isColumn(definition.list) ? this.#reachOfItems(block, scope) : definition.list.scope === scope ? this.stageOf(definition.list) : 0;
    return Math.max(items, this.#reachOf(definition.value, scope));
  }

  #reachOfItems({ items, scope: inner }: SqlBlock, scope: SqlRows): number {
    const source = items.kind === "list" ? items.list : items.customer?.id;
    return Math.max(source ? this.#reachOf(source, scope) : 0, ...(this.kept.get(inner) ?? []).map((definition) => this.#reach(definition, scope)));
  }

  #reachOf(piece: Sql, scope: SqlRows): number {
    let stage = 0;
    for (const column of columnsOf(piece.parts)) {
      const definition = this.inPlace(column);
      if (definition) stage = Math.max(stage, this.#reach(definition, scope));
      else if (column.scope === scope) stage = Math.max(stage, this.stageOf(column));
    }
    return stage;
  }
}

/** All columns that parts read. */
function* columnsOf(parts: readonly SqlPart[]): Generator<SqlColumn> {
  for (const part of parts) {
    if (typeof part === "string") continue;
    if (part.part === "column") yield part;
    else if (part.part === "call" || part.part === "spelled") for (const argument of part.arguments) if (argument instanceof Sql) yield* columnsOf(argument.parts);
  }
}

function countReads(root: SqlScope, outputs: readonly Sql[], definitions: ReadonlyMap<SqlColumn, SqlDefinition>): { readonly reads: ReadonlyMap<SqlColumn, Reads>; readonly bases: ReadonlySet<string>; readonly figures: ReadonlyMap<SqlBlock, number> } {
  const reads = new Map<SqlColumn, Reads>();
  const bases = new Set<string>();
  const figures = new Map<SqlBlock, number>();
  const visitAll = (piece: Sql, from: SqlRows): void => visit(piece.parts, from, false);
  function visit(parts: readonly SqlPart[], from: SqlRows, repeated: boolean): void {
    for (const part of parts) {
      if (typeof part === "string") continue;
      if (part.part === "column") read(part, from, repeated);
      // Dialects may need an argument twice; texts that are joined stand there once.
      else if (part.part === "call" || part.part === "spelled") for (const argument of part.arguments) if (argument instanceof Sql) visit(argument.parts, from, repeated || part.part === "spelled" || part.name !== "joinTexts");
    }
  }
  function read(column: SqlColumn, from: SqlRows, repeated: boolean): void {
    const apart = repeated || column.scope !== from;
    const known = reads.get(column);
    if (known) {
      known.times++;
      known.apart ||= apart;
      return;
    }
    reads.set(column, { times: 1, apart });
    const definition = definitions.get(column);
    if (!definition) {
      if (column.scope === root) bases.add(column.name);
      return;
    }
    if (definition.kind === "value") return visitAll(definition.sql, column.scope);
    const { block } = definition;
    const { items } = block;
    const source = items.kind === "list" ? items.list : items.customer?.id;
    if (source) visitAll(source, block.outer);
    if (definition.kind === "items") return;
    figures.set(block, (figures.get(block) ?? 0) + 1);
    read(definition.list, column.scope, true);
    visitAll(definition.value, block.scope);
  }
  for (const output of outputs) visitAll(output, root);
  return { reads, bases, figures };
}

/** How long a definition is, with what is written in place inside of it. */
function weigh(definition: SqlDefinition, weights: ReadonlyMap<SqlColumn, number>, inPlace: ReadonlySet<SqlColumn>): number {
  const piece = definition.kind === "value" ? definition.sql : definition.kind === "aggregate" ? definition.value : undefined;
  if (!piece) return 0;
  let weight = piece.parts.length;
  for (const column of columnsOf(piece.parts)) if (inPlace.has(column)) weight += weights.get(column) ?? 0;
  return weight;
}
