/**
 * Where a finding is: an RFC 6901 JSON pointer into `file`; `line` and `column` count from 1, 0 where there is no text
 * to point into (a missing file, a value from the command line).
 */
export interface Place {
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
  readonly column: number;
}
