import { DiagnosticError, Findings, formatDiagnostics, type Diagnostic, type DiagnosticCode, type DiagnosticParams, type PackFiles } from "@evertend/core";
import type { CliIo } from "../cli-io.js";
import { printLine } from "../cli-io.js";
import { paint } from "../terminal/paint.js";

/**
 * Prints findings: for people on stderr, each with the line at fault where `files` holds it; with `--format json` as one
 * array on stdout, also when it is empty.
 */
export function reportDiagnostics(io: CliIo, diagnostics: readonly Diagnostic[], files: PackFiles = {}): void {
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify(diagnostics, undefined, 2));
    return;
  }
  if (diagnostics.length === 0) return;
  const colours = paint(io.stderr, io.env);
  const text = formatDiagnostics(diagnostics, { sources: new Map(Object.entries(files)) });
  // The severity is the second column of a finding's first line.
  const coloured = text.replace(/^((?:\S.*? {2})?)(error|warning|info)( {2})/gmu, (_all, before: string, severity: string, after: string) =>
    before + (severity === "error" ? colours.red(severity) : severity === "warning" ? colours.yellow(severity) : colours.cyan(severity)) + after);
  printLine(io.stderr, coloured);
}

/** An error that carries one finding about the command line or a file as a whole. */
export function commandFault(io: Pick<CliIo, "lang">, code: DiagnosticCode, params: DiagnosticParams = {}, place: { readonly file?: string; readonly pointer?: string } = {}): DiagnosticError {
  const findings = new Findings(io.lang);
  findings.add(code, { file: place.file ?? "", pointer: place.pointer ?? "", line: 0, column: 0 }, params);
  return new DiagnosticError(findings.sorted());
}
