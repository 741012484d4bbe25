import type { Lang } from "@evertend/core";
import { diagnosticError } from "./throw-diagnostic.js";

/**
 * The diagnostic for an error of the file system while `path` was written: DISK_FULL, else OUTPUT_UNWRITABLE with the
 * system's code. Anything that is no error of the file system comes back as it is.
 */
export function writeFault(error: unknown, path: string, lang: Lang): unknown {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === undefined || !/^E[A-Z]+$/.test(code)) return error;
  if (code === "ENOSPC" || code === "EDQUOT") return diagnosticError(lang, "DISK_FULL", { file: path }, { name: path });
  return diagnosticError(lang, "OUTPUT_UNWRITABLE", { file: path }, { name: path, detail: code });
}
