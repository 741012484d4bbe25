import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";

/** `evertend check`. */
export const checkCommand: Command = {
  name: "check",
  summary: { "zh-CN": "检查规则包，一次列出全部问题", en: "check a pack and list all that is wrong with it" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "改动一个参数（可多次）", en: "set a parameter (may be given more than once)" }), collect)
      .option("--as-of <date>", say(io, { "zh-CN": "同时检查日历数据在该日之后是否够用", en: "also check that calendars reach far enough beyond this day" }))
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (pack: string | undefined, options: { param?: readonly string[]; overlay?: readonly string[]; asOf?: string; config?: string }) => {
        const { checkPack } = await import("./check-pack.js");
        await checkPack(io, { pack, ...options });
      });
  },
};
