import { constantsOf, outlookOf, placed, type Clause, type ColumnKey } from "./index-clauses.js";
import { FALSE, TRUE, type Value } from "./value.js";

/** The clause of one rule (by its bit) on a column. */
export interface IndexedClause {
  readonly bit: number;
  readonly clause: Clause;
}

interface Change {
  readonly bit: number;
  readonly outlook: number;
}

/** Rows of a column's table before those of its places: unknown, none. */
export const firstPlace = 2;

/**
 * One column of the index: for every place that a value can have among the column's constants, the rules that may still
 * be true there, as bits. Constants are sorted (numbers, dates) or hashed (texts, booleans).
 */
export class IndexColumn {
  readonly slot: number;
  readonly age: boolean;
  /** Rules that are not surely false for ever, `words` a row. */
  readonly possible: Int32Array;
  /** Rules whose clause is surely true. */
  readonly sure: Int32Array;
  /** Constants in order, of numbers and dates. */
  readonly sorted: Float64Array | undefined;
  /** Row of a text or boolean; of all others `firstPlace`. */
  readonly hashed: ReadonlyMap<Value, number>;

  constructor(key: ColumnKey, clauses: readonly IndexedClause[], readonly words: number) {
    this.slot = key.slot;
    this.age = key.age;
    const constants = [...new Set(clauses.flatMap(({ clause }) => constantsOf(clause)))];
    const sorted = key.ordered ? Float64Array.from(constants as number[]).sort() : undefined;
    // Between two constants lies a place of its own; texts that are no constant share place 0.
    const places = new Map(sorted ? [...sorted].map((constant, i) => [constant as string | number | boolean, 2 * i + 1] as const) : constants.map((constant, i) => [constant, i + 1] as const));
    const count = sorted ? 2 * sorted.length + 1 : constants.length + 1;
    const placeOf = (constant: string | number | boolean): number => places.get(constant === 0 ? 0 : constant) ?? -1;
    this.possible = new Int32Array((firstPlace + count) * words).fill(-1);
    this.sure = new Int32Array((firstPlace + count) * words).fill(-1);
    // What a clause says changes at its own constants only: rows are copied on from place to place with those changes.
    const changes: (Change[] | undefined)[] = [];
    for (const { bit, clause } of clauses) {
      const known = placed(clause, placeOf);
      (["unknown", "none"] as const).forEach((place, row) => this.#set(row * words, bit, outlookOf(known, place, key.age)));
      const own = constantsOf(clause).map(placeOf);
      for (const place of new Set([0, ...own, ...own.map((at) => at + 1)])) {
        if (place < count) (changes[place] ??= []).push({ bit, outlook: outlookOf(known, place, key.age) });
      }
    }
    for (let place = 0; place < count; place++) {
      const at = (firstPlace + place) * words;
      if (place > 0) {
        this.possible.copyWithin(at, at - words, at);
        this.sure.copyWithin(at, at - words, at);
      }
      for (const { bit, outlook } of changes[place] ?? []) this.#set(at, bit, outlook);
    }
    this.sorted = sorted;
    this.hashed = new Map([...places].map(([constant, place]) => [constant as Value, firstPlace + place] as const));
  }

  #set(row: number, bit: number, outlook: number): void {
    const at = row + (bit >>> 5);
    const one = 1 << (bit & 31);
    // False without `turns`: false for ever.
    this.possible[at] = outlook === FALSE ? (this.possible[at] as number) & ~one : (this.possible[at] as number) | one;
    this.sure[at] = (outlook & 3) === TRUE ? (this.sure[at] as number) | one : (this.sure[at] as number) & ~one;
  }

  /** Where the table's row of a value begins. */
  at(value: Value, asOf: number): number {
    if (value === undefined) return 0;
    if (value === null) return this.words;
    const sorted = this.sorted;
    if (!sorted) return (this.hashed.get(value) ?? firstPlace) * this.words;
    const number = this.age ? (value as number) - asOf : (value as number);
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    return (firstPlace + 2 * low + (low < sorted.length && sorted[low] === number ? 1 : 0)) * this.words;
  }
}
