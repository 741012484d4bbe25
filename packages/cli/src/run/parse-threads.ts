import { availableParallelism } from "node:os";
import { say, type CliIo } from "../cli-io.js";
import { commandFault } from "../wiring/report-diagnostics.js";

const most = 64;
/** Below this a thread costs more than it saves. */
const fewCustomers = 5000;

/** Reads `--threads`. @throws DiagnosticError USAGE */
export function parseThreads(io: Pick<CliIo, "lang">, text: string): number {
  const threads = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (threads >= 1 && threads <= most) return threads;
  throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": `--threads 须为 1 到 ${most} 的整数`, en: `--threads takes a whole number from 1 to ${most}` }) });
}

/** How many threads a run of so many customers gets where nobody says. */
export function defaultThreads(customers: number | undefined): number {
  return customers !== undefined && customers < fewCustomers ? 1 : availableParallelism();
}
