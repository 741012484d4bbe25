import type { ConformanceCase, ExpectedAnswer } from "./conformance-case.js";

/** What a back-end says about a case: an answer with every optional part, or the errors that stood in its way. */
export type Answer = Required<ExpectedAnswer> | { readonly errors: readonly { readonly code: string; readonly pointer: string }[] };

type Json = Readonly<Record<string, unknown>>;

/** Several records that one pack is asked about on one day. */
export interface Batch {
  readonly files: Readonly<Record<string, string>>;
  readonly asOf: string;
  readonly context: Json | undefined;
  readonly people: readonly { readonly record: Json; readonly state: Json | undefined }[];
}

/** One way to evaluate a pack. A new back-end is one more entry of `backends.ts`. */
export interface Backend {
  readonly name: string;
  /** How much it answers: `matches` = which matches there are and which rules stay open, not why or for how long. */
  readonly answers: "full" | "matches";
  /** Why this back-end cannot run here at all; printed. */
  skipAll?(): Promise<string | undefined>;
  /** Why this back-end cannot run a case; printed. */
  skip(one: ConformanceCase): string | undefined;
  run(one: ConformanceCase): Answer | Promise<Answer>;
  /** One answer a record, in order. */
  runMany(batch: Batch): readonly Answer[] | Promise<readonly Answer[]>;
  close?(): Promise<void>;
}

/** A case of the corpus as a batch of one record. */
export function batchOf(one: ConformanceCase): Batch {
  return { files: one.files, asOf: one.asOf, context: one.context, people: [{ record: one.record, state: one.state }] };
}
