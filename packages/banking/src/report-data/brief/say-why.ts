import type { Bilingual, Clause } from "@evertend/core";
import { comma, join } from "../customer/civil-words.js";

/** More findings than this on one line nobody reads. */
const mostTold = 3;

const untold: ReadonlySet<Clause["op"]> = new Set(["named", "not", "some", "every", "none"]);

/**
 * Why a rule fires, for somebody who is about to call: the figures and days that its conditions found
 * (`潜力评分 84 分，距最近购买 220 天`). Marks and kinds are left out: the title of the rule says them. `undefined` where
 * nothing is left to say.
 */
export function sayWhy(clause: Clause): Bilingual | undefined {
  const told = findings(clause).slice(0, mostTold);
  return told.length === 0 ? undefined : join(told, comma);
}

function findings(clause: Clause): readonly Bilingual[] {
  // Of items the rule's title speaks; a count of them is no news.
  if (clause.answer !== "true" || untold.has(clause.op)) return [];
  if (clause.op === "all" || clause.op === "any") return unique((clause.children ?? []).flatMap(findings));
  const { found, remark } = clause;
  if (!found || found.name === "" || !isTelling(found.value)) return [];
  const label = withoutKind(found.label);
  const value = remark ? join([found.text, remark], comma) : found.text;
  // A fact of a kind may have no words of its own; the rule's title stands before it.
  if (/^\w+(?:\.\w+)+$/.test(label.en)) return [value];
  return [{ "zh-CN": `${label["zh-CN"]} ${value["zh-CN"]}`, en: `${label.en} ${value.en}` }];
}

/** Numbers and days; words of an enumeration are codes, and the rule's title says what they mean. */
function isTelling(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value));
}

/** The name of a value without that of the rule it belongs to. */
function withoutKind(label: Bilingual): Bilingual {
  return { "zh-CN": label["zh-CN"].replace(/^.*：/, ""), en: label.en.replace(/^.*: /, "") };
}

function unique(texts: readonly Bilingual[]): readonly Bilingual[] {
  return texts.filter((text, i) => texts.findIndex((other) => other.en === text.en) === i);
}
