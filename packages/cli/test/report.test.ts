import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { sampleBank, sampleBankAsOf, sampleContext } from "@evertend/banking";
import type { ReportCards, ReportData } from "@evertend/core";
import { readWorkbook } from "@evertend/reports";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";
import { ndjson } from "./small-pack.js";

let bench: Bench;
const bank = [...sampleBank({ customers: 300 })];
const [first] = bank;
const rm = (first?.["rm"] as { readonly id: string }).id;
const retail = join(dirname(createRequire(import.meta.url).resolve("@evertend/banking/package.json")), "packs", "retail");
const at = `${sampleBankAsOf}T17:30:00+08:00`;

beforeAll(() => {
  bench = openBench();
  bench.write("bank.ndjson", ndjson(bank));
  for (const [name, items] of Object.entries(sampleContext())) bench.write(`${name}.json`, JSON.stringify(items));
});
afterAll(() => bench.remove());

const over = (name: string, ...more: readonly string[]): readonly string[] => [
  "report", name, retail, "--source", "bank.ndjson", "--as-of", sampleBankAsOf, "--context", "products=products.json", "--context", "events=events.json", "--context", "notices=notices.json", "--out", "out", ...more,
];

function dataOf(file: string): ReportData {
  return JSON.parse(readFileSync(bench.path(`out/${file}`), "utf8")) as ReportData;
}

describe("evertend report", () => {
  it("lists all reports in both languages, and refuses a name that is none", async () => {
    expect((await bench.run(["report"])).stdout).toMatch(/^brief +each manager +Whom to contact today/m);
    expect((await bench.run(["report", "--lang", "zh-CN"])).stdout).toMatch(/^concentration +全行 +最大的百分之几/m);
    const { code, stderr } = await bench.run(over("breif"));
    expect(code).toBe(2);
    expect(stderr).toContain("REPORT_UNKNOWN");
    expect(stderr).toContain("Did you mean \"brief\"?");
  });

  it("writes the briefs that a run would plan, one for each manager", async () => {
    expect((await bench.run(["run", ...over("x").slice(2, -2), "--out", "run"])).code).toBe(0);
    const planned = bench.lines<{ readonly assignee: string; readonly customerId: string }>("run/tasks.ndjson");
    const { code, stdout } = await bench.run(over("brief", "--format", "json"));
    expect(code).toBe(0);
    const managers = [...new Set(bank.map((record) => (record["rm"] as { readonly id: string }).id))].filter((id) => planned.some(({ assignee }) => assignee === id)).sort();
    const { files } = JSON.parse(stdout) as { readonly files: readonly string[] };
    expect(files).toEqual(managers.map((id) => `brief-${id}.json`));
    for (const id of managers) {
      const cards = dataOf(`brief-${id}.json`).parts.find((part): part is ReportCards => part.kind === "cards");
      expect(cards?.cards).toHaveLength(new Set(planned.filter(({ assignee }) => assignee === id).map(({ customerId }) => customerId)).size);
    }
  }, 60_000);

  it("goes on from a state: what was planned is carried over, not planned again", async () => {
    expect((await bench.run(["run", ...over("x").slice(2, -2), "--out", "run", "--state", "state"])).code).toBe(0);
    expect((await bench.run(over("brief", "--format", "json", "--rm", rm, "--state", "state"))).code).toBe(0);
    const figures = Object.fromEntries(dataOf(`brief-${rm}.json`).parts.flatMap((part) => (part.kind === "figures" ? part.figures.map(({ id, value }) => [id, value] as const) : [])));
    expect(figures["tasks"]).toBe(0);
    expect(figures["carried"]).toBe(bench.lines<{ readonly assignee: string }>("run/tasks.ndjson").filter(({ assignee }) => assignee === rm).length);
  }, 60_000);

  it("masks names, numbers and ids; with --reveal says who and when in the audit", async () => {
    expect((await bench.run(over("customer-list", "--rm", rm))).code).toBe(0);
    const masked = readFileSync(bench.path(`out/customer-list-${rm}.html`), "utf8");
    for (const record of bank) expect(masked).not.toContain(record.customerId);
    const refused = await bench.run(over("customer-list", "--rm", rm, "--reveal"));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--by <who>, --at <instant>, --audit <file>");
    const { code } = await bench.run(over("customer-list", "--rm", rm, "--reveal", "--by", "M-auditor", "--at", at, "--audit", "reveals.ndjson"));
    expect(code).toBe(0);
    expect(readFileSync(bench.path(`out/customer-list-${rm}.html`), "utf8")).toContain(first?.customerId);
    // One record is wrong on purpose and set aside.
    const usable = bank.filter((record) => (record["rm"] as { readonly id: string }).id === rm && record.customerId !== "C000137").length;
    const lines = bench.lines("reveals.ndjson");
    expect(lines).toMatchObject([{ at, by: "M-auditor", report: "customer-list", rm, customer: null, customers: usable }]);
    for (const record of bank) expect(JSON.stringify(lines)).not.toContain(record["name"]);
  }, 60_000);

  it("writes workbooks without a formula", async () => {
    expect((await bench.run(over("due-soon", "--rm", rm, "--format", "xlsx"))).code).toBe(0);
    const sheets = await readWorkbook(readFileSync(bench.path(`out/due-soon-${rm}.xlsx`)));
    expect(sheets.map(({ name }) => name)).toEqual(["About", "Who is due"]);
    expect(sheets.flatMap(({ rows }) => rows.flat()).some(({ formula }) => formula)).toBe(false);
  }, 60_000);

  it("makes a sheet for a customer, and says when there is none such", async () => {
    expect((await bench.run(over("asset-review", "--customer", first?.customerId ?? "", "--format", "json"))).code).toBe(0);
    // The file of a customer who is masked has no id in its name either.
    expect(dataOf("asset-review-001.json").title.en).toBe("Asset review");
    expect((await bench.run(over("asset-review"))).stderr).toContain("--customer <id> | --rm <id>");
    expect((await bench.run(over("asset-review", "--customer", "nobody"))).stderr).toContain("CUSTOMER_UNKNOWN");
  }, 60_000);

  it("refuses a month that is none, and writes an empty report for a manager without rows", async () => {
    expect((await bench.run(over("greetings", "--month", "2026-13"))).stderr).toContain("--month YYYY-MM");
    expect((await bench.run(over("plan-progress", "--rm", "M999", "--format", "json"))).code).toBe(0);
    expect(dataOf("plan-progress-M999.json").parts.find((part) => part.kind === "table")?.rows).toEqual([]);
  }, 60_000);

  it("takes one unit of the bank", async () => {
    expect((await bench.run(over("classes", "--unit", "U02", "--format", "json"))).code).toBe(0);
    const customers = dataOf("classes.json").parts.flatMap((part) => (part.kind === "figures" ? part.figures : [])).find(({ id }) => id === "customers")?.value;
    expect(customers).toBe(bank.filter((record) => (record["unit"] as { readonly id: string }).id === "U02").length);
  }, 60_000);
});
