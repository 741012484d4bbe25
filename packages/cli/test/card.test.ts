import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ReportData } from "@evertend/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBench, type Bench } from "./command-bench.js";

const retail = fileURLToPath(new URL("../../banking/packs/retail", import.meta.url));

describe("evertend card", () => {
  let bench: Bench;
  beforeAll(() => {
    bench = openBench();
  });
  afterAll(() => bench.remove());

  const card = async (rule: string, ...more: readonly string[]): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> => bench.run(["card", rule, retail, "--as-of", "2026-12-01", ...more]);

  it("says all that compliance has to sign, in English", async () => {
    const { code, stdout } = await card("deposit-maturity");
    expect(code).toBe(0);
    const flat = stdout.replace(/\s+/g, " ");
    for (const part of [
      "Term deposit matures Rule card · deposit-maturity · 2026-12-01",
      "Kind reminder (reminder)", "Category after-sale service", "Objective retain", "Class service",
      "balance or market value (deposit.balance) is at least 1,000 CNY",
      "only when matures on (deposit.maturityDate) is 8 to 30 days ahead",
      "Value: 1,000 CNY", "Range: 0 – 10,000,000", "Source: not from the documents", "Owner: retail",
      "quietHours/service-night quiet hours 22:00–07:30", "caps/service-day at most 3 service messages in 1 days (sms)", "at most 8 new tasks a day",
      "matures on 1 December 2026. Please plan ahead for the funds.",
      "Author Name:", "Compliance Name:", "Approver Name:",
    ]) expect(flat).toContain(part);
    const { hash } = JSON.parse((await bench.run(["params", "export", retail, "--file", "p.xlsx", "--format", "json"])).stdout) as { hash: string };
    expect(stdout.replace(/\s+/g, "")).toContain(`(retail1.0.0)·hash${hash}`);
  });

  it("says it in Chinese, with the words that go out in Chinese", async () => {
    const { stdout } = await card("birthday-lunar", "--lang", "zh-CN");
    for (const part of ["农历生日祝福", "农历生日（birthDateLunar）的下一个日子（日历 cn-lunar）", "需要“greeting”用途的同意", "尊敬的〔姓名〕，今天是您的生日", "合规"]) expect(stdout).toContain(part);
  });

  it("puts all parts of an authored rule on one card, and finds parameters of its settings", async () => {
    const data = JSON.parse((await card("tier", "--format", "json")).stdout) as ReportData;
    const table = (id: string): readonly (readonly unknown[])[] => (data.parts.find((part) => part.id === id) as { rows: readonly (readonly unknown[])[] }).rows;
    expect(data.title.en).toBe("Customer tier");
    expect(table("parameters").map(([name]) => (name as { en: string }).en.replace(/.*\((.*)\)/, "$1"))).toEqual(["goldFrom", "keepShare", "nearGap", "platinumFrom", "silverFrom", "tierGraceDays"]);
    expect(table("actions").map(([action]) => (action as { en: string }).en)).toContain("task call-near-tier (Customer tier: close to the next)");
    expect((await card("tier/near", "--format", "json")).code).toBe(0);
  });

  it("shows the parameters that are set", async () => {
    expect((await card("deposit-maturity", "--param", "reminderMinimum=2500")).stdout).toContain("at least 2,500 CNY");
  });

  it("writes HTML that holds the same, and nothing that acts", async () => {
    expect((await card("deposit-maturity", "--out", bench.path("card.html"))).code).toBe(0);
    const html = readFileSync(bench.path("card.html"), "utf8");
    expect(html).toMatch(/<body class="one-page/);
    expect(html).toContain("Please plan ahead for the funds.");
    expect(html).not.toMatch(/<script|<img|https?:\/\/(?!www\.w3\.org)/);
    const before = html;
    await card("deposit-maturity", "--out", bench.path("card.html"));
    expect(readFileSync(bench.path("card.html"), "utf8")).toBe(before);
  });

  it.each([
    [["card", "deposit-maturty", retail], "RULE_UNKNOWN", "deposit-maturity"],
    [["card", "tier", retail, "--as-of", "soon"], "AS_OF_INVALID", ""],
    [["card", "tier", "nowhere"], "FILE_NOT_FOUND", ""],
    [["card", "tier"], "USAGE", ""],
  ])("%j ends with 2: %s", async (argv, expected, hint) => {
    const { code, stderr } = await bench.run(argv);
    expect([code, stderr.includes(expected), stderr.includes(hint)]).toEqual([2, true, true]);
  });
});
