import { loadPack, type Environment, type Lang, type LoadedPack, type Overlay, type PackFiles, type Program } from "@evertend/core";
import { printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { readPackFolder } from "./read-pack-folder.js";
import { reportDiagnostics } from "./report-diagnostics.js";

/** A pack from disk. */
export interface LoadedFolder {
  readonly dir: string;
  readonly loaded: LoadedPack;
  readonly files: PackFiles;
}

/** What a pack's folder is loaded with. */
export interface LoadFolderOptions {
  readonly lang: Lang;
  /** Parameters of the pack by name, as given on the command line. */
  readonly params?: Readonly<Record<string, string>>;
  readonly environment?: Environment;
  /** All of them apply. */
  readonly overlays?: readonly Overlay[];
  readonly cwd?: string;
}

/**
 * Reads and loads a pack's folder; what is wrong inside it comes back as diagnostics.
 *
 * @throws DiagnosticError FILE_NOT_FOUND
 */
export async function loadPackFolder(dir: string, options: LoadFolderOptions): Promise<LoadedFolder> {
  const files = await readPackFolder(dir, options);
  return loadPackFiles(dir, files, options);
}

/** Loads files of a pack that were read before. */
export function loadPackFiles(dir: string, files: PackFiles, options: LoadFolderOptions): LoadedFolder {
  const loaded = loadPack(files, {
    lang: options.lang,
    ...(options.environment ? { environment: options.environment } : {}),
    ...(options.params ? { parameters: options.params } : {}),
    ...(options.overlays ? { overlays: options.overlays } : {}),
  });
  return { dir, loaded, files };
}

/**
 * The program of a pack for a command that needs one: errors are printed and end the command with 1; of warnings only
 * the number is told.
 */
export function requireProgram(io: CliIo, { loaded, files, dir }: LoadedFolder): Program {
  if (!loaded.program) {
    reportDiagnostics(io, loaded.diagnostics.filter((diagnostic) => diagnostic.severity === "error"), files);
    return fail(1);
  }
  const warnings = loaded.diagnostics.filter((diagnostic) => diagnostic.severity === "warning").length;
  if (warnings > 0 && io.format === "pretty") {
    printLine(io.stderr, say(io, { "zh-CN": `规则包有 ${warnings} 条警告；运行 evertend check ${dir} 查看。`, en: `The pack has ${warnings} warning(s); evertend check ${dir} shows them.` }));
  }
  return loaded.program;
}
