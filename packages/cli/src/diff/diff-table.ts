import type { Program } from "@evertend/core";
import { say, type CliIo } from "../cli-io.js";
import type { Paint } from "../terminal/paint.js";
import { formatTable, type TableRow } from "../terminal/table.js";
import { diffReasonText, type DiffGroup, type DiffResult } from "./diff-result.js";

/** Most people that the table names. */
const mostPeople = 15;

/** What the table is drawn with. */
export interface DiffTableOptions {
  readonly paint: Paint;
  readonly after: { readonly program: Program };
  readonly before: { readonly program: Program };
}

/** A comparison for a terminal. */
export function diffTable(io: CliIo, result: DiffResult, { paint, before, after }: DiffTableOptions): string {
  const { totals } = result;
  const words = (zh: string, en: string): string => say(io, { "zh-CN": zh, en });
  const titles = new Map([...before.program.rules, ...after.program.rules].map((rule) => [rule.id, rule.title[io.lang]]));
  const sums = formatTable([
    { label: words("触达", "touches"), cells: [...totals.touches, ...signed(totals.gained.touches, totals.lost.touches), totals.changed.touches] },
    { label: words("任务", "tasks"), cells: [...totals.tasks, ...signed(totals.gained.tasks, totals.lost.tasks), totals.changed.tasks] },
  ], { paint, columns: io.stdout.columns, head: [words("原", "before"), words("改后", "after"), words("增", "gained"), words("减", "lost"), words("文字不同", "reworded")] });
  const intro = `${totals.customers} ${words("位客户", totals.customers === 1 ? "customer" : "customers")} · ${result.asOf}`;
  const sections: TableRow[] = [
    ...section(words("按规则", "by rule"), result.byRule.map((group) => ({ ...group, label: titles.get(group.ruleId) === group.ruleId ? group.ruleId : `${group.ruleId}  ${titles.get(group.ruleId) ?? ""}` }))),
    ...section(words("按客户经理", "by RM"), most(result.byAssignee).map((group) => ({ ...group, label: group.assignee === "" ? words("（无）", "(nobody)") : group.assignee }))),
    ...section(words("按原因", "by reason"), result.byReason.map((group) => ({ ...group, label: diffReasonText(group.reason)[io.lang] }))),
  ];
  if (sections.length === 0) return `${intro}\n\n${sums}\n\n${words("两侧完全相同。", "The two sides are the same.")}`;
  const more = result.byAssignee.length - most(result.byAssignee).length;
  const rest = more > 0 ? [words(`另有 ${more} 位客户经理，见 --format json。`, `${more} more RMs: see --format json.`), ""] : [];
  const head = [words("触达增", "touches +"), words("触达减", "touches −"), words("任务增", "tasks +"), words("任务减", "tasks −")];
  return [intro, "", sums, "", formatTable(sections, { paint, columns: io.stdout.columns, head }), "", ...rest, examples(result, words, paint)].join("\n").trimEnd();
}

/** The people for whom most changes, in the order they stood in: a bank has hundreds of them. */
function most<T extends DiffGroup>(groups: readonly T[]): readonly T[] {
  const size = ({ gained, lost }: DiffGroup): number => gained.touches + gained.tasks + lost.touches + lost.tasks;
  const kept = new Set([...groups].sort((a, b) => size(b) - size(a)).slice(0, mostPeople));
  return groups.filter((group) => kept.has(group));
}

function signed(gained: number, lost: number): readonly string[] {
  return [gained === 0 ? "0" : `+${gained}`, lost === 0 ? "0" : `−${lost}`];
}

function section(heading: string, groups: readonly (DiffGroup & { readonly label: string })[]): TableRow[] {
  if (groups.length === 0) return [];
  return [{ heading }, ...groups.map(({ label, gained, lost }) => ({ label, indent: true, cells: [gained.touches, lost.touches, gained.tasks, lost.tasks].map((count) => (count === 0 ? "·" : count)) })), "space"];
}

/** Five customers each, by id. */
function examples(result: DiffResult, words: (zh: string, en: string) => string, paint: Paint): string {
  const lists: readonly (readonly [string, readonly (DiffGroup & { readonly label: string })[]])[] = [
    [words("按规则举例", "examples by rule"), result.byRule.map((group) => ({ ...group, label: group.ruleId }))],
    [words("按客户经理举例", "examples by RM"), most(result.byAssignee).map((group) => ({ ...group, label: group.assignee === "" ? words("（无）", "(nobody)") : group.assignee }))],
    [words("按原因举例", "examples by reason"), result.byReason.map((group) => ({ ...group, label: group.reason }))],
  ];
  return lists.flatMap(([heading, groups]) => {
    const lines = groups.flatMap(({ label, examples: { gained, lost } }) => [
      ...(gained.length > 0 ? [`  ${label}  ${paint.green("+")} ${gained.join(", ")}`] : []),
      ...(lost.length > 0 ? [`  ${label}  ${paint.red("−")} ${lost.join(", ")}`] : []),
    ]);
    return lines.length === 0 ? [] : [paint.bold(heading), ...lines, ""];
  }).join("\n");
}
