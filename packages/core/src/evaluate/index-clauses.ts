import type { Comparison, TruthNode, ValueNode } from "../lower/node.js";
import { clockOf, holds, type Clock } from "./clock.js";
import { turnedComparison } from "./clock.js";
import { daysFromAsOf } from "./days-from-as-of.js";
import { FALSE, TRUE, UNKNOWN, type Truth } from "./value.js";

/** What an index looks at: a field of the record (level −1) or of an item; `age`: the days from asOf to that date. */
export interface ColumnKey {
  readonly level: number;
  readonly slot: number;
  readonly age: boolean;
  /** Numbers and dates have an order; texts and booleans are only equal or not. */
  readonly ordered: boolean;
}

type Constant = string | number | boolean;

/** A condition that looks at one column and at constants only. */
export type Clause =
  | { readonly op: "compare"; readonly cmp: Comparison; readonly constant: Constant }
  | { readonly op: "in"; readonly constants: readonly Constant[] }
  | { readonly op: "present" }
  | { readonly op: "and" | "or"; readonly items: readonly Clause[] }
  | { readonly op: "not"; readonly item: Clause };

/** A value of a column as an index sees it: not there, none, or its place among the column's constants. */
export type Place = "unknown" | "none" | number;

/** A truth, with `turns` added where it does not stay so for ever if the data stays the same. */
export type Outlook = number;
export const turns = 4;

/** The column and clause of a condition; `undefined` where it looks at more than one column or at what moves in steps. */
export function clauseOf(node: TruthNode, unwrap: (node: ValueNode) => ValueNode): { readonly column: ColumnKey; readonly clause: Clause } | undefined {
  let column: ColumnKey | undefined;
  const clause = read(node);
  return clause && column ? { column, clause } : undefined;

  function look(found: ColumnKey): boolean {
    column ??= found;
    return column.level === found.level && column.slot === found.slot && column.age === found.age;
  }

  function read(one: TruthNode): Clause | undefined {
    switch (one.op) {
      case "and":
      case "or": {
        const items = one.items.map(read);
        return items.length > 0 && items.every((item) => item !== undefined) ? { op: one.op, items } : undefined;
      }
      case "not": {
        const item = read(one.item);
        return item && { op: "not", item };
      }
      case "named":
        return read(one.item);
      case "present": {
        const plain = plainColumn(one.value);
        return plain && look(plain) ? { op: "present" } : undefined;
      }
      case "in": {
        const plain = plainColumn(one.value);
        return plain && one.list.op === "const" && look(plain) ? { op: "in", constants: one.list.value as readonly Constant[] } : undefined;
      }
      case "compare": {
        const found = comparisonOf(unwrap(one.left), one.cmp, unwrap(one.right));
        return found && look(found.column) ? found.clause : undefined;
      }
      default:
        return undefined;
    }
  }
}

function plainColumn(node: ValueNode): ColumnKey | undefined {
  if (node.op !== "field" || node.type === "list") return undefined;
  return { level: node.level, slot: node.slot, age: false, ordered: node.type === "number" || node.type === "date" };
}

function comparisonOf(left: ValueNode, cmp: Comparison, right: ValueNode): { readonly column: ColumnKey; readonly clause: Clause } | undefined {
  return oneWay(left, cmp, right) ?? oneWay(right, turnedComparison(cmp), left);
}

/** A comparison with its column on the left. */
function oneWay(left: ValueNode, cmp: Comparison, right: ValueNode): { readonly column: ColumnKey; readonly clause: Clause } | undefined {
  const plain = plainColumn(left);
  if (plain && right.op === "const" && !Array.isArray(right.value)) return { column: plain, clause: { op: "compare", cmp, constant: right.value as Constant } };
  const moved = plain && left.type === "date" ? daysFromAsOf(right) : undefined;
  if (plain && moved !== undefined) return { column: { ...plain, age: true }, clause: { op: "compare", cmp, constant: moved } };
  return ageComparison(clockOf(left), cmp, right);
}

