import type { Lang } from "@evertend/core";
import type { Clause } from "./clause.js";
import { ClauseContext } from "./clause-context.js";
import { conformanceClauses } from "./conformance-clauses.js";
import type { ConformanceOptions } from "./conformance-options.js";

/** What became of one clause. */
export interface ClauseResult {
  readonly id: string;
  readonly title: Readonly<Record<Lang, string>>;
  readonly result: "passed" | "failed" | "not-applicable";
  /** What is wrong, one sentence each; for `not-applicable` the reason; empty when passed. */
  readonly details: readonly string[];
}

/** The answer of the kit. */
export interface ConformanceReport {
  readonly channel: string;
  /** No clause failed. */
  readonly conforms: boolean;
  readonly clauses: readonly ClauseResult[];
}

const defaultTimeoutMs = 20_000;

/**
 * Checks a channel against the contract, clause by clause, at a gateway that can be told to fail.
 *
 * @example
 * const report = await checkChannelConformance({ channel, config: { directory }, gateway });
 * report.conforms; // true
 */
export async function checkChannelConformance(options: ConformanceOptions): Promise<ConformanceReport> {
  const clauses: ClauseResult[] = [];
  for (const clause of conformanceClauses) clauses.push(await checkClause(clause, options));
  return { channel: options.channel.id, conforms: clauses.every((clause) => clause.result !== "failed"), clauses };
}

/** Checks one clause. Never rejects: what goes wrong is a failure of the clause. */
export async function checkClause(clause: Clause, options: ConformanceOptions): Promise<ClauseResult> {
  const { id, title } = clause;
  const reason = clause.applies(options);
  if (reason !== null) return { id, title, result: "not-applicable", details: [reason] };
  const details: string[] = [];
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  try {
    const context = await ClauseContext.create(options);
    try {
      await within(timeoutMs, () => clause.run(context));
    } catch (error) {
      details.push(error instanceof Error ? `${error.name}: ${error.message}` : "something was thrown that is not an error");
    }
    details.unshift(...context.failures);
    await within(timeoutMs, () => context.dispose());
  } catch (error) {
    details.push(error instanceof Error ? `${error.name}: ${error.message}` : "the gateway under test failed");
  }
  return { id, title, result: details.length === 0 ? "passed" : "failed", details };
}

async function within(ms: number, work: () => Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done within ${ms} ms`)), ms);
  });
  try {
    await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
