import { createEngine, sha256Hex } from "@evertend/core";
import type { CustomerState } from "@evertend/core";
import { sampleBank, sampleBankAsOf, sampleContext } from "@evertend/banking";
import { describe, expect, it } from "vitest";
import { retail } from "./retail-pack.js";

const days = [sampleBankAsOf, "2026-09-22", "2026-09-23"] as const;

/** Rules that the three days cannot show: festivals on other days, and a fall after ninety days of grace. */
const outOfReach = ["double-ninth", "dragon-boat", "mid-autumn", "national-day", "new-year", "spring-festival", "tier/downgraded"];

describe("sample bank", () => {
  it("is the same every time, and another one for another seed", () => {
    const hash = (seed?: string): string => sha256Hex(JSON.stringify([...sampleBank({ customers: 300, ...(seed === undefined ? {} : { seed }) })]));
    expect(hash()).toBe(hash());
    expect(hash("other")).not.toBe(hash());
  });

  it("keeps a customer whatever the size of the bank, but for the manager", () => {
    const first = (customers: number): unknown => {
      return { ...[...sampleBank({ customers })][41], rm: undefined, unit: undefined };
    };
    expect(first(100)).toEqual(first(200));
  });

  it("has 5,000 customers in ascending order, 60 to 120 for a manager, missing data and a heavy tail", () => {
    const customers = [...sampleBank()];
    expect(customers).toHaveLength(5000);
    for (let i = 1; i < customers.length; i++) expect(String(customers[i - 1]?.customerId) < String(customers[i]?.customerId)).toBe(true);
    const portfolios = new Map<string, number>();
    for (const { rm } of customers as unknown as { rm: { id: string } }[]) portfolios.set(rm.id, (portfolios.get(rm.id) ?? 0) + 1);
    const sizes = [...portfolios.values()].sort((a, b) => a - b);
    // The last manager takes what is left over.
    expect(sizes[1]).toBeGreaterThanOrEqual(60);
    expect(sizes[sizes.length - 1]).toBeLessThanOrEqual(120);
    const withoutBirthDate = customers.filter((one) => one["birthDate"] === undefined).length;
    expect(withoutBirthDate).toBeGreaterThan(400);
    const totals = customers.map((one) => (one["assets"] as { total: number }).total).sort((a, b) => b - a);
    const sum = totals.reduce((a, b) => a + b, 0);
    expect(totals.slice(0, 1000).reduce((a, b) => a + b, 0) / sum).toBeGreaterThan(0.6);
  });

  it("names nobody: reserved mail domains, invented numbers", () => {
    for (const customer of sampleBank({ customers: 2000 })) {
      if (customer["email"] !== undefined) expect(customer["email"]).toMatch(/@example\.(com|cn)$/);
      if (customer["phone"] !== undefined && customer["phone"] !== "1990000") expect(customer["phone"]).toMatch(/^\+861990000\d{4}$/);
    }
  });

  it("lets every rule of the retail pack fire within three days, and sets aside only what was spoiled", { timeout: 120_000 }, () => {
    if (!retail.program) throw new Error("the retail pack does not load");
    const engine = createEngine(retail.program, { context: sampleContext() });
    const fired = new Set<string>();
    const problems: string[] = [];
    const states = new Map<string, CustomerState>();
    for (const [index, asOf] of days.entries()) {
      for (const customer of sampleBank({ asOf })) {
        // On the later days look at those alone to whom something happens.
        if (index > 0 && ![17, 61, 119].includes(Number(customer.customerId.slice(1)) % 200)) continue;
        const state = states.get(customer.customerId);
        const day = { asOf, at: `${asOf}T09:00:00+08:00`, ...(state ? { state } : {}) };
        const result = engine.evaluate(customer, day);
        if ("setAside" in result) {
          if (index === 0) problems.push(...result.setAside.map((one) => one.code));
          continue;
        }
        for (const match of result.matches) fired.add(match.ruleId);
        const { remember } = result.evaluation;
        states.set(customer.customerId, { customerId: customer.customerId, asOf, lastFacts: remember.lastFacts, episodes: remember.episodes, keys: {}, contacts: [], openTasks: [] });
      }
    }
    expect(retail.program.rules.map((rule) => rule.id).filter((id) => !fired.has(id)).sort()).toEqual(outOfReach);
    expect([...new Set(problems)].sort()).toEqual(["ADDRESS_MULTIPLE", "DATE_INVALID", "PHONE_INVALID", "ZONE_UNKNOWN"]);
    expect(problems).toHaveLength(20);
  });
});
