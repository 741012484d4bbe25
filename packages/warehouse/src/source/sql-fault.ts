import type { DiagnosticError, Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import { machineFault } from "./duckdb-session.js";
import { faultDetail } from "./fault-details.js";
import type { FaultDetail } from "./fault-details.js";

/** Errors that DuckDB raises while it reads values: their texts quote them. */
const valueErrors = /^(Conversion|Invalid Input|Out of Range|Constraint|Invalid|Serialization) ?(Error|type Error|unicode)?/i;

/**
 * The diagnostic for an error of DuckDB in a statement that begins on `line`. Texts and numbers that come from the data
 * are blotted out; a quoted text that `isOwn` recognises as one of the script or its variables stays. The text
 * handed to DuckDB must be padded with line breaks so that its "LINE n" is the script's line n.
 */
export function sqlFault(error: unknown, file: string, line: number, isOwn: (quoted: string) => boolean, lang: Lang, name = file): DiagnosticError {
  const message = error instanceof Error ? error.message : String(error);
  const own = machineFault(error, file, lang);
  if (own !== undefined) return own;
  const first = message.split("\n", 1)[0] ?? "";
  const detail = valueErrors.test(first) ? blot(first, isOwn) : first;
  const reported = /^LINE (\d+):/m.exec(message)?.[1];
  return diagnosticError(lang, "SQL_FAILED", { file, line: reported === undefined ? line : Number(reported) }, { name, detail });
}

/** SQL_FAILED for what Evertend itself refuses. */
export function sqlRefused(file: string, line: number, detail: FaultDetail, lang: Lang, params: Readonly<Record<string, string>> = {}): DiagnosticError {
  return diagnosticError(lang, "SQL_FAILED", { file, line }, { name: file, detail: faultDetail(detail, lang, params) });
}

function blot(text: string, isOwn: (quoted: string) => boolean): string {
  return text.replace(/'[^']*'|"[^"]*"|(?<!Line: )\b\d[\d.,:-]*/g, (found) => (/^['"]/.test(found) && isOwn(found) ? found : "…"));
}
