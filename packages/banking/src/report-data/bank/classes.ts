import type { Bilingual, ReportPart, ReportTable } from "@evertend/core";
import { countColumn, figure, figures, moneyColumn, shareColumn, shareText, textColumn } from "../customer/columns.js";
import { valuesOf, wordOf, type WordList } from "../customer/record-words.js";
import { defineReport } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";
import { Tally } from "./tally.js";

interface Row {
  readonly valueClass: string;
  readonly lifecycle: string;
  readonly stage: string;
  readonly tier: string;
  /** Tier of the state that was given; `null` = there is none. */
  readonly tierBefore: string | null;
  readonly assets: number;
}

const unknown = "";
const unknownWords: Bilingual = { "zh-CN": "未知", en: "unknown" };
/** Tiers from the highest down. */
const tiers: readonly string[] = valuesOf("tier");

/** Customers by value class, stage and tier, and who moved from one tier to another (S35–S39, S52, S53, S58). */
export const classes = defineReport<Row>({
  name: "classes",
  title: { "zh-CN": "客户分类与等级迁移", en: "Classes, stages and movement of tiers" },
  answers: { "zh-CN": "四类价值、生命周期、关系阶段各有多少客户，等级升降了多少", en: "How many customers are in each value class, stage and tier, and how many moved up or down" },
  covers: ["S35", "S36", "S37", "S38", "S39", "S52", "S53", "S58"],
  per: "bank",
  row({ record, factText, state }) {
    const before = state?.lastFacts["tier"];
    return {
      valueClass: factText("valueClass") ?? unknown, lifecycle: record.text("relationship.lifecycle") ?? unknown, stage: record.text("relationship.stage") ?? unknown,
      tier: factText("tier") ?? unknown, tierBefore: typeof before === "string" ? before : null, assets: record.number("assets.total") ?? 0,
    };
  },
  open(group) {
    const counts = new Tally();
    const cents = new Tally();
    const moves = new Tally();
    let customers = 0;
    return {
      take(row) {
        customers++;
        for (const list of ["valueClass", "lifecycle", "stage", "tier"] as const) counts.add(list, row[list]);
        cents.add("valueClass", row.valueClass, Math.round(row.assets * 100));
        if (row.tierBefore !== null) moves.add(row.tierBefore, row.tier);
      },
      finish() {
        const top = counts.of("valueClass", "valuable") + counts.of("valueClass", "high-added-value");
        const money = cents.of("valueClass", "valuable") + cents.of("valueClass", "high-added-value");
        const parts: readonly (ReportPart | undefined)[] = [
          figures(
            figure("customers", "客户", "Customers", customers),
            figure("top", "第三、四类客户", "Classes 3 and 4", shareText(top, customers)),
            figure("money", "其占全部资产", "Their share of assets", shareText(money, cents.sum("valueClass"))),
          ),
          valueTable(counts, cents, customers),
          distribution("valueClass", { "zh-CN": "价值类别", en: "Value classes" }, counts),
          distribution("lifecycle", { "zh-CN": "生命周期", en: "Life cycle" }, counts),
          distribution("stage", { "zh-CN": "关系阶段", en: "Stages of the relationship" }, counts),
          distribution("tier", { "zh-CN": "客户等级", en: "Tiers" }, counts),
          ...migration(moves),
        ];
        return reportFrame(group, { "zh-CN": "客户分类与等级迁移", en: "Classes, stages and movement of tiers" }, same(group.name), parts);
      },
    };
  },
});

function valueTable(counts: Tally, cents: Tally, customers: number): ReportTable {
  const all = cents.sum("valueClass");
  return {
    kind: "table", id: "values", title: { "zh-CN": "四类价值与资产", en: "Value classes and assets" },
    columns: [textColumn("class", "价值类别", "Value class"), countColumn("customers", "客户", "Customers"), shareColumn("share", "占客户", "Of customers"), moneyColumn("assets", "本行资产（元）", "Assets (CNY)"), shareColumn("assetsShare", "占资产", "Of assets")],
    rows: ordered("valueClass", counts).map((value) => [nameOf("valueClass", value), counts.of("valueClass", value), customers === 0 ? null : counts.of("valueClass", value) / customers, cents.of("valueClass", value) / 100, all === 0 ? null : cents.of("valueClass", value) / all]),
  };
}

function distribution(list: "valueClass" | "lifecycle" | "stage" | "tier", title: Bilingual, counts: Tally): ReportPart | undefined {
  const values = ordered(list, counts);
  if (values.length === 0) return undefined;
  return { kind: "chart", id: list, chart: "bar", title, categories: values.map((value) => nameOf(list, value)), series: [{ label: { "zh-CN": "客户", en: "Customers" }, values: values.map((value) => counts.of(list, value)) }] };
}

/** Values in the order of the practice, others after them, unknown last. */
function ordered(list: WordList, counts: Tally): readonly string[] {
  const found = counts.columns(list);
  const known = valuesOf(list);
  return [...known.filter((value) => found.includes(value)), ...found.filter((value) => !known.includes(value) && value !== unknown), ...found.filter((value) => value === unknown)];
}

function nameOf(list: WordList, value: string): Bilingual {
  return value === unknown ? unknownWords : wordOf(list, value);
}

/** Tiers of then against tiers of now. Absent without a state. */
function migration(moves: Tally): readonly ReportPart[] {
  const names = [...new Set([...moves.rows(), ...moves.rows().flatMap((row) => moves.columns(row))])];
  const present = [...tiers.filter((tier) => names.includes(tier)), ...names.filter((name) => !tiers.includes(name)).sort()];
  if (present.length === 0) return [{ kind: "text", id: "no-migration", title: { "zh-CN": "等级迁移", en: "Movement of tiers" }, text: { "zh-CN": "没有此前的状态，无法比较等级。请用 --state 给出上一期的运行状态。", en: "There is no state of before to compare tiers with. Give that of the last period with --state." } }];
  const rank = (tier: string): number => present.indexOf(tier);
  const moved = (test: (from: number, to: number) => boolean): number => present.reduce((sum, from) => sum + present.filter((to) => test(rank(from), rank(to))).reduce((all, to) => all + moves.of(from, to), 0), 0);
  return [
    {
      kind: "table", id: "migration", title: { "zh-CN": "等级迁移", en: "Movement of tiers" },
      note: { "zh-CN": `行为上期等级，列为本期等级。上升 ${moved((from, to) => to < from)} 位，下降 ${moved((from, to) => to > from)} 位。`, en: `Rows: tier of before; columns: tier of now. ${moved((from, to) => to < from)} moved up, ${moved((from, to) => to > from)} down.` },
      columns: [textColumn("from", "上期", "Before"), ...present.map((tier) => ({ ...countColumn(tier || "unknown", "", ""), label: nameOf("tier", tier) })), countColumn("sum", "合计", "Total")],
      rows: present.map((from) => [nameOf("tier", from), ...present.map((to) => moves.of(from, to)), moves.sum(from)]),
    },
  ];
}
