import { daysInMonth, type Cell, type ReportTable } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, textColumn } from "../customer/columns.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";

/** Codes of the contact calendar. T, E and M are those of the practice (S129); the others are our extension. */
const codes: Readonly<Record<string, string>> = { phone: "T", email: "E", meeting: "M", sms: "S", wecom: "W", letter: "L", event: "V", branch: "B" };

interface Entry {
  /** Day of the month. */
  readonly day: number;
  readonly code: string;
  readonly note: string | null;
}

interface Row {
  readonly id: string;
  readonly cells: readonly Cell[];
  readonly entries: readonly Entry[];
}

/** The calendar of a manager's contacts in a month: a row for each customer, a column for each day (S129). */
export const contactCalendar = defineReport<Row>({
  name: "contact-calendar",
  title: { "zh-CN": "客户联络日历", en: "Contact calendar" },
  answers: { "zh-CN": "这个月哪天、以什么方式联系过哪些客户，要点是什么", en: "Who was contacted on which day of the month, in which way, and what was said" },
  covers: ["S129"],
  per: "rm",
  row(customer) {
    const { record, day, masked } = customer;
    const entries = record.items("contactLog").flatMap((entry): Entry[] => {
      const date = entry.text("date");
      const code = codes[entry.text("channel") ?? ""];
      if (date === undefined || code === undefined || date > day.asOf || !date.startsWith(day.month)) return [];
      const note = entry.text("note");
      return [{ day: Number(date.slice(8)), code, note: note === undefined ? null : masked.text(note) }];
    });
    return entries.length === 0 ? undefined : { id: customer.id, cells: customerCells(customer), entries: entries.sort((a, b) => a.day - b.day) };
  },
  open: withAllRows((rows, group) => {
    const { month } = group.day;
    const days = Array.from({ length: daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5))) }, (_, i) => i + 1);
    const notes: (readonly Cell[])[] = [];
    const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
    const grid = sorted.map(({ cells, entries }) => [
      ...cells,
      ...days.map((day): Cell => {
        const marks = entries.filter((entry) => entry.day === day).map(({ code, note }) => {
          if (note === null) return code;
          notes.push([notes.length + 1, cells[0] ?? null, `${month}-${String(day).padStart(2, "0")}`, note]);
          return `${code}${superscript(notes.length)}`;
        });
        return marks.length === 0 ? "" : marks.join(" ");
      }),
    ]);
    const all = rows.flatMap(({ entries }) => entries);
    const table: ReportTable = {
      kind: "table", id: "calendar", title: { "zh-CN": "日历", en: "Calendar" },
      note: { "zh-CN": "T 电话 · E 邮件 · M 面谈；扩展：S 短信 · W 企业微信 · L 信函 · V 活动 · B 到店。数字见附注。", en: "T phone · E e-mail · M meeting; added: S SMS · W WeCom · L letter · V event · B branch. Numbers lead to the notes." },
      columns: [...customerColumns, ...days.map((day) => ({ id: String(day), label: same(String(day)), format: "mark" as const }))],
      rows: grid,
    };
    const count = (code: string): number => all.filter((entry) => entry.code === code).length;
    return reportFrame(group, { "zh-CN": "客户联络日历", en: "Contact calendar" }, { "zh-CN": `${month} · 客户经理 ${group.name}`, en: `${month} · relationship manager ${group.name}` }, [
      figures(figure("customers", "联系过的客户", "Customers contacted", rows.length), figure("phone", "电话 T", "Phone calls T", count("T")), figure("meeting", "面谈 M", "Meetings M", count("M")), figure("email", "邮件 E", "E-mails E", count("E"))),
      table,
      {
        kind: "table", id: "notes", title: { "zh-CN": "附注", en: "Notes" },
        columns: [{ ...textColumn("number", "号", "No."), format: "integer", align: "left" }, textColumn("name", "姓名", "Name"), textColumn("date", "日期", "Day"), textColumn("note", "要点", "Key content")],
        rows: notes,
      },
    ]);
  }),
});

/** A number as it stands beside a code. */
function superscript(value: number): string {
  return [...String(value)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(Number(digit))).join("");
}
