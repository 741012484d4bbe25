import type { StateWriter } from "@evertend/core";

/** A writer that also takes states as they will be written. */
export interface StateLineWriter extends StateWriter {
  /** Whole lines of `stateLine`, in ascending order of id. */
  writeLines(lines: string): Promise<void>;
}
