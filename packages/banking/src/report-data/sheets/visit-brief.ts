import type { Bilingual, Cell, ReportCard } from "@evertend/core";
import { avoidLines } from "../brief/avoid-lines.js";
import { callHours, callHoursText } from "../brief/call-hours.js";
import { amountText, moneyColumn, textColumn } from "../customer/columns.js";
import { shortDate } from "../customer/civil-words.js";
import { contactLine } from "../customer/last-contact.js";
import { wordOf } from "../customer/record-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { assetTypes, assetsByType } from "../lists/assets-by-type.js";
import { ruleName, same } from "../report-words.js";

/** So many contacts are shown. */
const shownContacts = 6;

interface Row {
  readonly card: ReportCard;
  readonly assets: readonly (readonly Cell[])[];
  readonly contacts: readonly Bilingual[];
}

/** What to prepare before a visit (S80). */
const preparation: readonly Bilingual[] = [
  { "zh-CN": "确定谈话目标和具体目的", en: "the goal of the talk, and what exactly it is for" },
  { "zh-CN": "研究客户资料（见本页）", en: "study the customer's file (this page)" },
  { "zh-CN": "约定合适的时间和地点，并已得到确认", en: "a suitable time and place, agreed and confirmed" },
  { "zh-CN": "预想可能的问题，准备答复", en: "questions that may come, with answers" },
  { "zh-CN": "做好心理准备", en: "a clear head" },
  { "zh-CN": "携带名片、产品说明书；需要时带介绍函或推荐书", en: "business cards and product brochures; a letter of introduction where it is needed" },
];

/** What to talk through in an asset review (S128). */
const agenda: readonly Bilingual[] = [
  { "zh-CN": "回顾资产状况", en: "review the state of the assets" },
  { "zh-CN": "介绍当前市场", en: "present the market as it is" },
  { "zh-CN": "听取客户对下一步的意见", en: "hear what the customer wants to do next" },
  { "zh-CN": "了解客户新的生活状况", en: "learn what is new in the customer's life" },
  { "zh-CN": "提出新的保障方案", en: "propose a new plan of protection" },
];

/** One page to take to a visit: the customer, what to prepare, the agenda, what to avoid (S80, S97, S128). */
export const visitBrief = defineReport<Row>({
  name: "visit-brief",
  title: { "zh-CN": "拜访准备单", en: "Visit brief" },
  answers: { "zh-CN": "拜访前要准备什么、谈什么、避免什么", en: "What to prepare for a visit, what to talk about and what to avoid" },
  covers: ["S80", "S128", "S97"],
  per: "customer",
  plan: true,
  row(customer) {
    const { record, day } = customer;
    const sums = assetsByType(record);
    const log = record.items("contactLog").filter((entry) => (entry.text("date") ?? "9999") <= day.asOf).sort((a, b) => ((a.text("date") ?? "") < (b.text("date") ?? "") ? 1 : -1));
    return {
      card: cardOf(customer),
      assets: [...assetTypes, "loan"].flatMap((type): (readonly Cell[])[] => {
        const value = sums.get(type);
        return value === undefined ? [] : [[wordOf("asset", type), value]];
      }),
      contacts: log.slice(0, shownContacts).map((entry) => contactLine(customer, entry)),
    };
  },
  open: withAllRows(([row], group) => {
    if (!row) throw new Error("a visit brief is of one customer");
    return reportFrame(group, { "zh-CN": "拜访准备单", en: "Visit brief" }, { "zh-CN": `客户 ${group.name}`, en: `Customer ${group.name}` }, [
      { kind: "cards", id: "customer", layout: "column", title: { "zh-CN": "客户", en: "Customer" }, cards: [row.card] },
      {
        kind: "cards", id: "checklist", title: { "zh-CN": "清单", en: "Checklist" },
        note: { "zh-CN": "先预约、后拜访；未确认的预约不算。", en: "An appointment first; one that is not confirmed does not count." },
        cards: [
          { heading: { "zh-CN": "拜访前的准备", en: "Before the visit" }, text: "", facts: [], choices: preparation.map((label) => ({ code: "", label })) },
          { heading: { "zh-CN": "面谈议程", en: "Agenda" }, text: "", facts: [], choices: agenda.map((label) => ({ code: "", label })) },
        ],
      },
      { kind: "table", id: "assets", title: { "zh-CN": "资产与负债", en: "Assets and loans" }, columns: [textColumn("type", "类别", "Class"), moneyColumn("value", "金额（元）", "Amount (CNY)")], rows: row.assets },
      { kind: "table", id: "contacts", title: { "zh-CN": "最近的联系", en: "Recent contacts" }, columns: [textColumn("contact", "联系", "Contact")], rows: row.contacts.map((line) => [line]) },
    ]);
  }),
});

function cardOf(customer: ReportCustomer): ReportCard {
  const { record, masked, id, day, tasks } = customer;
  const name = record.text("name");
  const phone = record.text("phone");
  const zone = record.text("timeZone");
  const total = record.number("assets.total");
  const { program } = day.engine;
  const subjects = [...record.texts("hobbies"), ...record.texts("interests")];
  const family = record.items("family").map((member) => wordOf("relation", member.text("relation") ?? ""));
  const reasons = tasks.flatMap((planned) => planned.reasons.map(({ ruleId }) => ruleName(program, ruleId)));
  return {
    heading: name === undefined ? masked.id(id) : masked.name(name),
    text: "",
    tags: name === undefined ? [] : [masked.id(id)],
    facts: [
      { label: { "zh-CN": "电话", en: "Phone" }, value: phone === undefined ? { "zh-CN": "未登记", en: "not on file" } : masked.phone(phone) },
      { label: { "zh-CN": "可致电时段", en: "May be called" }, value: callHoursText(callHours(program, customer), zone === program.model.zone ? undefined : zone) },
      ...(total === undefined ? [] : [{ label: { "zh-CN": "本行资产（元）", en: "At this bank (CNY)" }, value: amountText(total) }]),
    ],
    sections: [
      { id: "appointment", label: { "zh-CN": "预约", en: "Appointment" }, lines: appointments(customer) },
      { id: "reasons", label: { "zh-CN": "今日事由", en: "Reasons of today" }, lines: reasons },
      { id: "topics", label: { "zh-CN": "共同话题", en: "Common topics" }, lines: [...subjects.map((subject) => same(masked.text(subject))), ...family.map((relation) => ({ "zh-CN": `家庭：${relation["zh-CN"]}`, en: `family: ${relation.en}` }))] },
      { id: "avoid", label: { "zh-CN": "注意避免", en: "What to avoid" }, lines: avoidLines(customer), tone: "care" as const },
    ].filter(({ lines }) => lines.length > 0),
  };
}

function appointments({ record, day, masked }: ReportCustomer): readonly Bilingual[] {
  const coming = record.items("appointments").filter((one) => (one.text("date") ?? "") >= day.asOf);
  if (coming.length === 0) return [{ "zh-CN": "尚无预约：先预约再拜访", en: "none yet: make an appointment before the visit" }];
  return coming.map((one) => {
    const date = shortDate(one.text("date") ?? "", day.asOf);
    const place = masked.text(one.text("place") ?? "");
    const confirmed = one.flag("confirmed");
    return { "zh-CN": `${date["zh-CN"]} ${place}（${confirmed ? "已确认" : "待确认"}）`, en: `${date.en} ${place} (${confirmed ? "confirmed" : "to be confirmed"})` };
  });
}
