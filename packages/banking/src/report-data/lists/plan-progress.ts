import type { Cell } from "@evertend/core";
import { customerCells, customerColumns, figure, figures, shareText, textColumn } from "../customer/columns.js";
import { wordOf } from "../customer/record-words.js";
import { defineReport, withAllRows } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";

interface Row {
  readonly plans: readonly { readonly id: string; readonly status: string; readonly late: boolean; readonly unchecked: boolean; readonly share: number | null; readonly cells: readonly Cell[] }[];
}

/** How far the value plans of a manager's customers are, and which are due for a check by the manager or the head (S74). */
export const planProgress = defineReport<Row>({
  name: "plan-progress",
  title: { "zh-CN": "价值提升计划进度", en: "Progress of value plans" },
  answers: { "zh-CN": "价值提升计划执行到哪一步、效果如何，哪些该检查了", en: "How far value plans are, to what effect, and which are due for a check" },
  covers: ["S74"],
  per: "rm",
  row(customer) {
    const { record, day, masked, evaluated } = customer;
    const plans = record.items("plans").map((plan) => {
      const status = plan.text("status") ?? "open";
      const reviewOn = plan.text("reviewOn");
      const [steps, stepsDone] = [plan.number("steps"), plan.number("stepsDone")];
      const share = steps === undefined || stepsDone === undefined || steps === 0 ? null : stepsDone / steps;
      const late = status === "open" && reviewOn !== undefined && reviewOn < day.asOf;
      const head = plan.text("checkedByHeadOn");
      const kept = evaluated.facts["assetsKept"];
      return {
        id: customer.id, status, late, share, unchecked: status === "open" && head === undefined,
        cells: [...customerCells(customer), masked.text(plan.text("goal") ?? ""), wordOf("planStatus", status), plan.text("startedOn") ?? null, steps === undefined || stepsDone === undefined ? null : `${stepsDone} / ${steps}`, share, typeof kept === "number" ? kept - 1 : null, reviewOn ?? null, head ?? null, late ? { "zh-CN": "检查已逾期", en: "check is overdue" } : null] satisfies readonly Cell[],
      };
    });
    return plans.length === 0 ? undefined : { plans };
  },
  open: withAllRows((rows, group) => {
    const plans = rows.flatMap((row) => row.plans).sort((a, b) => Number(b.late) - Number(a.late) || Number(b.status === "open") - Number(a.status === "open") || (a.id < b.id ? -1 : 1));
    const open = plans.filter(({ status }) => status === "open");
    return reportFrame(group, { "zh-CN": "价值提升计划进度", en: "Progress of value plans" }, { "zh-CN": `客户经理 ${group.name}`, en: `Relationship manager ${group.name}` }, [
      figures(
        figure("open", "进行中", "Open", open.length),
        figure("done", "完成率", "Done", shareText(plans.filter(({ status }) => status === "done").length, plans.length)),
        figure("late", "检查已逾期", "Checks overdue", plans.filter(({ late }) => late).length),
        figure("unchecked", "负责人未检查", "Not checked by the head", open.filter(({ unchecked }) => unchecked).length),
      ),
      {
        kind: "table", id: "plans", title: { "zh-CN": "计划", en: "Plans" },
        note: { "zh-CN": "效果：本行资产较三个月前的变化。客户经理与网点负责人都须定期检查并及时调整计划。", en: "Effect: change of the assets at this bank in three months. Manager and head of the branch both check plans and adjust them in time." },
        columns: [...customerColumns, textColumn("goal", "目标", "Goal"), textColumn("status", "状态", "State"), textColumn("started", "开始", "Begun"), textColumn("steps", "步骤", "Steps"), { ...textColumn("share", "进度", "Progress"), format: "percent" }, { ...textColumn("effect", "效果", "Effect"), format: "percent" }, textColumn("review", "检查日", "Check on"), textColumn("head", "负责人检查", "Checked by head"), textColumn("late", "提示", "Remark")],
        rows: plans.map(({ cells }) => cells),
      },
    ]);
  }),
});
