import type { Answer, Bilingual, Clause, Lang } from "@evertend/core";
import type { Paint } from "../terminal/paint.js";
import type { TwoColumns } from "./wrap-text.js";

/** Items of a collection that are shown one by one; the others are counted. */
const mostItems = 3;

/** Marks of the three answers. */
export const marks: Readonly<Record<Answer, string>> = { true: "✓", false: "✗", unknown: "?" };

/** Colour of an answer. */
export function paintOf(paint: Paint, answer: Answer): (text: string) => string {
  return answer === "true" ? paint.green : answer === "false" ? paint.red : paint.yellow;
}

const groupWords = {
  all: { "zh-CN": "以下全部满足：", en: "all of these:" },
  any: { "zh-CN": "以下至少满足一项：", en: "at least one of these:" },
  not: { "zh-CN": "以下不成立：", en: "this does not hold:" },
} as const;

/** A condition and what is below it as rows of two columns: what is asked for, and what was found. */
export function clauseRows(clause: Clause, indent: number, lang: Lang, paint: Paint): TwoColumns[] {
  if (clause.op === "all" && indent === 0) return (clause.children ?? []).flatMap((child) => clauseRows(child, indent, lang, paint));
  const only = clause.op === "item" && clause.children?.length === 1 ? clause.children[0] : undefined;
  // An item with one condition takes one row.
  if (only && (only.children ?? []).length === 0) return [row({ ...only, text: { "zh-CN": `${clause.text["zh-CN"]}：${only.text["zh-CN"]}`, en: `${clause.text.en}: ${only.text.en}` } }, indent, lang, paint)];
  if (clause.children?.[0]?.op === "item" && clause.op !== "count") return [row({ ...clause, text: quantifierText(clause) }, indent, lang, paint), ...childRows(clause, indent + 2, lang, paint)];
  const group = clause.op === "all" || clause.op === "any" || clause.op === "not" ? groupWords[clause.op][lang] : undefined;
  return [
    row(group === undefined ? clause : { ...clause, text: { "zh-CN": group, en: group } }, indent, lang, paint),
    ...detailRows(clause, indent + 4, lang, paint),
    ...childRows(clause, indent + 2, lang, paint),
  ];
}

/** A quantifier whose items follow need not say what is asked of each. */
function quantifierText({ op, found, text }: Clause): Bilingual {
  const label = found?.label;
  if (!label) return text;
  const called = { "zh-CN": label["zh-CN"] === found.name ? found.name : `${label["zh-CN"]}（${found.name}）`, en: label.en === found.name ? found.name : `${label.en} (${found.name})` };
  if (op === "some") return { "zh-CN": `至少有一项${called["zh-CN"]}符合：`, en: `at least one of ${called.en} fits:` };
  if (op === "every") return { "zh-CN": `每一项${called["zh-CN"]}都符合：`, en: `every one of ${called.en} fits:` };
  return { "zh-CN": `没有${called["zh-CN"]}符合：`, en: `none of ${called.en} fits:` };
}

function row(clause: Clause, indent: number, lang: Lang, paint: Paint): TwoColumns {
  const colour = paintOf(paint, clause.answer);
  return { indent, mark: marks[clause.answer], left: clause.text[lang], right: foundText(clause, lang), paintMark: colour, ...(clause.answer === "true" ? {} : { paintRight: colour }) };
}

function foundText({ found, remark, missing, op }: Clause, lang: Lang): string {
  const unknown = missing && found && found.value === null && !(missing.length === 1 && missing[0] === found.name) ? { "zh-CN": `缺少 ${missing.join("、")}`, en: `${missing.join(", ")} missing` }[lang] : undefined;
  return [op === "item" ? undefined : found?.text[lang], remark?.[lang], unknown].filter((text) => text !== undefined).join(" · ");
}

function detailRows({ limit, found }: Clause, indent: number, lang: Lang, paint: Paint): TwoColumns[] {
  const rows: TwoColumns[] = [];
  const dim = (left: string, right = ""): TwoColumns => ({ indent, mark: "", left, right, paintLeft: paint.dim, paintRight: paint.dim });
  if (limit?.param !== undefined) {
    const source = limit.source === undefined || limit.source === "" ? "" : { "zh-CN": `，来源：${limit.source}`, en: `, source: ${limit.source}` }[lang];
    const label = limit.parameterLabel && limit.parameterLabel[lang] !== limit.param ? { "zh-CN": `（${limit.parameterLabel["zh-CN"]}）`, en: ` (${limit.parameterLabel.en})` }[lang] : "";
    const from = limit.parameterFrom ? { "zh-CN": `，${limit.parameterFrom["zh-CN"]}`, en: ` ${limit.parameterFrom.en}` }[lang] : "";
    rows.push(dim(`${limit.param}${label} = ${(limit.parameterText ?? limit.text)[lang]}${from}${source}`));
  } else if (limit?.name !== undefined) rows.push(dim(limit.name, limit.text[lang]));
  for (const part of (found?.madeOf ?? []).slice(0, 8)) {
    const name = part.name === "" || part.label[lang].includes(part.name) ? "" : { "zh-CN": `（${part.name}）`, en: ` (${part.name})` }[lang];
    rows.push(dim(`· ${part.label[lang]}${name}`, part.text[lang]));
  }
  return rows;
}

function childRows(clause: Clause, indent: number, lang: Lang, paint: Paint): TwoColumns[] {
  const children = clause.children ?? [];
  if (children[0]?.op !== "item") return children.flatMap((child) => clauseRows(child, indent, lang, paint));
  const decided = children.filter((child) => child.answer !== "false");
  // Items that hold or may hold are told first; where none does, a few of those that do not.
  const shown = (decided.length > 0 ? decided : children).slice(0, mostItems);
  const hidden = children.length - shown.length + (clause.more ?? 0);
  const rows = shown.flatMap((child) => clauseRows(child, indent, lang, paint));
  if (hidden > 0) rows.push({ indent, mark: "", left: { "zh-CN": `… 另有 ${hidden} 项`, en: `… and ${hidden} more` }[lang], right: "", paintLeft: paint.dim });
  return rows;
}
