import type { ReportPart } from "@evertend/core";
import { countColumn, figure, figures, moneyColumn, shareColumn, shareText } from "../customer/columns.js";
import { defineReport } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";

interface Row {
  readonly assets: number | null;
  readonly contribution: number | null;
}

/** Shares of customers at which the curve is drawn: evenly spread, or its shape would be another. */
const drawn = Array.from({ length: 11 }, (_, i) => i / 10);
/** Shares of customers of the table. */
const told = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1] as const;

/** How much of assets and contribution the largest customers bring: the bank's own curve, not a rule of thumb (S47, S48). */
export const concentration = defineReport<Row>({
  name: "concentration",
  title: { "zh-CN": "客户集中度", en: "Concentration" },
  answers: { "zh-CN": "最大的百分之几的客户占了多少资产和贡献，本行到底是“二八”还是“一九”", en: "How much of assets and contribution the largest few percent of customers bring" },
  covers: ["S47", "S48"],
  per: "bank",
  row({ record, factNumber }) {
    return { assets: record.number("assets.total") ?? null, contribution: factNumber("contribution") ?? null };
  },
  open(group) {
    const assets = new Amounts();
    const contribution = new Amounts();
    return {
      take(row) {
        assets.add(row.assets);
        contribution.add(row.contribution);
      },
      finish() {
        const [a, c] = [assets.curve(), contribution.curve()];
        const at = (curve: Curve, share: number): string => shareText(curve.of(share), curve.total);
        const parts: readonly ReportPart[] = [
          figures(
            figure("customers", "客户", "Customers", a.count),
            figure("top10", "前 10% 客户的资产", "Assets of the top 10%", at(a, 0.1)),
            figure("top20", "前 20% 客户的资产", "Assets of the top 20%", at(a, 0.2)),
            figure("contribution", "前 20% 客户的贡献", "Contribution of the top 20%", at(c, 0.2)),
          ),
          {
            kind: "chart", id: "curve", chart: "line", title: { "zh-CN": "集中度曲线", en: "Curve of concentration" },
            note: { "zh-CN": "横轴：由大到小累计的客户占比（%）；纵轴：其占全部的百分比。", en: "Along: share of customers in percent, the largest first. Up: their share of the whole, in percent." },
            categories: drawn.map((node) => same(String(Math.round(node * 100)))),
            series: [
              { label: { "zh-CN": "资产", en: "Assets" }, values: drawn.map((node) => percent(a.of(node), a.total)) },
              { label: { "zh-CN": "贡献", en: "Contribution" }, values: drawn.map((node) => percent(c.of(node), c.total)) },
            ],
          },
          {
            kind: "table", id: "shares", title: { "zh-CN": "逐段占比", en: "Shares step by step" },
            note: { "zh-CN": "贡献为负的客户不使累计超过 100%：累计按全部正贡献计算。", en: "Customers with a negative contribution do not lift the rest above 100%: positive contributions alone are summed." },
            columns: [{ ...shareColumn("top", "最大的客户", "Largest customers"), align: "left" }, countColumn("customers", "客户数", "Customers"), moneyColumn("assets", "资产（元）", "Assets (CNY)"), shareColumn("assetsShare", "占全部资产", "Of all assets"), shareColumn("contributionShare", "占全部贡献", "Of all contribution")],
            rows: told.map((node) => [node, Math.ceil(node * a.count), a.of(node), a.total === 0 ? null : a.of(node) / a.total, c.total === 0 ? null : c.of(node) / c.total]),
          },
        ];
        return reportFrame(group, { "zh-CN": "客户集中度", en: "Concentration" }, same(group.name), parts);
      },
    };
  },
});

interface Curve {
  readonly count: number;
  readonly total: number;
  /** Sum of the largest share of customers. */
  of(share: number): number;
}

/** Amounts of all customers, eight bytes each: ten million of them take 80 MB. */
class Amounts {
  #values = new Float64Array(1024);
  #count = 0;

  add(value: number | null): void {
    if (value === null) return;
    if (this.#count === this.#values.length) {
      const larger = new Float64Array(this.#count * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = Math.max(0, value);
  }

  curve(): Curve {
    const sorted = this.#values.slice(0, this.#count).sort().reverse();
    const count = this.#count;
    // Cents as whole numbers: the order of the customers must not change the last digit.
    const sum = (end: number): number => sorted.subarray(0, end).reduce((all, value) => all + Math.round(value * 100), 0) / 100;
    return { count, total: sum(count), of: (share) => sum(Math.ceil(share * count)) };
  }
}

function percent(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 1000) / 10;
}
