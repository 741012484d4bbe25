import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import type { ForecastOptions } from "./forecast-options.js";

/** `evertend forecast`: what runs would plan on each of the next days. */
export const forecastCommand: Command = {
  name: "forecast",
  summary: { "zh-CN": "预测未来每日的消息、任务与客户经理工作量", en: "forecast messages, tasks and the load of managers day by day" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; without it as evertend.json says" }))
      .option("--source <file>", say(io, { "zh-CN": "客户数据：.ndjson、.csv、.parquet 或 .sql", en: "customers: .ndjson, .csv, .parquet or .sql" }))
      .option("--param <name=value>", say(io, { "zh-CN": "规则包参数或数据源变量，可重复", en: "a parameter of the pack or a variable of the source; may be repeated" }), collect)
      .requiredOption("--as-of <date>", say(io, { "zh-CN": "第一日，YYYY-MM-DD", en: "the first day, YYYY-MM-DD" }))
      .option("--days <number>", say(io, { "zh-CN": "预测的天数，1 至 3660", en: "how many days, 1 to 3660" }), "365")
      .option("--state <dir>", say(io, { "zh-CN": "运行状态目录，只读取、不改动", en: "folder of the run state; it is read and not changed" }))
      .requiredOption("--out <dir>", say(io, { "zh-CN": "输出目录，其中的文件会被替换", en: "folder for the output; files in it are replaced" }))
      .option("--context <name=file>", say(io, { "zh-CN": "上下文集合的文件（如 products=products.json），可重复", en: "file of a context collection (products=products.json); may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "项目文件，默认 evertend.json", en: "project file; evertend.json if not given" }))
      .action(async (pack: string | undefined, options: ForecastOptions) => {
        const { forecastPack } = await import("./forecast-pack.js");
        await forecastPack(io, pack, options);
      });
  },
};
