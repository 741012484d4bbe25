import type { EvaluatedFigures, SettledFigures } from "@evertend/banking";
import type { Candidate, Program } from "@evertend/core";
import type { CustomerGroup } from "./customer-group.js";

/** The file of those who wait for the second pass. */
export const waitingFile = "waiting.ndjson";

/** The file of next states; it is no output. */
export const statesFile = "states.ndjson";

/** Files with what was evaluated: finished by the first pass. */
export const evaluatedFiles = ["matches.ndjson", "facts.ndjson", "unknowns.ndjson", "setaside.ndjson"] as const;

/**
 * Files with what was settled. The first pass settles who competes for nothing; an empty line keeps the place of each
 * customer who waits. `+` stands for a folder.
 */
export function settledFiles(program: Pick<Program, "environment">): readonly string[] {
  return ["decisions.ndjson", "touches.ndjson", "tasks.ndjson", statesFile, ...[...program.environment.channels.keys()].map((id) => `rendered+${id}.ndjson`)];
}

/** All files that the first pass of a run writes, batch by batch. */
export function batchFiles(program: Pick<Program, "environment">): readonly string[] {
  return [...evaluatedFiles, waitingFile, ...settledFiles(program)];
}

/** Some customers that follow one another. Where a batch ends depends on nothing but source and states. */
export type DayBatch = readonly CustomerGroup[];

/** What a batch comes to: finished text for each file of `batchFiles`, and what the whole run needs to know. */
export interface DecidedBatch {
  /** UTF-8, in the order of `batchFiles`. */
  readonly texts: readonly Uint8Array[];
  /** `BatchNote` as JSON. */
  readonly note: string;
  /** SHA-256 over the texts and the note. */
  readonly sha256: string;
}

/** What a batch adds to the run as a whole. Plain JSON. */
export interface BatchNote {
  readonly figures: EvaluatedFigures;
  /** Of those who were settled. */
  readonly settled: SettledFigures;
  /** What competes for slots, budgets and seats. */
  readonly offers: readonly Pick<Candidate, "rank" | "spends" | "seat">[];
  /** Lines of `waitingFile`. */
  readonly waiting: number;
}

/** Decides batches, here or in other threads. Results come in the order of the calls. */
export interface BatchDecider {
  /** How many batches are worked on at one time; more only wait. */
  readonly width: number;
  decide(batch: DayBatch): Promise<DecidedBatch>;
  close(): Promise<void>;
}

const customersInBatch = 256;

/** Cuts groups into batches of a fixed number of customers. */
export async function* cutBatches(groups: AsyncIterable<CustomerGroup>): AsyncGenerator<DayBatch> {
  let batch: CustomerGroup[] = [];
  for await (const group of groups) {
    batch.push(group);
    if (batch.length < customersInBatch) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
