import type { ConformanceCase, ExpectedAnswer } from "./conformance-case.js";

/** What a back-end says about a case: an answer with every optional part, or the errors that stood in its way. */
export type Answer = Required<ExpectedAnswer> | { readonly errors: readonly { readonly code: string; readonly pointer: string }[] };

/** One way to evaluate a pack. A new back-end is one more entry of the list in `corpus.test.ts`. */
export interface Backend {
  readonly name: string;
  /** Why this back-end cannot run a case; printed. */
  skip(one: ConformanceCase): string | undefined;
  run(one: ConformanceCase): Answer | Promise<Answer>;
}
