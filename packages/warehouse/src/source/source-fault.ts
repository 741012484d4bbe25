import type { DiagnosticError, Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";
import type { FilePlace } from "../throw-diagnostic.js";
import { faultDetail } from "./fault-details.js";
import type { FaultDetail } from "./fault-details.js";

/** The file is there but cannot be read as customers. */
export function sourceInvalid(lang: Lang, place: FilePlace, detail: FaultDetail, params: Readonly<Record<string, string | number>> = {}): DiagnosticError {
  const text = faultDetail(detail, lang, place.line === undefined ? params : { line: place.line, ...params });
  return diagnosticError(lang, "SOURCE_INVALID", place, { name: place.file, detail: text });
}

/** The file ends before it should. */
export function sourceTruncated(lang: Lang, place: FilePlace): DiagnosticError {
  return diagnosticError(lang, "SOURCE_TRUNCATED", place, place.line === undefined ? { name: place.file } : { name: place.file, line: place.line });
}
