import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import type { CliIo } from "../cli-io.js";
import { commandFault } from "./report-diagnostics.js";

/**
 * Writes beside a file and then takes its place, so that nobody ever sees half of it. A file that is there keeps its
 * mode, a link goes on leading where it leads.
 *
 * @throws DiagnosticError OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function replaceFile(io: Pick<CliIo, "lang">, path: string, content: string | Uint8Array): Promise<void> {
  let beside: string | undefined;
  try {
    const real = await realpath(path).catch(() => path);
    const mode = await stat(real).then((found) => found.mode, () => undefined);
    beside = `${real}.${process.pid}.tmp`;
    await writeFile(beside, content, { ...(mode === undefined ? {} : { mode }), flag: "wx" });
    await rename(beside, real);
  } catch (error) {
    if (beside !== undefined) await rm(beside, { force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw commandFault(io, code === "ENOSPC" || code === "EDQUOT" ? "DISK_FULL" : "OUTPUT_UNWRITABLE", { name: path, detail: code }, { file: path });
  }
}
