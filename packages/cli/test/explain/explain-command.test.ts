import { mkdtemp, mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Explanation } from "@evertend/core";
import { runCommandLine } from "../../src/command-line.js";
import { columnsOf } from "../../src/terminal/text-columns.js";

const pack = {
  pack: { id: "p", version: "1.0.0", title: "p", locale: "en" },
  model: {
    id: "m", zone: "Asia/Shanghai", currency: "CNY",
    entity: {
      name: "customer", id: "customerId", roles: { rm: "rm" },
      properties: {
        customerId: { type: "string" },
        rm: { type: "string" },
        total: { type: "number", scale: 2, unit: "CNY", label: { "zh-CN": "资产总额", en: "total assets" } },
        birthDate: { type: "string", format: "date", label: { "zh-CN": "出生日期", en: "birth date" } },
        holdings: { type: "array", id: "holdingId", label: { "zh-CN": "持有产品", en: "holdings" }, items: { type: "object", properties: { holdingId: { type: "string" }, balance: { type: "number", scale: 2, unit: "CNY", label: { "zh-CN": "余额", en: "balance" } } } } },
      },
    },
  },
  parameters: { goldFrom: { value: 500000, unit: "CNY", label: { "zh-CN": "金级起点", en: "gold from" }, source: "not from the documents" } },
  templates: [{ id: "call", task: { "zh-CN": { title: "联系", brief: "联系" }, en: { title: "Call", brief: "Call {{customerId}}" } } }],
  rules: [
    { id: "gold", title: { "zh-CN": "金卡", en: "Gold card" }, when: [["total", ">=", { param: "goldFrom" }]], then: [{ task: "call" }] },
    { id: "any", title: { "zh-CN": "有余额", en: "Any balance" }, forEach: "holdings as h", when: [["h.balance", ">", 100]], then: [{ task: "call" }] },
  ],
};
const customers = [
  { customerId: "1", rm: "M1", total: 487600, holdings: Array.from({ length: 6 }, (_, i) => ({ holdingId: `H${i}`, balance: i * 30 })) },
  { customerId: "2", rm: "M1", total: 600000, holdings: [] },
  { customerId: "3", rm: "M1", birthDate: "2026-02-30" },
];

let dir = "";
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "evertend-explain-"));
  await mkdir(join(dir, "pack"));
  await writeFile(join(dir, "pack", "pack.json"), JSON.stringify(pack));
  await writeFile(join(dir, "customers.ndjson"), customers.map((customer) => JSON.stringify(customer)).join("\n") + "\n");
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function evertend(args: readonly string[], columns = 80): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await runCommandLine(args, {
    stdout: { write: (text) => void (out += text), isTTY: false, columns },
    stderr: { write: (text) => void (err += text), isTTY: false, columns },
    env: {}, cwd: dir,
  });
  return { code, out, err };
}

const on = ["explain", "pack", "--source", "customers.ndjson", "--as-of", "2026-11-23"];

