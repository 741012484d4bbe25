import { parseRecord, type CustomerState } from "@evertend/core";
import type { WarehouseSource } from "@evertend/warehouse";
import type { CliIo } from "../cli-io.js";
import { openState, stateLocation } from "../wiring/open-state.js";
import { commandFault } from "../wiring/report-diagnostics.js";

/** One customer of a source, with the state that runs left behind. */
export interface FoundCustomer {
  readonly record: Readonly<Record<string, unknown>>;
  readonly row: number;
  readonly state: CustomerState | undefined;
}

/**
 * Looks for a customer in a source.
 *
 * @throws DiagnosticError CUSTOMER_UNKNOWN, and what source and state throw
 */
export async function findCustomer(io: CliIo, source: WarehouseSource, id: string, stateDir: string | undefined, asOf: string): Promise<FoundCustomer> {
  for await (const { id: found, json, row } of source.records()) {
    if (found !== id) continue;
    const parsed = parseRecord(json);
    // What keeps a text from being a record is said by the engine, with its place.
    const record = "code" in parsed ? (json as unknown as FoundCustomer["record"]) : parsed.value;
    return { record, row, state: stateDir === undefined ? undefined : await findState(io, stateDir, id, asOf) };
  }
  throw commandFault(io, "CUSTOMER_UNKNOWN", {}, { file: source.name });
}

async function findState(io: CliIo, dir: string, id: string, asOf: string): Promise<CustomerState | undefined> {
  for await (const state of openState(stateLocation(io, dir), { lang: io.lang, asOf }).read()) {
    if (state.customerId === id) return state;
    if (state.customerId > id) return undefined;
  }
  return undefined;
}
