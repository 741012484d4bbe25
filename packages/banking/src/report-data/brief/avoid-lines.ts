import type { Bilingual, Truth } from "@evertend/core";
import { daysFrom, shortDate } from "../customer/civil-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { callHours } from "./call-hours.js";

const surely: Truth = 1;
/** For so many days a bad survey or a bereavement sets the tone of a call. */
const rememberedDays = 90;

/**
 * What to mind before a call, the gravest first: who asked for silence, grief, complaints, debts, notes, hours, and what
 * must not be sold. Each line says what to do.
 */
export function avoidLines(customer: ReportCustomer): readonly Bilingual[] {
  const { record, masked } = customer;
  const note = record.text("attentionNote");
  const silence = record.flag("doNotContact") && { "zh-CN": "客户要求不再联系：只办必须告知的事，不问候、不推介", en: "asked not to be contacted: only what must be told, no greeting, no offer" };
  const grave = told([silence, grief(customer), ...complaints(customer), debts(customer), dissatisfied(customer)]);
  return told([
    ...grave,
    note !== undefined && { "zh-CN": `注意：${masked.text(note)}`, en: `mind: ${masked.text(note)}` },
    callHours(customer.day.engine.program, customer).narrowed && { "zh-CN": "上班时间不接电话：只在所列时段致电，其余时间用短信或邮件", en: "no calls at work: call in the hours shown only, else SMS or e-mail" },
    // Those lines say already that nothing is to be sold.
    grave.length === 0 && selling(customer),
  ]);
}

function told(lines: readonly (Bilingual | false | undefined)[]): readonly Bilingual[] {
  return lines.filter((line): line is Bilingual => line !== undefined && line !== false);
}

function grief({ record, day }: ReportCustomer): Bilingual | undefined {
  const on = record.text("bereavedOn");
  if (on === undefined || daysFrom(on, day.asOf) > rememberedDays) return undefined;
  const date = shortDate(on, day.asOf);
  return { "zh-CN": `${date["zh-CN"]}丧亲：不祝贺、不推介，先致慰问`, en: `bereaved on ${date.en}: no good wishes, no offer; condolences first` };
}

function complaints({ record, day, masked }: ReportCustomer): readonly Bilingual[] {
  return record.items("complaints").filter((complaint) => complaint.text("status") !== "closed").map((complaint) => {
    const topic = masked.text(complaint.text("topic") ?? "");
    const received = complaint.text("receivedOn");
    const date = received === undefined ? undefined : shortDate(received, day.asOf);
    return {
      "zh-CN": `投诉未结（${topic}${date ? `，${date["zh-CN"]}受理` : ""}）：先听、先致歉，不推介`,
      en: `open complaint (${topic}${date ? `, received ${date.en}` : ""}): listen and apologise first, no offer`,
    };
  });
}

function debts({ record }: ReportCustomer): Bilingual | undefined {
  const late = [...record.items("loans"), ...record.items("cards")].some((item) => item.has("overdueSince"));
  return late ? { "zh-CN": "有逾期：谈还款安排，不推介产品", en: "a payment is overdue: talk about paying it, no offer" } : undefined;
}

function dissatisfied({ record, day }: ReportCustomer): Bilingual | undefined {
  const score = record.number("satisfaction.score");
  const on = record.text("satisfaction.surveyedOn");
  if (score === undefined || score > 2 || on === undefined || daysFrom(on, day.asOf) > rememberedDays) return undefined;
  return { "zh-CN": `上次满意度 ${score} 分：先问原因`, en: `last survey gave ${score} of 5: ask for the reason first` };
}

/** What stands against offers, in one line. */
function selling(customer: ReportCustomer): Bilingual | undefined {
  const { day, evaluated } = customer;
  const { policy } = day.engine.program;
  const { rule, purpose } = policy.consent.marketing;
  const status = evaluated.consents.findLast((consent) => consent.purpose === purpose)?.status;
  if (rule !== "none" && (status === "refused" || status === "withdrawn")) return { "zh-CN": "已拒绝营销：不推介产品", en: "refused marketing: recommend nothing" };
  if (policy.pauses.some(({ stops, when }) => stops.includes("marketing") && evaluated.evaluation.truth(when) === surely)) return { "zh-CN": "营销暂停中：不推介产品", en: "marketing is paused: recommend nothing" };
  if (rule === "required" && status !== "granted") return { "zh-CN": "未取得营销同意：先征询，再推介", en: "no consent to marketing: ask before recommending" };
  const until = customer.factText("riskValidUntil");
  if (until !== undefined && until < day.asOf) return { "zh-CN": "风险测评已过期：更新前不推介有风险的产品", en: "the risk assessment ran out: recommend nothing that carries risk until it is renewed" };
  return undefined;
}
