/** Counts by two names, e.g. of unit and class. Memory grows with names, not with customers. */
export class Tally {
  readonly #counts = new Map<string, Map<string, number>>();

  add(row: string, column: string, amount = 1): void {
    let counts = this.#counts.get(row);
    if (!counts) this.#counts.set(row, (counts = new Map<string, number>()));
    counts.set(column, (counts.get(column) ?? 0) + amount);
  }

  of(row: string, column: string): number {
    return this.#counts.get(row)?.get(column) ?? 0;
  }

  /** Sum of a row. */
  sum(row: string): number {
    let sum = 0;
    for (const count of this.#counts.get(row)?.values() ?? []) sum += count;
    return sum;
  }

  /** Names of rows, in order. */
  rows(): readonly string[] {
    return [...this.#counts.keys()].sort();
  }

  /** Names of columns of a row, in order. */
  columns(row: string): readonly string[] {
    return [...(this.#counts.get(row)?.keys() ?? [])].sort();
  }
}
