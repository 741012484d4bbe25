import { DuckDBInstance } from "@duckdb/node-api";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareVariants } from "../src/diff/compare-variants.js";
import { openVariants } from "../src/diff/open-variants.js";
import { planChanged } from "../src/diff/plan-changed.js";
import { planVariant, type PlannedVariant } from "../src/diff/plan-variant.js";
import type { DiffResult } from "../src/diff/diff-result.js";
import type { CliIo } from "../src/cli-io.js";
import { openBench, type Bench } from "./command-bench.js";
import { largeBank, ndjson, smallPack } from "./small-pack.js";

let bench: Bench;
beforeEach(() => void (bench = openBench()));
afterEach(() => bench.remove());

type Json = Readonly<Record<string, unknown>>;
const rules = smallPack["rules.json"] as { readonly rules: readonly Json[]; readonly facts: readonly Json[]; readonly templates: readonly Json[]; readonly parameters: Json };
const asOf = "2026-03-02";

function writePack(change: (json: typeof rules) => Json, policy: Json = {}): void {
  bench.write("pack/rules.json", JSON.stringify({ ...rules, ...change(rules), policy }));
}

/** The comparison both ways; `small` is absent where only the whole way can be gone. */
async function bothWays(params: readonly string[], source = "bank.ndjson", more: Readonly<Record<string, string>> = {}): Promise<{ readonly whole: DiffResult; readonly small: DiffResult | undefined }> {
  const none = { write: () => undefined, isTTY: false, columns: 100 };
  const told = { ...none, write: (text: string) => console.error(text) };
  const io = { stdout: told, stderr: none, env: {}, cwd: bench.dir, lang: "en", format: "json" } as unknown as CliIo;
  const opened = await openVariants(io, "pack", undefined, { asOf, source, param: params, ...more });
  const compare = async ([one, two]: readonly [PlannedVariant, PlannedVariant]): Promise<DiffResult> => {
    try {
      return await compareVariants({ program: opened.before.program, planned: one }, { program: opened.after.program, planned: two }, { asOf: opened.asOf, at: opened.at });
    } finally {
      await one.close();
      await two.close();
    }
  };
  try {
    const changed = await planChanged(opened, "en");
    const small = changed && (await compare(changed));
    const plan = (engine: (typeof opened)["before"]["engine"]): Promise<PlannedVariant> => planVariant({ engine, source: opened.source, asOf: opened.asOf, at: opened.at, lang: "en" });
    return { whole: await compare([await plan(opened.before.engine), await plan(opened.after.engine)]), small };
  } finally {
    await opened.close();
  }
}

function some(result: DiffResult): number {
  const { gained, lost, changed } = result.totals;
  return gained.tasks + gained.touches + lost.tasks + lost.touches + changed.tasks + changed.touches;
}

