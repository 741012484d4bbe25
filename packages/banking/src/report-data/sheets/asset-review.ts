import type { Bilingual, Cell, ReportPart } from "@evertend/core";
import { countColumn, figure, figures, moneyColumn, shareColumn, textColumn } from "../customer/columns.js";
import { wordOf } from "../customer/record-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { assetType, assetTypes, assetsByType } from "../lists/assets-by-type.js";
import { same } from "../report-words.js";

interface Row {
  readonly assets: readonly (readonly Cell[])[];
  readonly loans: readonly (readonly Cell[])[];
  /** Value by class, in the order of `assetTypes`. */
  readonly byType: readonly number[];
  readonly loan: number;
  /** Total at each review, the oldest first, and today's. */
  readonly trend: readonly { readonly date: string; readonly total: number }[];
  readonly last: string | null;
}

/** The sheet of one customer's asset review: assets here and elsewhere, their shares, and the course of the total (S05–S07). */
export const assetReview = defineReport<Row>({
  name: "asset-review",
  title: { "zh-CN": "资产回顾表", en: "Asset review" },
  answers: { "zh-CN": "客户在本行和他行有哪些资产，占比如何，与上次回顾相比有何变化", en: "What a customer has here and elsewhere, in which shares, and how it changed since the last review" },
  covers: ["S05", "S06", "S07", "S02"],
  per: "customer",
  row(customer) {
    const { record, day } = customer;
    const sums = assetsByType(record);
    const reviews = record.items("reviews").filter((review) => (review.text("date") ?? "") <= day.asOf);
    const trend = reviews.flatMap((review) => {
      const [date, total] = [review.text("date"), review.number("total")];
      return date === undefined || total === undefined ? [] : [{ date, total }];
    }).sort((a, b) => (a.date < b.date ? -1 : 1));
    const today = record.number("assets.total");
    return {
      assets: assetRows(customer), loans: loanRows(customer), loan: sums.get("loan") ?? 0,
      byType: assetTypes.map((type) => sums.get(type) ?? 0),
      trend: [...trend, ...(today === undefined ? [] : [{ date: day.asOf, total: today }])],
      last: reviews.map((review) => review.text("date") ?? "").sort().at(-1) ?? null,
    };
  },
  open: withAllRows(([row], group) => {
    if (!row) throw new Error("an asset review is of one customer");
    const total = row.byType.reduce((sum, value) => sum + value, 0);
    const { trend } = row;
    const [before, now] = [trend.at(-2)?.total, trend.at(-1)?.total];
    const held = assetTypes.map((type, i) => [type, row.byType[i] ?? 0] as const).filter(([, value]) => value > 0);
    const parts: readonly ReportPart[] = [
      figures(
        figure("total", "全部资产（元）", "All assets (CNY)", Math.round(total)),
        figure("loan", "贷款（元）", "Loans (CNY)", Math.round(row.loan)),
        figure("last", "上次回顾", "Last review", row.last ?? "–"),
        figure("change", "本行资产较上次", "This bank, since then", before === undefined || now === undefined || before === 0 ? "–" : signedShare(now / before - 1)),
      ),
      ...(held.length === 0 ? [] : [{
        kind: "chart", id: "allocation", chart: "pie", title: { "zh-CN": "资产占比", en: "Shares of assets" },
        note: { "zh-CN": "含客户告知的他行资产与房产；贷款不计入。", en: "With assets elsewhere and real estate as told; loans are left out." },
        categories: held.map(([type]) => wordOf("asset", type)), series: [{ label: { "zh-CN": "金额（元）", en: "Amount (CNY)" }, values: held.map(([, value]) => value) }],
      } as const]),
      ...(trend.length < 2 ? [] : [{
        kind: "chart", id: "trend", chart: "bar", title: { "zh-CN": "总资产趋势", en: "Course of the total" },
        note: { "zh-CN": "每次资产回顾为一个节点，最后为今日；本行资产。", en: "Each review is a node, the last one is today; assets at this bank." },
        categories: trend.map(({ date }) => same(date)), series: [{ label: { "zh-CN": "本行资产（元）", en: "Assets at this bank (CNY)" }, values: trend.map(({ total: amount }) => amount) }],
      } as const]),
      {
        kind: "table", id: "assets", title: { "zh-CN": "资产明细", en: "Assets one by one" },
        note: { "zh-CN": "风险等级 1–5；变化与上次回顾相比，回顾之后买入的为“新增”。", en: "Risk level from 1 to 5; the change is since the last review, what was bought later is new." },
        columns: [textColumn("name", "名称", "Name"), textColumn("type", "类别", "Class"), textColumn("where", "所在", "Where"), textColumn("since", "持有起始", "Held since"), countColumn("risk", "风险等级", "Risk level"), moneyColumn("value", "市值或余额", "Value"), moneyColumn("change", "变化", "Change"), shareColumn("share", "变化率", "Change, %")],
        rows: row.assets,
      },
      ...(row.loans.length === 0 ? [] : [{
        kind: "table", id: "loans", title: { "zh-CN": "贷款", en: "Loans" },
        columns: [textColumn("name", "名称", "Name"), textColumn("maturity", "到期日", "Matures on"), moneyColumn("balance", "余额", "Outstanding"), textColumn("next", "下期还款日", "Next payment on"), moneyColumn("amount", "下期应还", "Next payment")],
        rows: row.loans,
      } as const]),
    ];
    return reportFrame(group, { "zh-CN": "资产回顾表", en: "Asset review" }, { "zh-CN": `客户 ${group.name}`, en: `Customer ${group.name}` }, parts);
  }),
});

const fresh: Bilingual = { "zh-CN": "新增", en: "new" };

function assetRows({ record, masked }: ReportCustomer): readonly (readonly Cell[])[] {
  const reviewed = record.items("reviews").length > 0;
  const cells = (name: string | undefined, type: string, where: Bilingual, since: string | undefined, risk: number | undefined, value: number | undefined, before: number | undefined): readonly Cell[] => [
    masked.text(name ?? ""), wordOf("asset", assetType(type)), where, since ?? null, risk ?? null, value ?? null,
    before === undefined || value === undefined ? (reviewed && before === undefined ? fresh : null) : Math.round((value - before) * 100) / 100,
    before === undefined || value === undefined || before === 0 ? null : value / before - 1,
  ];
  const here: Bilingual = { "zh-CN": "本行", en: "this bank" };
  const elsewhere: Bilingual = { "zh-CN": "他行或自有", en: "elsewhere" };
  return [
    ...record.items("holdings").map((one) => cells(one.text("name"), one.text("type") ?? "", here, one.text("startDate"), one.number("riskLevel"), one.number("balance"), one.number("balanceAtReview"))),
    ...record.items("otherAssets").filter((one) => one.text("type") !== "loan").map((one) => cells(one.text("name"), one.text("type") ?? "", elsewhere, one.text("heldSince"), one.number("riskLevel"), one.number("value"), one.number("valueAtReview"))),
  ];
}

function loanRows({ record, masked }: ReportCustomer): readonly (readonly Cell[])[] {
  return record.items("loans").map((loan) => [masked.text(loan.text("name") ?? ""), loan.text("maturityDate") ?? null, loan.number("balance") ?? null, loan.text("nextPaymentOn") ?? null, loan.number("nextPayment") ?? null]);
}

/** A change with its sign, in percent with one place. */
function signedShare(change: number): string {
  const text = `${(Math.round(Math.abs(change) * 1000) / 10).toFixed(1)}%`;
  return change < 0 ? `−${text}` : `+${text}`;
}
