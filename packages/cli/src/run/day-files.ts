import { collectFigures, runReport, type EvaluatedFigures, type RunFigures } from "@evertend/banking";
import type { ChannelConfig, Lang, Program, Touch } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { openOutputs, type BatchLog } from "@evertend/warehouse";
import { batchFiles, waitingFile } from "./day-batch.js";
import { LineBuffer } from "./line-buffer.js";
import type { SettledCustomer } from "./settle-customer.js";

/** What the files of a day are written with. */
export interface DayFilesOptions {
  readonly dir: string;
  readonly program: Program;
  readonly asOf: string;
  readonly at: string;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
}

/** Writes a day's files. One of `commit` or `abort` ends it. */
export interface DayFiles {
  /** Counts customers that were evaluated. */
  add(figures: EvaluatedFigures): void;
  /** Takes a customer with decisions, in ascending order of id; resolves when there is room for more. */
  settled(customer: SettledCustomer): Promise<void> | undefined;
  /** Writes summary and report and gives all files their names, those of the first pass included. */
  commit(firstPass: BatchLog): Promise<RunFigures>;
  abort(): Promise<void>;
}

/**
 * Writes what a day gives into a folder: line files as customers go by, `rendered/<channel>.ndjson` with what each
 * message would look like, `summary.json` and `report.html` at the end. Nothing has its name before `commit`.
 *
 * @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE; so do the methods
 */
export async function openDayFiles(options: DayFilesOptions): Promise<DayFiles> {
  const { dir, program, lang } = options;
  const outputs = await openOutputs(dir, { lang });
  const buffers: LineBuffer[] = [];
  const lines = (name: string): LineBuffer => {
    const buffer = new LineBuffer(outputs.lines(name));
    buffers.push(buffer);
    return buffer;
  };
  const decisions = lines("decisions.ndjson");
  const touches = lines("touches.ndjson");
  const tasks = lines("tasks.ndjson");
  const channels = new Map([...program.environment.channels.values()].map((channel) => [channel.id, { channel, file: lines(`rendered/${channel.id}.ndjson`) }] as const));
  const figures = collectFigures(program, options);

  const render = (touch: Touch): void => {
    const open = channels.get(touch.channel);
    if (!open) return;
    const { key, to, parts, segments, encoding } = open.channel.render(touch, options.channelConfigs[touch.channel] ?? {}, lang);
    open.file.add({ key, to, parts, segments, encoding });
  };

  return {
    add: (part) => figures.add(part),
    settled(customer) {
      figures.settled(customer.customerId, customer.settled, customer.prior);
      for (const { decision } of customer.settled) decisions.add(decision);
      for (const task of customer.tasks) tasks.add(task);
      for (const touch of customer.touches) {
        touches.add(touch);
        render(touch);
      }
      return buffers.some((buffer) => buffer.isFull) ? flush(buffers) : undefined;
    },
    async commit(firstPass) {
      await flush(buffers);
      const day = figures.finish();
      await outputs.text("summary.json", `${JSON.stringify(day.summary, undefined, 2)}\n`);
      await outputs.text("report.html", renderHtml(runReport({ program, days: [day] }), { lang, otherLang: true }));
      firstPass.finish();
      for (const name of batchFiles) if (name !== waitingFile) outputs.adopt(name, firstPass.path(name));
      await outputs.commit();
      return day;
    },
    abort: () => outputs.abort(),
  };
}

async function flush(buffers: readonly LineBuffer[]): Promise<void> {
  for (const buffer of buffers) await buffer.flush();
}
