import { codes, type DiagnosticCode } from "./codes.js";
import { describe, type DiagnosticParams } from "./describe.js";
import type { Diagnostic, Lang } from "./diagnostic.js";
import type { Place } from "./place.js";

/**
 * Collects what is wrong, so that a user sees all of it at once.
 *
 * @example
 * const findings = new Findings("en");
 * findings.add("EMPTY_GROUP", document.place("/when/all"), { name: "all" });
 * if (findings.hasErrors) throw new DiagnosticError(findings.sorted());
 */
export class Findings {
  readonly #list: Diagnostic[] = [];
  readonly #seen = new Set<string>();
  #errors = 0;

  constructor(readonly lang: Lang = "en") {}

  /** Adds a finding. The same code at the same place with the same message is kept once. */
  add(code: DiagnosticCode, place: Place, params: DiagnosticParams = {}): void {
    const { message, hint } = describe(code, params, this.lang);
    this.push({ code, severity: codes[code].severity, file: place.file, pointer: place.pointer, line: place.line, column: place.column, message, hint });
  }

  /** Takes over a diagnostic that another collection made. */
  push(diagnostic: Diagnostic): void {
    const identity = JSON.stringify([diagnostic.code, diagnostic.file, diagnostic.pointer, diagnostic.line, diagnostic.column, diagnostic.message]);
    if (this.#seen.has(identity)) return;
    this.#seen.add(identity);
    this.#list.push(diagnostic);
    if (diagnostic.severity === "error") this.#errors++;
  }

  /** In the order of adding. */
  get list(): readonly Diagnostic[] {
    return this.#list;
  }

  get hasErrors(): boolean {
    return this.#errors > 0;
  }

  /** In the order of file, line, column, code, pointer, message: the order in which they are shown. */
  sorted(): Diagnostic[] {
    return [...this.#list].sort(compareDiagnostics);
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders diagnostics by file, line, column, code, pointer and message. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.code, b.code) ||
    compareText(a.pointer, b.pointer) ||
    compareText(a.message, b.message)
  );
}
