import type { Bilingual, Cell, ReportFigures, ReportTable } from "@evertend/core";
import type { ReportCustomer } from "./report-customer.js";

type Column = ReportTable["columns"][number];

/** A column of texts. */
export function textColumn(id: string, zh: string, en: string): Column {
  return { id, label: { "zh-CN": zh, en } };
}

/** A column of whole numbers. */
export function countColumn(id: string, zh: string, en: string): Column {
  return { ...textColumn(id, zh, en), format: "integer" };
}

/** A column of amounts. */
export function moneyColumn(id: string, zh: string, en: string): Column {
  return { ...textColumn(id, zh, en), format: "money" };
}

/** A column of ratios. */
export function shareColumn(id: string, zh: string, en: string): Column {
  return { ...textColumn(id, zh, en), format: "percent" };
}

/** The columns by which a customer is found: the name first, for rows are read by it. */
export const customerColumns: readonly Column[] = [textColumn("name", "姓名", "Name"), textColumn("id", "客户号", "Customer")];

/** The cells of `customerColumns`. */
export function customerCells({ record, masked, id }: ReportCustomer): readonly Cell[] {
  const name = record.text("name");
  return [name === undefined ? null : masked.name(name), masked.id(id)];
}

/** One large figure. */
export function figure(id: string, zh: string, en: string, value: number | string, note?: Bilingual): ReportFigures["figures"][number] {
  return { id, label: { "zh-CN": zh, en }, value, ...(note ? { note } : {}) };
}

/** Figures side by side. */
export function figures(...list: readonly ReportFigures["figures"][number][]): ReportFigures {
  return { kind: "figures", id: "figures", figures: list };
}

/** A ratio with one place in percent, for figures. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? "–" : `${(Math.round((part / whole) * 1000) / 10).toFixed(1)}%`;
}

/** An amount in few characters, for figures and texts: whole currency units with thousands separated. */
export function amountText(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}
