import { evaluateCondition } from "@evertend/core";
import fc from "fast-check";
import { Engine, type TopLevelCondition } from "json-rules-engine";
import { expect, test } from "vitest";
import { condition, record } from "./random-conditions.js";

/**
 * On records with nothing missing and values of the right types, a condition means here what it means in
 * json-rules-engine. Its default path resolver can run code, so a plain one takes its place.
 */
const runs = Number(process.env["EVERTEND_FUZZ_RUNS"] ?? 20_000);
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_123);
const at = { asOf: "2026-11-23", zone: "Asia/Shanghai" };

function plainPath(value: object, path: string): unknown {
  let found: unknown = value;
  for (const step of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) found = (found as Record<string, unknown> | undefined)?.[step[1] ?? step[2] ?? ""];
  return found;
}

test(`conditions mean the same as in json-rules-engine (${runs} random conditions, seed ${seed})`, async () => {
  let fired = 0;
  await fc.assert(
    fc.asyncProperty(record, condition, async (facts, conditions) => {
      const engine = new Engine([{ conditions: conditions as TopLevelCondition, event: { type: "yes" } }], { pathResolver: plainPath });
      const { events } = await engine.run(facts);
      if (events.length > 0) fired++;
      expect(evaluateCondition(conditions, facts, at)).toBe(events.length > 0);
    }),
    { numRuns: runs, seed },
  );
  // A generator that makes only dead conditions would prove nothing.
  expect(fired).toBeGreaterThan(runs / 5);
  expect(fired).toBeLessThan((runs * 4) / 5);
}, 180_000);
