import type { Clock } from "@evertend/core";
import type { SqlValue } from "./sql-answer.js";

/** A side of a comparison that may move with asOf. */
export interface ClockSide {
  readonly clock: Clock | undefined;
  /** The clock's argument, or the value where there is no clock; absent for asOf itself. */
  readonly value: SqlValue | undefined;
  /** What the side shows on asOf. */
  readonly shown: SqlValue;
}
