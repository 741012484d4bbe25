import { sha256Hex } from "@evertend/core";
import type { DiffGroup, PlanCount } from "./diff-result.js";

/** One touch or task that the two sides do not share, or do not share word for word. */
export interface Difference {
  readonly customerId: string;
  readonly side: "gained" | "lost" | "changed";
  readonly form: keyof PlanCount;
}

const mostExamples = 5;

/** Counts differences by group, with a few customers each. Memory grows with the groups, not with the customers. */
export class DiffCount {
  private readonly groups = new Map<string, { readonly counts: Record<Difference["side"], { touches: number; tasks: number }>; readonly gained: Sample; readonly lost: Sample }>();

  add(group: string, { customerId, side, form }: Difference): void {
    let found = this.groups.get(group);
    if (!found) {
      const none = (): { touches: number; tasks: number } => ({ touches: 0, tasks: 0 });
      this.groups.set(group, (found = { counts: { gained: none(), lost: none(), changed: none() }, gained: new Sample(group), lost: new Sample(group) }));
    }
    found.counts[side][form]++;
    if (side !== "changed") found[side].offer(customerId);
  }

  /** The groups in order of their names. */
  sorted(): readonly (DiffGroup & { readonly name: string })[] {
    return [...this.groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { counts, gained, lost }]) => ({ name, gained: counts.gained, lost: counts.lost, changed: counts.changed, examples: { gained: gained.ids(), lost: lost.ids() } }));
  }
}

/** A few customers of many: those whose hash comes first, so that ids close to each other are not all there is to see. */
class Sample {
  private readonly kept: { readonly id: string; readonly draw: string }[] = [];
  private last = "";

  constructor(private readonly seed: string) {}

  /** Customers come in order, so that one who is offered twice is offered twice in a row. */
  offer(id: string): void {
    if (id === this.last) return;
    this.last = id;
    const draw = sha256Hex(`${this.seed}\n${id}`).slice(0, 16);
    if (this.kept.length === mostExamples && draw >= (this.kept[mostExamples - 1]?.draw ?? "")) return;
    this.kept.push({ id, draw });
    this.kept.sort((a, b) => (a.draw < b.draw ? -1 : 1));
    this.kept.length = Math.min(this.kept.length, mostExamples);
  }

  ids(): readonly string[] {
    return this.kept.map(({ id }) => id).sort();
  }
}
