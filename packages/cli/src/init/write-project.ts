import { lstat, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DiagnosticError, Findings } from "@evertend/core";
import { pathOf, say, type CliIo } from "../cli-io.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { ProjectFiles } from "./project-files.js";

/**
 * Writes the files of a new project. Without `force` nothing is written where any of them exists.
 *
 * @throws DiagnosticError OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function writeProject(io: CliIo, dir: string, files: ProjectFiles, force: boolean): Promise<void> {
  const names = Object.keys(files);
  if (!force) await refuseExisting(io, dir, names);
  for (const name of names) {
    const path = join(pathOf(io, dir), name);
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, files[name] ?? "", { flag: force ? "w" : "wx" });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      throw commandFault(io, code === "ENOSPC" || code === "EDQUOT" ? "DISK_FULL" : "OUTPUT_UNWRITABLE", { name: join(dir, name), detail: code }, { file: join(dir, name) });
    }
  }
}

async function refuseExisting(io: CliIo, dir: string, names: readonly string[]): Promise<void> {
  const findings = new Findings(io.lang);
  for (const name of names) {
    const exists = await lstat(join(pathOf(io, dir), name)).then(() => true, () => false);
    if (exists) findings.add("OUTPUT_UNWRITABLE", { file: join(dir, name), pointer: "", line: 0, column: 0 }, { name: join(dir, name), detail: say(io, { "zh-CN": "文件已存在；加 --force 可覆盖", en: "it exists; --force replaces it" }) });
  }
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
}
