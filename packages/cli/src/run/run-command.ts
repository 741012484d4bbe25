import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";
import { parseThreads } from "./parse-threads.js";
import type { RunOptions } from "./run-options.js";

/** `evertend run`: plans one day of a pack over a source. */
export const runCommand: Command = {
  name: "run",
  summary: { "zh-CN": "对客户数据运行规则包，得出联系计划与任务", en: "run a pack over customers: who to contact, and why not" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; without it as evertend.json says" }))
      .option("--source <file>", say(io, { "zh-CN": "客户数据：.ndjson、.csv、.parquet 或 .sql", en: "customers: .ndjson, .csv, .parquet or .sql" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "规则包参数或数据源变量，可重复", en: "a parameter of the pack or a variable of the source; may be repeated" }), collect)
      .requiredOption("--as-of <date>", say(io, { "zh-CN": "业务日期，YYYY-MM-DD", en: "the day to plan, YYYY-MM-DD" }))
      .option("--at <instant>", say(io, { "zh-CN": "时刻（带偏移）；默认为当日 09:00（本行时区）", en: "instant with offset; 09:00 of that day in the bank's zone if not given" }))
      .option("--state <dir>", say(io, { "zh-CN": "运行状态目录：已计划的键、上次的指标、联系记录、未完任务", en: "folder of the run state: keys planned, last facts, contacts, open tasks" }))
      .requiredOption("--out <dir>", say(io, { "zh-CN": "输出目录，其中的文件会被替换", en: "folder for the output; files in it are replaced" }))
      .option("--context <name=file>", say(io, { "zh-CN": "上下文集合的文件（如 products=products.json），可重复", en: "file of a context collection (products=products.json); may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "项目文件，默认 evertend.json", en: "project file; evertend.json if not given" }))
      .option("--since <date>", say(io, { "zh-CN": "只处理该日起有变化的记录、到期复查的客户和未了结的动作（需 --state）；规则包或上下文有变时处理全部", en: "take only records changed since that day, customers due for review and open actions (needs --state); all of them where the pack or its context changed" }))
      .addOption(new Option("--backend <name>", say(io, { "zh-CN": "由谁判断规则：compiled（内置，默认）或 sql（在 DuckDB 中）；结果逐字节相同", en: "what evaluates the rules: compiled (built in, the default) or sql (in DuckDB); the outcome is the same byte for byte" })).choices(["compiled", "sql"]))
      .option("--threads <n>", say(io, { "zh-CN": "计算线程数；默认每个核一个，客户少时为 1；结果与线程数无关", en: "threads that decide; one per core if not given, 1 for few customers; the outcome does not depend on it" }), (text) => parseThreads(io, text))
      .option("--progress", say(io, { "zh-CN": "在标准错误输出进度，即使不是终端；配合 --format json 时每行一个 JSON", en: "tell progress on stderr although it is no terminal; with --format json as JSON lines" }))
      .option("--require-approval <file>", say(io, { "zh-CN": "只运行经此批准文件批准的规则包（见 evertend approve）", en: "run only a pack that this file approves (see evertend approve)" }))
      .option("--send", say(io, { "zh-CN": "真正发送（需 --state 与渠道设置）；默认只渲染到文件", en: "really send (needs --state and channel settings); without it messages are rendered into files" }))
      .action(async (pack: string | undefined, options: RunOptions) => {
        const { runPack } = await import("./run-pack.js");
        await runPack(io, pack, options);
      });
  },
};
