import { addDays } from "./iso-date.js";
import { sampleBankAsOf } from "./sample-day.js";

/** A product of the sample bank. All names are invented. */
export interface SampleProduct {
  readonly productId: string;
  readonly name: string;
  readonly type: string;
  readonly series: string;
  readonly riskLevel: number;
  readonly public: boolean;
  readonly onSale: boolean;
  readonly launchedOn: string;
  readonly minimum: number;
  readonly rank: number;
}

const rows: readonly (readonly [name: string, type: string, series: string, riskLevel: number, launchedDaysAgo: number, minimum: number])[] = [
  ["示例定存三个月", "term-deposit", "term-deposit", 1, 2000, 50],
  ["示例定存一年", "term-deposit", "term-deposit", 1, 2000, 50],
  ["示例定存三年", "term-deposit", "term-deposit", 1, 2000, 50],
  ["示例日日存", "wealth", "savings-wealth", 1, 900, 1],
  ["示例月月存", "wealth", "savings-wealth", 2, 700, 1],
  ["示例稳进90天", "wealth", "steady-wealth", 2, 500, 10000],
  ["示例稳进180天", "wealth", "steady-wealth", 2, 480, 10000],
  ["示例优选一年", "wealth", "select-wealth", 3, 400, 100000],
  ["示例优选两年", "wealth", "select-wealth", 3, 380, 100000],
  ["示例货币基金", "fund", "money-fund", 1, 1500, 1],
  ["示例纯债基金", "fund", "bond-fund", 2, 1400, 10],
  ["示例平衡基金", "fund", "mixed-fund", 3, 1300, 10],
  ["示例成长基金", "fund", "mixed-fund", 4, 1200, 10],
  ["示例行业基金", "fund", "equity-fund", 5, 1100, 10],
  ["示例指数基金", "fund", "index-fund", 4, 1000, 10],
  ["示例国债五年", "bond", "treasury", 1, 300, 100],
  ["示例积存金", "gold", "gold", 3, 800, 100],
  ["示例分红保险", "insurance", "participating-insurance", 2, 600, 10000],
  ["示例重疾保障", "insurance", "critical-illness", 1, 600, 1000],
  ["示例家庭定寿", "insurance", "term-life", 1, 600, 500],
  ["示例存单质押贷", "loan", "deposit-pledge", 1, 600, 10000],
  ["示例车贷", "loan", "car-loan", 1, 600, 30000],
  ["示例白金卡", "card", "platinum-card", 1, 600, 0],
  ["示例网上银行", "digital", "internet-bank", 1, 600, 0],
  ["示例睿选基金", "fund", "mixed-fund", 3, 3, 10],
  ["示例长青基金", "fund", "bond-fund", 2, 20, 10],
  ["示例意外保障", "insurance", "accident", 1, 5, 100],
];

/** The catalogue of the sample bank. */
export const sampleProducts: readonly SampleProduct[] = rows.map(([name, type, series, riskLevel, launched, minimum], index) => ({
  productId: `P${String(index + 1).padStart(3, "0")}`,
  name,
  type,
  series,
  riskLevel,
  public: true,
  onSale: true,
  launchedOn: addDays(sampleBankAsOf, -launched),
  minimum,
  rank: index + 1,
}));

/** Products of a type that customers may already hold: not those that were only just launched. */
export function heldProducts(type: string): readonly SampleProduct[] {
  return sampleProducts.filter((product) => product.type === type && product.launchedOn < addDays(sampleBankAsOf, -200));
}

/** By how much the net value of a fund changed on a day of the sample: two of them move a lot. */
export function netValueChange(productId: string, day: number): number {
  if (productId === "P014" && day === 0) return -0.0362;
  if (productId === "P013" && day === 1) return 0.0318;
  const wave = ((Number(productId.slice(1)) * 37 + day * 101) % 41) - 20;
  return wave / 2000;
}
