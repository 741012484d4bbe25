import { addDays } from "./iso-date.js";
import type { Random } from "./random.js";
import { sampleBankAsOf } from "./sample-day.js";
import { heldProducts, netValueChange, type SampleProduct } from "./sample-products.js";

const money = (value: number): number => Math.round(value * 100) / 100;
const from = (days: number): string => addDays(sampleBankAsOf, days);

/** What a customer holds, together worth about `assets`. `day` counts from the day of the sample. */
export function sampleHoldings(random: Random, id: string, assets: number, day: number): Record<string, unknown>[] {
  const holdings: Record<string, unknown>[] = [];
  const add = (type: string, balance: number, rest: Record<string, unknown>): void => {
    holdings.push({ holdingId: `${id}-H${holdings.length + 1}`, type, balance: money(balance), ...rest });
  };
  const invested = assets < 5000 ? 0 : 0.55 + random.next() * 0.43;
  add("demand-deposit", assets * (1 - invested), { name: "示例活期", riskLevel: 1, startDate: from(-random.between(400, 4000)) });
  let left = assets * invested;
  while (left > 2000 && holdings.length < 6) {
    const part = holdings.length === 5 || random.chance(0.3) ? left : left * (0.25 + random.next() * 0.5);
    left -= part;
    const type = random.pick(["term-deposit", "term-deposit", "term-deposit", "wealth", "wealth", "fund", "fund", "bond", "gold"]);
    add(type, part, termsOf(random, type, random.pick(heldProducts(type)), part, day));
  }
  return holdings;
}

function termsOf(random: Random, type: string, product: SampleProduct, amount: number, day: number): Record<string, unknown> {
  const bought = -random.between(5, 900);
  const base = { productId: product.productId, name: product.name, riskLevel: product.riskLevel, startDate: from(bought) };
  switch (type) {
    case "term-deposit":
      return { ...base, maturityDate: from(random.between(1, random.chance(0.5) ? 365 : 1000)), ...(random.chance(0.2) ? { autoRenew: true, ...(random.chance(0.4) ? { renewalFee: 20 } : {}) } : {}) };
    case "wealth":
      if (product.series === "savings-wealth") return base;
      return { ...base, maturityDate: from(random.between(1, 260)), ...(random.chance(0.08) ? { earningsOn: from(random.between(-1, 2)), earnings: money(amount * 0.002) } : {}) };
    case "fund":
      return {
        ...base,
        navChange: netValueChange(product.productId, day),
        returnRate: Math.round((random.next() * 0.08 - 0.025) * product.riskLevel * 10000) / 10000,
        ...(random.chance(0.3) ? { takeProfit: 0.15, stopLoss: 0.08 } : {}),
        ...(random.chance(0.08) ? { dividendOn: from(-random.between(0, 20)), dividend: money(amount * 0.004) } : {}),
      };
    default:
      return base;
  }
}

/** Loans, with payments, some of them overdue or close to their end. */
export function sampleLoans(random: Random, id: string, age: number): Record<string, unknown>[] {
  const loans: Record<string, unknown>[] = [];
  const add = (type: string, name: string, balance: number, daysLeft: number): void => {
    const overdue = random.chance(0.03) ? random.between(1, 80) : 0;
    loans.push({
      loanId: `${id}-L${loans.length + 1}`,
      type,
      name,
      balance: money(balance),
      maturityDate: from(daysLeft),
      nextPaymentOn: from(random.between(0, 30)),
      nextPayment: money(balance / Math.max(6, daysLeft / 30)),
      ...(overdue > 0 ? { overdueSince: from(-overdue), overdueAmount: money(balance / Math.max(6, daysLeft / 30)) } : {}),
    });
  };
  if (age >= 25 && age < 60 && random.chance(0.18)) add("mortgage", "示例房贷", random.logNormal(600000, 0.6), random.between(400, 9000));
  if (random.chance(0.05)) add("car", "示例车贷", random.logNormal(80000, 0.5), random.between(10, 1500));
  if (random.chance(0.06)) add("consumer", "示例消费贷", random.logNormal(40000, 0.7), random.between(3, 900));
  return loans;
}

/** Debit and credit cards. */
export function sampleCards(random: Random, id: string, assets: number): Record<string, unknown>[] {
  const cards: Record<string, unknown>[] = [];
  const add = (type: string, name: string, rest: Record<string, unknown>): void => {
    cards.push({ cardId: `${id}-K${cards.length + 1}`, type, name, tail: String(random.between(0, 9999)).padStart(4, "0"), expiresOn: from(random.between(5, 1800)), ...rest });
  };
  add("debit", "示例借记卡", {});
  if (random.chance(0.3)) {
    const overdue = random.chance(0.03);
    add(assets > 500000 && random.chance(0.4) ? "platinum" : "credit", assets > 500000 ? "示例白金卡" : "示例信用卡", {
      dueOn: from(overdue ? -random.between(2, 45) : random.between(0, 29)),
      dueAmount: money(random.logNormal(2500, 0.9)),
      ...(overdue ? { overdueSince: from(-random.between(1, 45)) } : {}),
    });
  }
  return cards;
}

/** Insurance policies. */
export function samplePolicies(random: Random, id: string): Record<string, unknown>[] {
  const policies: Record<string, unknown>[] = [];
  const kinds = [
    ["life", "示例家庭定寿", false],
    ["critical-illness", "示例重疾保障", true],
    ["medical", "示例医疗险", false],
    ["accident", "示例意外险", false],
  ] as const;
  for (const [kind, name, critical] of kinds) {
    if (!random.chance(critical ? 0.4 : 0.12)) continue;
    policies.push({
      policyId: `${id}-B${policies.length + 1}`,
      kind,
      name,
      sumInsured: random.pick([100000, 200000, 300000, 500000]),
      premium: money(random.logNormal(3000, 0.6)),
      premiumDueOn: from(random.between(0, 364)),
      ...(random.chance(0.7) ? { coversCriticalIllness: critical } : {}),
      ...(random.chance(0.5) ? { endsOn: from(random.between(1, 2000)) } : {}),
    });
  }
  return policies;
}
