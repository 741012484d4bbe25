import { afterAll, expect, it } from "vitest";
import type { Answer, Batch } from "../conformance/backend.js";
import { compiledBackend } from "../conformance/compiled-backend.js";
import { postgresBackend } from "../conformance/postgres-backend.js";
import { Draw } from "../fuzz/draw.js";
import { makeRules } from "../bench/parquet/make-rules.js";
import { cities, holdingTypes, productNames } from "../bench/parquet/make-population.js";
import { renderPack } from "../bench/parquet/render-pack.js";

const asOf = "2026-11-25";
const ruleCount = 1000;

/** A thousand rules, every other of which is also about the day, so that each answer has an end. */
function pack(): Batch["files"] {
  const files = renderPack(makeRules(ruleCount));
  const parts = JSON.parse(files["rules.json"] ?? "") as { readonly rules: readonly { readonly when: readonly unknown[] }[] };
  const rules = parts.rules.map((rule, i) => (i % 2 === 0 ? rule : { ...rule, when: [...rule.when, { any: [["joinedOn", "moreThanDaysAgo", 30 + i], ["joinedOn", "withinLastMonths", 1 + (i % 40)]] }] }));
  const { rules: _all, ...rest } = parts;
  const slices = Array.from({ length: 10 }, (_, i) => [`rules-${i}.json`, JSON.stringify({ rules: rules.slice((i * ruleCount) / 10, ((i + 1) * ruleCount) / 10) })] as const);
  return { ...files, "rules.json": JSON.stringify(rest), ...Object.fromEntries(slices) };
}

function people(count: number): Batch["people"] {
  const draw = new Draw(7);
  const maybe = <T>(value: T): T | undefined => (draw.chance(0.1) ? undefined : value);
  return Array.from({ length: count }, (_, i) => ({
    state: undefined,
    record: {
      customerId: String(i), city: maybe(draw.pick(cities)), potential: maybe(draw.whole(0, 99)), active: maybe(draw.chance(0.7)),
      joinedOn: maybe(`20${draw.whole(16, 25)}-${draw.pick(["01", "06", "10"])}-${draw.pick(["01", "15", "28"])}`), turnover: maybe(draw.whole(0, 300_000)),
      assets: { total: maybe(draw.whole(0, 2_000_000)), atOtherBanks: maybe(draw.whole(0, 1_000_000)) },
      products: maybe(productNames.filter(() => draw.chance(0.4))),
      holdings: draw.list(0, 4, (h) => ({ holdingId: String(h), type: draw.pick(holdingTypes), balance: maybe(draw.whole(0, 200_000)) })),
    },
  }));
}

afterAll(() => postgresBackend.close?.());

it(`a pack of ${ruleCount} rules is more than a stage of PostgreSQL can hold, and is answered all the same`, async () => {
  const reason = await postgresBackend.skipAll?.();
  if (reason !== undefined) {
    console.warn(`large pack: skipped: ${reason}`);
    return;
  }
  const batch: Batch = { files: pack(), asOf, context: undefined, people: people(12) };
  const expected = await compiledBackend.runMany(batch);
  const errors = expected.flatMap((answer) => ("errors" in answer ? answer.errors : []));
  expect(errors.slice(0, 5)).toEqual([]);
  const seen = expected.reduce((sum, answer: Answer) => sum + ("errors" in answer ? 0 : answer.matches.length), 0);
  expect(seen).toBeGreaterThan(ruleCount / 10);
  expect(await postgresBackend.runMany(batch)).toEqual(expected);
}, 240_000);
