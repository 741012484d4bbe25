import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";
import type { ApproveOptions } from "./approve-options.js";

/** `evertend approve`: a second person's approval of a pack as it is now. */
export const approveCommand: Command = {
  name: "approve",
  summary: { "zh-CN": "由第二人批准规则包的当前内容，写成 run 可要求的批准文件", en: "approve a pack as it is now, as a second person: a file that run can demand" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .requiredOption("--by <name>", say(io, { "zh-CN": "批准人；不得是规则包的作者", en: "who approves; none of the pack's authors" }))
      .option("--on <date>", say(io, { "zh-CN": "批准日期，YYYY-MM-DD；默认今天（本行时区）", en: "day of the approval, YYYY-MM-DD; today in the bank's zone if not given" }))
      .option("--out <file>", say(io, { "zh-CN": "批准文件；默认 <标识>-<版本>.approval.json", en: "the approval file; <id>-<version>.approval.json if not given" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "运行时将设置的参数，可重复", en: "a parameter that runs will set; may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (pack: string | undefined, options: ApproveOptions) => {
        const { approvePack } = await import("./approve-pack.js");
        await approvePack(io, pack, options);
      });
  },
};
