import { writeWorkbook } from "@evertend/reports";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { requireProgram } from "../wiring/load-pack-folder.js";
import { openPack } from "../wiring/open-pack.js";
import { replaceFile } from "../wiring/replace-file.js";
import type { ParamsOptions } from "./params-options.js";
import { paramsWorkbook } from "./params-sheet.js";

/**
 * Writes the parameters of a pack, without overlays, as a workbook. The same pack gives the same bytes.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, USAGE, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function exportParams(io: CliIo, pack: string | undefined, options: ParamsOptions): Promise<void> {
  const opened = await openPack(io, { pack, overlay: [], config: options.config });
  const program = requireProgram(io, opened);
  await replaceFile(io, pathOf(io, options.file), await writeWorkbook(paramsWorkbook(program, io.lang)));
  const count = program.parameters.size;
  if (io.format === "json") printLine(io.stdout, JSON.stringify({ file: options.file, parameters: count, hash: program.hash }, undefined, 2));
  else printLine(io.stdout, say(io, { "zh-CN": `${count} 个参数已写入 ${options.file}`, en: `${count} ${count === 1 ? "parameter" : "parameters"} written to ${options.file}` }));
}
