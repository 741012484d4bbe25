import type { Catalogue, Collection, Program } from "@evertend/core";
import type { SqlDialect } from "./sql-dialect.js";

/** Where the items of a record's collection are. */
export type CollectionLayout =
  /** A list of structs in the entity's row. `list` is SQL over the entity as `e`, `path` where an item has a field. */
  | { readonly kind: "nested"; readonly list: string; readonly path: (field: string) => readonly string[] }
  /** A relation with `@id`, `@ordinal` and a column a field. `known` (SQL over `e`): whether the customer's items are known; absent = always. */
  | { readonly kind: "child"; readonly relation: string; readonly known?: string };

/**
 * Where a statement finds what the model describes. Everything here is SQL of the host's own making and goes into the
 * statement as it is; names that come from a pack are quoted by whoever makes a layout.
 */
export interface SqlLayout {
  /** The relation with one row a customer. */
  readonly entity: string;
  /** A field of the customer: SQL over the entity as `e`. Dates and instants are DATEs (civil days of the bank's zone). */
  field(name: string): string;
  collection(name: string): CollectionLayout;
  /** Relation of a context collection with `@ordinal` and a column a field; absent = it is not known. */
  context(name: string): string | undefined;
  /** Relation of what levels remember: `@id` and a column each `<fact>/level`, `/since`, `/previous`, `/change`, `/below`; absent = nothing. */
  readonly state?: string;
}

/** What a canonical layout is made of. */
export interface CanonicalLayoutOptions {
  readonly entity: string;
  /** Relations of collections that lie beside the entity, by name; the others are lists in its row. */
  readonly children?: Readonly<Record<string, { readonly relation: string; readonly known?: string }>>;
  readonly context?: Readonly<Record<string, string>>;
  readonly state?: string;
}

/**
 * The layout in which each field is a column of its dotted name (`"assets.total"`), and each collection a list of structs
 * in a column of its name, or a relation beside it.
 *
 * @param options relations as quoted SQL names
 */
export function canonicalLayout(dialect: SqlDialect, options: CanonicalLayoutOptions): SqlLayout {
  const own = (name: string): string => `e.${dialect.identifier(name)}`;
  return {
    entity: options.entity,
    field: own,
    collection(name) {
      const child = options.children && Object.hasOwn(options.children, name) ? options.children[name] : undefined;
      return child ? { kind: "child", ...child } : { kind: "nested", list: own(name), path: (field) => [field] };
    },
    context: (name) => (options.context && Object.hasOwn(options.context, name) ? options.context[name] : undefined),
    ...(options.state === undefined ? {} : { state: options.state }),
  };
}

/**
 * The layout of nested columns as Parquet files have them: `assets.total` is the member `total` of the struct `assets`.
 *
 * @param options `entity`: a relation as SQL, such as `read_parquet('customers.parquet')`
 */
export function nestedLayout(dialect: SqlDialect, options: Omit<CanonicalLayoutOptions, "children">): SqlLayout {
  const path = (name: string): string => name.split(".").map((step) => dialect.identifier(step)).join(".");
  return {
    ...canonicalLayout(dialect, options),
    field: (name) => `e.${path(name)}`,
    collection: (name) => ({ kind: "nested", list: `e.${path(name)}`, path: (field) => field.split(".") }),
  };
}

/** Columns that a relation of last facts needs for a program, with their types. */
export function stateColumns(program: Pick<Program, "levels">): readonly { readonly name: string; readonly type: "text" | "day" }[] {
  return program.levels.flatMap(({ fact }) => [
    { name: `${fact}/level`, type: "text" as const },
    { name: `${fact}/since`, type: "day" as const },
    { name: `${fact}/previous`, type: "text" as const },
    { name: `${fact}/change`, type: "text" as const },
    { name: `${fact}/below`, type: "day" as const },
  ]);
}

/** Whether a collection is there in every record that is used at all. */
export function isRequired(model: Catalogue, collection: Collection): boolean {
  return collection.absent === "none" || (collection.scope === "record" && model.required.includes(collection.name));
}
