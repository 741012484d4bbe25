import type { Bilingual, ReportPart } from "@evertend/core";
import { countColumn, figure, figures, shareColumn, shareText, textColumn } from "../customer/columns.js";
import { valuesOf, wordOf } from "../customer/record-words.js";
import { defineReport } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { contactDue } from "../lists/contact-due.js";
import { same } from "../report-words.js";
import { Tally } from "./tally.js";

/** So many managers are named, those with most customers who wait first. */
const mostManagers = 60;

/** How long customers wait past the day on which they were due. */
const waits = ["inTime", "upTo30", "upTo90", "longer"] as const;
type Wait = (typeof waits)[number];

const waitWords: Readonly<Record<Wait, Bilingual>> = {
  inTime: { "zh-CN": "未到期", en: "in time" },
  upTo30: { "zh-CN": "逾期 1–30 天", en: "1–30 days late" },
  upTo90: { "zh-CN": "逾期 31–90 天", en: "31–90 days late" },
  longer: { "zh-CN": "逾期 90 天以上", en: "over 90 days late" },
};

interface Row {
  readonly valueClass: string;
  readonly rm: string;
  readonly rmName: string;
  readonly wait: Wait;
  readonly days: number;
}

/** Who waits too long for a call or a visit, by value class and by manager (S46, S124, S130). */
export const neglectMap = defineReport<Row>({
  name: "neglect",
  title: { "zh-CN": "久未联系的客户分布", en: "Who waits too long" },
  answers: { "zh-CN": "哪一类、哪位客户经理的客户等得太久", en: "In which class, and with which manager, customers wait too long" },
  covers: ["S46", "S124", "S130"],
  per: "bank",
  row(customer) {
    const due = contactDue(customer);
    if (due === undefined) return undefined;
    const { record, masked, day } = customer;
    const late = -due.inDays;
    const name = record.text("rm.name");
    const rm = record.text(day.engine.program.model.roles.get("rm") ?? "rm.id") ?? "";
    return { valueClass: customer.factText("valueClass") ?? "", rm, rmName: name === undefined ? "" : masked.name(name), wait: late <= 0 ? "inTime" : late <= 30 ? "upTo30" : late <= 90 ? "upTo90" : "longer", days: Math.max(0, late) };
  },
  open(group) {
    const byClass = new Tally();
    const byManager = new Tally();
    const names = new Map<string, string>();
    const longest = new Map<string, number>();
    let customers = 0;
    return {
      take({ valueClass, rm, rmName, wait, days }) {
        customers++;
        byClass.add(valueClass, wait);
        byManager.add(rm, wait);
        names.set(rm, rmName);
        longest.set(rm, Math.max(days, longest.get(rm) ?? 0));
      },
      finish() {
        const late = (tally: Tally, row: string): number => tally.sum(row) - tally.of(row, "inTime");
        const classNames = [...valuesOf("valueClass").filter((name) => byClass.sum(name) > 0), ...byClass.rows().filter((name) => !valuesOf("valueClass").includes(name))];
        const classLabel = (name: string): Bilingual => (name === "" ? { "zh-CN": "未知", en: "unknown" } : wordOf("valueClass", name));
        const managers = [...byManager.rows()].sort((a, b) => late(byManager, b) - late(byManager, a) || (a < b ? -1 : 1));
        const all = byManager.rows().reduce((sum, rm) => sum + late(byManager, rm), 0);
        const counts = (tally: Tally, row: string): readonly number[] => waits.map((wait) => tally.of(row, wait));
        const columns = waits.map((wait) => ({ ...countColumn(wait, "", ""), label: waitWords[wait] }));
        const parts: readonly ReportPart[] = [
          figures(
            figure("customers", "应定期联系的客户", "Customers to be contacted", customers),
            figure("late", "等得太久", "Wait too long", shareText(all, customers), { "zh-CN": `${all} 位`, en: `${all} customers` }),
            figure("longer", "逾期 90 天以上", "Over 90 days late", byManager.rows().reduce((sum, rm) => sum + byManager.of(rm, "longer"), 0)),
          ),
          {
            kind: "chart", id: "classes", chart: "stackedBar", title: { "zh-CN": "按价值类别", en: "By value class" },
            categories: classNames.map(classLabel), series: waits.map((wait) => ({ label: waitWords[wait], values: classNames.map((name) => byClass.of(name, wait)) })),
          },
          {
            kind: "table", id: "class-table", title: { "zh-CN": "价值类别", en: "Value classes" },
            columns: [textColumn("class", "价值类别", "Value class"), ...columns, shareColumn("late", "等得太久", "Wait too long")],
            rows: classNames.map((name) => [classLabel(name), ...counts(byClass, name), byClass.sum(name) === 0 ? null : late(byClass, name) / byClass.sum(name)]),
          },
          {
            kind: "table", id: "managers", title: { "zh-CN": "客户经理", en: "Relationship managers" },
            note: { "zh-CN": `等待人数多的在前${managers.length > mostManagers ? `，共 ${managers.length} 位，列出 ${mostManagers} 位` : ""}。`, en: `Those with most who wait first${managers.length > mostManagers ? `; ${mostManagers} of ${managers.length} are shown` : ""}.` },
            columns: [textColumn("rm", "客户经理", "Manager"), textColumn("name", "姓名", "Name"), ...columns, shareColumn("late", "等得太久", "Wait too long"), countColumn("longest", "最长逾期天数", "Longest, days")],
            rows: managers.slice(0, mostManagers).map((rm) => [rm, names.get(rm) ?? null, ...counts(byManager, rm), byManager.sum(rm) === 0 ? null : late(byManager, rm) / byManager.sum(rm), longest.get(rm) ?? 0]),
          },
        ];
        return reportFrame(group, { "zh-CN": "久未联系的客户分布", en: "Who waits too long" }, same(group.name), parts);
      },
    };
  },
});
