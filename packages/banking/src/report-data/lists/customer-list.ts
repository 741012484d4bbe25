import type { Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, moneyColumn, textColumn } from "../customer/columns.js";
import { join } from "../customer/civil-words.js";
import { wordOf } from "../customer/record-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { assetTypes, assetsByType } from "./assets-by-type.js";

interface Row {
  readonly name: string;
  readonly person: readonly Cell[];
  readonly assets: readonly Cell[];
  readonly family: readonly Cell[];
  readonly total: number;
  readonly hasFamily: boolean;
}

/** All customers of a manager in one list: who they are, what they have, what else is known (S01–S03). */
export const customerList = defineReport<Row>({
  name: "customer-list",
  title: { "zh-CN": "客户信息清单", en: "Customer list" },
  answers: { "zh-CN": "我的客户是谁、有哪些资产、家庭和注意事项如何", en: "Who my customers are, what they hold, and what else is known of them" },
  covers: ["S01", "S02", "S03"],
  per: "rm",
  row(customer) {
    const { record, masked } = customer;
    const cells = customerCells(customer);
    const amounts = assetsByType(record);
    const note = record.text("attentionNote");
    const family = record.items("family");
    return {
      name: record.text("name") ?? customer.id,
      total: record.number("assets.total") ?? 0,
      hasFamily: family.length > 0 || note !== undefined,
      person: [
        ...cells, maskedOr(record.text("phone"), masked.phone), maskedOr(record.text("address"), masked.place), birthday(customer), record.text("occupation") ?? null,
        maskedOr(record.text("employer"), masked.place), record.texts("hobbies").join("、") || null,
      ],
      assets: [...cells, record.number("assets.total") ?? null, ...assetTypes.map((type) => amounts.get(type) ?? null), amounts.get("loan") ?? null, nextMaturity(customer)],
      family: [...cells, family.length === 0 ? null : join(family.map((member) => familyText(customer, member)), { "zh-CN": "；", en: "; " }), record.number("risk.rating") ?? null, note === undefined ? null : masked.text(note)],
    };
  },
  open: withAllRows((rows, group) => {
    const sorted = [...rows].sort((a, b) => b.total - a.total || (a.name < b.name ? -1 : 1));
    return reportFrame(group, { "zh-CN": "客户信息清单", en: "Customer list" }, { "zh-CN": `客户经理 ${group.name}，按本行资产排列`, en: `Relationship manager ${group.name}, the largest assets first` }, [
      figures(figure("customers", "客户", "Customers", rows.length), figure("assets", "本行资产合计", "Assets at this bank", Math.round(rows.reduce((sum, { total }) => sum + total, 0)))),
      {
        kind: "table", id: "people", title: { "zh-CN": "个人资料", en: "Who they are" },
        columns: [...customerColumns, textColumn("phone", "电话", "Phone"), textColumn("address", "地址", "Address"), textColumn("birthday", "生日", "Birthday"), textColumn("occupation", "职业", "Occupation"), textColumn("employer", "工作单位", "Employer"), textColumn("hobbies", "爱好", "Hobbies")],
        rows: sorted.map(({ person }) => person),
      },
      {
        kind: "table", id: "assets", title: { "zh-CN": "资产状况", en: "What they have" },
        note: { "zh-CN": "金额单位：元；含客户告知的他行资产与房产。", en: "In CNY; assets elsewhere and real estate as the customer told." },
        columns: [...customerColumns, moneyColumn("total", "本行资产", "At this bank"), ...assetTypes.map((type) => ({ ...moneyColumn(type, "", ""), label: wordOf("asset", type) })), moneyColumn("loan", "贷款余额", "Loans"), textColumn("maturity", "最近到期", "Matures next")],
        rows: sorted.map(({ assets }) => assets),
      },
      {
        kind: "table", id: "family", title: { "zh-CN": "家庭与注意事项", en: "Family and what to mind" },
        note: { "zh-CN": "家庭成员资料须有本人同意；不向其发送任何消息。风险等级 1–5。", en: "Data of relatives needs their consent; nothing is sent to them. Risk rating from 1 to 5." },
        columns: [...customerColumns, textColumn("family", "家庭成员", "Family"), textColumn("risk", "风险承受等级", "Risk rating"), textColumn("note", "注意事项", "To be minded")],
        rows: sorted.filter(({ hasFamily }) => hasFamily).map(({ family }) => family),
      },
    ]);
  }),
});

function maskedOr(text: string | undefined, mask: (text: string) => string): Cell {
  return text === undefined ? null : mask(text);
}

/** The day of the year alone where the customer is masked. */
function birthday({ record, masked }: ReportCustomer): Cell {
  const date = record.text("birthDate");
  return date === undefined ? null : masked.reveal ? date : date.slice(5);
}

function familyText({ masked }: ReportCustomer, member: ReportCustomer["record"]): { readonly "zh-CN": string; readonly en: string } {
  const relation = wordOf("relation", member.text("relation") ?? "");
  const name = member.text("name");
  const age = member.number("age");
  const place = member.text("schoolOrEmployer");
  const say = (lang: "zh-CN" | "en"): string => {
    const rest = [...(age === undefined ? [] : [lang === "en" ? `${age}` : `${age} 岁`]), ...(place === undefined ? [] : [masked.place(place)])].join(lang === "en" ? ", " : "，");
    return `${relation[lang]}${name === undefined ? "" : ` ${masked.name(name)}`}${rest === "" ? "" : lang === "en" ? ` (${rest})` : `（${rest}）`}`;
  };
  return { "zh-CN": say("zh-CN"), en: say("en") };
}

/** The nearest day on which something held comes due. */
function nextMaturity({ record, day }: ReportCustomer): Cell {
  const dates = [...record.items("holdings"), ...record.items("loans")].map((item) => item.text("maturityDate")).filter((date) => date !== undefined && date >= day.asOf);
  return dates.sort()[0] ?? null;
}
