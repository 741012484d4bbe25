import { formatInstant, instantOf, parseDay, parseInstant } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { commandFault } from "./report-diagnostics.js";

/** The day a run is for. */
export interface RunDay {
  /** Civil date. */
  readonly asOf: string;
  /** Instant with the offset of the bank's zone. */
  readonly at: string;
}

const nineInTheMorning = 9 * 60;

/**
 * Checks `--as-of` and `--at`; without `--at` it is 09:00 on that day in the bank's zone.
 *
 * @throws DiagnosticError AS_OF_INVALID, AT_INVALID
 */
export function runDay(io: Pick<CliIo, "lang">, zone: string, asOf: string, at?: string): RunDay {
  const day = requireAsOf(io, asOf);
  if (at === undefined) return { asOf, at: formatInstant(zone, instantOf(zone, day, nineInTheMorning)) };
  const instant = parseInstant(at);
  if (typeof instant === "string") throw commandFault(io, "AT_INVALID", { found: at });
  return { asOf, at: formatInstant(zone, instant) };
}

/** The day number of `--as-of`. @throws DiagnosticError AS_OF_INVALID */
export function requireAsOf(io: Pick<CliIo, "lang">, asOf: string): number {
  const day = parseDay(asOf);
  if (day === undefined) throw commandFault(io, "AS_OF_INVALID", { found: asOf });
  return day;
}
