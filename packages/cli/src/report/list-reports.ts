import { customerReports, type ReportScope } from "@evertend/banking";
import type { Bilingual } from "@evertend/core";
import { printLine, say, type CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { columnsOf, pad } from "../terminal/text-columns.js";

const scopes: Readonly<Record<ReportScope, Bilingual>> = {
  rm: { "zh-CN": "每位客户经理", en: "each manager" },
  bank: { "zh-CN": "全行", en: "the bank" },
  customer: { "zh-CN": "每位客户", en: "each customer" },
};

/** Prints all reports with what they answer. */
export function listReports(io: CliIo): void {
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify(customerReports.map(({ name, title, answers, covers, per }) => ({ name, title: say(io, title), answers: say(io, answers), covers, per })), undefined, 2));
    return;
  }
  const colours = paint(io.stdout, io.env);
  const name = Math.max(...customerReports.map((report) => report.name.length));
  const scope = Math.max(...Object.values(scopes).map((text) => columnsOf(say(io, text))));
  for (const report of customerReports) printLine(io.stdout, `${colours.bold(pad(report.name, name))}  ${colours.dim(pad(say(io, scopes[report.per]), scope))}  ${say(io, report.answers)}`);
}
