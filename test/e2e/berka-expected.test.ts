import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectedBerka } from "./berka-expected.js";
import { recountBerka } from "./berka-recount.js";

const data = join(import.meta.dirname, "../../../shared/data/berka");
if (!existsSync(data)) console.warn(`skipped: the Berka data are not at ../shared/data/berka, so their expected answers cannot be checked`);

describe.skipIf(!existsSync(data))("expected answers for the Berka data", () => {
  test.each(["1994-03-30", "1993-08-31", "1998-12-31"])("SQL and a recount by hand agree on %s", async (asOf) => {
    const expected = await expectedBerka(data, asOf);
    expect(expected).toEqual(recountBerka(data, asOf));
    console.info(asOf, JSON.stringify({ clients: Object.keys(expected.tiers).length, matches: count(expected.matches), unknown: count(expected.unknown), tiers: countValues(Object.values(expected.tiers)) }));
  });

  test("all clients and no more", async () => {
    expect(Object.keys((await expectedBerka(data, "1998-12-31")).tiers).length).toBe(5369);
    expect(Object.keys((await expectedBerka(data, "1992-12-31")).tiers).length).toBe(0);
  });
});

function count(entries: readonly { readonly ruleId: string }[]): Record<string, number> {
  return countValues(entries.map(({ ruleId }) => ruleId));
}

function countValues(values: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of [...values].sort()) counts[value ?? "unknown"] = (counts[value ?? "unknown"] ?? 0) + 1;
  return counts;
}
