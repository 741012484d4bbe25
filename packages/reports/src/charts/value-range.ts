/** Bounds of a value axis that starts or ends at zero, and the distance of its ticks. */
export interface ValueRange {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

/** The smallest of 1, 2, 2.5, 5 times a power of ten that is at least `rough`. */
function niceStep(rough: number, whole: boolean): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return whole ? Math.max(1, Math.ceil(step)) : step;
}

/**
 * A range that holds zero and all values and ends on round numbers, with about `ticks` steps.
 */
export function valueRange(values: readonly number[], ticks: number): ValueRange {
  const low = values.reduce((a, b) => Math.min(a, b), 0);
  const high = values.reduce((a, b) => Math.max(a, b), 0);
  if (low === high) return { min: 0, max: 1, step: 1 };
  const step = niceStep((high - low) / ticks, values.every(Number.isInteger));
  return { min: Math.floor(low / step) * step, max: Math.ceil(high / step) * step, step };
}
