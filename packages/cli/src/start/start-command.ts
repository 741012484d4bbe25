import type { Command } from "../command.js";
import { say } from "../cli-io.js";

/** `evertend start`: the main job on a built-in bank, for three days in a row. */
export const startCommand: Command = {
  name: "start",
  summary: { "zh-CN": "演示：在内置的虚构银行上连续运行三日", en: "the main job on an invented bank, three days in a row" },
  register(commander, io) {
    commander
      .option("--out <dir>", say(io, { "zh-CN": "输出目录", en: "folder for the output" }), "out/start")
      .action(async (options: { readonly out: string }) => {
        const { startSampleBank } = await import("./start-sample-bank.js");
        await startSampleBank(io, options.out);
      });
  },
};
