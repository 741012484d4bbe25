import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { customerReports, reportCustomer, reportEngine, type ReportCustomer, type ReportDay, type ReportDefinition, type ReportFold } from "@evertend/banking";
import { closest, type CustomerState, type ReportData } from "@evertend/core";
import { renderHtml, renderXlsx } from "@evertend/reports";
import { openOutputs, type Outputs } from "@evertend/warehouse";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { customerGroups } from "../run/customer-group.js";
import { Spool } from "../run/spool.js";
import { secondsText } from "../run/summary-lines.js";
import { paint } from "../terminal/paint.js";
import { startProgress } from "../terminal/progress.js";
import { openRun, type OpenedRun } from "../wiring/open-run.js";
import { openState, stateLocation } from "../wiring/open-state.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { sha256 } from "../wiring/sha256.js";
import { auditReveal, revealAudit } from "./audit-reveal.js";
import { GroupRows } from "./group-rows.js";
import { planTasks, type PlannedTasks } from "./plan-tasks.js";
import type { ReportFormat, ReportOptions } from "./report-options.js";

/** So many files are named on the terminal. */
const mostNamed = 10;

/**
 * Writes a report: one file for the bank, or one for each manager or customer.
 *
 * @throws DiagnosticError REPORT_UNKNOWN, USAGE, CUSTOMER_UNKNOWN, STATE_LATER, and whatever keeps it from running
 */
export async function writeReport(io: CliIo, name: string, pack: string | undefined, options: ReportOptions): Promise<void> {
  const began = performance.now();
  const report = requireReport(io, name);
  const { asOf, out } = options;
  if (asOf === undefined) throw commandFault(io, "USAGE", { detail: "--as-of <date>" });
  if (out === undefined) throw commandFault(io, "USAGE", { detail: "--out <dir>" });
  if (report.per === "customer" && options.customer === undefined && options.rm === undefined) throw commandFault(io, "USAGE", { detail: "--customer <id> | --rm <id>" });
  const opened = await openRun(io, { pack, source: options.source, params: options.param, asOf, at: options.at, context: options.context, config: options.config });
  try {
    const state = options.state === undefined ? (pack === undefined ? opened.project.state : undefined) : stateLocation(io, options.state);
    const audit = revealAudit(io, options, state);
    const day: ReportDay = {
      engine: reportEngine(opened.program, { context: opened.context, channelConfigs: opened.channelConfigs, lang: io.lang, sha256 }),
      asOf: opened.asOf, at: opened.at, month: requireMonth(io, options.month ?? opened.asOf.slice(0, 7)), reveal: audit !== undefined,
    };
    const files = await writeFiles(io, { report, opened, day, options, out: pathOf(io, out), state, audit });
    printFiles(io, out, files, performance.now() - began);
  } finally {
    await opened.close();
  }
}

interface Job {
  readonly report: ReportDefinition;
  readonly opened: OpenedRun;
  readonly day: ReportDay;
  readonly options: ReportOptions;
  readonly out: string;
  /** Location of the state. */
  readonly state: string | undefined;
  /** File of the audit; absent = everything is masked. */
  readonly audit: string | undefined;
}

async function writeFiles(io: CliIo, job: Job): Promise<readonly string[]> {
  const { report, day, opened, options, state } = job;
  await refuseLaterState(io, state, day.asOf);
  const states = (): AsyncIterable<CustomerState> | undefined => (state === undefined ? undefined : openState(state, { lang: io.lang }).read());
  const total = await opened.source.total();
  const tasks = report.plan ? await plannedTasks(io, job, states(), total) : undefined;
  const spool = await Spool.open(io.lang);
  const outputs = await openOutputs(job.out, { lang: io.lang });
  const progress = startProgress(io, say(io, { "zh-CN": "报告", en: "reporting" }), total);
  try {
    const files: string[] = [];
    const rows = new GroupRows(spool);
    const whole = report.per === "bank" ? report.open({ day, id: "", name: options.unit ?? options.rm ?? "" }) : undefined;
    let seen = 0;
    let taken = 0;
    for await (const group of customerGroups(opened.source, states())) {
      progress.update(seen += group.records.length);
      if (options.customer !== undefined && group.id !== options.customer) continue;
      for (const { json } of group.records) {
        if (isElsewhere(json, options)) break;
        const customer = reportCustomer(day, { json, state: group.prior, tasks: (await tasks?.of(group.id)) ?? [] });
        if (!customer) continue;
        if (isWanted(customer, options)) {
          taken++;
          await keepRow(report, customer, whole, rows);
        }
        break;
      }
    }
    if (options.customer !== undefined && taken === 0) throw commandFault(io, "CUSTOMER_UNKNOWN", {}, { file: opened.source.name });
    if (whole) files.push(await writeFile(outputs, job, report.name, whole.finish(), io));
    for (const { id, name, rows: read } of rows.groups()) {
      const fold = report.open({ day, id, name });
      for await (const row of read()) fold.take(row);
      files.push(await writeFile(outputs, job, `${report.name}-${fileName(report, day, id, files.length + 1)}`, fold.finish(), io));
    }
    // A manager who was asked for has a report, though there may be nothing in it.
    if (report.per === "rm" && options.rm !== undefined && files.length === 0) files.push(await writeFile(outputs, job, `${report.name}-${fileName(report, day, options.rm, 1)}`, report.open({ day, id: options.rm, name: options.rm }).finish(), io));
    if (job.audit !== undefined) await auditReveal(job.audit, { at: day.at, by: options.by ?? "", report: report.name, asOf: day.asOf, format: options.format ?? "html", rm: options.rm ?? null, unit: options.unit ?? null, customer: options.customer ?? null, packHash: opened.program.hash, customers: taken }, io.lang);
    await outputs.commit();
    return files;
  } catch (error) {
    await outputs.abort();
    throw error;
  } finally {
    progress.end();
    await spool.close();
    await tasks?.close();
  }
}

