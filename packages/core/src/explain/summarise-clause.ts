import type { Bilingual } from "../ports/report-data.js";
import type { Answer, Clause } from "./explanation.js";
import { fillText, inBothLanguages, joinTexts } from "./in-both-languages.js";

/** More conditions than this are counted, not told. */
const mostTold = 2;

/** One line for a rule: why it fires, what fails, or what is missing. */
export function summariseClause(clause: Clause, missing: readonly Bilingual[]): Bilingual {
  const conditions = clause.op === "all" && clause.children ? clause.children : [clause];
  const answer: Answer = clause.answer;
  if (answer === "true") return fires(conditions);
  if (answer === "false") return fails(conditions);
  return undecided(conditions, missing);
}

function fires(conditions: readonly Clause[]): Bilingual {
  const told = conditions.filter((condition) => condition.op !== "constant");
  if (told.length === 0) return { "zh-CN": "触发：规则没有附加条件", en: "fires because the rule asks for nothing more" };
  if (told.length > mostTold) return { "zh-CN": `触发：${told.length} 个条件全部满足`, en: `fires because all ${told.length} conditions hold` };
  return fillText({ "zh-CN": "触发：{w}", en: "fires because {w}" }, { w: joinTexts(told.map(withFound), "and") });
}

function fails(conditions: readonly Clause[]): Bilingual {
  const failed = conditions.filter((condition) => condition.answer === "false");
  const [all, some] = [conditions.length, failed.length];
  if (all === 1) return fillText({ "zh-CN": "不触发：要求{w}", en: "does not fire: the rule asks that {w}" }, { w: withFound(failed[0] ?? (conditions[0] as Clause)) });
  const count = all === some ? { "zh-CN": `${all} 个条件都不满足`, en: all === 2 ? "both conditions fail" : `all ${all} conditions fail` } : { "zh-CN": `${all} 个条件中有 ${some} 个不满足`, en: `${some} of ${all} conditions ${some === 1 ? "fails" : "fail"}` };
  if (some > mostTold) return fillText({ "zh-CN": "不触发：{n}", en: "does not fire: {n}" }, { n: count });
  return fillText({ "zh-CN": "不触发：{n}：{w}", en: "does not fire: {n}: {w}" }, { n: count, w: joinTexts(failed.map(withFound), "clauses") });
}

function undecided(conditions: readonly Clause[], missing: readonly Bilingual[]): Bilingual {
  if (missing.length > 0) return fillText({ "zh-CN": "无法判断：缺少 {f}", en: "cannot be decided: {f} {be} missing" }, { f: joinTexts(missing, "list"), be: { "zh-CN": "", en: missing.length === 1 ? "is" : "are" } });
  const open = conditions.filter((condition) => condition.answer === "unknown");
  return fillText({ "zh-CN": "无法判断：{w}", en: "cannot be decided: {w}" }, { w: joinTexts(open.slice(0, mostTold).map(({ text }) => text), "clauses") });
}

/** A condition with the value that decided it. */
function withFound({ text, found, remark, op, answer }: Clause): Bilingual {
  const telling = found && op !== "some" && op !== "every" && op !== "none" ? found.text : undefined;
  const parts = [telling, remark].filter((part) => part !== undefined);
  if (parts.length === 0 || (answer === "true" && parts.every((part) => text.en.endsWith(` ${part.en}`)))) return text;
  return inBothLanguages((lang) => {
    const values = parts.map((part) => part[lang]).join(lang === "zh-CN" ? "，" : ", ");
    return lang === "zh-CN" ? `${text[lang]}（实际 ${values}）` : `${text[lang]} (found ${values})`;
  });
}
