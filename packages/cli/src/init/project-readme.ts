/** What a README is made with. */
export interface ReadmeOptions {
  /** A day on which the rules have something to say. */
  readonly asOf: string;
  /** The file of customers, from the project's folder. */
  readonly source: string;
  /** A parameter to try `diff` with, as `name=value`. */
  readonly change: string | undefined;
  /** Rules with what they say, in both languages. */
  readonly rules: readonly { readonly id: string; readonly "zh-CN": string; readonly en: string }[];
}

/** The README of a new project: what is in it and the next commands, in both languages. */
export function projectReadme({ asOf, source, change, rules }: ReadmeOptions): string {
  const list = (lang: "zh-CN" | "en"): string => rules.map((rule) => `- \`${rule.id}\`: ${rule[lang].replace(/\s+/g, " ").replace(/([<>`*_[\]|])/g, "\\$1")}`).join("\n");
  const diff = change === undefined ? "" : `\nevertend diff --param ${change} --as-of ${asOf}`;
  const commands = `\`\`\`sh
evertend check
evertend test
evertend run --as-of ${asOf} --out out${diff}
evertend fmt
\`\`\``;
  const code = (text: string): string => `\`${text.replace(/`/g, "'")}\``;
  return `# Evertend project

[中文](#中文)

${commands}

Run them in this folder; \`evertend.json\` names the pack and the customers (${code(source)}). \`run\` writes matches, decisions, touches, tasks and \`report.html\` into \`out/\`; nothing is sent.

| file | what it holds |
|---|---|
| \`pack/model.json\` | the fields a rule may read: types, labels, sensitivity |
| \`pack/parameters.json\` | numbers that may be changed without touching a rule |
| \`pack/rules.json\` | the rules |
| \`pack/templates.json\` | the words of messages and tasks |
| \`pack/policy.json\` | who may be contacted, when and how often |
| \`pack/tests/\` | golden cases |

The rules:

${list("en")}

## 中文

在本目录运行上面的命令；\`evertend.json\` 指明规则包和客户数据（${code(source)}）。\`run\` 把匹配、决定、触达、任务和 \`report.html\` 写入 \`out/\`，不会发送任何消息。

| 文件 | 内容 |
|---|---|
| \`pack/model.json\` | 规则可读取的字段：类型、名称、敏感级别 |
| \`pack/parameters.json\` | 不改规则即可调整的数值 |
| \`pack/rules.json\` | 规则 |
| \`pack/templates.json\` | 消息与任务的文字 |
| \`pack/policy.json\` | 可以联系谁、何时、多频繁 |
| \`pack/tests/\` | 用例 |

规则：

${list("zh-CN")}
`;
}
