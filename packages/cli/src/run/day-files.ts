import { join } from "node:path";
import { collectFigures, runReport, type RunFigures } from "@evertend/banking";
import type { ChannelConfig, Lang, Program, Touch, StateWriter } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { openOutputs, type LineOutput, type Outputs } from "@evertend/warehouse";
import type { DaySink } from "./plan-day.js";

/** What the files of a day are written with. */
export interface DayFilesOptions {
  readonly dir: string;
  readonly program: Program;
  readonly asOf: string;
  readonly at: string;
  readonly channelConfigs: Readonly<Record<string, ChannelConfig>>;
  readonly lang: Lang;
  /** Takes the states for the next run. */
  readonly states?: Pick<StateWriter, "write"> | undefined;
}

/** The sink that writes a day's files. One of `commit` or `abort` ends it. */
export interface DayFiles extends DaySink {
  /** Writes summary and report and gives all files their names. */
  commit(): Promise<RunFigures>;
  abort(): Promise<void>;
}

const lineFiles = ["matches", "facts", "unknowns", "decisions", "touches", "tasks", "setaside"] as const;

/**
 * Writes what a day gives into a folder: line files as customers go by, `rendered/<channel>.ndjson` with what each
 * message would look like, `summary.json` and `report.html` at the end. Nothing has its name before `commit`.
 *
 * @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE; so do the methods
 */
export async function openDayFiles(options: DayFilesOptions): Promise<DayFiles> {
  const { dir, program, lang } = options;
  const outputs = await openOutputs(dir, { lang });
  let rendered: Outputs;
  try {
    rendered = await openOutputs(join(dir, "rendered"), { lang });
  } catch (error) {
    await outputs.abort();
    throw error;
  }
  const files = Object.fromEntries(lineFiles.map((name) => [name, outputs.lines(`${name}.ndjson`)])) as unknown as Record<(typeof lineFiles)[number], LineOutput>;
  const channels = new Map([...program.environment.channels.values()].map((channel) => [channel.id, { channel, file: rendered.lines(`${channel.id}.ndjson`) }] as const));
  const figures = collectFigures(program, options);

  const render = async (touch: Touch): Promise<void> => {
    const open = channels.get(touch.channel);
    if (!open) return;
    const { key, to, parts, segments, encoding } = open.channel.render(touch, options.channelConfigs[touch.channel] ?? {}, lang);
    await open.file.write({ key, to, parts, segments, encoding });
  };

  return {
    async setAside(row, diagnostics) {
      figures.setAside(diagnostics[0]?.code ?? "TYPE_INVALID");
      for (const { code, pointer } of diagnostics) await files.setaside.write({ row, code, pointer });
    },
    async evaluated(evaluated) {
      figures.evaluated(evaluated);
      const { customerId, matches, unknowns, facts } = evaluated;
      for (const { ruleId, subject, occurrence, until } of matches) await files.matches.write({ customerId, ruleId, subject, occurrence, until });
      await files.facts.write({ customerId, ...facts });
      for (const { ruleId, subject, missing } of unknowns) await files.unknowns.write({ customerId, ruleId, subject, missing });
    },
    async settled({ customerId, settled, touches, tasks, prior }) {
      figures.settled(customerId, settled, prior);
      for (const { decision } of settled) await files.decisions.write(decision);
      for (const task of tasks) await files.tasks.write(task);
      for (const touch of touches) {
        await files.touches.write(touch);
        await render(touch);
      }
    },
    ...(options.states ? { state: (state) => options.states?.write(state) } : {}),
    async commit() {
      const day = figures.finish();
      await outputs.text("summary.json", `${JSON.stringify(day.summary, undefined, 2)}\n`);
      await outputs.text("report.html", renderHtml(runReport({ program, days: [day] }), { lang, otherLang: true }));
      await outputs.commit();
      await rendered.commit();
      return day;
    },
    async abort() {
      await rendered.abort();
      await outputs.abort();
    },
  };
}
