import { join, relative, resolve } from "node:path";
import { civilOf, DiagnosticError, Findings, formatDay } from "@evertend/core";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { loadPackFiles, requireProgram } from "../wiring/load-pack-folder.js";
import { openPack } from "../wiring/open-pack.js";
import { packFolderOf } from "../wiring/read-pack-folder.js";
import { replaceFile } from "../wiring/replace-file.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { requireAsOf } from "../wiring/run-day.js";
import { approvedHash, authorsOf, type Approval } from "./approval.js";
import type { ApproveOptions } from "./approve-options.js";
import { checkPerson } from "./check-person.js";

/**
 * Writes the approval of a pack as it is now. What is checked: that the pack has no errors, that the person is none of
 * its authors and one of the project's approvers. What is not: that the person is who they say.
 *
 * @throws DiagnosticError APPROVAL_AUTHORS_MISSING, APPROVAL_BY_AUTHOR, APPROVAL_PERSON, AS_OF_INVALID, FILE_NOT_FOUND,
 * USAGE, OUTPUT_UNWRITABLE, DISK_FULL
 */
export async function approvePack(io: CliIo, pack: string | undefined, options: ApproveOptions): Promise<void> {
  const opened = await openPack(io, { pack, overlay: options.overlay, param: options.param, config: options.config });
  // Overlays of units hold in their units only: the pack itself is loaded, and their files are in the hash.
  const program = requireProgram(io, opened.overlays.length === 0 ? opened : loadPackFiles(opened.dir, opened.files, { lang: io.lang, params: opened.params, environment: opened.environment }));
  const findings = new Findings(io.lang);
  const authors = authorsOf([opened.files, ...opened.overlays.map(({ files }) => files)]);
  const by = options.by.trim();
  if (authors.length === 0) findings.add("APPROVAL_AUTHORS_MISSING", { file: "pack.json", pointer: "/pack", line: 0, column: 0 });
  checkPerson(by, authors, opened.project.approvers, "--by", findings);
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
  if (options.on !== undefined) requireAsOf(io, options.on);
  const { id, version } = program.pack;
  const approval: Approval = { approval: 1, pack: { id, version, hash: approvedHash(program, opened.overlays, opened.params) }, authors, by, on: options.on ?? formatDay(civilOf(program.model.zone, Date.now()).day) };
  const out = options.out ?? `${id}-${version.replace(/[^\w.-]/g, "-")}.approval.json`;
  await refuseInside(io, out, await packFolderOf(resolve(io.cwd, opened.dir)));
  await replaceFile(io, pathOf(io, out), `${JSON.stringify(approval, undefined, 2)}\n`);
  if (io.format === "json") printLine(io.stdout, JSON.stringify({ file: out, ...approval }, undefined, 2));
  else printLine(io.stdout, say(io, { "zh-CN": `${by} 批准了 ${id} ${version}（${approval.pack.hash.slice(0, 12)}），写入 ${out}`, en: `${by} approves ${id} ${version} (${approval.pack.hash.slice(0, 12)}): ${out}` }));
}

/** A JSON file inside of the pack would be part of the pack, which would then be another. */
async function refuseInside(io: CliIo, out: string, folder: string): Promise<void> {
  const inside = relative(folder, resolve(io.cwd, out));
  if (inside !== "" && !inside.startsWith("..") && join(folder, inside) === resolve(io.cwd, out)) {
    throw commandFault(io, "USAGE", { detail: say(io, { "zh-CN": `--out ${out} 在规则包目录之内：批准文件不能是规则包的一部分`, en: `--out ${out} lies in the pack: its approval cannot be a part of it` }) });
  }
}
