import { checkClause } from "./check-channel-conformance.js";
import { conformanceClauses } from "./conformance-clauses.js";
import type { ConformanceOptions } from "./conformance-options.js";

/** `test` of vitest, jest or node:test. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/**
 * Makes one test for each clause. A clause that does not apply says why in its name.
 *
 * @example
 * import { test } from "vitest";
 * runChannelConformance(test, { channel, config: { directory }, gateway });
 */
export function runChannelConformance(test: TestFunction, options: ConformanceOptions): void {
  for (const clause of conformanceClauses) {
    const reason = clause.applies(options);
    const name = `${options.channel.id}: ${clause.id}: ${clause.title.en}`;
    test(reason === null ? name : `${name} [not applicable: ${reason}]`, async () => {
      const { result, details } = await checkClause(clause, options);
      if (result === "failed") throw new Error(`${clause.id}\n${details.map((detail) => `- ${detail}`).join("\n")}`);
    });
  }
}
