import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bankingPlugin } from "@evertend/banking";
import { createEngine, createEnvironment, formatDay, formatDiagnostics, loadPack, parseDay, type CustomerResult } from "@evertend/core";
import { openSource } from "@evertend/warehouse";
import { describe, expect, test } from "vitest";

/** Real contact history: nobody is called to be sold something against cooldown, refusal or cap. */
const root = join(import.meta.dirname, "../..");
const data = join(root, "../shared/data/uci-bank-marketing");
const pack = join(root, "examples/uci-bank-marketing/pack");
const asOf = "2008-06-20";
const customers = 6_000;
if (!existsSync(data)) console.warn("skipped: the UCI bank marketing data are not at ../shared/data/uci-bank-marketing");

function daysBefore(days: number): string {
  return formatDay((parseDay(asOf) ?? 0) - days);
}

async function runSome(): Promise<readonly CustomerResult[]> {
  const files = Object.fromEntries(readdirSync(pack, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".json")).map((file) => [file, readFileSync(join(pack, file), "utf8")]));
  const { program, diagnostics } = loadPack(files, { environment: createEnvironment([bankingPlugin]) });
  if (!program) throw new Error(formatDiagnostics(diagnostics));
  const source = await openSource({ file: join(root, "examples/uci-bank-marketing/contacts.sql"), idField: "customerId", variables: { data }, asOf, lang: "en" });
  async function* first(): AsyncGenerator<string> {
    let count = 0;
    for await (const { json } of source.records()) {
      if (++count > customers) return;
      yield json;
    }
  }
  const results: CustomerResult[] = [];
  for await (const result of createEngine(program).run(first(), { asOf, at: `${asOf}T09:00:00+01:00` })) {
    if ("setAside" in result) throw new Error(formatDiagnostics(result.setAside));
    results.push(result);
  }
  await source.close();
  return results;
}

describe.skipIf(!existsSync(data))("UCI bank marketing", () => {
  test("cooldown, refusal and cap hold on real contact history", async () => {
    const results = await runSome();
    expect(results.length).toBe(customers);
    const reasons = new Map<string, number>();
    for (const { contacts, settled, customerId } of results) {
      const calls = contacts.filter((contact) => contact.class === "marketing");
      for (const { decision } of settled) {
        reasons.set(decision.reason, (reasons.get(decision.reason) ?? 0) + 1);
        if (decision.class !== "marketing") continue;
        const planned = decision.outcome === "task" || decision.outcome === "merged";
        const recent = calls.filter((call) => call.date > daysBefore(30)).length;
        const refused = calls.some((call) => call.outcome === "refused" && call.date > daysBefore(180));
        const context = `${customerId} ${decision.ruleId} ${decision.reason}`;
        if (decision.ruleId === "term-deposit") {
          if (refused || calls.some((call) => call.date > daysBefore(60))) expect(planned, context).toBe(false);
          if (decision.reason === "REFUSED_BEFORE") expect(refused, context).toBe(true);
        }
        if (decision.reason === "CAP_REACHED") {
          expect(recent, context).toBeGreaterThanOrEqual(1);
          // It gives way thirty days after the latest call.
          const latest = calls.map((call) => call.date).sort().at(-1) ?? "";
          expect(decision.until, context).toBe(formatDay((parseDay(latest) ?? 0) + 30));
        }
        if (planned && decision.outcome === "task") expect(recent, context).toBe(0);
      }
    }
    for (const reason of ["PLANNED", "CAP_REACHED", "REFUSED_BEFORE", "COOLDOWN", "RM_SLOTS"]) expect(reasons.get(reason) ?? 0, reason).toBeGreaterThan(0);
  }, 120_000);
});
