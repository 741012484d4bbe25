import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import type { DiffOptions } from "./diff-options.js";

/** `evertend diff`: what an edit does before it is live. */
export const diffCommand: Command = {
  name: "diff",
  summary: { "zh-CN": "对比两个规则包或一次参数改动：多出和减少了哪些触达与任务", en: "compare two packs, or a change of parameters: touches and tasks gained and lost" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "原规则包目录；不写则取 evertend.json", en: "folder of the pack as it is; as evertend.json says if absent" }))
      .argument("[other]", say(io, { "zh-CN": "改动后的规则包目录；不写则为同一规则包加上 --param", en: "folder of the changed pack; the same pack with --param if absent" }))
      .option("--param <name=value>", say(io, { "zh-CN": "改动后规则包的参数，或数据源变量（可多次）", en: "a parameter of the changed pack, or a variable of the source (may be repeated)" }), collect)
      .option("--source <file>", say(io, { "zh-CN": "客户数据：.ndjson、.csv、.parquet 或 .sql", en: "customers: .ndjson, .csv, .parquet or .sql" }))
      .requiredOption("--as-of <date>", say(io, { "zh-CN": "业务日期，YYYY-MM-DD", en: "the day, YYYY-MM-DD" }))
      .option("--at <instant>", say(io, { "zh-CN": "时刻（带偏移）；默认为当日 09:00（本行时区）", en: "instant with offset; 09:00 of that day in the bank's zone if not given" }))
      .option("--state <dir>", say(io, { "zh-CN": "运行状态目录，只读", en: "folder of the run state; it is only read" }))
      .option("--context <name=file>", say(io, { "zh-CN": "上下文集合的文件（可多次）", en: "file of a context collection (may be repeated)" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .addOption(new Option("--format <format>", say(io, { "zh-CN": "输出形式", en: "how to print it" })).choices(["table", "pretty", "json", "html"]))
      .option("--out <dir>", say(io, { "zh-CN": "另将 diff.json 与 diff.html 写入该目录", en: "also write diff.json and diff.html into this folder" }))
      .option("--reveal", say(io, { "zh-CN": "HTML 中不遮盖客户号", en: "show customer ids in full in the HTML" }))
      .action(async (pack: string | undefined, other: string | undefined, options: DiffOptions) => {
        const { diffPacks } = await import("./diff-packs.js");
        await diffPacks(io, pack, other, options);
      });
  },
};
