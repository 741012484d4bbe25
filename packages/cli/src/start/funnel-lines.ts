import { stageWords, type RunFigures } from "@evertend/banking";
import { say, type CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { formatCount } from "../terminal/table.js";
import { columnsOf, pad } from "../terminal/text-columns.js";

const widest = 40;

/** How many actions are left after each step, over all days, as bars. */
export function funnelLines(io: CliIo, days: readonly RunFigures[]): readonly string[] {
  const colours = paint(io.stdout, io.env);
  const stages = (days[0]?.summary.funnel ?? []).map(({ stage }, i) => ({
    label: say(io, stageWords[stage]),
    count: days.reduce((all, { summary }) => all + (summary.funnel[i]?.count ?? 0), 0),
  }));
  const most = Math.max(1, ...stages.map(({ count }) => count));
  const labels = Math.max(0, ...stages.map(({ label }) => columnsOf(label)));
  const counts = Math.max(0, ...stages.map(({ count }) => formatCount(count).length));
  return stages.map(({ label, count }) => `${pad(label, labels)}  ${pad(formatCount(count), counts, "right")}  ${colours.cyan("█".repeat(Math.round((count / most) * widest)))}`);
}
