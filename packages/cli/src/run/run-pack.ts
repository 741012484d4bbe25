import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { startProgress } from "../terminal/progress.js";
import { paint } from "../terminal/paint.js";
import { openRun, type OpenedRun } from "../wiring/open-run.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { RunOptions } from "./run-options.js";
import { runDayInto } from "./run-day-into.js";
import { secondsText, summaryTable } from "./summary-lines.js";

/**
 * Runs a pack over a source for one day: writes the files, keeps the state, prints a table; sends where asked to.
 *
 * @throws DiagnosticError for whatever keeps it from running
 */
export async function runPack(io: CliIo, pack: string | undefined, options: RunOptions): Promise<void> {
  const began = performance.now();
  const opened = await openRun(io, { pack, source: options.source, params: options.param, asOf: options.asOf, at: options.at, context: options.context, config: options.config });
  try {
    const state = options.state === undefined ? (pack === undefined ? opened.project.state : undefined) : pathOf(io, options.state);
    if (options.send === true) requireSending(io, opened, state);
    const out = pathOf(io, options.out);
    const progress = startProgress(io, say(io, { "zh-CN": "计划", en: "planning" }), await opened.source.total());
    const figures = await runDayInto({ ...opened, lang: io.lang, out, state, onProgress: (done) => progress.update(done) }).finally(() => progress.end());
    if (io.format === "json") printLine(io.stdout, JSON.stringify(figures.summary, undefined, 2));
    else {
      printLine(io.stdout, summaryTable(io, opened.program, [figures], { rules: Infinity }));
      printLine(io.stdout);
      printLine(io.stdout, paint(io.stdout, io.env).dim(`${secondsText(io, performance.now() - began)} · ${join(options.out, "report.html")}`));
    }
    if (options.send === true) {
      const { sendTouches } = await import("./send-touches.js");
      await sendTouches(io, opened, out);
    }
  } finally {
    await opened.close();
  }
}

/** Sending needs settings, and a state that remembers what was planned: without it a second run would send again. */
function requireSending(io: CliIo, { configured }: OpenedRun, state: string | undefined): void {
  if (state === undefined) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "--send 需要 --state", en: "--send needs --state" }) });
  if (configured.size === 0) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "--send 需要在 evertend.json 的 channels 中设置渠道", en: "--send needs settings under \"channels\" in evertend.json" }) });
}
