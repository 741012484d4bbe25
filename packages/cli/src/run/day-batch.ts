import type { EvaluatedFigures } from "@evertend/banking";
import type { Candidate } from "@evertend/core";
import type { CustomerGroup } from "./customer-group.js";

/** The file of those who wait for the second pass. */
export const waitingFile = "waiting.ndjson";

/** Files that the first pass of a run writes, batch by batch. */
export const batchFiles = ["matches.ndjson", "facts.ndjson", "unknowns.ndjson", "setaside.ndjson", waitingFile] as const;

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
