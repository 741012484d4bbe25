import type { DiagnosticCode } from "./codes.js";

/** Language of every text a person reads. */
export type Lang = "zh-CN" | "en";

/** How bad a finding is: `error` stops the pack, `warning` and `info` do not. */
export type Severity = "error" | "warning" | "info";

/**
 * Something a user got wrong, said so that the user can mend it.
 *
 * `pointer` is an RFC 6901 JSON pointer into `file`; `line` and `column` count from 1 (0 where the place has none, as
 * for a missing file). `message` says what is wrong, `hint` what to do. Neither ever holds personal data.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string;
}
