import type { Lang } from "@evertend/core";

/** Texts of the help that belong to no command. */
export interface HelpTexts {
  readonly description: string;
  readonly version: string;
  readonly lang: string;
  readonly format: string;
  readonly help: string;
  readonly default: string;
  readonly choices: string;
  readonly after: string;
  /** Headings that commander prints, by their English text. */
  readonly titles: Readonly<Record<string, string>>;
}

/** Help in both languages. */
export const helpTexts: Readonly<Record<Lang, HelpTexts>> = {
  "zh-CN": {
    description: "常维 Evertend：用规则包经营银行客户关系——该联系谁、为什么、何时、走哪个渠道、说什么。",
    version: "显示版本",
    lang: "界面与报告的语言",
    format: "输出形式：供人阅读或 JSON",
    help: "显示帮助",
    default: "默认：",
    choices: "可选：",
    after: "退出码：0 正常；1 规则包或用例有错误；2 用法或环境有问题。\n每个命令都支持 --help。",
    titles: { "Usage:": "用法：", "Arguments:": "参数：", "Options:": "选项：", "Commands:": "命令：" },
  },
  en: {
    description: "Evertend keeps a bank's customer relationships alive: whom to contact, why, when, by which channel, with what words.",
    version: "print the version",
    lang: "language of everything a person reads",
    format: "for people, or as JSON",
    help: "show help",
    default: "default: ",
    choices: "one of: ",
    after: "Exit codes: 0 fine; 1 errors in the pack or failed tests; 2 usage or environment.\nEvery command has --help.",
    titles: {},
  },
};
