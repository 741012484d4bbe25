import { outcomeTexts, type Change, type ExplainedDecision, type ExplainedSubject, type Explanation, type Lang, type Way } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { paint, type Paint } from "../terminal/paint.js";
import { clauseRows, marks, paintOf } from "./clause-rows.js";
import { layOut, wrapText } from "./wrap-text.js";

/** With more subjects than this, those that do not fire are told in one line each, */
const mostTrees = 3;
/** and no more than so many of them. */
const mostLines = 8;

const words = {
  customer: { "zh-CN": "客户", en: "customer" },
  asOf: { "zh-CN": "业务日期", en: "as of" },
  change: { "zh-CN": "怎样才会触发", en: "What would change it" },
  decisions: { "zh-CN": "如何处理", en: "What becomes of it" },
  unproven: { "zh-CN": "（未能验证）", en: " (not proven)" },
  through: { "zh-CN": "例如：", en: "for example: " },
  plus: { "zh-CN": "且", en: "and" },
} as const;

/** An explanation for people, no wider than the terminal. */
export function explanationLines(io: CliIo, explanation: Explanation): string[] {
  const { lang } = io;
  const colours = paint(io.stdout, io.env);
  const width = Math.max(40, Math.min(io.stdout.columns, 120));
  const head = `${explanation.title[lang]} · ${explanation.ruleId}`;
  const lines = [...wrapText(head, width).map(colours.bold), colours.dim(`${words.customer[lang]} ${explanation.customerId} · ${words.asOf[lang]} ${explanation.asOf}`)];
  if (explanation.note) lines.push("", ...wrapText(explanation.note[lang], width));
  const many = explanation.subjects.length > mostTrees;
  const full = many ? explanation.subjects.filter(({ answer }) => answer !== "false") : explanation.subjects;
  for (const subject of full) lines.push("", ...subjectLines(explanation, subject, lang, colours, width));
  if (many) lines.push(...shortLines(explanation, lang, colours, width));
  return lines;
}

function nameOf({ each }: Explanation, { subject }: ExplainedSubject, lang: Lang): string {
  return each ? `${each.label[lang]} ${subject}` : "";
}

function subjectLines(explanation: Explanation, subject: ExplainedSubject, lang: Lang, colours: Paint, width: number): string[] {
  const colour = paintOf(colours, subject.answer);
  const name = nameOf(explanation, subject, lang);
  const until = subject.until === null ? "" : { "zh-CN": `（截至 ${subject.until} 不变）`, en: ` (so until ${subject.until})` }[lang];
  const summary = headline(subject, lang) + until;
  const first = `${marks[subject.answer]} ${name === "" ? "" : `${name}${lang === "zh-CN" ? "：" : ": "}`}${summary}`;
  const lines = wrapText(first, width).map((line) => colour(colours.bold(line)));
  lines.push(...layOut(clauseRows(subject.clause, 0, lang, colours).map((row) => ({ ...row, indent: row.indent + 2 })), width));
  if (subject.wouldChange.length > 0) lines.push("", colours.bold(words.change[lang]), ...subject.wouldChange.flatMap((way) => wayLines(way, lang, colours, width)));
  if (subject.decisions.length > 0) lines.push("", colours.bold(words.decisions[lang]), ...subject.decisions.flatMap((decision) => decisionLines(decision, lang, colours, width)));
  return lines;
}

/** The summary without what the tree below says again. */
function headline({ summary, occurrence, answer }: ExplainedSubject, lang: Lang): string {
  const text = summary[lang];
  const stop = answer === "true" ? text.search(lang === "zh-CN" ? /：/ : / because /) : -1;
  const short = stop > 0 ? text.slice(0, stop) : text;
  return occurrence === undefined ? short : `${short} · ${occurrence}`;
}

function wayLines({ changes, checked }: Way, lang: Lang, colours: Paint, width: number): string[] {
  return changes.flatMap((change, i) => {
    const last = i === changes.length - 1;
    const text = change.text[lang] + (last && !checked ? words.unproven[lang] : "");
    const lead = i === 0 ? "→ " : `${words.plus[lang]} `;
    return [...hanging(lead, text, 2, width, (part) => part), ...throughLines(change, lang, width).map(colours.dim)];
  });
}

function throughLines({ through }: Change, lang: Lang, width: number): string[] {
  return (through ?? []).flatMap((one) => hanging("", `${words.through[lang]}${one.text[lang]}`, 6, width, (text) => text));
}

function decisionLines(decision: ExplainedDecision, lang: Lang, colours: Paint, width: number): string[] {
  const colour = decision.outcome === "touch" || decision.outcome === "task" ? colours.green : decision.outcome === "held" ? colours.yellow : colours.dim;
  const reason = decision.reason === "PLANNED" ? "" : `${lang === "zh-CN" ? "：" : ": "}${decision.reasonText[lang]}`;
  const until = decision.until === null ? "" : { "zh-CN": `，${decision.until} 再议`, en: `, looked at again on ${decision.until}` }[lang];
  const channel = decision.channel === "" ? "" : ` (${decision.channel})`;
  const lines = hanging("• ", `${decision.action}${channel} → ${outcomeTexts[decision.outcome][lang]}${reason}${until}`, 2, width, colour);
  const details = [
    decision.clause === "" ? "" : `${decision.clause}${decision.clauseText[lang] === "" ? "" : `${lang === "zh-CN" ? "：" : ": "}${decision.clauseText[lang]}`}`,
    decision.notBefore === null ? "" : { "zh-CN": `不早于 ${decision.notBefore}`, en: `not before ${decision.notBefore}` }[lang],
    decision.expiresAt === null ? "" : { "zh-CN": `${decision.expiresAt} 后失效`, en: `of no use after ${decision.expiresAt}` }[lang],
    { "zh-CN": `键 ${decision.key}`, en: `key ${decision.key}` }[lang],
  ];
  return [...lines, ...details.filter((text) => text !== "").flatMap((text) => hanging("", text, 6, width, colours.dim))];
}

/** A text with a lead, its further lines below its first. */
export function hanging(lead: string, text: string, indent: number, width: number, colour: (text: string) => string): string[] {
  const space = " ".repeat(indent);
  const under = " ".repeat([...lead].reduce((sum, character) => sum + (/[\u2E80-\uFF60]/u.test(character) ? 2 : 1), 0));
  return wrapText(text, width - indent - under.length).map((line, i) => `${space}${i === 0 ? lead : under}${colour(line)}`);
}

function shortLines(explanation: Explanation, lang: Lang, colours: Paint, width: number): string[] {
  const failing = explanation.subjects.filter(({ answer }) => answer === "false");
  if (failing.length === 0) return [];
  const lines = failing.slice(0, mostLines).flatMap((subject) => hanging(`${marks.false} `, `${nameOf(explanation, subject, lang)}${lang === "zh-CN" ? "：" : ": "}${subject.summary[lang]}`, 0, width, (text) => text));
  const rest = failing.length - mostLines;
  return [
    "",
    ...lines,
    ...(rest > 0 ? [colours.dim({ "zh-CN": `… 另有 ${rest} 项不触发`, en: `… and ${rest} more that do not fire` }[lang])] : []),
    colours.dim({ "zh-CN": "用 --subject <标识> 查看其中一项的详情。", en: "Add --subject <id> for one of them in full." }[lang]),
  ];
}
