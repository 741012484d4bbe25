import { performance } from "node:perf_hooks";
import { join } from "node:path";
import type { ForecastDay } from "@evertend/banking";
import { formatDay, parseDay } from "@evertend/core";
import { openFileState } from "@evertend/warehouse";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { secondsText } from "../run/summary-lines.js";
import { paint } from "../terminal/paint.js";
import { startProgress } from "../terminal/progress.js";
import { formatCount, formatTable } from "../terminal/table.js";
import { openRun, type OpenedRun } from "../wiring/open-run.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { runDay, type RunDay } from "../wiring/run-day.js";
import { forecastDays } from "./forecast-days.js";
import { writeForecast, type ForecastTotals } from "./forecast-files.js";
import type { ForecastOptions } from "./forecast-options.js";

const mostDays = 3660;

/**
 * Forecasts a pack over a source: writes the files and prints the totals. The state is read and not changed.
 *
 * @throws DiagnosticError for whatever keeps it from running
 */
export async function forecastPack(io: CliIo, pack: string | undefined, options: ForecastOptions): Promise<void> {
  const began = performance.now();
  const length = dayCount(io, options.days);
  const opened = await openRun(io, { pack, source: options.source, params: options.param, asOf: options.asOf, context: options.context, config: options.config });
  try {
    const state = options.state === undefined ? (pack === undefined ? opened.project.state : undefined) : pathOf(io, options.state);
    const store = state === undefined ? undefined : openFileState(state, { lang: io.lang });
    const found = (await store?.asOf()) ?? null;
    if (found !== null && found > opened.asOf) throw commandFault(io, "STATE_LATER", { found, expected: opened.asOf }, { file: state ?? "" });
    const totals = await writeForecast(pathOf(io, options.out), opened.program, withProgress(io, opened, daysFrom(io, opened, length), store?.read()), io.lang);
    if (io.format === "json") printLine(io.stdout, JSON.stringify(totals, undefined, 2));
    else printTotals(io, totals, { milliseconds: performance.now() - began, report: join(options.out, "report.html") });
  } finally {
    await opened.close();
  }
}

function dayCount(io: CliIo, given: string): number {
  const days = /^\d{1,4}$/.test(given) ? Number(given) : 0;
  if (days < 1 || days > mostDays) throw commandFault(io, "USAGE", { detail: `--days 1..${mostDays}` });
  return days;
}

function daysFrom(io: CliIo, { asOf, program }: OpenedRun, length: number): readonly RunDay[] {
  const first = parseDay(asOf) as number;
  return Array.from({ length }, (_, i) => runDay(io, program.model.zone, formatDay(first + i)));
}

/** The first day is told by customers, the others by days. */
async function* withProgress(io: CliIo, opened: OpenedRun, days: readonly RunDay[], states: ReturnType<ReturnType<typeof openFileState>["read"]> | undefined): AsyncGenerator<ForecastDay> {
  let progress = startProgress(io, say(io, { "zh-CN": "首日", en: "first day" }), await opened.source.total());
  try {
    let done = 0;
    for await (const day of forecastDays({ engine: opened.engine, source: opened.source, days, lang: io.lang, ...(states ? { states } : {}), onProgress: (customers) => done === 0 && progress.update(customers) })) {
      if (++done === 1) {
        progress.end();
        progress = startProgress(io, say(io, { "zh-CN": "天", en: "days" }), days.length - 1);
      } else progress.update(done - 1);
      yield day;
    }
  } finally {
    progress.end();
  }
}

function printTotals(io: CliIo, { from, to, touches, tasks, days, looks }: ForecastTotals, end: { readonly milliseconds: number; readonly report: string }): void {
  const colours = paint(io.stdout, io.env);
  const row = (label: string, count: number): { label: string; cells: number[]; indent: boolean; strong: boolean } => ({ label, cells: [count], indent: false, strong: true });
  printLine(io.stdout, colours.bold(`${from} – ${to}`));
  printLine(io.stdout, formatTable([
    row(say(io, { "zh-CN": "天数", en: "days" }), days),
    row(say(io, { "zh-CN": "消息", en: "messages" }), touches),
    row(say(io, { "zh-CN": "任务", en: "tasks" }), tasks),
  ], { paint: colours, columns: io.stdout.columns, head: [] }));
  printLine(io.stdout);
  printLine(io.stdout, colours.dim(`${say(io, { "zh-CN": `共评估客户 ${formatCount(looks)} 次`, en: `customers looked at ${formatCount(looks)} times` })} · ${secondsText(io, end.milliseconds)} · ${end.report}`));
}
