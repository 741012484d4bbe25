import { DiagnosticError, type Lang } from "@evertend/core";
import { diagnosticError } from "../throw-diagnostic.js";

/**
 * The diagnostic for an error of PostgreSQL or of the connection to it. Texts of the database quote values of rows, so
 * only its code is told; where a name does not exist or is not permitted (class 42), the text speaks of names alone.
 */
export function databaseFault(error: unknown, name: string, lang: Lang): unknown {
  if (error instanceof DiagnosticError || !(error instanceof Error)) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
  if (code === "53100") return diagnosticError(lang, "DISK_FULL", { file: name }, { name });
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code) && "severity" in error) {
    return diagnosticError(lang, "DATABASE_FAILED", { file: name }, { name, detail: code.startsWith("42") ? `SQLSTATE ${code}, ${error.message}` : `SQLSTATE ${code}` });
  }
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return diagnosticError(lang, "DATABASE_FAILED", { file: name }, { name, detail: code });
  const broken = /^(Connection terminated|timeout expired|Client has encountered a connection error|Client was closed|The server does not support SSL)/.exec(error.message);
  return broken ? diagnosticError(lang, "DATABASE_FAILED", { file: name }, { name, detail: broken[0] }) : error;
}
