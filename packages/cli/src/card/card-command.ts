import type { Command } from "../command.js";
import { say } from "../cli-io.js";
import { collect } from "../wiring/parse-params.js";
import { overlayOption } from "../wiring/overlay-option.js";
import type { CardOptions } from "./card-options.js";

/** `evertend card`: one page about a rule, to be signed. */
export const cardCommand: Command = {
  name: "card",
  summary: { "zh-CN": "将一条规则写成一页可供合规签署的说明", en: "put a rule on one page that compliance can sign" },
  register(commander, io) {
    commander
      .argument("<rule>", say(io, { "zh-CN": "规则标识", en: "id of the rule" }))
      .argument("[pack]", say(io, { "zh-CN": "规则包目录；不写则取 evertend.json", en: "folder of the pack; as evertend.json says if absent" }))
      .option("--out <file>", say(io, { "zh-CN": "写成可打印的 HTML；不写则在终端显示", en: "write it as HTML that prints; without it it is shown on the terminal" }))
      .option("--as-of <date>", say(io, { "zh-CN": "示例文本中的日期，YYYY-MM-DD；默认今天（本行时区）", en: "the day in the example texts, YYYY-MM-DD; today in the bank's zone if not given" }))
      .addOption(overlayOption(io))
      .option("--param <name=value>", say(io, { "zh-CN": "规则包参数，可重复", en: "a parameter of the pack; may be repeated" }), collect)
      .option("--config <file>", say(io, { "zh-CN": "改用其他项目文件", en: "another file than evertend.json" }))
      .action(async (rule: string, pack: string | undefined, options: CardOptions) => {
        const { writeCard } = await import("./write-card.js");
        await writeCard(io, rule, pack, options);
      });
  },
};
