/** Types of values inside a statement. A `day` is a whole number of days since 1970-01-01. */
export type SqlType = "text" | "number" | "boolean" | "day";

/** Figures over the items of a list. All pass over NULL; over nothing they are NULL (`count`, and
 * `distinct`, how many different ones there are: 0). */
export type SqlAggregate = "any" | "count" | "distinct" | "sum" | "sumOfDoubles" | "min" | "max" | "join";

/**
 * How a database spells what differs between databases. Everything else of a statement is the same for all: a dialect has
 * names and spellings, no logic of its own.
 *
 * All functions take and give SQL text; days are whole numbers since 1970-01-01, numbers are doubles.
 */
export interface SqlDialect {
  /** Name, as the command line writes it. */
  readonly id: string;
  /** A name as identifier; whatever it holds, it stays one identifier. */
  identifier(name: string): string;
  /** Parameter `index` (from 1), as a value of the type. */
  parameter(index: number, type: SqlType): string;
  /** Names of types, for casts. `exact` holds whole numbers of 38 digits. */
  readonly types: Readonly<Record<SqlType | "exact", string>>;
  /** A DATE as day number. */
  dayOfDate(date: string): string;
  /** A day moved by whole months; a day that the month lacks becomes its last day. */
  addMonths(day: string, months: string): string;
  yearOf(day: string): string;
  monthOf(day: string): string;
  dayOfMonth(day: string): string;
  /** `YYYY-MM-DD`. */
  isoText(day: string): string;
  /** A double as JavaScript writes it. */
  numberText(number: string): string;
  /** A text column so that it compares by code unit, whatever the database's collation is. */
  textOf(column: string): string;
  /** A number cut towards zero. */
  trunc(number: string): string;
  /** A JSON string with its quotes. */
  jsonText(text: string): string;
  /** Several texts with commas between; those that are NULL are left out. */
  joinTexts(texts: readonly string[]): string;
  /** The elements of a list as text with commas between; numbers as JavaScript writes them. */
  listText(list: string, elements: "text" | "number"): string;
  /** A list of constant whole numbers or NULL. */
  constantList(values: readonly (number | null)[]): string;
  /** Element at a place counted from 1; NULL outside. */
  elementAt(list: string, place: string): string;
  /** Whether a list holds a value; NULLs in it are passed over. */
  contains(list: string, value: string): string;
  /** How many elements a list has. */
  listLength(list: string): string;
  /** Whether a text is, from its first sign to its last, what a regular expression says. `pattern` is a quoted literal without a backslash, between `^` and `$`. */
  matches(text: string, pattern: string): string;
  /** Length of a text in bytes of UTF-8. */
  octets(text: string): string;
  /** Whether a text has a NUL inside. */
  hasNul(text: string): string;
  /** How many columns a query can have; absent = as many as one likes. A pack that needs more is worked on in parts. */
  readonly maxColumns?: number;
  /** Written behind the AS of a CTE that ends a part: planners that would nest parts take very long over them. */
  readonly materialized?: string;
  /** How items of a list are worked on. */
  readonly items: SqlListItems | SqlLateralItems;
  /** Written behind the SELECT of a stage where the database would else copy its expressions into the next one. */
  readonly barrier: string;
}

/** Items worked on inside the row, with functions over lists: no join, rows keep streaming. */
export interface SqlListItems {
  readonly kind: "list";
  transform(list: string, variable: string, body: string): string;
  struct(fields: readonly (readonly [name: string, value: string])[]): string;
  /** A figure over what `body` is for each item of a list, which it calls `variable`. */
  aggregate(kind: SqlAggregate, list: string, variable: string, body: string): string;
  /** The rows of a group as one list of structs, in the order of a column. */
  gather(fields: readonly (readonly [name: string, value: string])[], order: string): string;
}

/** Items worked on by a subquery beside the row. */
export interface SqlLateralItems {
  readonly kind: "lateral";
  /** Elements of a plain list as a relation with one column. */
  elements(list: string, alias: string, name: string): string;
  aggregate(kind: SqlAggregate, value: string, order: string): string;
}

/**
 * Makes a dialect of one's own known to the compiler: checked for completeness by its type, used as it is.
 *
 * @example
 * ```ts
 * export const mine = defineSqlDialect({ ...duckdb, id: "mine", isoText: (day) => `TO_ISO(${day})` });
 * ```
 */
export function defineSqlDialect(dialect: SqlDialect): SqlDialect {
  return Object.freeze({ ...dialect });
}
