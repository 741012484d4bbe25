import type { ReportPart } from "@evertend/core";
import { countColumn, figure, figures, moneyColumn, shareColumn, shareText, textColumn } from "../customer/columns.js";
import { valuesOf, wordOf } from "../customer/record-words.js";
import { defineReport } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";
import { Tally } from "./tally.js";

/** From so many products on customers are counted together. */
const mostProducts = 8;

interface Row {
  readonly products: number;
  readonly tier: string;
  readonly contribution: number | null;
  /** Share of wallet, where assets elsewhere are known. */
  readonly wallet: number | null;
}

/** How many products customers have, by tier, with contribution and share of wallet (S147, S66). */
export const productsPerCustomer = defineReport<Row>({
  name: "products",
  title: { "zh-CN": "户均产品数", en: "Products per customer" },
  answers: { "zh-CN": "客户平均持有几种产品，产品多的客户贡献是否更高，我们占其口袋多少", en: "How many products customers hold, whether those with more bring more, and what share of their wallet is ours" },
  covers: ["S147", "S66"],
  per: "bank",
  row(customer) {
    const products = customer.factNumber("productCount");
    if (products === undefined) return undefined;
    return { products, tier: customer.factText("tier") ?? "", contribution: customer.factNumber("contribution") ?? null, wallet: customer.record.has("assets.otherBanks") ? (customer.factNumber("walletShare") ?? null) : null };
  },
  open(group) {
    const counts = new Tally();
    const tiers = new Tally();
    const contribution = new Tally();
    let [customers, products, single] = [0, 0, 0];
    let [wallets, walletSum] = [0, 0];
    return {
      take(row) {
        customers++;
        products += row.products;
        if (row.products <= 1) single++;
        const bucket = String(Math.min(row.products, mostProducts));
        counts.add("all", bucket);
        tiers.add(row.tier, "customers");
        tiers.add(row.tier, "products", row.products);
        if (row.contribution !== null) {
          contribution.add(bucket, "customers");
          contribution.add(bucket, "cents", Math.round(row.contribution * 100));
        }
        if (row.wallet !== null) {
          wallets++;
          // Millionths: the order of the customers must not change the last digit.
          walletSum += Math.round(row.wallet * 1e6);
        }
      },
      finish() {
        const buckets = Array.from({ length: mostProducts + 1 }, (_, i) => String(i)).filter((bucket) => counts.of("all", bucket) > 0);
        const label = (bucket: string): string => (bucket === String(mostProducts) ? `${mostProducts}+` : bucket);
        const tierNames = [...valuesOf("tier").filter((tier) => tiers.sum(tier) > 0), ...tiers.rows().filter((tier) => !valuesOf("tier").includes(tier))];
        const parts: readonly ReportPart[] = [
          figures(
            figure("average", "户均产品数", "Products per customer", customers === 0 ? "–" : (Math.round((products / customers) * 100) / 100).toFixed(2)),
            figure("single", "至多一种产品", "One product at most", shareText(single, customers)),
            figure("wallet", "平均口袋占有率", "Average share of wallet", shareText(walletSum, wallets * 1e6), { "zh-CN": `已知他行资产的 ${wallets} 位`, en: `${wallets} whose assets elsewhere are known` }),
          ),
          {
            kind: "chart", id: "products", chart: "bar", title: { "zh-CN": "按产品数", en: "By number of products" },
            categories: buckets.map((bucket) => same(label(bucket))), series: [{ label: { "zh-CN": "客户", en: "Customers" }, values: buckets.map((bucket) => counts.of("all", bucket)) }],
          },
          {
            kind: "table", id: "tiers", title: { "zh-CN": "按等级", en: "By tier" },
            columns: [textColumn("tier", "等级", "Tier"), countColumn("customers", "客户", "Customers"), { ...countColumn("products", "户均产品数", "Products each"), format: "text", align: "right" }],
            rows: tierNames.map((tier) => [tier === "" ? { "zh-CN": "未知", en: "unknown" } : wordOf("tier", tier), tiers.of(tier, "customers"), (Math.round((tiers.of(tier, "products") / Math.max(1, tiers.of(tier, "customers"))) * 100) / 100).toFixed(2)]),
          },
          {
            kind: "table", id: "contribution", title: { "zh-CN": "产品数与贡献", en: "Products and contribution" },
            note: { "zh-CN": "只计贡献已知的客户。", en: "Customers whose contribution is known." },
            columns: [textColumn("products", "产品数", "Products"), countColumn("customers", "客户", "Customers"), shareColumn("share", "占比", "Share"), moneyColumn("contribution", "户均年贡献（元）", "Contribution each (CNY a year)")],
            rows: buckets.filter((bucket) => contribution.of(bucket, "customers") > 0).map((bucket) => [label(bucket), contribution.of(bucket, "customers"), contribution.of(bucket, "customers") / customers, Math.round(contribution.of(bucket, "cents") / contribution.of(bucket, "customers")) / 100]),
          },
        ];
        return reportFrame(group, { "zh-CN": "户均产品数", en: "Products per customer" }, same(group.name), parts);
      },
    };
  },
});
