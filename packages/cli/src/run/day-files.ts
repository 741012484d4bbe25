import { collectFigures, runReport, type EvaluatedFigures, type RunFigures, type SettledFigures } from "@evertend/banking";
import type { ChannelConfig, CustomerState, Lang, Program } from "@evertend/core";
import { renderHtml } from "@evertend/reports";
import { openOutputs, type BatchLog } from "@evertend/warehouse";
import { evaluatedFiles, settledFiles, statesFile } from "./day-batch.js";
import { GapFile } from "./gap-file.js";
import { LineBuffer } from "./line-buffer.js";
import type { SettledCustomer } from "./settle-customer.js";
import { SettledLines } from "./settled-lines.js";

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
  /** Counts customers of the first pass. */
  add(evaluated: EvaluatedFigures, settled: SettledFigures): void;
  /** Begins the second pass over what the first one left; `keep` takes the lines of states. Not needed where nobody waits. */
  fill(firstPass: BatchLog, keep: (lines: string) => Promise<void>): SecondPass;
  /** Writes summary and report and gives all files their names, those of the first pass included. */
  commit(firstPass: BatchLog): Promise<RunFigures>;
  abort(): Promise<void>;
}

/** Puts customers who waited in their places. */
export interface SecondPass {
  /** Takes a customer who waited, in ascending order of id, with the next state where states are wanted. */
  settled(customer: SettledCustomer, state: CustomerState | undefined): Promise<void>;
  /** Copies what comes after the last of them. */
  finish(): Promise<void>;
}

/**
 * Writes what a day gives into a folder: line files, `rendered/<channel>.ndjson` with what each message would look like,
 * `summary.json` and `report.html` at the end. Nothing has its name before `commit`.
 *
 * @throws DiagnosticError DISK_FULL, OUTPUT_UNWRITABLE; so do the methods
 */
export async function openDayFiles(options: DayFilesOptions): Promise<DayFiles> {
  const { dir, program, lang } = options;
  const outputs = await openOutputs(dir, { lang });
  const names = settledFiles(program);
  const figures = collectFigures(program, options);
  let filled = false;

  return {
    add(evaluated, settled) {
      figures.add(evaluated);
      figures.addSettled(settled);
    },
    fill(firstPass, keep) {
      filled = true;
      const lines = new SettledLines(options);
      const files = names.map((name) => {
        const buffer = name === statesFile ? new LineBuffer({ append: keep }) : new LineBuffer(outputs.lines(outputName(name)));
        return { buffer, gaps: new GapFile(firstPass.pieces(name)) };
      });
      return {
        async settled(customer, state) {
          figures.settled(customer.customerId, customer.settled, customer.prior);
          lines.add(customer);
          if (state) lines.state(state);
          for (const [i, text] of lines.take().entries()) {
            const file = files[i];
            if (!file || !(await file.gaps.next((before) => file.buffer.text(before)))) throw new Error("a customer waited without a place");
            file.buffer.text(text);
            if (file.buffer.isFull) await file.buffer.flush();
          }
        },
        async finish() {
          for (const { buffer, gaps } of files) {
            if (await gaps.next((rest) => buffer.text(rest))) throw new Error("a place is left over");
            await buffer.flush();
          }
        },
      };
    },
    async commit(firstPass) {
      const day = figures.finish();
      await outputs.text("summary.json", `${JSON.stringify(day.summary, undefined, 2)}\n`);
      await outputs.text("report.html", renderHtml(runReport({ program, days: [day] }), { lang, otherLang: true }));
      firstPass.finish();
      for (const name of [...evaluatedFiles, ...(filled ? [] : names)]) if (name !== statesFile) outputs.adopt(outputName(name), firstPass.path(name));
      await outputs.commit();
      return day;
    },
    abort: () => outputs.abort(),
  };
}

function outputName(name: string): string {
  return name.replace("+", "/");
}
