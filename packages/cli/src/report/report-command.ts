import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { reportFormats, type ReportOptions } from "./report-options.js";

/** `evertend report`: reports over customers, for managers and for the bank. */
export const reportCommand: Command = {
  name: "report",
  summary: { "zh-CN": "生成报告：客户经理简报、客户清单、问候清单、分布与统计等", en: "make a report: a manager's brief, customer lists, greetings, distributions and others" },
  register(commander, io) {
    commander
      .argument("[name]", say(io, { "zh-CN": "报告名称；不写则列出全部", en: "name of the report; all of them are listed without it" }))
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .option("--source <file>", say(io, { "zh-CN": "客户数据：.ndjson、.csv、.parquet、.sql 或映射文件 .json", en: "customers: .ndjson, .csv, .parquet, .sql or a mapping, .json" }))
      .option("--as-of <date>", say(io, { "zh-CN": "业务日期，YYYY-MM-DD", en: "the day, YYYY-MM-DD" }))
      .option("--at <instant>", say(io, { "zh-CN": "时刻（带偏移）；默认为当日 09:00（本行时区）", en: "instant with offset; 09:00 of that day in the bank's zone if not given" }))
      .option("--state <dir>", say(io, { "zh-CN": "运行状态目录，只读", en: "folder of the run state; it is only read" }))
      .option("--out <dir>", say(io, { "zh-CN": "输出目录", en: "folder for the output" }))
      .option("--rm <id>", say(io, { "zh-CN": "只做该客户经理的", en: "only for this relationship manager" }))
      .option("--unit <id>", say(io, { "zh-CN": "只做该机构的", en: "only for this unit" }))
      .option("--customer <id>", say(io, { "zh-CN": "只做该客户的", en: "only for this customer" }))
      .option("--month <month>", say(io, { "zh-CN": "月份，YYYY-MM；默认为业务日期所在月", en: "the month, YYYY-MM; that of the day if not given" }))
      .addOption(new Option("--format <format>", say(io, { "zh-CN": "文件形式", en: "form of the files" })).choices(reportFormats).default("html"))
      .option("--reveal", say(io, { "zh-CN": "显示姓名、电话、地址和客户号（默认遮盖）；须有 --by 与 --at，并记入审计", en: "show names, numbers, addresses and ids, which are masked otherwise; needs --by and --at and is written to the audit" }))
      .option("--by <who>", say(io, { "zh-CN": "由谁显示，写入审计", en: "who reveals them, for the audit" }))
      .option("--audit <file>", say(io, { "zh-CN": "审计文件；默认为状态目录下的 reveals.ndjson", en: "file of the audit; reveals.ndjson in the folder of the state if not given" }))
      .option("--param <name=value>", say(io, { "zh-CN": "规则包参数或数据源变量，可重复", en: "a parameter of the pack or a variable of the source; may be repeated" }), collect)
      .option("--context <name=file>", say(io, { "zh-CN": "上下文集合的文件（如 products=products.json），可重复", en: "file of a context collection (products=products.json); may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "项目文件，默认 evertend.json", en: "project file; evertend.json if not given" }))
      .action(async (name: string | undefined, pack: string | undefined, options: ReportOptions) => {
        if (name === undefined) {
          const { listReports } = await import("./list-reports.js");
          listReports(io);
          return;
        }
        const { writeReport } = await import("./write-report.js");
        await writeReport(io, name, pack, options);
      });
  },
};
