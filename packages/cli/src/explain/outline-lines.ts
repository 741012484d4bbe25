import { outcomeTexts, type Answer, type Lang, type RuleOutline } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { columnsOf, pad, shorten } from "../terminal/text-columns.js";
import { marks, paintOf } from "./clause-rows.js";

const order: readonly Answer[] = ["true", "unknown", "false"];

interface Line {
  readonly answer: Answer;
  readonly name: string;
  readonly text: string;
}

/** Every rule of a customer in a line: what fires first, then what cannot be decided, then what does not. */
export function outlineLines(io: CliIo, customerId: string, asOf: string, rules: readonly RuleOutline[]): string[] {
  const { lang } = io;
  const colours = paint(io.stdout, io.env);
  const width = Math.max(40, Math.min(io.stdout.columns, 140));
  const lines = order.flatMap((answer) => linesOf(rules, answer, lang));
  const names = Math.min(Math.floor(width * 0.36), Math.max(0, ...lines.map(({ name }) => columnsOf(name))));
  const head = { "zh-CN": `客户 ${customerId} · 业务日期 ${asOf} · 触发 ${count(rules, "true")}，无法判断 ${count(rules, "unknown")}，不触发 ${count(rules, "false")}`, en: `customer ${customerId} · as of ${asOf} · fires ${count(rules, "true")}, cannot be decided ${count(rules, "unknown")}, does not fire ${count(rules, "false")}` }[lang];
  return [
    colours.bold(shorten(head, width)),
    ...lines.map(({ answer, name, text }) => {
      const line = `${pad(shorten(name, names), names)}  ${shorten(text, width - names - 4)}`.trimEnd();
      return `${paintOf(colours, answer)(marks[answer])} ${answer === "false" ? colours.dim(line) : line}`;
    }),
  ];
}

function count(rules: readonly RuleOutline[], answer: Answer): number {
  return rules.filter((rule) => rule.answer === answer).length;
}

/** Items of one rule that do not fire share a line; the others have one each. */
function linesOf(rules: readonly RuleOutline[], answer: Answer, lang: Lang): Line[] {
  const wanted = rules.filter((rule) => rule.answer === answer);
  const byRule = new Map<string, RuleOutline[]>();
  for (const rule of wanted) byRule.set(rule.ruleId, [...(byRule.get(rule.ruleId) ?? []), rule]);
  return [...byRule.values()].flatMap((group): Line[] => {
    const [first] = group;
    if (!first) return [];
    if (answer === "false" && group.length > 1) {
      return [{ answer, name: first.ruleId, text: { "zh-CN": `${group.length} 项，例如 ${first.subject}：${bare(first, lang)}`, en: `${group.length} items, as ${first.subject}: ${bare(first, lang)}` }[lang] }];
    }
    return group.map((rule) => ({ answer, name: rule.subject === "" ? rule.ruleId : `${rule.ruleId} ${rule.subject}`, text: `${endings(rule, lang)}${bare(rule, lang)}` }));
  });
}

/** The mark says whether it fires; the line begins with why. */
function bare({ summary }: RuleOutline, lang: Lang): string {
  return summary[lang].replace(/^(触发：|不触发：|无法判断：|fires because |does not fire: |cannot be decided: )/, "");
}

/** What becomes of it, before why: the line may be cut. */
function endings({ outcomes }: RuleOutline, lang: Lang): string {
  const texts = [...new Set(outcomes.map(({ outcome, reason, reasonText }) => (reason === "PLANNED" ? outcomeTexts[outcome][lang] : `${outcomeTexts[outcome][lang]}${lang === "zh-CN" ? "：" : ": "}${reasonText[lang]}`)))];
  return texts.length === 0 ? "" : `[${texts.join(lang === "zh-CN" ? "；" : "; ")}] `;
}
