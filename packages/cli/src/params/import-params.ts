import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { Findings, type PackFiles, type Parameter } from "@evertend/core";
import { readWorkbook, WorkbookUnreadable, type ReadSheet } from "@evertend/reports";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { loadPackFiles, requireProgram } from "../wiring/load-pack-folder.js";
import { openPack } from "../wiring/open-pack.js";
import { packFolderOf } from "../wiring/read-pack-folder.js";
import { replaceFile } from "../wiring/replace-file.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";
import { cellOf } from "./params-sheet.js";
import type { ParamsOptions } from "./params-options.js";
import { readParamsSheet, type ParameterChange } from "./read-params-sheet.js";
import { setParameters } from "./set-parameters.js";

/** No workbook of parameters is larger. */
const largest = 16 * 1024 * 1024;

/**
 * Reads a workbook that `params export` made, checks all of it, and writes what was changed into the files of the pack.
 * With any error nothing is written, and the command ends with 1. With `--format json` it prints the findings, or
 * `{ changes, files }`.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, USAGE, WORKBOOK_UNREADABLE, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function importParams(io: CliIo, pack: string | undefined, options: ParamsOptions): Promise<void> {
  const opened = await openPack(io, { pack, overlay: [], config: options.config });
  const program = requireProgram(io, opened);
  const findings = new Findings(io.lang);
  const changes = readParamsSheet(await readSheets(io, options.file), basename(options.file), program, findings);
  const files = setParameters(opened.files, changes);
  // Rules may ask more of a parameter than its range: the changed pack must load.
  const { loaded } = loadPackFiles(opened.dir, { ...opened.files, ...files }, { lang: io.lang, environment: opened.environment });
  if (!findings.hasErrors && !loaded.program) for (const one of loaded.diagnostics.filter(({ severity }) => severity === "error")) findings.push(one);
  if (findings.list.length > 0 && (io.format === "pretty" || findings.hasErrors)) reportDiagnostics(io, findings.sorted(), { ...opened.files, ...files });
  if (findings.hasErrors) fail(1);
  if (options.check !== true) await writeFiles(io, await packFolderOf(resolve(io.cwd, opened.dir)), files);
  report(io, options.check === true, changes, program.parameters, Object.keys(files));
}

async function readSheets(io: CliIo, file: string): Promise<readonly ReadSheet[]> {
  let bytes: Buffer;
  try {
    bytes = await readFile(pathOf(io, file));
  } catch {
    throw commandFault(io, "FILE_NOT_FOUND", { name: file }, { file });
  }
  try {
    if (bytes.length > largest) throw new WorkbookUnreadable("too-large");
    return await readWorkbook(bytes);
  } catch (error) {
    if (!(error instanceof WorkbookUnreadable)) throw error;
    const why = { "no-workbook": { "zh-CN": "不是 XLSX 工作簿，或已损坏", en: "it is no XLSX workbook, or a damaged one" }, encrypted: { "zh-CN": "已加密", en: "it is encrypted" }, "too-large": { "zh-CN": "过大", en: "it is too large" } }[error.reason];
    throw commandFault(io, "WORKBOOK_UNREADABLE", { name: file, detail: say(io, why) }, { file });
  }
}

async function writeFiles(io: CliIo, folder: string, files: PackFiles): Promise<void> {
  for (const [name, text] of Object.entries(files)) await replaceFile(io, join(folder, name), text);
}

function report(io: CliIo, check: boolean, changes: readonly ParameterChange[], before: ReadonlyMap<string, Parameter>, files: readonly string[]): void {
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify({ changes: changes.map((change) => ({ ...change, before: before.get(change.name)?.value })), files: check ? [] : files }, undefined, 2));
    return;
  }
  for (const { name, value, source, owner } of changes) {
    const old = before.get(name);
    const parts = [
      ...(value === undefined || old === undefined ? [] : [`${shownValue(old.value)} → ${shownValue(value)}`]),
      ...(source === undefined ? [] : [`${say(io, { "zh-CN": "来源", en: "source" })}: ${source}`]),
      ...(owner === undefined ? [] : [`${say(io, { "zh-CN": "负责方", en: "owner" })}: ${owner}`]),
    ];
    printLine(io.stdout, `${name}  ${parts.join("; ")}`);
  }
  const count = changes.length;
  const written = check || files.length === 0 ? "" : `: ${files.join(", ")}`;
  printLine(io.stdout, say(io, { "zh-CN": `${count} 个参数有改动${check ? "（只检查，未写入）" : written}`, en: `${count} ${count === 1 ? "parameter" : "parameters"} changed${check ? " (checked only, nothing written)" : written}` }));
}

function shownValue(value: Parameter["value"]): string {
  return String(cellOf(value)).replaceAll("\n", ", ");
}
