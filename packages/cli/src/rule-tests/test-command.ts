import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";

/** `evertend test`. */
export const testCommand: Command = {
  name: "test",
  summary: { "zh-CN": "运行规则包的用例并报告规则覆盖率", en: "run the golden cases of a pack and report rule coverage" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .option("--threshold <percent>", say(io, { "zh-CN": "规则覆盖率下限，低于它退出码为 1；默认取 evertend.json，否则为 0", en: "least rule coverage, below it the command ends with 1; as evertend.json says, or 0" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "改动一个参数（可多次）", en: "set a parameter (may be given more than once)" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (pack: string | undefined, options: { threshold?: string; param?: readonly string[]; overlay?: readonly string[]; config?: string }) => {
        const { testPack } = await import("./test-pack.js");
        await testPack(io, { pack, ...options });
      });
  },
};
