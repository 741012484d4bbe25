import type { Bilingual, Cell, Program, ReportCards, ReportData, ReportPart, ReportTable } from "@evertend/core";
import { diffReasonText, type DiffGroup, type DiffResult } from "./diff-result.js";

/** What a report of a comparison is made with. */
export interface DiffReportOptions {
  readonly before: Program;
  readonly after: Program;
  /** Parameters that were set, as `name=value`. */
  readonly changes: readonly string[];
  /** Customer ids in full. */
  readonly reveal: boolean;
}

type Named = DiffGroup & { readonly name: string | Bilingual; readonly code: string };

const texts = {
  title: { "zh-CN": "规则包对比", en: "Packs compared" },
  touches: { "zh-CN": "触达", en: "touches" },
  tasks: { "zh-CN": "任务", en: "tasks" },
  touchesGained: { "zh-CN": "触达增加", en: "touches gained" },
  touchesLost: { "zh-CN": "触达减少", en: "touches lost" },
  tasksGained: { "zh-CN": "任务增加", en: "tasks gained" },
  tasksLost: { "zh-CN": "任务减少", en: "tasks lost" },
  reworded: { "zh-CN": "文字或渠道不同", en: "reworded" },
  customers: { "zh-CN": "客户", en: "customers" },
  rule: { "zh-CN": "规则", en: "rule" },
  byRule: { "zh-CN": "按规则", en: "By rule" },
  rm: { "zh-CN": "客户经理", en: "RM" },
  byRm: { "zh-CN": "按客户经理", en: "By RM" },
  reason: { "zh-CN": "另一侧的原因", en: "reason on the other side" },
  byReason: { "zh-CN": "按原因", en: "By reason" },
  nobody: { "zh-CN": "（无）", en: "(nobody)" },
  same: { "zh-CN": "两侧完全相同：没有任何触达或任务增减。", en: "The two sides are the same: no touch and no task is gained or lost." },
  gained: { "zh-CN": "增加的客户", en: "customers gained" },
  lost: { "zh-CN": "减少的客户", en: "customers lost" },
  masked: { "zh-CN": "客户号已遮盖；每组最多五位。", en: "Customer ids are masked; up to five each." },
  open: { "zh-CN": "每组最多五位客户。", en: "Up to five customers each." },
} as const satisfies Record<string, Bilingual>;

/** A comparison as a report. */
export function diffReport(result: DiffResult, options: DiffReportOptions): ReportData {
  const { before, after } = options;
  const { totals } = result;
  const titles = new Map([...before.rules, ...after.rules].map((rule) => [rule.id, rule.title]));
  const rules = result.byRule.map((group): Named => ({ ...group, name: titles.get(group.ruleId) ?? group.ruleId, code: group.ruleId }));
  const people = result.byAssignee.map((group): Named => ({ ...group, name: group.assignee === "" ? texts.nobody : group.assignee, code: group.assignee }));
  const reasons = result.byReason.map((group): Named => ({ ...group, name: diffReasonText(group.reason), code: group.reason }));
  const figures: ReportPart = {
    kind: "figures", id: "totals",
    figures: [
      { id: "customers", label: texts.customers, value: totals.customers },
      { id: "touches", label: texts.touches, value: totals.touches[1], note: change(totals.touches, totals.gained.touches, totals.lost.touches) },
      { id: "tasks", label: texts.tasks, value: totals.tasks[1], note: change(totals.tasks, totals.gained.tasks, totals.lost.tasks) },
      { id: "reworded", label: texts.reworded, value: totals.changed.touches + totals.changed.tasks },
    ],
  };
  const parts: readonly ReportPart[] = rules.length === 0
    ? [figures, { kind: "text", id: "same", text: texts.same }]
    : [
        figures,
        table("by-rule", texts.byRule, texts.rule, rules), cards("rule-examples", { "zh-CN": "按规则举例", en: "Examples by rule" }, rules, options.reveal),
        table("by-rm", texts.byRm, texts.rm, people), cards("rm-examples", { "zh-CN": "按客户经理举例", en: "Examples by RM" }, people, options.reveal),
        table("by-reason", texts.byReason, texts.reason, reasons), cards("reason-examples", { "zh-CN": "按原因举例", en: "Examples by reason" }, reasons, options.reveal),
      ];
  return { title: texts.title, subtitle: subtitle(options), asOf: result.asOf, parts, footer: same(`${nameOf(before)} ${before.hash.slice(0, 12)} → ${nameOf(after)} ${after.hash.slice(0, 12)}`) };
}

function nameOf({ pack }: Program): string {
  return `${pack.id} ${pack.version}`;
}

function subtitle({ before, after, changes }: DiffReportOptions): Bilingual {
  const set = changes.length === 0 ? "" : ` (${changes.join(", ")})`;
  const text = (lang: "zh-CN" | "en"): string => `${before.pack.title[lang]} ${before.pack.version} → ${after.pack.title[lang]} ${after.pack.version}${set}`;
  return { "zh-CN": text("zh-CN"), en: text("en") };
}

function change([before]: readonly [number, number], gained: number, lost: number): Bilingual {
  return { "zh-CN": `原 ${before}；+${gained} −${lost}`, en: `was ${before}; +${gained} −${lost}` };
}

function table(id: string, title: Bilingual, what: Bilingual, groups: readonly Named[]): ReportTable {
  const number = (key: string, label: Bilingual) => ({ id: key, label, align: "right" as const, format: "integer" as const });
  return {
    kind: "table", id, title,
    columns: [{ id: "name", label: what }, number("tg", texts.touchesGained), number("tl", texts.touchesLost), number("kg", texts.tasksGained), number("kl", texts.tasksLost), number("rw", texts.reworded)],
    rows: groups.map(({ name, gained, lost, changed }): readonly Cell[] => [name, gained.touches, lost.touches, gained.tasks, lost.tasks, changed.touches + changed.tasks]),
  };
}

function cards(id: string, title: Bilingual, groups: readonly Named[], reveal: boolean): ReportCards {
  const list = (ids: readonly string[]): string => ids.map((one) => (reveal ? one : maskId(one))).join(", ");
  return {
    kind: "cards", id, title, note: reveal ? texts.open : texts.masked,
    cards: groups.filter(({ examples }) => examples.gained.length + examples.lost.length > 0).map(({ name, code, examples }) => ({
      heading: name,
      text: typeof name === "string" ? "" : code,
      facts: [
        ...(examples.gained.length > 0 ? [{ label: texts.gained, value: list(examples.gained) }] : []),
        ...(examples.lost.length > 0 ? [{ label: texts.lost, value: list(examples.lost) }] : []),
      ],
    })),
  };
}

/** Only the last two characters of an id, so that two who know it can speak of it. */
function maskId(id: string): string {
  const characters = Array.from(id);
  const shown = characters.length > 4 ? 2 : characters.length > 1 ? 1 : 0;
  return "•".repeat(characters.length - shown) + characters.slice(characters.length - shown).join("");
}

function same(text: string): Bilingual {
  return { "zh-CN": text, en: text };
}
