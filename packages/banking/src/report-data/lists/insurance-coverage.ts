import type { Bilingual, Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, moneyColumn, shareText, textColumn } from "../customer/columns.js";
import { wordOf } from "../customer/record-words.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";

interface Row {
  readonly id: string;
  readonly family: readonly Cell[];
  readonly policies: readonly (readonly Cell[])[];
  readonly critical: "yes" | "no" | "unknown";
  readonly gap: boolean;
}

const covered: Readonly<Record<Row["critical"], Bilingual>> = {
  yes: { "zh-CN": "已涵盖", en: "covered" },
  no: { "zh-CN": "未涵盖", en: "not covered" },
  unknown: { "zh-CN": "不详", en: "unknown" },
};

/** What a manager's customers are insured for, and where critical illness is not covered (S04). */
export const insuranceCoverage = defineReport<Row>({
  name: "insurance",
  title: { "zh-CN": "客户的保险涵盖范围", en: "Insurance coverage" },
  answers: { "zh-CN": "客户买了哪些保险，重大疾病是否已涵盖，家庭保障有无缺口", en: "What customers are insured for, whether critical illness is covered, and where families have a gap" },
  covers: ["S04"],
  per: "rm",
  row(customer) {
    const { record, masked, evaluated } = customer;
    const policies = record.items("policies");
    const cells = customerCells(customer);
    const married = record.text("maritalStatus");
    const known = evaluated.facts["criticalIllnessCovered"];
    const critical = known === true ? "yes" : known === false ? "no" : "unknown";
    const gap = evaluated.facts["protectionGap"] === true;
    return {
      id: customer.id, critical, gap,
      family: [
        ...cells, married === undefined ? null : wordOf("maritalStatus", married), record.number("children") ?? null, policies.length,
        total(policies.map((policy) => policy.number("sumInsured"))), total(policies.map((policy) => policy.number("premium"))),
        covered[critical], gap ? { "zh-CN": "有缺口", en: "a gap" } : null,
      ],
      policies: policies.map((policy) => [...cells, wordOf("policy", policy.text("kind") ?? ""), masked.text(policy.text("name") ?? ""), policy.text("endsOn") ?? null, policy.number("sumInsured") ?? null, policy.number("premium") ?? null, policy.text("premiumDueOn") ?? null]),
    };
  },
  open: withAllRows((rows, group) => {
    const sorted = [...rows].sort((a, b) => Number(b.gap) - Number(a.gap) || (a.id < b.id ? -1 : 1));
    const count = (critical: Row["critical"]): number => rows.filter((row) => row.critical === critical).length;
    return reportFrame(group, { "zh-CN": "客户的保险涵盖范围", en: "Insurance coverage" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(
        figure("customers", "客户", "Customers", rows.length),
        figure("covered", "重疾已涵盖", "Critical illness covered", shareText(count("yes"), rows.length)),
        figure("gap", "家庭保障有缺口", "Families with a gap", rows.filter(({ gap }) => gap).length),
        figure("unknown", "保障情况不详", "Not known", count("unknown")),
      ),
      {
        kind: "table", id: "families", title: { "zh-CN": "家庭保障", en: "Protection of the family" },
        note: { "zh-CN": "有缺口的在前。保额与保费单位：元。", en: "Those with a gap first. Amounts in CNY." },
        columns: [...customerColumns, textColumn("married", "婚姻", "Married"), { ...textColumn("children", "子女", "Children"), format: "integer" }, { ...textColumn("policies", "保单", "Policies"), format: "integer" }, moneyColumn("sum", "保额合计", "Sum insured"), moneyColumn("premium", "年保费合计", "Premiums"), textColumn("critical", "重大疾病", "Critical illness"), textColumn("gap", "保障缺口", "Gap")],
        rows: sorted.map(({ family }) => family),
      },
      {
        kind: "table", id: "policies", title: { "zh-CN": "保单", en: "Policies" },
        columns: [...customerColumns, textColumn("kind", "险种", "Kind"), textColumn("product", "产品", "Product"), textColumn("term", "保障至", "Until"), moneyColumn("sum", "保额", "Sum insured"), moneyColumn("premium", "保费", "Premium"), textColumn("due", "缴费日", "Premium due")],
        rows: sorted.flatMap(({ policies }) => policies),
      },
    ]);
  }),
});

function total(amounts: readonly (number | undefined)[]): Cell {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === 0 ? null : Math.round(known.reduce((sum, amount) => sum + amount, 0) * 100) / 100;
}
