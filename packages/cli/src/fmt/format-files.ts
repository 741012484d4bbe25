import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Findings, formatPackFile, type ConditionForm, type Diagnostic } from "@evertend/core";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { readProject } from "../wiring/project.js";
import { packFolderOf, readPackFolder } from "../wiring/read-pack-folder.js";
import { replaceFile } from "../wiring/replace-file.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";

/** What the options of `fmt` say. */
export interface FormatRequest {
  /** Folder or file. */
  readonly pack?: string | undefined;
  readonly form: ConditionForm;
  /** Only look. */
  readonly check: boolean;
  readonly config?: string | undefined;
}

/**
 * Formats the files of a pack in place, or one file. Files whose JSON is wrong are reported and left as they are; the
 * others are written. With `--format json` it prints `{ files: [{ file, changed }], diagnostics }`. Ends with 1 where a
 * file is wrong, or with `--check` not formatted.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function formatFiles(io: CliIo, request: FormatRequest): Promise<void> {
  const target = request.pack ?? (await readProject(io, request.config)).pack;
  if (target === undefined) throw commandFault(io, "USAGE", { detail: "<pack>" });
  const diagnostics: Diagnostic[] = [];
  const changed: { readonly file: string; readonly changed: boolean }[] = [];
  const sources: Record<string, string> = {};
  for (const { name, path } of await listFiles(io, target)) {
    const source = await readText(io, name, path, diagnostics);
    if (source === undefined) continue;
    sources[name] = source;
    const result = formatPackFile(source, { form: request.form, file: name, lang: io.lang });
    if ("diagnostics" in result) {
      diagnostics.push(...result.diagnostics);
      continue;
    }
    const differs = result.text !== source;
    changed.push({ file: name, changed: differs });
    if (differs && !request.check) await replaceFile(io, path, result.text);
  }
  report(io, request.check, changed, diagnostics, sources);
  if (diagnostics.length > 0 || (request.check && changed.some((one) => one.changed))) fail(1);
}

async function listFiles(io: CliIo, target: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const path = pathOf(io, target);
  const isFile = await stat(path).then((found) => found.isFile(), () => false);
  if (isFile) return [{ name: target, path }];
  const folder = await packFolderOf(path);
  return Object.keys(await readPackFolder(folder, { lang: io.lang })).map((name) => ({ name, path: join(folder, name) }));
}

/** The text of a file; bytes that are no UTF-8 would be lost by writing them back. */
async function readText(io: CliIo, name: string, path: string, diagnostics: Diagnostic[]): Promise<string | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch {
    throw commandFault(io, "FILE_NOT_FOUND", { name }, { file: name });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const findings = new Findings(io.lang);
    findings.add("TEXT_INVALID", { file: name, pointer: "", line: 0, column: 0 }, { name });
    diagnostics.push(...findings.list);
    return undefined;
  }
}

function report(io: CliIo, check: boolean, files: readonly { readonly file: string; readonly changed: boolean }[], diagnostics: readonly Diagnostic[], sources: Readonly<Record<string, string>>): void {
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify({ files, diagnostics }, undefined, 2));
    return;
  }
  reportDiagnostics(io, diagnostics, sources);
  const changed = files.filter((one) => one.changed);
  for (const { file } of changed) printLine(io.stdout, file);
  const [count, total] = [changed.length, files.length];
  printLine(io.stdout, check
    ? say(io, { "zh-CN": `${total} 个文件中有 ${count} 个需要统一写法`, en: `${count} of ${total} ${total === 1 ? "file is" : "files are"} not formatted` })
    : say(io, { "zh-CN": `${total} 个文件，改写了 ${count} 个`, en: `${total} ${total === 1 ? "file" : "files"}, ${count} rewritten` }));
}
