import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";

/** `evertend import`. */
export const importCommand: Command = {
  name: "import",
  summary: { "zh-CN": "把 json-rules-engine 的规则转换为规则包，并报告差异", en: "take rules of json-rules-engine over into a pack, and tell what differs" },
  register(commander, io) {
    commander
      .argument("<file>", say(io, { "zh-CN": "json-rules-engine 规则的 JSON 文件（一条或一个列表）", en: "JSON file with rules of json-rules-engine: one, or a list" }))
      .requiredOption("--out <dir>", say(io, { "zh-CN": "新规则包的目录", en: "folder of the new pack" }))
      .addOption(new Option("--from <engine>", say(io, { "zh-CN": "规则的来源", en: "where the rules come from" })).choices(["json-rules-engine"]).default("json-rules-engine"))
      .option("--zone <zone>", say(io, { "zh-CN": "本行时区，默认 Asia/Shanghai", en: "zone of the bank; Asia/Shanghai if not given" }))
      .option("--force", say(io, { "zh-CN": "覆盖已有文件", en: "replace files that exist" }))
      .action(async (file: string, options: { out: string; zone?: string; force?: boolean }) => {
        const { importRules } = await import("./import-rules.js");
        await importRules(io, file, options);
      });
  },
};
