import { DiagnosticError, Findings } from "@evertend/core";
import type { DiagnosticCode, DiagnosticParams, Lang } from "@evertend/core";

/** Where in a file something is wrong; `line` and `column` count from 1. */
export interface FilePlace {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** A `DiagnosticError` with one finding. */
export function diagnosticError(lang: Lang, code: DiagnosticCode, place: FilePlace, params: DiagnosticParams = {}): DiagnosticError {
  const findings = new Findings(lang);
  findings.add(code, { file: place.file, pointer: "", line: place.line ?? 0, column: place.column ?? (place.line === undefined ? 0 : 1) }, params);
  return new DiagnosticError(findings.sorted());
}
