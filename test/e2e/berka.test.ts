import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runCommandLine } from "../../packages/cli/src/index.js";
import { by, expectedBerka, type ExpectedBerka } from "./berka-expected.js";

const root = join(import.meta.dirname, "../..");
const data = join(root, "../shared/data/berka");
if (!existsSync(data)) console.warn("SKIPPED: the Berka example. Its data are not at ../shared/data/berka.");

const lines = <T>(dir: string, file: string): T[] => readFileSync(join(dir, file), "utf8").split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as T);

interface MatchLine {
  readonly customerId: string;
  readonly ruleId: string;
  readonly subject: string;
  readonly occurrence: string;
  readonly until: string | null;
}

describe.skipIf(!existsSync(data)).each([
  ["1994-03-30", "ledger.sql"],
  ["1998-12-31", "yearly.sql"],
])("the Berka bank on %s", (asOf, source) => {
  let out: string;
  let expected: ExpectedBerka;

  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), "evertend-berka-"));
    let said = "";
    const stream = { write: (text: string) => void (said += text), isTTY: false, columns: 80 };
    const argv = ["run", join(root, "examples/berka/pack"), "--source", join(root, "examples/berka", source), "--param", `data=${data}`, "--as-of", asOf, "--out", out];
    const code = await runCommandLine(argv, { stdout: stream, stderr: stream, env: {}, cwd: process.cwd() });
    expect({ code, said: code === 0 ? "" : said }).toEqual({ code: 0, said: "" });
    expected = await expectedBerka(data, asOf);
  }, 120_000);

  afterAll(() => rmSync(out, { recursive: true, force: true }));

  test("finds exactly the matches that SQL written on its own finds", () => {
    const found = lines<MatchLine>(out, "matches.ndjson").map(({ customerId, ruleId, subject }) => ({ customerId, ruleId, subject }));
    expect(found).toEqual(expected.matches.map(({ customerId, ruleId, subject }) => ({ customerId, ruleId, subject })));
    expect(found.length).toBeGreaterThan(100);
  });

  test("gives them the occurrences and last days that the words of the rules fix", () => {
    const found = new Map(lines<MatchLine>(out, "matches.ndjson").map((match) => [JSON.stringify([match.customerId, match.ruleId, match.subject]), match] as const));
    for (const { customerId, ruleId, subject, ...fixed } of expected.matches) {
      expect({ customerId, ruleId, subject, ...found.get(JSON.stringify([customerId, ruleId, subject])) }).toMatchObject({ customerId, ruleId, subject, ...fixed });
    }
  });

  test("puts every client into the right tier", () => {
    const tiers = Object.fromEntries(lines<{ readonly customerId: string; readonly tier: string | null }>(out, "facts.ndjson").map(({ customerId, tier }) => [customerId, tier]));
    expect(tiers).toEqual(expected.tiers);
  });

  test("leaves open what the data cannot tell", () => {
    const found = lines<{ readonly customerId: string; readonly ruleId: string }>(out, "unknowns.ndjson").map(({ customerId, ruleId }) => ({ customerId, ruleId }));
    expect(found.sort(by((entry) => [entry.customerId, entry.ruleId]))).toEqual(expected.unknown);
  });

  test("brings every action to one end", () => {
    const summary = JSON.parse(readFileSync(join(out, "summary.json"), "utf8")) as { readonly decisions: number; readonly outcomes: Record<string, number>; readonly customers: number };
    expect(lines(out, "decisions.ndjson")).toHaveLength(summary.decisions);
    expect(Object.values(summary.outcomes).reduce((sum, count) => sum + count, 0)).toBe(summary.decisions);
    expect(lines(out, "facts.ndjson")).toHaveLength(summary.customers);
  });
});
