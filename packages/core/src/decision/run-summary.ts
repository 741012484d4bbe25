import type { MessageClass } from "./message-class.js";

/** Counts of one run, as `summary.json` holds them. Keys are sorted; nothing in it depends on the machine or the clock. */
export interface RunSummary {
  readonly packId: string;
  readonly packVersion: string;
  readonly packHash: string;
  readonly engineVersion: string;
  readonly asOf: string;
  readonly at: string;
  readonly customers: number;
  /** Customers whose record was not usable: count by diagnostic code. */
  readonly setAside: Readonly<Record<string, number>>;
  readonly matches: number;
  readonly matchesByRule: Readonly<Record<string, number>>;
  readonly unknownsByRule: Readonly<Record<string, number>>;
  /** (match, action) pairs; equals the sum over `outcomes`. */
  readonly decisions: number;
  readonly outcomes: Readonly<Record<"touch" | "task" | "held" | "merged" | "dropped", number>>;
  readonly reasons: Readonly<Record<string, number>>;
  readonly touchesByChannel: Readonly<Record<string, number>>;
  readonly touchesByClass: Readonly<Partial<Record<MessageClass, number>>>;
  readonly tasksByRole: Readonly<Record<string, number>>;
  readonly alreadyPlanned: number;
  readonly keysPlannedTwice: number;
  /** Survivors after each stage, in order. */
  readonly funnel: readonly { readonly stage: "actions" | "new" | "allowed" | "arbitrated" | "allocated" | "planned"; readonly count: number }[];
  readonly errors: Readonly<Record<string, number>>;
}