describe("evertend explain", () => {
  it("tells a rule clause by clause in both languages", async () => {
    const { code, out } = await evertend([...on, "--customer", "1", "--rule", "gold", "--lang", "en"]);
    expect(code).toBe(0);
    expect(out.trimEnd().split("\n")).toEqual([
      "Gold card · gold",
      "customer 1 · as of 2026-11-23",
      "",
      "✗ does not fire: the rule asks that total assets (total) is at least 500,000 CNY",
      "(found 487,600 CNY, 12,400 CNY short)",
      "  ✗ total assets (total) is at least 500,000 CNY  487,600 CNY · 12,400 CNY short",
      "      goldFrom (gold from) = 500,000 CNY, source: not from the documents",
      "",
      "What would change it",
      "  → 12,400 CNY more in total assets (total)",
    ]);
    const chinese = await evertend([...on, "--customer", "1", "--rule", "gold", "--lang", "zh-CN"]);
    expect(chinese.out).toContain("✗ 资产总额（total）不低于 500,000 元  487,600 元 · 还差 12,400 元");
    expect(chinese.out).toContain("→ 资产总额（total）再增加 12,400 元");
  });

  it("prints the explanation as JSON", async () => {
    const { code, out } = await evertend([...on, "--customer", "2", "--rule", "gold", "--format", "json", "--param", "goldFrom=600000"]);
    const explanation = JSON.parse(out) as Explanation;
    expect(code).toBe(0);
    expect(explanation).toMatchObject({ customerId: "2", ruleId: "gold", subjects: [{ subject: "", answer: "true", decisions: [{ outcome: "task" }] }] });
    expect(explanation.subjects[0]?.clause.limit).toMatchObject({ param: "goldFrom", value: 600000 });
  });

  it("is never wider than the terminal", async () => {
    for (const columns of [60, 80, 100]) {
      for (const lang of ["zh-CN", "en"]) {
        for (const rule of [["--rule", "gold"], ["--rule", "any"], ["--rule", "any", "--subject", "H5"], []]) {
          const { out, code } = await evertend([...on, "--customer", "1", ...rule, "--lang", lang], columns);
          expect(code).toBe(0);
          for (const line of out.split("\n")) expect(columnsOf(line)).toBeLessThanOrEqual(columns);
        }
      }
    }
  });

  it("gives every rule a line, and tells many items shortly", async () => {
    const outline = await evertend([...on, "--customer", "1", "--lang", "en"], 120);
    expect(outline.out.split("\n")[0]).toBe("customer 1 · as of 2026-11-23 · fires 2, cannot be decided 0, does not fire 5");
    expect(outline.out).toMatch(/✗ any {5}4 items, as H0: the rule asks that/);
    const { out } = await evertend([...on, "--customer", "1", "--rule", "any", "--lang", "en"]);
    expect(out).toContain("✓ holdings H5: fires");
    expect(out).toContain("Add --subject <id>");
  });

  it.each([
    [["--customer", "9", "--rule", "gold"], "CUSTOMER_UNKNOWN", 2],
    [["--customer", "1", "--rule", "gould"], "Did you mean \"gold\"?", 2],
    [["--rule", "gold"], "USAGE", 2],
    [["--customer", "1", "--subject", "H1"], "USAGE", 2],
    [["--customer", "3", "--rule", "gold"], "DATE_INVALID", 1],
  ])("%j → %s", async (args, said, code) => {
    const answer = await evertend([...on, ...args, "--lang", "en"]);
    expect([answer.code, answer.out]).toEqual([code, ""]);
    expect(answer.err).toContain(said);
  });
});

describe("evertend explain --key", () => {
  it("tells a past decision, replays it on the same ground, and says what differs on another", async () => {
    const run = await evertend(["run", "pack", "--source", "customers.ndjson", "--as-of", "2026-11-23", "--out", "out", "--lang", "en"]);
    expect(run.code).toBe(0);
    const listed = await evertend([...on, "--customer", "2", "--rule", "gold", "--format", "json"]);
    const key = (JSON.parse(listed.out) as Explanation).subjects[0]?.decisions[0]?.key ?? "";
    const told = await evertend(["explain", "--key", key, "--out", "out", "--lang", "en"]);
    expect(told.code).toBe(0);
    expect(told.out.split("\n")[0]).toBe("2026-11-23: rule gold for customer 2: a task was planned for M1");
    expect(told.out).toMatch(/text +Call 2/);
    const same = await evertend(["explain", "--key", key, "--out", "out", "--pack", "pack", "--source", "customers.ndjson", "--format", "json"]);
    expect(JSON.parse(same.out)).toMatchObject({ decision: { key }, run: { packId: "p", asOf: "2026-11-23" }, replay: { differences: [], explanation: { ruleId: "gold", subjects: [{ answer: "true" }] } } });
    const other = await evertend(["explain", "--key", key, "--out", "out", "--pack", "pack", "--source", "customers.ndjson", "--param", "goldFrom=1", "--lang", "en"]);
    expect(other.code).toBe(0);
    expect(other.out).toContain("the pack or its parameters are not those of that run");
    const json = JSON.parse((await evertend(["explain", "--key", key, "--out", "out", "--pack", "pack", "--format", "json"])).out) as { replay: { differences: { what: string; now: unknown }[] } };
    expect(json.replay.differences).toMatchObject([{ what: "recordHash", now: null }]);
  });

  it.each([
    [["--key", "nokey", "--out", "out"], "KEY_UNKNOWN"],
    [["--key", "nokey", "--out", "nowhere"], "FILE_NOT_FOUND"],
    [["--key", "nokey"], "USAGE"],
  ])("%j → %s", async (args, said) => {
    const { code, err } = await evertend(["explain", ...args, "--lang", "en"]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });
});
