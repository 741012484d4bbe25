import type { Bilingual, Decision, Program, ReportCards } from "@evertend/core";
import { channelName, outcomeWords, reasonName, ruleName } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";

const mostDecisions = 8;

/** A few customers of the last day and what became of their actions, with ids that only an insider can guess. */
export function exampleCards(program: Program, days: readonly RunFigures[]): ReportCards | undefined {
  const { examples } = days.at(-1) as RunFigures;
  if (examples.length === 0) return undefined;
  return {
    kind: "cards", id: "examples", title: { "zh-CN": "几位客户", en: "A few customers" },
    note: { "zh-CN": "按散列抽取，客户号已遮盖。运行 evertend explain 可查看逐条理由。", en: "Drawn by a hash, ids masked. evertend explain tells the reasons clause by clause." },
    cards: examples.map(({ customerId, decisions }) => ({
      heading: maskedId(customerId),
      text: { "zh-CN": `${decisions.length} 个动作`, en: `${decisions.length} action(s)` },
      facts: decisions.slice(0, mostDecisions).map((decision) => ({ label: ruleName(program, decision.ruleId), value: endOf(program, decision) })),
    })),
  };
}

function endOf(program: Program, decision: Decision): Bilingual {
  const { outcome, reason, until, channel } = decision;
  const word = outcomeWords[outcome];
  const name = channel === "" ? undefined : channelName(program, channel);
  const why = reasonName(reason);
  return {
    "zh-CN": `${word["zh-CN"]}${name ? `（${name["zh-CN"]}）` : ""}：${why["zh-CN"]}${until === null ? "" : `，${until} 重新考虑`}`,
    en: `${word.en}${name ? ` (${name.en})` : ""}: ${why.en}${until === null ? "" : `, reconsidered on ${until}`}`,
  };
}

/** The first and the last two characters of an id; nothing of a short one. */
export function maskedId(id: string): string {
  const characters = [...id];
  if (characters.length < 6) return "•".repeat(characters.length);
  return `${characters[0]}${"•".repeat(characters.length - 3)}${characters.slice(-2).join("")}`;
}