/** Days since or until a date, compared with a number. */
function ageComparison(clock: Clock | undefined, cmp: Comparison, right: ValueNode): { readonly column: ColumnKey; readonly clause: Clause } | undefined {
  if (!clock || clock.unit !== "days" || clock.calendar || (clock.kind !== "since" && clock.kind !== "until")) return undefined;
  const plain = clock.argument && plainColumn(clock.argument);
  if (!plain || right.op !== "const" || typeof right.value !== "number") return undefined;
  // A whole number of days never equals a fraction, and steps over it: left to those who search.
  if (cmp === "=" && !Number.isInteger(right.value)) return undefined;
  const since = clock.kind === "since";
  return { column: { ...plain, age: true }, clause: { op: "compare", cmp: since ? turnedComparison(cmp) : cmp, constant: (since ? -right.value : right.value) + 0 } };
}

/** All constants that a clause compares with. */
export function constantsOf(clause: Clause): readonly Constant[] {
  switch (clause.op) {
    case "compare":
      return [clause.constant];
    case "in":
      return clause.constants;
    case "and":
    case "or":
      return clause.items.flatMap(constantsOf);
    case "not":
      return constantsOf(clause.item);
    case "present":
      return [];
  }
}

/** A clause whose constants are places of a column. */
export type PlacedClause =
  | { readonly op: "compare"; readonly cmp: Comparison; readonly place: number }
  | { readonly op: "in"; readonly places: ReadonlySet<number> }
  | { readonly op: "present" }
  | { readonly op: "and" | "or"; readonly items: readonly PlacedClause[] }
  | { readonly op: "not"; readonly item: PlacedClause };

/** Looks the places of a clause's constants up, once. */
export function placed(clause: Clause, placeOf: (constant: Constant) => number): PlacedClause {
  switch (clause.op) {
    case "compare":
      return { op: "compare", cmp: clause.cmp, place: placeOf(clause.constant) };
    case "in":
      return { op: "in", places: new Set(clause.constants.map(placeOf)) };
    case "and":
    case "or":
      return { op: clause.op, items: clause.items.map((item) => placed(item, placeOf)) };
    case "not":
      return { op: "not", item: placed(clause.item, placeOf) };
    case "present":
      return clause;
  }
}

/** What a clause says of a column's value, by the same rules as evaluation: see `compile-truth.ts`. */
export function outlookOf(clause: PlacedClause, place: Place, age: boolean): Outlook {
  switch (clause.op) {
    case "present":
      return place === "unknown" || place === "none" ? FALSE : TRUE;
    case "not": {
      const outlook = outlookOf(clause.item, place, age);
      const truth = outlook & 3;
      return truth === UNKNOWN ? outlook : (outlook & turns) | (truth === TRUE ? FALSE : TRUE);
    }
    case "and":
    case "or": {
      const deciding: Truth = clause.op === "and" ? FALSE : TRUE;
      let decided = false;
      let unknown = false;
      let turning = 0;
      for (const item of clause.items) {
        const outlook = outlookOf(item, place, age);
        if (outlook === deciding) return deciding;
        if ((outlook & 3) === deciding) decided = true;
        else if ((outlook & 3) === UNKNOWN) unknown = true;
        turning |= outlook & turns;
      }
      return turning | (decided ? deciding : unknown ? UNKNOWN : deciding === FALSE ? TRUE : FALSE);
    }
    case "in":
      if (typeof place !== "number") return place === "none" ? FALSE : UNKNOWN;
      return clause.places.has(place) ? TRUE : FALSE;
    case "compare": {
      if (typeof place !== "number") return place === "none" ? FALSE : UNKNOWN;
      const gap = place - clause.place;
      return (holds(gap, clause.cmp, 0) ? TRUE : FALSE) | (age && !neverTurns(gap, clause.cmp) ? turns : 0);
    }
  }
}

/** A gap that shrinks by one a day: what it no longer crosses stays as it is. */
function neverTurns(gap: number, cmp: Comparison): boolean {
  return cmp === ">" || cmp === "<=" ? gap <= 0 : gap < 0;
}
