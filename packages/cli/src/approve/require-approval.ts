import { readFile } from "node:fs/promises";
import { checkShape, DiagnosticError, Findings, parseJson, Spot } from "@evertend/core";
import { pathOf, type CliIo } from "../cli-io.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import type { OpenedRun } from "../wiring/open-run.js";
import { approvalShape, approvedHash, authorsOf, type Approval } from "./approval.js";
import { checkPerson } from "./check-person.js";

/**
 * Demands an approval of what is about to run: of this pack with these overlays and parameters, by somebody who is none
 * of its authors, and one of the project's approvers where it names some. All that does not fit is told at once.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, APPROVAL_HASH, APPROVAL_AUTHORS_MISSING, APPROVAL_BY_AUTHOR, APPROVAL_PERSON,
 * and what is wrong with the file
 */
export async function requireApproval(io: CliIo, file: string, { folder, setup, project }: Pick<OpenedRun, "folder" | "setup" | "project">): Promise<void> {
  const program = folder.loaded.program;
  if (!program) throw new Error("a pack that runs has a program");
  const source = await readFile(pathOf(io, file), "utf8").catch(() => undefined);
  if (source === undefined) throw commandFault(io, "FILE_NOT_FOUND", { name: file }, { file });
  const findings = new Findings(io.lang);
  const document = parseJson(file, source, findings);
  if (document) checkShape(approvalShape, document.value, new Spot(document, "", findings));
  if (!document || findings.hasErrors) throw new DiagnosticError(findings.sorted());
  const approval = document.value as Approval;
  const hash = approvedHash(program, setup.overlays, setup.params);
  if (approval.pack.hash !== hash) findings.add("APPROVAL_HASH", document.place("/pack/hash"), { expected: hash.slice(0, 12), found: approval.pack.hash.slice(0, 12) });
  // Of the pack, not of the file: whoever can write the file could leave authors out.
  const authors = authorsOf([setup.files, ...setup.overlays.map(({ files }) => files)]);
  if (authors.length === 0) findings.add("APPROVAL_AUTHORS_MISSING", { file: "pack.json", pointer: "/pack", line: 0, column: 0 });
  checkPerson(approval.by, authors, project.approvers, file, findings);
  if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
}
