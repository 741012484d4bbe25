import { compareRanks } from "./rank.js";
import type { Rank } from "./rank.js";

/** The best few of any number of ranks: a binary heap with the worst of them on top. */
export class BestRanks {
  private readonly heap: Rank[] = [];
  private sorted: Rank[] | undefined;

  /** @param size - how many to keep; 0 keeps none. */
  constructor(private readonly size: number) {}

  /** Takes a rank in; the worst falls out where there are too many. */
  offer(rank: Rank): void {
    this.sorted = undefined;
    const { heap } = this;
    if (heap.length < this.size) {
      heap.push(rank);
      this.rise(heap.length - 1);
      return;
    }
    const worst = heap[0];
    if (!worst || compareRanks(rank, worst) >= 0) return;
    heap[0] = rank;
    this.sink();
  }

  /** The worst of the best `count`; `all` where fewer were offered, `none` where `count` leaves no place. */
  worstOf(count: number): Rank | "all" | "none" {
    const places = Math.min(Math.floor(count), Math.floor(this.size));
    if (places <= 0) return "none";
    this.sorted ??= [...this.heap].sort(compareRanks);
    return this.sorted[places - 1] ?? "all";
  }

  private rise(from: number): void {
    const { heap } = this;
    let i = from;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (compareRanks(heap[i] as Rank, heap[parent] as Rank) <= 0) return;
      this.swap(i, parent);
      i = parent;
    }
  }

  private sink(): void {
    const { heap } = this;
    let i = 0;
    for (;;) {
      let worst = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && compareRanks(heap[child] as Rank, heap[worst] as Rank) > 0) worst = child;
      }
      if (worst === i) return;
      this.swap(i, worst);
      i = worst;
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this;
    const kept = heap[a] as Rank;
    heap[a] = heap[b] as Rank;
    heap[b] = kept;
  }
}
