import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import type { InitOptions } from "./init-options.js";

/** `evertend init`. */
export const initCommand: Command = {
  name: "init",
  summary: { "zh-CN": "新建项目：起步规则包，或根据一份客户清单提出模型与规则", en: "start a project: a starter pack, or a model and rules proposed from a list of customers" },
  register(commander, io) {
    commander
      .argument("[dir]", say(io, { "zh-CN": "项目目录", en: "folder of the project" }), ".")
      .option("--from <file.csv>", say(io, { "zh-CN": "根据这份 CSV 提出数据模型和三条会触发的规则", en: "propose a data model and three rules that fire, from this CSV file" }))
      .option("--force", say(io, { "zh-CN": "覆盖已有文件", en: "replace files that exist" }))
      .option("--as-of <date>", say(io, { "zh-CN": "以哪一天为准提出规则；默认为今天（用于 --from）", en: "the day that rules are proposed for; today if not given (with --from)" }))
      .option("--zone <zone>", say(io, { "zh-CN": "银行所在时区（用于 --from）", en: "time zone of the bank (with --from)" }), "Asia/Shanghai")
      .option("--currency <code>", say(io, { "zh-CN": "币种（用于 --from）", en: "currency (with --from)" }), "CNY")
      .action(async (dir: string, options: InitOptions) => {
        const { initProject } = await import("./init-project.js");
        await initProject(io, dir, options);
      });
  },
};