describe("a changed parameter, decided only where it matters, gives the same report", () => {
  const always = { id: "deposit-call", forEach: "deposits as deposit", when: [["deposit.maturesOn", "isPresent"]], repeat: "month", then: [{ task: "deposit-call" }] };
  const depositCall = { id: "deposit-call", task: { en: { title: "A deposit", brief: "{{deposit.depositId}} on {{date deposit.maturesOn}}." } } };

  test.each<readonly [string, (json: typeof rules) => Json, string]>([
    ["a threshold of a derived fact", () => ({}), "wealthyFrom=650000"],
    ["the other way", () => ({}), "wealthyFrom=1"],
    ["nobody is reached by it", () => ({}), "wealthyFrom=500000.01"],
    ["beside rules about items", (json) => ({ rules: [...json.rules, always], templates: [...json.templates, depositCall] }), "wealthyFrom=650000"],
    ["the words of an action", (json) => ({ templates: json.templates.map((one) => (one["id"] === "invite" ? { id: "invite", task: { en: { title: "Invite", brief: "From {{money param.wealthyFrom}}." } } } : one)) }), "wealthyFrom=500000.01"],
    ["a fact in words", (json) => ({ templates: json.templates.map((one) => (one["id"] === "call" ? { id: "call", task: { en: { title: "Call", brief: "{{grade}}" } } } : one)) }), "wealthyFrom=600000.01"],
    ["a condition under which an action is left out", (json) => ({ rules: json.rules.map((one) => (one["id"] === "invite-wealthy" ? { ...one, when: [["assets", ">=", 100]], then: [{ task: "invite", unless: [["assets", "<", { param: "wealthyFrom" }]] }] } : one)) }), "wealthyFrom=650000"],
    ["a condition of words", (json) => ({ templates: json.templates.map((one) => (one["id"] === "invite" ? { id: "invite", task: { en: { title: "Invite", brief: "{{#if assets}}{{money assets}}{{else}}none{{/if}}" } } } : one)) }), "wealthyFrom=650000"],
  ])("%s", async (_name, change, param) => {
    writePack(change);
    bench.write("bank.ndjson", ndjson(largeBank(400)));
    const { whole, small } = await bothWays([param]);
    expect(small).toEqual(whole);
    expect(whole.totals.setAside[0]).toBeGreaterThan(0);
    if (!/nobody/.test(_name)) expect(some(whole)).toBeGreaterThan(0);
  }, 120_000);

  test("over Parquet, where most customers are alike", async () => {
    writePack(() => ({}));
    const db = await (await DuckDBInstance.create(":memory:")).connect();
    await db.run(`COPY (SELECT 'P' || lpad(CAST(i AS VARCHAR), 5, '0') AS "customerId", CASE WHEN i % 7 > 0 THEN 'M' || CAST(i % 3 AS VARCHAR) END AS rm, CASE WHEN i % 5 > 0 THEN CAST((i * 7919) % 1200000 AS DOUBLE) END AS assets FROM range(2000) t(i)) TO '${bench.path("bank.parquet")}' (FORMAT PARQUET)`);
    db.closeSync();
    const { whole, small } = await bothWays(["wealthyFrom=510000"], "bank.parquet");
    expect(small).toEqual(whole);
    expect(some(whole)).toBeGreaterThan(0);
  }, 120_000);

  test.each([true, false])("with contacts and consents (and caps: %s)", async (capped) => {
    const model = structuredClone(smallPack["model.json"]) as { model: { entity: { roles: Record<string, string>; properties: Record<string, unknown> } } };
    const label = { "zh-CN": "x", en: "x" };
    const text = { type: "string", label };
    model.model.entity.roles = { ...model.model.entity.roles, contacts: "log", consents: "consents" };
    model.model.entity.properties = {
      ...model.model.entity.properties,
      log: { type: "array", id: "id", label, absent: "none", items: { type: "object", properties: { id: text, date: { type: "string", format: "date", label }, channel: text } } },
      consents: { type: "array", id: "id", label, absent: "none", items: { type: "object", properties: { id: text, purpose: text, status: text, channel: text } } },
    };
    bench.write("pack/model.json", JSON.stringify(model));
    writePack(() => ({}), capped ? { caps: [{ id: "few", classes: ["marketing", "service"], max: 1, days: 30, channels: ["phone", "sms"] }] } : {});
    bench.write("bank.ndjson", ndjson(largeBank(300).map((one, i) => ({ ...one, ...(i % 4 === 0 ? { log: [{ id: "a", date: "2026-02-20", channel: "phone" }] } : {}), ...(i % 5 === 0 ? { consents: [{ id: "c", purpose: "marketing", status: "granted" }] } : {}) }))));
    const { whole, small } = await bothWays(["wealthyFrom=650000"]);
    expect(small).toEqual(whole);
    expect(some(whole)).toBeGreaterThan(0);
  }, 120_000);
});

describe("everybody is decided on both sides", () => {
  test("where customers share slots", async () => {
    writePack(() => ({}), { slotsPerDay: { rm: 2 } });
    bench.write("bank.ndjson", ndjson(largeBank(50)));
    expect((await bothWays(["wealthyFrom=650000"])).small).toBeUndefined();
  });

  test("where there is a state", async () => {
    writePack(() => ({}));
    bench.write("bank.ndjson", ndjson(largeBank(50)));
    expect((await bothWays(["wealthyFrom=650000"], "bank.ndjson", { state: "state" })).small).toBeUndefined();
  });

  test("where a pause reads the parameter", async () => {
    writePack(() => ({}), { pauses: [{ id: "rich", when: [["assets", ">=", { param: "wealthyFrom" }]], stops: ["marketing", "service"] }] });
    bench.write("bank.ndjson", ndjson(largeBank(50)));
    const { whole, small } = await bothWays(["wealthyFrom=650000"]);
    expect(small).toBeUndefined();
    expect(whole.totals.customers).toBeGreaterThan(10);
  });
});
