import { openOutputs } from "@evertend/warehouse";
import { openState } from "../wiring/open-state.js";
import { renderHtml } from "@evertend/reports";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { paint } from "../terminal/paint.js";
import { startProgress } from "../terminal/progress.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { compareVariants } from "./compare-variants.js";
import type { DiffOptions } from "./diff-options.js";
import { diffReport } from "./diff-report.js";
import type { DiffResult } from "./diff-result.js";
import { diffTable } from "./diff-table.js";
import { openVariants, type OpenedVariants } from "./open-variants.js";
import { planChanged } from "./plan-changed.js";
import { planVariant, type PlannedVariant } from "./plan-variant.js";

/**
 * Compares two packs, or a change of parameters, over the same customers and prints what is gained and lost. State is
 * only read; nothing is planned or sent.
 *
 * @throws DiagnosticError for whatever keeps it from running
 */
export async function diffPacks(io: CliIo, pack: string | undefined, other: string | undefined, options: DiffOptions): Promise<void> {
  const opened = await openVariants(io, pack, other, options);
  try {
    const result = await compare(io, opened);
    const data = diffReport(result, { before: opened.before.program, after: opened.after.program, changes: opened.changes, reveal: options.reveal === true });
    const html = (): string => renderHtml(data, { lang: io.lang, otherLang: true });
    const json = `${JSON.stringify(result, undefined, 2)}\n`;
    if (options.out !== undefined) await writeFiles(io, options.out, { "diff.json": json, "diff.html": html() });
    if (options.format === "json") io.stdout.write(json);
    else if (options.format === "html") printLine(io.stdout, html());
    else printLine(io.stdout, diffTable(io, result, { ...opened, paint: paint(io.stdout, io.env) }));
  } finally {
    await opened.close();
  }
}

/** Below this, deciding everybody takes less time than finding out whom not to. */
const fewCustomers = 20_000;

async function compare(io: CliIo, opened: OpenedVariants): Promise<DiffResult> {
  const { before, after, source, asOf, at } = opened;
  const store = opened.state === undefined ? undefined : openState(opened.state, { lang: io.lang, asOf });
  const found = (await store?.asOf()) ?? null;
  if (found !== null && found > asOf) throw commandFault(io, "STATE_LATER", { found, expected: asOf }, { file: opened.state ?? "" });
  const total = await source.total();
  const planned: PlannedVariant[] = [...((total >= fewCustomers ? await planChanged(opened, io.lang) : undefined) ?? [])];
  try {
    for (const [side, { engine }] of planned.length > 0 ? [] : [before, after].entries()) {
      const progress = startProgress(io, say(io, { "zh-CN": `对比 ${side + 1}/2`, en: `comparing ${side + 1}/2` }), total);
      planned.push(await planVariant({ engine, source, asOf, at, lang: io.lang, states: store?.read(), onProgress: (done) => progress.update(done) }).finally(() => progress.end()));
    }
    const [one, two] = planned as [PlannedVariant, PlannedVariant];
    return await compareVariants({ program: before.program, planned: one }, { program: after.program, planned: two }, { asOf, at });
  } finally {
    for (const one of planned) await one.close();
  }
}

async function writeFiles(io: CliIo, dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  const outputs = await openOutputs(pathOf(io, dir), { lang: io.lang });
  try {
    for (const [name, text] of Object.entries(files)) await outputs.text(name, text);
    await outputs.commit();
  } catch (error) {
    await outputs.abort();
    throw error;
  }
}
