import { compareDiagnostics, type Diagnostic } from "@evertend/core";
import { checkRuleTests } from "@evertend/testing";
import { printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { openPack } from "../wiring/open-pack.js";
import { allFiles } from "../wiring/read-overlays.js";
import { reportDiagnostics } from "../wiring/report-diagnostics.js";
import { requireAsOf } from "../wiring/run-day.js";
import { calendarsEnding } from "./calendars-ending.js";

/** What the options of `check` say. */
export interface CheckRequest {
  readonly pack?: string | undefined;
  readonly param?: readonly string[] | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly asOf?: string | undefined;
  readonly config?: string | undefined;
}

/**
 * Checks a pack and its golden cases. With `--format json` it prints an array of
 * `{code, severity, file, pointer, line, column, message, hint}`. Ends with 1 where there is an error.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, AS_OF_INVALID, USAGE, and what is wrong in evertend.json
 */
export async function checkPack(io: CliIo, request: CheckRequest): Promise<void> {
  const asOf = request.asOf === undefined ? undefined : requireAsOf(io, request.asOf);
  const { overlays, loaded, ...opened } = await openPack(io, request);
  const files = allFiles(opened.files, overlays);
  const calendars = asOf === undefined || !loaded.program ? [] : calendarsEnding(loaded.program, files, asOf, io.lang);
  const diagnostics = [...loaded.diagnostics, ...checkRuleTests(loaded.tests, io.lang), ...calendars].sort(compareDiagnostics).map(exactly);
  reportDiagnostics(io, diagnostics, files);
  const count = (severity: Diagnostic["severity"]): number => diagnostics.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [count("error"), count("warning")];
  if (io.format === "pretty") {
    printLine(io.stdout, say(io, { "zh-CN": `${errors} 个错误，${warnings} 个警告`, en: `${errors} ${errors === 1 ? "error" : "errors"}, ${warnings} ${warnings === 1 ? "warning" : "warnings"}` }));
  }
  if (errors > 0) fail(1);
}

/** The keys that others rely on, in their order and without any other. */
function exactly({ code, severity, file, pointer, line, column, message, hint }: Diagnostic): Diagnostic {
  return { code, severity, file, pointer, line, column, message, hint };
}
