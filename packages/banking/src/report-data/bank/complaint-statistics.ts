import { formatDay, parseDay, shiftWorkingDays, type Program, type ReportPart } from "@evertend/core";
import { countColumn, figure, figures, shareColumn, shareText, textColumn } from "../customer/columns.js";
import { daysFrom } from "../customer/civil-words.js";
import { valuesOf, wordOf } from "../customer/record-words.js";
import { defineReport } from "../customer/report-definition.js";
import { reportFrame } from "../customer/report-frame.js";
import { same } from "../report-words.js";
import { Tally } from "./tally.js";

/** Working days in which a complaint is answered where the pack names no other number (S156). */
const usualDays = 3;

type Answer = "inTime" | "late" | "open" | "overdue" | "unknown";

interface Row {
  readonly complaints: readonly { readonly topic: string; readonly status: string; readonly unit: string; readonly answer: Answer; readonly days: number | null }[];
}

/** Complaints by topic, state and unit, and how many were answered in time (S156, S157). */
export const complaintStatistics = defineReport<Row>({
  name: "complaints",
  title: { "zh-CN": "投诉与建议统计", en: "Complaints and suggestions" },
  answers: { "zh-CN": "客户在抱怨什么，3 个工作日内答复的比例是多少，还有哪些未答复", en: "What customers complain of, how many are answered within three working days, and what is still open" },
  covers: ["S156", "S157"],
  per: "bank",
  row({ record, day, masked }) {
    const complaints = record.items("complaints").map((complaint) => {
      const [received, replied] = [complaint.text("receivedOn"), complaint.text("repliedOn")];
      return {
        topic: masked.text(complaint.text("topic") ?? ""), status: complaint.text("status") ?? "", unit: record.text("unit.name") ?? record.text("unit.id") ?? "",
        answer: answerOf(day.engine.program, received, replied, day.asOf),
        days: received === undefined || replied === undefined ? null : daysFrom(received, replied),
      };
    });
    return complaints.length === 0 ? undefined : { complaints };
  },
  open(group) {
    const topics = new Tally();
    const states = new Tally();
    const units = new Tally();
    const answers = new Tally();
    let [all, answered, days] = [0, 0, 0];
    return {
      take({ complaints }) {
        for (const { topic, status, unit, answer, days: taken } of complaints) {
          all++;
          topics.add(topic, answer);
          states.add("status", status);
          units.add(unit, answer);
          answers.add("all", answer);
          if (taken !== null) [answered, days] = [answered + 1, days + taken];
        }
      },
      finish() {
        const count = (answer: Answer): number => answers.of("all", answer);
        const judged = (tally: Tally, row: string): number => (["inTime", "late", "overdue"] as const).reduce((sum, answer) => sum + tally.of(row, answer), 0);
        const rate = (tally: Tally, row: string): number | null => (judged(tally, row) === 0 ? null : tally.of(row, "inTime") / judged(tally, row));
        const table = (id: string, zh: string, en: string, tally: Tally): ReportPart => ({
          kind: "table", id, title: { "zh-CN": `按${zh}`, en: `By ${en.toLowerCase()}` },
          columns: [textColumn(id, zh, en), countColumn("all", "件数", "Cases"), countColumn("inTime", "按时答复", "In time"), countColumn("late", "逾期答复", "Late"), countColumn("overdue", "逾期未答复", "Overdue"), countColumn("open", "期限内未答复", "Open, in time"), shareColumn("rate", "按时率", "In-time rate")],
          rows: [...tally.rows()].sort((a, b) => tally.sum(b) - tally.sum(a) || (a < b ? -1 : 1)).map((row) => [row, tally.sum(row), tally.of(row, "inTime"), tally.of(row, "late"), tally.of(row, "overdue"), tally.of(row, "open"), rate(tally, row)]),
        });
        const topicNames = [...topics.rows()].sort((a, b) => topics.sum(b) - topics.sum(a) || (a < b ? -1 : 1));
        const statuses = valuesOf("complaintStatus").filter((status) => states.of("status", status) > 0);
        const parts: readonly ReportPart[] = [
          figures(
            figure("all", "投诉与建议", "Cases", all),
            figure("rate", "按时答复率", "Answered in time", shareText(count("inTime"), judged(answers, "all"))),
            figure("overdue", "逾期未答复", "Overdue", count("overdue")),
            figure("days", "平均答复天数", "Days to an answer", answered === 0 ? "–" : (Math.round((days / answered) * 10) / 10).toFixed(1)),
          ),
          ...(topicNames.length === 0 ? [] : [{
            kind: "chart", id: "topics", chart: "stackedBar", title: { "zh-CN": "主题与答复", en: "Topics and answers" },
            note: { "zh-CN": "投诉不分有效无效，件件须答复。", en: "No complaint is judged founded or not; each one is answered." },
            categories: topicNames.map(same),
            series: [
              { label: { "zh-CN": "按时答复", en: "In time" }, values: topicNames.map((topic) => topics.of(topic, "inTime")) },
              { label: { "zh-CN": "逾期答复", en: "Late" }, values: topicNames.map((topic) => topics.of(topic, "late")) },
              { label: { "zh-CN": "逾期未答复", en: "Overdue" }, values: topicNames.map((topic) => topics.of(topic, "overdue")) },
              { label: { "zh-CN": "期限内", en: "Open, in time" }, values: topicNames.map((topic) => topics.of(topic, "open")) },
            ],
          } as const]),
          {
            kind: "chart", id: "states", chart: "bar", title: { "zh-CN": "处理步骤", en: "Steps" },
            categories: statuses.map((status) => wordOf("complaintStatus", status)), series: [{ label: { "zh-CN": "件数", en: "Cases" }, values: statuses.map((status) => states.of("status", status)) }],
          },
          table("topic", "主题", "Topic", topics),
          table("unit", "机构", "Unit", units),
        ];
        return reportFrame(group, { "zh-CN": "投诉与建议统计", en: "Complaints and suggestions" }, same(group.name), parts);
      },
    };
  },
});

/** Whether a complaint was answered by its last day; unknown where the calendar does not reach so far. */
function answerOf(program: Program, received: string | undefined, replied: string | undefined, asOf: string): Answer {
  const from = parseDay(received ?? "");
  const calendar = program.calendars.get("cn");
  const parameter = program.parameters.get("complaintReplyDays")?.value;
  const due = from === undefined || calendar === undefined ? undefined : shiftWorkingDays(calendar, from, typeof parameter === "number" ? parameter : usualDays);
  if (due === undefined) return "unknown";
  const last = formatDay(due);
  if (replied !== undefined) return replied <= last ? "inTime" : "late";
  return asOf > last ? "overdue" : "open";
}
