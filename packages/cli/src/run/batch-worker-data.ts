import type { Diagnostic } from "@evertend/core";
import type { EngineSetup } from "../wiring/engine-setup.js";
import type { BatchDay } from "./decide-batch.js";
import type { DecidedBatch } from "./day-batch.js";

/** What a thread that decides batches is started with. */
export interface BatchWorkerData {
  readonly setup: EngineSetup;
  readonly day: Omit<BatchDay, "engine">;
}

/** What it answers to each batch. */
export type BatchWorkerReply = { readonly decided: DecidedBatch } | { readonly diagnostics: readonly Diagnostic[] };
