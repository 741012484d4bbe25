import type { Bilingual, Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, shareText, textColumn } from "../customer/columns.js";
import { join } from "../customer/civil-words.js";
import type { ReportCustomer } from "../customer/report-customer.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";

/** What a complete file holds: to reach the customer, to know who it is, to advise. */
const wanted = ["phone", "email", "address", "birthDate", "gender", "occupation", "employer", "education", "maritalStatus", "children", "hobbies", "risk.rating", "potential", "relationship.orientation", "relationship.lifecycle"] as const;

interface Row {
  readonly id: string;
  readonly established: boolean;
  readonly missing: readonly string[];
  readonly labels: readonly Bilingual[];
  readonly cells: readonly Cell[];
  /** A contact within thirty days was a chance to ask. */
  readonly recent: boolean;
}

/** What is missing in the files of a manager's customers, those first who can be asked soon (S13, S14). */
export const missingFields = defineReport<Row>({
  name: "missing-fields",
  title: { "zh-CN": "待补全的资料", en: "Missing data" },
  answers: { "zh-CN": "哪些客户的资料残缺，下次联系时该问什么", en: "Whose file is incomplete, and what to ask at the next contact" },
  covers: ["S13", "S14"],
  per: "rm",
  row(customer) {
    const { record, day, evaluated } = customer;
    const known = wanted.filter((name) => day.engine.program.model.fields.has(name));
    const missing = known.filter((name) => !record.has(name));
    const labels = missing.map((name) => labelOf(customer, name));
    const days = customer.factNumber("daysSinceContact");
    return {
      id: customer.id, established: record.flag("relationship.established"), missing, labels, recent: days !== undefined && days <= 30,
      cells: [...customerCells(customer), known.length === 0 ? null : (known.length - missing.length) / known.length, typeof evaluated.facts["lastContactOn"] === "string" ? evaluated.facts["lastContactOn"] : null, labels.length === 0 ? null : join(labels, { "zh-CN": "、", en: ", " })],
    };
  },
  open: withAllRows((rows, group) => {
    const open = rows.filter(({ missing }) => missing.length > 0).sort((a, b) => Number(b.established) - Number(a.established) || b.missing.length - a.missing.length || (a.id < b.id ? -1 : 1));
    const counts = new Map<string, { readonly label: Bilingual; count: number }>();
    for (const { missing, labels } of rows) {
      for (const [i, name] of missing.entries()) {
        const found = counts.get(name) ?? { label: labels[i] ?? same(name), count: 0 };
        found.count++;
        counts.set(name, found);
      }
    }
    const fields = [...counts].sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1)).map(([, one]) => one);
    return reportFrame(group, { "zh-CN": "待补全的资料", en: "Missing data" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(
        figure("customers", "客户", "Customers", rows.length),
        figure("complete", "资料完整", "Complete files", shareText(rows.length - open.length, rows.length)),
        figure("recent", "近30天联系过仍残缺", "Contacted in 30 days, still incomplete", open.filter(({ recent }) => recent).length),
      ),
      ...(fields.length === 0 ? [] : [{
        kind: "chart", id: "fields", chart: "bar", title: { "zh-CN": "缺少的字段", en: "Fields that are missing" },
        categories: fields.map(({ label }) => label), series: [{ label: { "zh-CN": "客户", en: "Customers" }, values: fields.map(({ count }) => count) }],
      } as const]),
      {
        kind: "table", id: "customers", title: { "zh-CN": "下次联系时询问", en: "To be asked at the next contact" },
        note: { "zh-CN": "已确立服务关系的在前。询问时说明用途和保密。", en: "Those with a service relationship first. Say what it is for and that it is kept in confidence." },
        columns: [...customerColumns, { ...textColumn("complete", "完整度", "Complete"), format: "percent" }, textColumn("last", "最近通话或面谈", "Last spoken to"), textColumn("missing", "缺少", "Missing")],
        rows: open.map(({ cells }) => cells),
      },
    ]);
  }),
});

function labelOf({ day }: ReportCustomer, name: string): Bilingual {
  return day.engine.program.model.fields.get(name)?.label ?? same(name);
}
