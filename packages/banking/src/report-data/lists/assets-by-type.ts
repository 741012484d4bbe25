import type { RecordView } from "../customer/record-view.js";

/** Classes of assets as a review shows them (S05); loans stand apart, as `loan`. */
export const assetTypes = ["deposit", "wealth", "fund", "bond", "stock", "gold", "real-estate"] as const;

/** The class of a holding's type. */
export function assetType(type: string): string {
  return type === "demand-deposit" || type === "term-deposit" ? "deposit" : type;
}

/** What a customer has by class, at this bank and elsewhere; `loan` is what is owed. */
export function assetsByType(record: RecordView): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const add = (type: string, value: number | undefined): void => {
    if (value !== undefined) sums.set(type, Math.round(((sums.get(type) ?? 0) + value) * 100) / 100);
  };
  for (const holding of record.items("holdings")) add(assetType(holding.text("type") ?? ""), holding.number("balance"));
  for (const asset of record.items("otherAssets")) add(asset.text("type") ?? "", asset.number("value"));
  for (const loan of record.items("loans")) add("loan", loan.number("balance"));
  return sums;
}
