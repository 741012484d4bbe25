/** One slice of a pie. `index` is its colour, `null` for what was put together as others. */
export interface Slice {
  readonly label: string;
  readonly value: number;
  readonly share: number;
  readonly index: number | null;
}

/** More slices than this cannot be told apart. */
const MOST_SLICES = 6;

/**
 * The slices to draw, in the order given. Of more than six, the five largest keep their own; the rest goes together at the
 * end (the table beside the picture still lists all).
 *
 * @param labels - one per value
 * @param values - not negative
 * @param others - name for the rest
 */
export function pieSlices(labels: readonly string[], values: readonly number[], others: string): readonly Slice[] {
  const total = values.reduce((sum, value) => sum + value, 0);
  const all = values.map((value, i) => ({ label: labels[i] ?? "", value, share: total === 0 ? 0 : value / total, at: i }));
  const shown = all.length <= MOST_SLICES
    ? all
    : [...all].sort((a, b) => b.value - a.value || a.at - b.at).slice(0, MOST_SLICES - 1).sort((a, b) => a.at - b.at);
  const slices = shown.map(({ label, value, share }, index): Slice => ({ label, value, share, index }));
  if (shown.length === all.length) return slices;
  const rest = total - shown.reduce((sum, { value }) => sum + value, 0);
  return [...slices, { label: others, value: rest, share: total === 0 ? 0 : rest / total, index: null }];
}
