import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { runReport, sampleBankAsOf, sampleContext, type RunFigures } from "@evertend/banking";
import { createEngine, formatDay, parseDay, type Program } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { openOutputs } from "@evertend/warehouse";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { runDayInto } from "../run/run-day-into.js";
import { secondsText, summaryTable } from "../run/summary-lines.js";
import { paint } from "../terminal/paint.js";
import { startProgress } from "../terminal/progress.js";
import { createBankEnvironment, previewConfigs } from "../wiring/bank-environment.js";
import { sha256 } from "../wiring/sha256.js";
import { loadPackFolder, requireProgram } from "../wiring/load-pack-folder.js";
import { runDay } from "../wiring/run-day.js";
import { funnelLines } from "./funnel-lines.js";
import { sampleSource } from "./sample-source.js";

const sampleCustomers = 5000;
const daysInARow = 3;

/**
 * Runs the retail pack over the built-in bank for three days in a row, each day with the state of the day before, and
 * prints one table.
 */
export async function startSampleBank(io: CliIo, out: string): Promise<void> {
  const began = performance.now();
  const folder = await loadPackFolder(retailPackFolder(), { lang: io.lang, environment: createBankEnvironment() });
  const program = requireProgram(io, folder);
  const engine = createEngine(program, { context: sampleContext(), channelConfigs: previewConfigs, lang: io.lang, sha256 });
  const state = await mkdtemp(join(tmpdir(), "evertend-state-"));
  const days: RunFigures[] = [];
  const progress = startProgress(io, say(io, { "zh-CN": "计划", en: "planning" }), sampleCustomers * daysInARow);
  try {
    for (let i = 0; i < daysInARow; i++) {
      const { asOf, at } = runDay(io, program.model.zone, formatDay((parseDay(sampleBankAsOf) as number) + i));
      const { figures } = await runDayInto({
        engine, source: sampleSource(asOf, sampleCustomers), asOf, at, channelConfigs: previewConfigs, lang: io.lang,
        out: join(pathOf(io, out), asOf), state,
        onProgress: (done) => progress.update(i * sampleCustomers + done),
      });
      days.push(figures);
    }
  } finally {
    progress.end();
    await rm(state, { recursive: true, force: true });
  }
  const outputs = await openOutputs(pathOf(io, out), { lang: io.lang });
  await outputs.text("report.html", renderHtml(runReport({ program, days }), { lang: io.lang, otherLang: true }));
  await outputs.commit();
  if (io.format === "json") printLine(io.stdout, JSON.stringify(days.map(({ summary }) => summary), undefined, 2));
  else printDays(io, program, days, { milliseconds: performance.now() - began, report: join(out, "report.html") });
}

function printDays(io: CliIo, program: Program, days: readonly RunFigures[], end: { readonly milliseconds: number; readonly report: string }): void {
  const colours = paint(io.stdout, io.env);
  const title = say(io, program.pack.title);
  const twice = days.reduce((all, { summary }) => all + summary.keysPlannedTwice, 0);
  printLine(io.stdout, colours.bold(say(io, { "zh-CN": `${title} · 内置银行（客户均为虚构）`, en: `${title} · built-in bank, all customers are invented` })));
  printLine(io.stdout);
  printLine(io.stdout, summaryTable(io, program, days, { rules: 8 }));
  printLine(io.stdout);
  printLine(io.stdout, (twice === 0 ? colours.green : colours.red)(say(io, { "zh-CN": `重复计划的键：${twice}`, en: `keys planned twice: ${twice}` })));
  printLine(io.stdout);
  for (const line of funnelLines(io, days)) printLine(io.stdout, line);
  printLine(io.stdout);
  printLine(io.stdout, say(io, { "zh-CN": `用时 ${secondsText(io, end.milliseconds)}；报告：${end.report}`, en: `${secondsText(io, end.milliseconds)}; report: ${end.report}` }));
}

/** The pack lies in the package of banking, beside its door. */
function retailPackFolder(): string {
  const manifest = createRequire(import.meta.url).resolve("@evertend/banking/package.json");
  const folder = join(dirname(manifest), "packs", "retail");
  if (!existsSync(folder)) throw new Error("the retail pack is not part of this installation");
  return folder;
}
