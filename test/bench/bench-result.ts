/** One contender's figure. `checksum` is over its answers: contenders of one workload must have the same. */
export interface BenchRow {
  readonly contender: string;
  readonly rules: number;
  readonly customers: number;
  readonly microsPerCustomer: number;
  readonly checksum: string;
  /** Measured over fewer customers than the others, and scaled. */
  readonly sampled?: boolean;
  /** Greatest resident memory of the process, where it was measured. */
  readonly megabytes?: number;
  /** Time of all threads together, where the wall clock told little of it. */
  readonly cpuMicrosPerCustomer?: number;
}

/** How a benchmark is asked for. */
export interface BenchOptions {
  /** Share of the customers that the goals of `sql` and `sweep` speak of: 1 unless `--scale` says less. */
  readonly scale: number;
  /** Also what takes long: the night over 10 M customers. */
  readonly full: boolean;
}

/** What is hoped for, as a ratio or a figure. */
export interface BenchGoal {
  readonly id: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly met: boolean;
  /** Why it is missed, where it is. */
  readonly reason?: string;
}

/** What a benchmark found. */
export interface BenchResult {
  readonly rows: readonly BenchRow[];
  readonly goals: readonly BenchGoal[];
  /** Limits that nobody can go below, beside the figures: parsing the input, reading its bytes. */
  readonly limits: readonly { readonly id: string; readonly microsPerCustomer: number }[];
}

export function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