async function plannedTasks(io: CliIo, { report, opened, day, options }: Job, states: AsyncIterable<CustomerState> | undefined, total: number | undefined): Promise<PlannedTasks> {
  const progress = startProgress(io, say(io, { "zh-CN": "计划", en: "planning" }), total);
  const { engine, asOf, at } = day;
  const wanted = (customerId: string, assignee: string): boolean =>
    (options.customer === undefined || customerId === options.customer) && (report.per !== "rm" || options.rm === undefined || assignee === options.rm);
  return planTasks({ engine, source: opened.source, states, asOf, at, lang: io.lang, wanted, onProgress: (done) => progress.update(done) }).finally(() => progress.end());
}

/** Adds a customer's row where it belongs. A customer without a manager is in no manager's report. */
async function keepRow(report: ReportDefinition, customer: ReportCustomer, whole: ReportFold<unknown> | undefined, rows: GroupRows): Promise<void> {
  const rm = rmOf(customer);
  if (report.per === "rm" && rm === undefined) return;
  const row = report.row(customer);
  if (row === undefined) return;
  if (whole) {
    whole.take(row);
    return;
  }
  const { record, masked, id } = customer;
  const name = report.per === "rm" ? record.text("rm.name") : record.text("name");
  const shown = report.per === "rm" ? (rm ?? "") : masked.id(id);
  await rows.add(report.per === "rm" ? (rm ?? "") : id, name === undefined ? shown : `${shown} ${masked.name(name)}`, row);
}

function rmOf({ record, day }: ReportCustomer): string | undefined {
  return record.text(day.engine.program.model.roles.get("rm") ?? "rm.id");
}

/** Whether a record surely belongs to another manager or unit, whose id its text would hold: most need not be evaluated. */
function isElsewhere(json: string, { rm, unit }: ReportOptions): boolean {
  return [rm, unit].some((id) => id !== undefined && /^[\w-]+$/.test(id) && !json.includes(id));
}

function isWanted(customer: ReportCustomer, { rm, unit }: ReportOptions): boolean {
  return (rm === undefined || rmOf(customer) === rm) && (unit === undefined || customer.record.text("unit.id") === unit);
}

async function writeFile(outputs: Outputs, { options }: Job, name: string, data: ReportData, io: CliIo): Promise<string> {
  const format: ReportFormat = options.format ?? "html";
  const file = `${name}.${format}`;
  const { lang } = io;
  await outputs.whole(file, format === "json" ? `${JSON.stringify(data, undefined, 2)}\n` : format === "xlsx" ? await renderXlsx(data, { lang }) : renderHtml(data, { lang }));
  return file;
}

/** Part of a file's name: the id of a manager; of a customer only where names are shown, otherwise a number. */
function fileName(report: ReportDefinition, day: ReportDay, id: string, number: number): string {
  if (report.per === "customer" && !day.reveal) return String(number).padStart(3, "0");
  return id.replace(/[^\p{L}\p{N}_-]/gu, (character) => `~${(character.codePointAt(0) ?? 0).toString(16)}`);
}

function requireReport(io: CliIo, name: string): ReportDefinition {
  const found = customerReports.find((report) => report.name === name);
  if (found) return found;
  const names = customerReports.map((report) => report.name);
  const suggestion = closest(name, names);
  throw commandFault(io, "REPORT_UNKNOWN", { name, ...(suggestion === undefined ? { allowed: names.join(", ") } : { suggestion }) });
}

function requireMonth(io: CliIo, month: string): string {
  if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw commandFault(io, "USAGE", { detail: "--month YYYY-MM" });
  return month;
}

async function refuseLaterState(io: CliIo, state: string | undefined, asOf: string): Promise<void> {
  if (state === undefined) return;
  const found = await openState(state, { lang: io.lang }).asOf();
  if (found !== null && found > asOf) throw commandFault(io, "STATE_LATER", { found, expected: asOf }, { file: state });
}

function printFiles(io: CliIo, out: string, files: readonly string[], milliseconds: number): void {
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify({ files }, undefined, 2));
    return;
  }
  for (const file of files.slice(0, mostNamed)) printLine(io.stdout, join(out, file));
  if (files.length > mostNamed) printLine(io.stdout, say(io, { "zh-CN": `… 另有 ${files.length - mostNamed} 个文件`, en: `… and ${files.length - mostNamed} more` }));
  if (files.length === 0) printLine(io.stdout, say(io, { "zh-CN": "没有可写的内容。", en: "There is nothing to write." }));
  printLine(io.stdout, paint(io.stdout, io.env).dim(secondsText(io, milliseconds)));
}
