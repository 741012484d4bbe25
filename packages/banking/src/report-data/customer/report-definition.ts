import type { Bilingual, ReportData } from "@evertend/core";
import type { ReportCustomer, ReportDay } from "./report-customer.js";

/** Whom one file of a report is about. */
export type ReportScope = "bank" | "rm" | "customer";

/** The customers of one file: all of the bank, those of one relationship manager, or one customer. */
export interface ReportGroup {
  readonly day: ReportDay;
  /** Id of the manager or customer; `""` for the bank. */
  readonly id: string;
  /** What the file is about, in words, masked where it must be. */
  readonly name: string;
}

/** Takes rows one after the other and makes the report of them. */
export interface ReportFold<Row> {
  take(row: Row): void;
  finish(): ReportData;
}

/**
 * A report over customers: each customer becomes a row or nothing, the rows of a group become a report. Rows are plain
 * JSON, because they may have to wait on disk until the group is complete. Pure: the same arguments give the same report.
 */
export interface ReportDefinition {
  /** Name on the command line. */
  readonly name: string;
  readonly title: Bilingual;
  /** The question it answers, in one sentence. */
  readonly answers: Bilingual;
  /** Rows of the acceptance table that it covers. */
  readonly covers: readonly string[];
  readonly per: ReportScope;
  /** Whether it shows what is planned for the day. */
  readonly plan: boolean;
  readonly row: (customer: ReportCustomer) => unknown;
  readonly open: (group: ReportGroup) => ReportFold<unknown>;
}

/** What a report is defined by; `Row` is plain JSON. */
export interface ReportSource<Row> extends Omit<ReportDefinition, "row" | "open" | "plan"> {
  readonly plan?: boolean;
  row(customer: ReportCustomer): Row | undefined;
  open(group: ReportGroup): ReportFold<Row>;
}

/** Declares a report. Its fold only ever sees rows that its own `row` made. */
export function defineReport<Row>(source: ReportSource<Row>): ReportDefinition {
  return { plan: false, ...source, row: (customer) => source.row(customer), open: (group) => source.open(group) };
}

/** The fold of a report that needs all its rows at once: those of one manager or customer, never those of a bank. */
export function withAllRows<Row>(report: (rows: readonly Row[], group: ReportGroup) => ReportData): (group: ReportGroup) => ReportFold<Row> {
  return (group) => {
    const rows: Row[] = [];
    return { take: (row) => void rows.push(row), finish: () => report(rows, group) };
  };
}
