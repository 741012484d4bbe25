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
  /** How many columns of the customers' scope there are in all. */
  readonly width: number;
  /** Whether columns are dropped behind the part that needs them. */
  readonly inParts: boolean;
  /** Whether a part is finished with a stage of the customers' scope. */
  endsPart(stage: number): boolean;
  /** All columns of the customers' scope that working out a piece needs. */
  needsOf(piece: Sql): ReadonlySet<SqlColumn>;
  /** Columns of the customers' scope that stand before a stage and are read behind it. */
  carriedOver(stage: number): readonly string[];
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
 *
 * @param parts columns that one after the other are finished before anything is begun that only the next ones need, so
 * that what they needed can be dropped behind them
 */
export function arrangeStages(root: SqlScope, outputs: readonly Sql[], dialect: SqlDialect, parts: readonly (readonly SqlColumn[])[] = []): SqlArrangement {
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
  const pinned = new Set(parts.flat());
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
      if (read.times === 1 && !read.apart && alone && !pinned.has(column) && weight <= longestInPlace) inPlace.add(column);
      else kept.get(scope)?.push(definition);
    }
  }
  return new Stages({ root, outputs, definitions, kept, written: inPlace, bases, parts });
}

interface StagesParts {
  readonly root: SqlScope;
  readonly outputs: readonly Sql[];
  readonly definitions: ReadonlyMap<SqlColumn, SqlDefinition>;
  readonly kept: ReadonlyMap<SqlRows, readonly SqlDefinition[]>;
  /** Columns that are written where they are read. */
  readonly written: ReadonlySet<SqlColumn>;
  readonly bases: ReadonlySet<string>;
  readonly parts: readonly (readonly SqlColumn[])[];
}

class Stages implements SqlArrangement {
  readonly bases: ReadonlySet<string>;
  readonly #of: StagesParts;
  readonly #stages = new Map<SqlColumn, number>();
  readonly #byStage = new Map<SqlRows, SqlDefinition[][]>();
  readonly #columns: ReadonlySet<SqlColumn>;
  /** The part that first needs a column of the customers. */
  readonly #partOf = new Map<SqlColumn, number>();
  /** Names of the customers' columns with the stage that adds them and the last one that reads them. */
  readonly #lives = new Map<string, { readonly from: number; until: number }>();

  constructor(of: StagesParts) {
    this.#of = of;
    this.bases = of.bases;
    this.#columns = new Set([...of.kept.values()].flatMap((list) => list.map(({ column }) => column)));
    of.parts.forEach((part, i) => {
      for (const column of part) this.#claim(column, i);
    });
    for (const [scope, list] of of.kept) {
      const stages: SqlDefinition[][] = [];
      for (const definition of list) (stages[this.stageOf(definition.column) - 1] ??= []).push(definition);
      this.#byStage.set(scope, stages);
    }
    for (const definition of of.kept.get(of.root) ?? []) this.#live(this.#readsOf(definition), this.stageOf(definition.column));
    for (const output of of.outputs) this.#live(this.#readsIn(output), Infinity);
  }

  inPlace(column: SqlColumn): SqlDefinition | undefined {
    return this.#of.written.has(column) ? this.#of.definitions.get(column) : undefined;
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

  get width(): number {
    return this.bases.size + (this.#of.kept.get(this.#of.root)?.length ?? 0);
  }

  get inParts(): boolean {
    return this.#of.parts.length > 0;
  }

  endsPart(stage: number): boolean {
    return this.#of.parts.some((part) => Math.max(...part.map((column) => this.stageOf(column))) === stage);
  }

  needsOf(piece: Sql): ReadonlySet<SqlColumn> {
    const found = new Set<SqlColumn>();
    const need = (reads: Iterable<SqlColumn>): void => {
      for (const read of reads) {
        const definition = this.#of.definitions.get(read);
        if (read.scope !== this.#of.root || !definition || found.has(read)) continue;
        found.add(read);
        need(this.#readsOf(definition));
      }
    };
    need(this.#readsIn(piece));
    return found;
  }

  carriedOver(stage: number): readonly string[] {
    return [...this.#lives].filter(([, { from, until }]) => from < stage && until > stage).map(([name]) => name);
  }

  stageOf(column: SqlColumn): number {
    const definition = this.#of.definitions.get(column);
    if (!definition) return 0;
    const known = this.#stages.get(column);
    if (known !== undefined) return known;
    let before = 0;
    for (const read of this.#readsOf(definition)) if (read.scope === column.scope) before = Math.max(before, this.stageOf(read));
    const part = column.scope === this.#of.root ? (this.#partOf.get(column) ?? this.#of.parts.length) : 0;
    for (const last of this.#of.parts[part - 1] ?? []) before = Math.max(before, this.stageOf(last));
    this.#stages.set(column, before + 1);
    return before + 1;
  }

  /** Says whose a column is, and what it is made of. */
  #claim(column: SqlColumn, part: number): void {
    const definition = this.#of.definitions.get(column);
    if (!definition || this.#partOf.has(column)) return;
    this.#partOf.set(column, part);
    for (const read of this.#readsOf(definition)) if (read.scope === this.#of.root) this.#claim(read, part);
  }

  #live(reads: Iterable<SqlColumn>, stage: number): void {
    for (const read of reads) {
      if (read.scope !== this.#of.root) continue;
      const life = this.#lives.get(read.name) ?? { from: this.stageOf(read), until: 0 };
      life.until = Math.max(life.until, stage);
      this.#lives.set(read.name, life);
    }
  }

  /** The columns that a definition reads: those of its own rows, and for figures all that working on the items needs. */
  *#readsOf(definition: SqlDefinition): Generator<SqlColumn> {
    if (definition.kind === "value") {
      yield* this.#readsIn(definition.sql);
      return;
    }
    const { items, scope } = definition.block;
    if (definition.kind === "aggregate" && this.isColumn(definition.list)) yield definition.list;
    else {
      const source = items.kind === "list" ? items.list : items.customer?.id;
      if (source) yield* this.#readsIn(source);
      for (const inner of this.#of.kept.get(scope) ?? []) yield* this.#readsOf(inner);
    }
    if (definition.kind === "aggregate") yield* this.#readsIn(definition.value);
  }

  *#readsIn(piece: Sql): Generator<SqlColumn> {
    for (const column of columnsOf(piece.parts)) {
      const definition = this.inPlace(column);
      if (definition) yield* this.#readsOf(definition);
      else yield column;
    }
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
