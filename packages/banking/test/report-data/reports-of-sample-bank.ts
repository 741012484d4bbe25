import { customerReports, plannedTasks, reportCustomer, reportEngine, sampleBank, sampleBankAsOf, sampleContext, type PlannedTask, type ReportCustomer, type ReportDay, type ReportDefinition } from "@evertend/banking";
import type { CustomerState, Lang, ReportData } from "@evertend/core";
import { retail } from "../retail-pack.js";

/** Customers of the bank that the reports are made over. */
export const bank = [...sampleBank({ customers: 900 })];

const at = `${sampleBankAsOf}T09:00:00+08:00`;

/** Managers whose reports are made. */
export const managers = ["M001", "M004", "M007"] as const;

/** The sample bank as reports see it, planned for its day. */
export interface SampleReports {
  readonly day: ReportDay;
  readonly customers: readonly ReportCustomer[];
  /** All reports: those of managers for `managers`, sheets for the first customers with a review. */
  all(): readonly { readonly name: string; readonly data: ReportData }[];
  /** One report; `id` of a manager or customer, absent for the bank. */
  report(name: string, id?: string): ReportData;
}

/**
 * @param states states of before by customer
 * @param order "turned": reports see the last customer first
 */
export async function sampleReports(lang: Lang, reveal: boolean, states: ReadonlyMap<string, CustomerState> = new Map(), order?: "turned"): Promise<SampleReports> {
  if (!retail.program) throw new Error("the retail pack does not load");
  const engine = reportEngine(retail.program, { context: sampleContext(), lang });
  const day: ReportDay = { engine, asOf: sampleBankAsOf, at, month: sampleBankAsOf.slice(0, 7), reveal };
  const tasks = new Map<string, readonly PlannedTask[]>();
  for await (const one of engine.run(bank, { asOf: day.asOf, at, states })) if (!("setAside" in one)) tasks.set(one.customerId, plannedTasks(one.settled));
  const customers = bank.flatMap((record) => reportCustomer(day, { json: JSON.stringify(record), tasks: tasks.get(record.customerId) ?? [], state: states.get(record.customerId) }) ?? []);
  if (order === "turned") customers.reverse();
  const report = (name: string, id = ""): ReportData => {
    const found = customerReports.find((one) => one.name === name);
    if (!found) throw new Error(`no report "${name}"`);
    return made(found, day, customers.filter((customer) => found.per === "bank" || idOf(found, customer) === id), id);
  };
  const reviewed = customers.filter(({ record }) => record.items("reviews").length > 1).slice(0, 3).map(({ id }) => id);
  return {
    day, customers, report,
    all: () => customerReports.flatMap(({ name, per }) => (per === "bank" ? [""] : per === "rm" ? managers : reviewed).map((id) => ({ name, data: report(name, id) }))),
  };
}

function idOf({ per }: ReportDefinition, { record, id }: ReportCustomer): string {
  return per === "rm" ? (record.text("rm.id") ?? "") : id;
}

/** Rows go through JSON as they do where they wait on disk. */
function made(report: ReportDefinition, day: ReportDay, customers: readonly ReportCustomer[], id: string): ReportData {
  const first = customers[0];
  const fold = report.open({ day, id, name: first === undefined || report.per === "bank" ? "" : report.per === "rm" ? id : first.masked.id(id) });
  for (const customer of customers) {
    const row = report.row(customer);
    if (row !== undefined) fold.take(JSON.parse(JSON.stringify(row)));
  }
  return fold.finish();
}
