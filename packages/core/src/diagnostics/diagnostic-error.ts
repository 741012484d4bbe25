import type { Diagnostic } from "./diagnostic.js";

const mostShown = 20;

/**
 * Thrown where an interface has no other way to say what a user got wrong. Its message lists code, place and message of
 * each finding (the first 20).
 */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: readonly Diagnostic[]) {
    const lines = diagnostics.slice(0, mostShown).map(oneLine);
    if (diagnostics.length > mostShown) lines.push(`… +${diagnostics.length - mostShown}`);
    super(lines.join("\n"));
    this.name = "DiagnosticError";
    this.diagnostics = diagnostics;
  }
}

function oneLine(d: Diagnostic): string {
  const position = d.line > 0 ? `${d.file}:${d.line}:${d.column}` : d.file;
  return [d.code, position, d.pointer].filter((part) => part !== "").join(" ") + `: ${d.message}`;
}
