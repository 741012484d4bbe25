import type { Spool, SpoolPlace } from "../run/spool.js";

/**
 * Rows that wait on disk until all rows of their group are there: customers of one manager do not stand side by side. In
 * memory there are two numbers for each row.
 */
export class GroupRows {
  readonly #spool: Spool;
  readonly #places = new Map<string, { readonly name: string; readonly starts: number[]; readonly lengths: number[] }>();

  constructor(spool: Spool) {
    this.#spool = spool;
  }

  /** @param name what the group is called; that of its first row counts */
  async add(id: string, name: string, row: unknown): Promise<void> {
    let group = this.#places.get(id);
    if (!group) this.#places.set(id, (group = { name, starts: [], lengths: [] }));
    const { start, length }: SpoolPlace = await this.#spool.add(row);
    group.starts.push(start);
    group.lengths.push(length);
  }

  /** The groups in order of id, each with its rows in the order in which they came. Nothing may be added afterwards. */
  *groups(): Generator<{ readonly id: string; readonly name: string; readonly rows: () => AsyncGenerator<unknown> }> {
    const spool = this.#spool;
    for (const [id, { name, starts, lengths }] of [...this.#places].sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield {
        id, name,
        rows: async function* () {
          for (const [i, start] of starts.entries()) yield await spool.at({ start, length: lengths[i] as number });
        },
      };
    }
  }
}
