import { Option } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";

/** `evertend fmt`. */
export const fmtCommand: Command = {
  name: "fmt",
  summary: { "zh-CN": "统一规则包文件的写法", en: "write the files of a pack in one steady form" },
  register(commander, io) {
    commander
      .argument("[pack]", say(io, { "zh-CN": "规则包目录或其中一个文件；不写则取 evertend.json", en: "folder of the pack, or one of its files; as evertend.json says if absent" }))
      .addOption(new Option("--form <form>", say(io, { "zh-CN": "条件的写法：短，或 json-rules-engine 的长写法", en: "conditions in the short form or in that of json-rules-engine" })).choices(["short", "long"]).default("short"))
      .option("--check", say(io, { "zh-CN": "只检查，不改写；有未统一的文件时退出码为 1", en: "change nothing; end with 1 where a file is not formatted" }))
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (pack: string | undefined, options: { form: "short" | "long"; check?: boolean; config?: string }) => {
        const { formatFiles } = await import("./format-files.js");
        await formatFiles(io, { pack, form: options.form, check: options.check === true, config: options.config });
      });
  },
};
