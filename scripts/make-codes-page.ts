import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, reasonTexts, type DiagnosticCode, type Lang } from "@evertend/core";
import type { CodeEntry } from "../packages/core/src/diagnostics/code-entry.js";
import { codesOfConditions } from "../packages/core/src/diagnostics/codes-of-conditions.js";
import { codesOfKinds } from "../packages/core/src/diagnostics/codes-of-kinds.js";
import { codesOfPacks } from "../packages/core/src/diagnostics/codes-of-packs.js";
import { codesOfRecords } from "../packages/core/src/diagnostics/codes-of-records.js";
import { codesOfRuns } from "../packages/core/src/diagnostics/codes-of-runs.js";
import { codesOfTemplates } from "../packages/core/src/diagnostics/codes-of-templates.js";

/**
 * Writes docs/codes.md and docs/codes.zh-CN.md from the texts in core, so that page and program say the same:
 * `pnpm exec tsx --conditions=source scripts/make-codes-page.ts`. test/docs/codes.test.ts holds them together.
 */

const groups: readonly { readonly title: Readonly<Record<Lang, string>>; readonly codes: Readonly<Record<string, CodeEntry>> }[] = [
  { title: { "zh-CN": "规则包与模型", en: "Packs and models" }, codes: codesOfPacks },
  { title: { "zh-CN": "条件、指标与规则", en: "Conditions, facts and rules" }, codes: codesOfConditions },
  { title: { "zh-CN": "流程、事项与考核", en: "Workflows, cases and appraisals" }, codes: codesOfKinds },
  { title: { "zh-CN": "模板", en: "Templates" }, codes: codesOfTemplates },
  { title: { "zh-CN": "客户记录", en: "Customer records" }, codes: codesOfRecords },
  { title: { "zh-CN": "运行、渠道与环境", en: "Runs, channels and the environment" }, codes: codesOfRuns },
];

const words = {
  en: {
    title: "Codes",
    intro: [
      "Everything that Evertend tells you about your files, your records or a decision has a code. The codes stay; the texts may get better.",
      "This page is made from the program by `scripts/make-codes-page.ts`, and a test keeps both together. `…` stands for the name or the value in question. 中文见 [codes.zh-CN.md](codes.zh-CN.md).",
      "There are two kinds: **diagnostics** say what is wrong in a file, a record or a call, and where; **reasons** say why an action ended as it did.",
    ],
    diagnostics: "Diagnostics",
    about: "A diagnostic has a code, a severity, a file, a JSON pointer, a line and a column, a message and a hint. `error` stops the pack, or sets that one customer aside; `warning` and `info` stop nothing. `evertend check <pack> --format json` prints them as a list.",
    columns: ["code", "severity", "what is wrong", "what to do"],
    reasons: "Reasons",
    reasonsAbout: "Every action of every match ends in exactly one outcome (`touch`, `task`, `held`, `merged`, `dropped`) with one of these reasons. They stand in `decisions.ndjson`, in the report and in `evertend explain`.",
    reasonColumns: ["reason", "meaning"],
  },
  "zh-CN": {
    title: "代码一览",
    intro: [
      "Evertend 对文件、记录或决定所说的每一句话都带有代码。代码保持不变，文字可能改进。",
      "本页由 `scripts/make-codes-page.ts` 从程序生成，测试保证两者一致。“…”代表具体的名称或数值。English: [codes.md](codes.md).",
      "代码分两类：**诊断**说明文件、记录或调用哪里有问题；**原因**说明一个动作为什么有这样的结果。",
    ],
    diagnostics: "诊断",
    about: "一条诊断包含代码、级别、文件、JSON 指针、行号和列号、说明和建议。`error` 会使规则包无法使用，或使该客户被搁置；`warning` 和 `info` 不阻止任何事。`evertend check <规则包> --format json` 以列表形式输出。",
    columns: ["代码", "级别", "问题", "处理方法"],
    reasons: "原因",
    reasonsAbout: "每个匹配的每个动作都恰有一个结果（`touch` 触达、`task` 任务、`held` 暂缓、`merged` 合并、`dropped` 放弃）和下列一个原因，见 `decisions.ndjson`、报告和 `evertend explain`。",
    reasonColumns: ["原因", "含义"],
  },
} as const satisfies Record<Lang, unknown>;

/** The page of codes in one language, as Markdown. */
export function codesPage(lang: Lang): string {
  const text = words[lang];
  const lines = [`# ${text.title}`, "", ...text.intro.flatMap((paragraph) => [paragraph, ""]), `## ${text.diagnostics}`, "", text.about, ""];
  for (const { title, codes } of groups) {
    lines.push(`### ${title[lang]}`, "", ...head(text.columns));
    for (const [code, { severity }] of Object.entries(codes)) {
      const { message, hint } = describe(code as DiagnosticCode, {}, lang);
      lines.push(row([`\`${code}\``, severity, message, hint]));
    }
    lines.push("");
  }
  lines.push(`## ${text.reasons}`, "", text.reasonsAbout, "", ...head(text.reasonColumns));
  for (const [reason, meaning] of Object.entries(reasonTexts)) lines.push(row([`\`${reason}\``, meaning[lang]]));
  return `${lines.join("\n")}\n`;
}

function head(columns: readonly string[]): readonly string[] {
  return [row(columns), `|${columns.map(() => "---|").join("")}`];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../docs/codes.md", import.meta.url), codesPage("en"));
  writeFileSync(new URL("../docs/codes.zh-CN.md", import.meta.url), codesPage("zh-CN"));
}
