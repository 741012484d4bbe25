import { Argument } from "commander";
import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import type { ParamsOptions } from "./params-options.js";

/** `evertend params`: the parameters of a pack as a workbook, and back. */
export const paramsCommand: Command = {
  name: "params",
  summary: { "zh-CN": "将规则包参数导出为 XLSX，或检查后导入", en: "export the parameters of a pack as XLSX, or check and import them" },
  register(commander, io) {
    commander
      .addArgument(new Argument("<action>", say(io, { "zh-CN": "导出或导入", en: "which way" })).choices(["export", "import"]))
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .requiredOption("--file <file>", say(io, { "zh-CN": "工作簿 .xlsx；导出时会被替换", en: "the workbook, .xlsx; replaced by an export" }))
      .option("--check", say(io, { "zh-CN": "导入时只检查，不改写规则包", en: "of an import: check only, change nothing" }))
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (action: "export" | "import", pack: string | undefined, options: ParamsOptions) => {
        if (action === "export") {
          const { exportParams } = await import("./export-params.js");
          await exportParams(io, pack, options);
          return;
        }
        const { importParams } = await import("./import-params.js");
        await importParams(io, pack, options);
      });
  },
};
