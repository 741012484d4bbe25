import { open } from "node:fs/promises";
import { join } from "node:path";
import type { Lang } from "@evertend/core";
import { pathOf, say, type CliIo } from "../cli-io.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { ReportOptions } from "./report-options.js";

/** Who showed which report with personal data, and when by the bank's own account. */
export interface Reveal {
  readonly at: string;
  readonly by: string;
  readonly report: string;
  readonly asOf: string;
  readonly format: string;
  readonly rm: string | null;
  readonly unit: string | null;
  readonly customer: string | null;
  readonly packHash: string;
  readonly customers: number;
}

/**
 * The file of the audit where names are to be shown; `undefined` where they are not.
 *
 * @param state location of the state, as `stateLocation` gives it
 * @throws DiagnosticError USAGE where it does not say who, when, or where to write it down
 */
export function revealAudit(io: CliIo, options: ReportOptions, state: string | undefined): string | undefined {
  if (options.reveal !== true) return undefined;
  const lacking = [...(options.by === undefined || options.by.trim() === "" ? ["--by <who>"] : []), ...(options.at === undefined ? ["--at <instant>"] : [])];
  if (options.audit === undefined && (state === undefined || state.startsWith("postgres:"))) lacking.push("--audit <file>");
  if (lacking.length > 0) throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": `--reveal 还需要 ${lacking.join("、")}`, en: `--reveal needs ${lacking.join(", ")} too` }) });
  return options.audit === undefined ? join(state ?? "", "reveals.ndjson") : pathOf(io, options.audit);
}

/** Adds a line to the audit and waits for the disk. @throws DiagnosticError OUTPUT_UNWRITABLE */
export async function auditReveal(file: string, reveal: Reveal, lang: Lang): Promise<void> {
  try {
    const handle = await open(file, "a", 0o600);
    try {
      await handle.appendFile(`${JSON.stringify(reveal)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    throw commandFault({ lang }, "OUTPUT_UNWRITABLE", { name: file, detail: code }, { file });
  }
}
