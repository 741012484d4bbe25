import type { Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, textColumn } from "../customer/columns.js";
import { wordOf } from "../customer/record-words.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";

interface Row {
  readonly id: string;
  readonly contacts: readonly { readonly cells: readonly Cell[]; readonly spoken: boolean; readonly noted: boolean }[];
}

const toDo: Cell = { "zh-CN": "待补记", en: "to be written down" };

/** The contacts of a day with their key points, and those of which nothing was written down yet (S15). */
export const dayLog = defineReport<Row>({
  name: "day-log",
  title: { "zh-CN": "工作日志", en: "Log of the day" },
  answers: { "zh-CN": "今天联系了哪些客户、要点是什么，下班前还要补记哪些", en: "Whom I contacted today, what was said, and what must still be written down before leaving" },
  covers: ["S15"],
  per: "rm",
  row(customer) {
    const { record, day, masked } = customer;
    const contacts = record.items("contactLog").filter((entry) => entry.text("date") === day.asOf).map((entry) => {
      const channel = entry.text("channel") ?? "";
      const outcome = entry.text("outcome");
      const note = entry.text("note");
      const promise = entry.text("promise");
      const spoken = channel === "phone" || channel === "meeting";
      return {
        spoken, noted: note !== undefined,
        cells: [...customerCells(customer), wordOf("channel", channel), outcome === undefined ? null : wordOf("outcome", outcome), note === undefined ? (spoken ? toDo : null) : masked.text(note), promise === undefined ? null : masked.text(promise)],
      };
    });
    return contacts.length === 0 ? undefined : { id: customer.id, contacts };
  },
  open: withAllRows((rows, group) => {
    const contacts = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).flatMap((row) => row.contacts);
    const open = contacts.filter(({ spoken, noted }) => spoken && !noted).length;
    return reportFrame(group, { "zh-CN": "工作日志", en: "Log of the day" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(figure("contacts", "今日联系", "Contacts today", contacts.length), figure("talks", "通话与面谈", "Calls and meetings", contacts.filter(({ spoken }) => spoken).length), figure("open", "待补记要点", "Without a note", open)),
      {
        kind: "table", id: "contacts", title: { "zh-CN": "联系与要点", en: "Contacts and key points" },
        note: { "zh-CN": "下班前为每次通话与面谈补记要点。", en: "Write down the key points of every call and meeting before leaving." },
        columns: [...customerColumns, textColumn("channel", "方式", "Way"), textColumn("outcome", "结果", "Outcome"), textColumn("note", "要点", "Key points"), textColumn("promise", "承诺", "Promised")],
        rows: contacts.map(({ cells }) => cells),
      },
    ]);
  }),
});
