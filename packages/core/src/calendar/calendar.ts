/**
 * Working days and named days as finite data. Outside `from`..`to` nothing is known: answers there are unknown, never
 * guessed. All days are day numbers (days since 1970-01-01).
 */
export interface Calendar {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  /** Running count of working days: `count[i]` = working days in `from .. from+i`, both included. */
  readonly count: Int32Array;
  /** Days by name (`spring-festival`), ascending. */
  readonly named: ReadonlyMap<string, readonly number[]>;
}
