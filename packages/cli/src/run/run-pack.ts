import { performance } from "node:perf_hooks";
import { join } from "node:path";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { startProgress } from "../terminal/progress.js";
import { paint } from "../terminal/paint.js";
import { stateLocation } from "../wiring/open-state.js";
import { openRun, type OpenedRun } from "../wiring/open-run.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { defaultThreads } from "./parse-threads.js";
import type { RunOptions } from "./run-options.js";
import { runDayInto, type DayResult } from "./run-day-into.js";
import { secondsText, summaryTable } from "./summary-lines.js";

/**
 * Runs a pack over a source for one day: writes the files, keeps the state, prints a table; sends where asked to.
 *
 * @throws DiagnosticError for whatever keeps it from running
 */
export async function runPack(io: CliIo, pack: string | undefined, options: RunOptions): Promise<void> {
  const began = performance.now();
  const opened = await openRun(io, { pack, source: options.source, overlay: options.overlay, params: options.param, asOf: options.asOf, at: options.at, context: options.context, config: options.config });
  try {
    const state = options.state === undefined ? (pack === undefined ? opened.project.state : undefined) : stateLocation(io, options.state);
    if (options.send === true) requireSending(io, opened, state);
    if (options.requireApproval !== undefined) {
      const { requireApproval } = await import("../approve/require-approval.js");
      await requireApproval(io, options.requireApproval, opened);
    }
    const out = pathOf(io, options.out);
    const total = await opened.source.total();
    const progress = startProgress(io, say(io, { "zh-CN": "计划", en: "planning" }), total, { always: options.progress === true });
    if (options.since !== undefined && state === undefined) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "--since 需要 --state", en: "--since needs --state" }) });
    const { figures, sweep } = await runDayInto({ ...opened, lang: io.lang, out, state, since: options.since, backend: options.backend ?? opened.project.backend, threads: options.threads ?? defaultThreads(total), onResume: (found) => tellResume(io, found), onProgress: (done, phase, of) => progress.update(done, phase === "settle" ? { name: phase, label: say(io, { "zh-CN": "写出", en: "writing" }), total: of } : undefined) }).finally(() => progress.end());
    if (io.format === "json") printLine(io.stdout, JSON.stringify(sweep ? { ...figures.summary, sweep } : figures.summary, undefined, 2));
    else {
      printLine(io.stdout, summaryTable(io, opened.program, [figures], { rules: Infinity }));
      if (sweep) printLine(io.stdout, `\n${sweepText(io, sweep)}`);
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

/** A killed run is gone on with, or why not. */
function tellResume(io: CliIo, { batches, differs }: { readonly batches: number; readonly differs: readonly string[] }): void {
  if (io.format !== "pretty") return;
  printLine(io.stderr, differs.length > 0
    ? say(io, { "zh-CN": `有一次未完成的运行，但以下各项不同，从头开始：${differs.join("、")}`, en: `An unfinished run was found, but these differ, so this one begins anew: ${differs.join(", ")}` })
    : say(io, { "zh-CN": `接续一次未完成的运行：已完成 ${batches} 批`, en: `Going on with a run that did not finish: ${batches} batch(es) are done` }));
}

/** Whom a sweep took, in words. */
function sweepText(io: CliIo, sweep: NonNullable<DayResult["sweep"]>): string {
  if (sweep === "all") return say(io, { "zh-CN": "规则包、参数、上下文或渠道设置与上次不同（或没有上次）：已处理全部客户。", en: "The pack, its parameters, the context or channel settings differ from the last run's, or there was none: all customers were taken." });
  const { seen, changed, due, added, setAside, gone } = sweep;
  const others = [
    ...(setAside > 0 ? [say(io, { "zh-CN": `记录仍不可用 ${setAside}`, en: `${setAside} whose record still cannot be used` })] : []),
    ...(gone > 0 ? [say(io, { "zh-CN": `数据源中已没有 ${gone}`, en: `${gone} no longer in the source` })] : []),
  ];
  const taken = say(io, { "zh-CN": `${seen} 位客户中处理了 ${changed + due + added} 位：有变化 ${changed}，到期或未了结 ${due}，新客户 ${added}`, en: `${changed + due + added} of ${seen} customers taken: ${changed} changed, ${due} due or open, ${added} new` });
  return others.length === 0 ? taken : `${taken}${say(io, { "zh-CN": `；另有：${others.join("，")}`, en: `; besides: ${others.join(", ")}` })}`;
}

/** Sending needs settings, and a state that remembers what was planned: without it a second run would send again. */
function requireSending(io: CliIo, { configured }: OpenedRun, state: string | undefined): void {
  if (state === undefined) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "--send 需要 --state", en: "--send needs --state" }) });
  if (configured.size === 0) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": "--send 需要在 evertend.json 的 channels 中设置渠道", en: "--send needs settings under \"channels\" in evertend.json" }) });
}
