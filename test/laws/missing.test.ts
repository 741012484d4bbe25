import { evaluateCondition } from "@evertend/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { condition, record } from "../conformance/random-conditions.js";

/**
 * What is known does not change when more becomes known: an answer given while fields are missing is the answer once
 * they are filled in, and with nothing missing there is always an answer.
 */
const runs = process.env["EVERTEND_FULL"] ? 20_000 : 4_000;
const seed = Number(process.env["EVERTEND_FUZZ_SEED"] ?? 20_261_123);
const at = { asOf: "2026-11-23", zone: "Asia/Shanghai" };

test(`an answer survives what is filled in (${runs} runs, seed ${seed})`, () => {
  let open = 0;
  let sure = 0;
  fc.assert(
    fc.property(record, condition, fc.array(fc.constantFrom("n", "m", "t", "u", "yes", "day", "other", "numbers", "texts", "inner"), { maxLength: 5 }), fc.boolean(), (full, conditions, gone, asNull) => {
      const partial: Record<string, unknown> = { ...full };
      for (const name of gone) {
        if (asNull) partial[name] = null;
        else delete partial[name];
      }
      const before = evaluateCondition(conditions, partial, at);
      const after = evaluateCondition(conditions, full, at);
      expect(after).not.toBe("unknown");
      if (before === "unknown") open++;
      else {
        sure++;
        expect(after).toBe(before);
      }
    }),
    { numRuns: runs, seed },
  );
  expect(open).toBeGreaterThan(runs / 20);
  expect(sure).toBeGreaterThan(runs / 5);
}, 120_000);
