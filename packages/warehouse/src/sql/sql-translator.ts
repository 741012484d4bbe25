import type { Calendar, Collection, Program, TruthNode, ValueNode } from "@evertend/core";
import type { Sql } from "./sql.js";
import type { SqlTruth, SqlUntil, SqlValue } from "./sql-answer.js";
import type { SqlItems, SqlScope } from "./sql-scope.js";

/** Items that stand open where a node is translated. */
export interface OpenItems {
  readonly scope: SqlScope;
  readonly collection: Collection;
  readonly items: SqlItems;
}

/**
 * What is wanted of a truth. Where only sure matches are asked for, a truth needs no third value: `sure` is TRUE exactly
 * where it is surely true, `possible` is FALSE exactly where it is surely false, and what is unknown may come out either
 * way. Absent = all three values.
 */
export type SqlSense = "sure" | "possible";

/** Where a node is translated: the rows at hand, and the items and list elements that stand open, from the outermost. */
export interface SqlPlace {
  readonly scope: SqlScope;
  readonly levels: readonly OpenItems[];
  readonly elements: readonly SqlValue[];
  readonly sense?: SqlSense | undefined;
}

/** A collection of the record or the context as SQL. */
export interface SqlCollection {
  readonly items: SqlItems;
  /** Whether the items are known; absent = always. Never NULL. */
  readonly known: Sql | undefined;
}

/** How a level that remembers came out. `undefined` parts do not occur. */
export type SqlLevel = Readonly<Record<"level" | "since" | "previous" | "change" | "atRisk" | "below", SqlValue>>;

/** Running counts and working days of a calendar as lists of constants. */
export interface SqlCalendar {
  readonly calendar: Calendar;
  /** Working days up to each day from the day before the calendar begins. */
  readonly counts: Sql;
  /** Days that are worked, in order. */
  readonly workingDays: Sql;
}

/** Turns nodes into SQL; each node once a place. */
export interface SqlTranslator {
  readonly program: Program;
  /** Day number. What hangs on it alone is worked out here and stands in the statement as a constant. */
  readonly asOf: number;
  /** Whether the last day of each answer is wanted. */
  readonly wantsUntil: boolean;
  readonly root: SqlPlace;
  value(node: ValueNode, place: SqlPlace): SqlValue;
  truth(node: TruthNode, place: SqlPlace): SqlTruth;
  /** Follows references to derived facts to what they are made of. */
  unwrap(node: ValueNode): ValueNode;
  level(state: number): SqlLevel;
  /** A field of the record. */
  field(slot: number): SqlValue;
  collection(collection: Collection): SqlCollection;
  calendar(calendar: Calendar): SqlCalendar;
  /** A list of constants that stands once in the statement. */
  table(values: readonly (number | null)[]): Sql;
  /** Gives a value a column where it is read more than once. */
  share(sql: Sql, place: SqlPlace): Sql;
  shareUntil(until: SqlUntil, place: SqlPlace): SqlUntil;
  /** Id of the dialect, for the SQL of plugins. */
  readonly dialect: string;
  /** Ends the translation: this cannot be said in SQL. */
  refuse(node: TruthNode | ValueNode, what: string): never;
}
