import { printLine, say, type CliIo } from "../cli-io.js";
import { formatCount } from "./table.js";
import { pad, shorten } from "./text-columns.js";

/** Shows how far a run is. Draws nothing where stderr is no terminal, unless it is asked to. */
export interface Progress {
  /** Sets how many are done; `phase` where it is not the first one. */
  update(done: number, phase?: ProgressPhase): void;
  /** Removes the bar. */
  end(): void;
}

/** A part of a run that is counted anew. */
export interface ProgressPhase {
  readonly name: string;
  readonly label: string;
  readonly total: number | undefined;
}

/** How progress is shown. */
export interface ProgressOptions {
  /** Also where stderr is no terminal: as lines, with `--format json` as JSON. */
  readonly always?: boolean;
  /** Milliseconds since some moment; the machine's if not given. */
  readonly now?: () => number;
}

const width = 24;
const everyMilliseconds = { bar: 100, line: 1000 };

/**
 * A progress bar on stderr with rate and time left.
 *
 * @param total absent where nobody knows how many there are
 */
export function startProgress(io: CliIo, label: string, total: number | undefined, { always = false, now = Date.now }: ProgressOptions = {}): Progress {
  const asBar = io.stderr.isTTY && io.format !== "json";
  if (!asBar && !always) return { update: () => undefined, end: () => undefined };
  const first: ProgressPhase = { name: "decide", label, total };
  let began = now();
  let drawn = 0;
  let current = first;

  function show(done: number, seconds: number): void {
    const rate = done / Math.max(seconds, 0.001);
    const left = current.total === undefined || done === 0 ? undefined : Math.max(0, Math.ceil((current.total - done) / rate));
    if (io.format === "json") {
      printLine(io.stderr, JSON.stringify({ phase: current.name, done, ...(current.total === undefined ? {} : { total: current.total }), perSecond: Math.round(rate), ...(left === undefined ? {} : { secondsLeft: left }) }));
      return;
    }
    const share = current.total === undefined || current.total === 0 ? undefined : Math.min(1, done / current.total);
    const percent = share === undefined ? "" : `${pad(`${Math.floor(share * 100)}%`, 4, "right")}  `;
    const bar = share === undefined || !asBar ? "" : `${"█".repeat(Math.round(share * width))}${"░".repeat(width - Math.round(share * width))} `;
    const text = `${current.label}  ${bar}${percent}${formatCount(done)}  ${formatCount(rate)}/s${left === undefined ? "" : `  ${say(io, { "zh-CN": "剩余", en: "left" })} ${clock(left)}`}`;
    if (asBar) io.stderr.write(`\r${shorten(text, Math.max(20, io.stderr.columns - 1))}\u001B[K`);
    else printLine(io.stderr, text);
  }

  return {
    update(done, phase = first) {
      const moment = now();
      if (phase.name !== current.name) began = moment;
      const due = phase.name !== current.name || moment - drawn >= (asBar ? everyMilliseconds.bar : everyMilliseconds.line);
      current = phase;
      // Asking the clock is cheap, drawing is not.
      if (!due) return;
      drawn = moment;
      show(done, (moment - began) / 1000);
    },
    end() {
      if (asBar && drawn > 0) io.stderr.write("\r\u001B[K");
    },
  };
}

/** Seconds as m:ss or h:mm:ss. */
function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
