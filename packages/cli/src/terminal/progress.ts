import type { CliIo } from "../cli-io.js";
import { formatCount } from "./table.js";
import { pad, shorten } from "./text-columns.js";

/** Shows how far a run is. Draws nothing where stderr is no terminal. */
export interface Progress {
  /** Sets how many are done. */
  update(done: number): void;
  /** Removes the bar. */
  end(): void;
}

const width = 24;
const everyMilliseconds = 100;

/**
 * A progress bar on stderr with the rate.
 *
 * @param total absent where nobody knows how many there are
 */
export function startProgress(io: CliIo, label: string, total: number | undefined): Progress {
  if (!io.stderr.isTTY || io.format === "json") return { update: () => undefined, end: () => undefined };
  const began = Date.now();
  let drawn = 0;
  return {
    update(done) {
      const now = Date.now();
      // Asking the clock is cheap, drawing is not.
      if (now - drawn < everyMilliseconds) return;
      drawn = now;
      const seconds = Math.max((now - began) / 1000, 0.001);
      const share = total === undefined || total === 0 ? undefined : Math.min(1, done / total);
      const bar = share === undefined ? "" : `${"█".repeat(Math.round(share * width))}${"░".repeat(width - Math.round(share * width))} ${pad(`${Math.floor(share * 100)}%`, 4, "right")}  `;
      const text = `${label}  ${bar}${formatCount(done)}  ${formatCount(done / seconds)}/s`;
      io.stderr.write(`\r${shorten(text, Math.max(20, io.stderr.columns - 1))}\u001B[K`);
    },
    end() {
      if (drawn > 0) io.stderr.write("\r\u001B[K");
    },
  };
}
