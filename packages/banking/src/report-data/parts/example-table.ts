import { outcomeTexts, type Bilingual, type Cell, type Decision, type Program, type ReportTable } from "@evertend/core";
import { maskId } from "../customer/masked-texts.js";
import { channelName, reasonName, ruleName } from "../report-words.js";
import type { RunFigures } from "../run-figures.js";

const mostDecisions = 6;

/**
 * A few customers of the last day and what became of their actions, with ids that only an insider can guess. What was
 * planned on an earlier day is left out.
 */
export function exampleTable(program: Program, days: readonly RunFigures[]): ReportTable | undefined {
  const { examples } = days.at(-1) as RunFigures;
  if (examples.length === 0) return undefined;
  return {
    kind: "table", id: "examples", title: { "zh-CN": "几位客户", en: "A few customers" },
    note: {
      "zh-CN": `按散列抽取，客户号已遮盖，每位至多 ${mostDecisions} 项。运行 evertend explain 可查看逐条理由。`,
      en: `Drawn by a hash, ids masked, at most ${mostDecisions} actions each. evertend explain tells the reasons clause by clause.`,
    },
    columns: [
      { id: "customer", label: { "zh-CN": "客户", en: "Customer" } },
      { id: "rule", label: { "zh-CN": "规则", en: "Rule" } },
      { id: "outcome", label: { "zh-CN": "结局", en: "Outcome" } },
      { id: "reason", label: { "zh-CN": "原因", en: "Reason" } },
      { id: "until", label: { "zh-CN": "重新考虑", en: "Reconsidered" } },
    ],
    rows: examples.flatMap(({ customerId, decisions }) => shownOf(decisions).map((decision) => rowOf(program, maskId(customerId), decision))),
  };
}

/** What is new today, planned actions first. */
function shownOf(decisions: readonly Decision[]): readonly Decision[] {
  const fresh = decisions.filter(({ reason }) => reason !== "ALREADY_PLANNED");
  const isPlanned = ({ outcome }: Decision): boolean => outcome === "touch" || outcome === "task";
  return [...fresh.filter(isPlanned), ...fresh.filter((decision) => !isPlanned(decision))].slice(0, mostDecisions);
}

function rowOf(program: Program, customer: string, { ruleId, outcome, reason, channel, until }: Decision): readonly Cell[] {
  const word = outcomeTexts[outcome];
  const name = channel === "" ? undefined : channelName(program, channel);
  const end: Bilingual = name ? { "zh-CN": `${word["zh-CN"]}（${name["zh-CN"]}）`, en: `${word.en} (${name.en})` } : word;
  return [customer, ruleName(program, ruleId), end, reasonName(reason), until];
}
