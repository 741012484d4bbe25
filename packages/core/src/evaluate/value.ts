/**
 * A value while rules run. `undefined` = unknown, `null` = there is none. Dates are day numbers (days since
 * 1970-01-01); numbers are plain doubles in natural units.
 */
export type Value = string | number | boolean | readonly (string | number)[] | null | undefined;

/** Kleene truth: 0 false, 1 true, 2 unknown. */
export type Truth = 0 | 1 | 2;
export const FALSE = 0;
export const TRUE = 1;
export const UNKNOWN = 2;

/** One item of a collection: its fields by slot. */
export type Item = readonly Value[];

/** A record in the one fixed shape its model gives it. */
export interface NormalRecord {
  readonly id: string;
  readonly slots: readonly Value[];
  /** Items by collection slot; `undefined` = unknown, an absent collection that means "none" is empty. */
  readonly collections: readonly (readonly Item[] | undefined)[];
  /** SHA-256 of the canonical record. */
  readonly hash: string;
}

/** Context collections in the same shape, shared by all records of a run. */
export type NormalContext = readonly (readonly Item[] | undefined)[];
