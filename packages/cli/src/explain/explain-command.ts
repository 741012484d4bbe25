import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";
import type { ExplainCommandOptions } from "./explain-options.js";

/** `evertend explain`: why a rule fires for a customer or not, or what a past decision was. */
export const explainCommand: Command = {
  name: "explain",
  summary: { "zh-CN": "逐条说明某条规则为何触发或不触发，或说明过去的一项决定", en: "say clause by clause why a rule fires for a customer or not, or tell a past decision" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .option("--source <file>", say(io, { "zh-CN": "客户数据：.ndjson、.csv、.parquet 或 .sql", en: "customers: .ndjson, .csv, .parquet or .sql" }))
      .option("--customer <id>", say(io, { "zh-CN": "客户标识", en: "id of the customer" }))
      .option("--rule <id>", say(io, { "zh-CN": "规则标识；不写则每条规则一行", en: "id of the rule; without it one line for every rule" }))
      .option("--subject <id>", say(io, { "zh-CN": "只看这一项（如一笔存款）", en: "only this item (one deposit)" }))
      .option("--as-of <date>", say(io, { "zh-CN": "业务日期，YYYY-MM-DD", en: "the day to ask about, YYYY-MM-DD" }))
      .option("--at <instant>", say(io, { "zh-CN": "时刻（带偏移）；默认为当日 09:00（本行时区）", en: "instant with offset; 09:00 of that day in the bank's zone if not given" }))
      .option("--state <dir>", say(io, { "zh-CN": "运行状态目录（只读）", en: "folder of the run state; it is only read" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "规则包参数或数据源变量，可重复", en: "a parameter of the pack or a variable of the source; may be repeated" }), collect)
      .option("--context <name=file>", say(io, { "zh-CN": "上下文集合的文件（如 products=products.json），可重复", en: "file of a context collection (products=products.json); may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "项目文件，默认 evertend.json", en: "project file; evertend.json if not given" }))
      .option("--key <key>", say(io, { "zh-CN": "过去某项决定的键，与 --out 合用", en: "key of a past decision, together with --out" }))
      .option("--out <dir>", say(io, { "zh-CN": "当时的输出目录", en: "output folder of that run" }))
      .option("--pack <dir>", say(io, { "zh-CN": "同 [pack]；与 --key 合用时尝试重放", en: "the same as [pack]; with --key the decision is replayed on it" }))
      .action(async (pack: string | undefined, options: ExplainCommandOptions) => {
        const request = { ...options, ...(pack === undefined ? {} : { pack }) };
        if (options.key !== undefined) {
          const { explainKey } = await import("./explain-key.js");
          await explainKey(io, options.key, request);
          return;
        }
        const { explainCustomer } = await import("./explain-customer.js");
        await explainCustomer(io, request);
      });
  },
};
