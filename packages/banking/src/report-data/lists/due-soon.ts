import type { Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, textColumn } from "../customer/columns.js";
import { distance } from "../customer/civil-words.js";
import { wordOf } from "../customer/record-words.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { contactDue } from "./contact-due.js";

/** So many days ahead a contact is told. */
const ahead = 14;

interface Row {
  readonly id: string;
  readonly inDays: number;
  readonly never: boolean;
  readonly cells: readonly Cell[];
}

/** When each customer was spoken to last, and whether it is time again (S130). */
export const dueSoon = defineReport<Row>({
  name: "due-soon",
  title: { "zh-CN": "即将到期的联系", en: "Contacts due soon" },
  answers: { "zh-CN": "上次联系是什么时候，是不是很快需要再次联系", en: "When each customer was last spoken to, and whether a contact is due again soon" },
  covers: ["S130", "S124"],
  per: "rm",
  row(customer) {
    const due = contactDue(customer);
    if (due === undefined) return undefined;
    const tier = customer.factText("tier");
    const frequency = customer.factText("maintenanceFrequency");
    return {
      id: customer.id, inDays: due.inDays, never: due.last === null,
      cells: [...customerCells(customer), tier === undefined ? null : wordOf("tier", tier), frequency === undefined ? null : wordOf("frequency", frequency), due.last, due.every, due.next, distance(due.inDays)],
    };
  },
  open: withAllRows((rows, group) => {
    const list = rows.filter(({ inDays }) => inDays <= ahead).sort((a, b) => a.inDays - b.inDays || (a.id < b.id ? -1 : 1));
    return reportFrame(group, { "zh-CN": "即将到期的联系", en: "Contacts due soon" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(
        figure("overdue", "已逾期", "Overdue", list.filter(({ inDays }) => inDays < 0).length),
        figure("soon", `${ahead} 天内到期`, `Due within ${ahead} days`, list.filter(({ inDays }) => inDays >= 0).length),
        figure("never", "从未联系上", "Never spoken to", rows.filter(({ never }) => never).length),
        figure("fine", "尚未到期", "Not due yet", rows.length - list.length),
      ),
      {
        kind: "table", id: "due", title: { "zh-CN": "应联系的客户", en: "Who is due" },
        note: { "zh-CN": "只计通话与面谈；短信、邮件不算。没有联系记录的从开户日算起。", en: "Calls and meetings count; SMS and e-mails do not. Without any contact the day of opening counts." },
        columns: [...customerColumns, textColumn("tier", "等级", "Tier"), textColumn("frequency", "维护频率", "Frequency"), textColumn("last", "上次通话或面谈", "Last spoken to"), { ...textColumn("every", "间隔天数", "Interval, days"), format: "integer" }, textColumn("next", "应联系日", "Due on"), textColumn("when", "距今", "That is")],
        rows: list.map(({ cells }) => cells),
      },
    ]);
  }),
});
