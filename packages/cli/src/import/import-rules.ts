import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { DiagnosticError, Findings, isZone, parseJson } from "@evertend/core";
import { fromJsonRulesEngine, type Difference } from "@evertend/json-rules-engine";
import { pathOf, printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { writeProject } from "../init/write-project.js";
import { wrapText } from "../explain/wrap-text.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";

/** What the options say. */
export interface ImportOptions {
  readonly out: string;
  readonly zone?: string;
  readonly force?: boolean;
}

/**
 * Takes a file of rules over into a pack and prints where they differ. Ends with 1 where a rule had to be left out or the
 * pack has errors.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, what is wrong with the JSON, ZONE_UNKNOWN, OUTPUT_UNWRITABLE
 */
export async function importRules(io: CliIo, file: string, options: ImportOptions): Promise<void> {
  if (options.zone !== undefined && !isZone(options.zone)) throw commandFault(io, "ZONE_UNKNOWN", { name: options.zone, field: "--zone" });
  const source = await readFile(pathOf(io, file), "utf8").catch(() => {
    throw commandFault(io, "FILE_NOT_FOUND", { name: file }, { file });
  });
  const findings = new Findings(io.lang);
  const document = parseJson(file, source, findings);
  if (!document) throw new DiagnosticError(findings.sorted());
  const { files, differences, diagnostics } = fromJsonRulesEngine(document.value, { id: basename(file, extname(file)), lang: io.lang, ...(options.zone === undefined ? {} : { zone: options.zone }) });
  await writeProject(io, options.out, files, options.force === true);
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (io.format === "json") printLine(io.stdout, JSON.stringify({ differences, diagnostics: errors }, undefined, 2));
  else {
    printDifferences(io, differences);
    if (errors.length > 0) reportDiagnostics(io, errors, files);
  }
  if (errors.length > 0 || differences.some(({ refused }) => refused)) fail(1);
}

/** The same difference of several rules is told once. */
function printDifferences(io: CliIo, differences: readonly Difference[]): void {
  const groups = new Map<string, Difference[]>();
  for (const one of differences) groups.set(one.code, [...(groups.get(one.code) ?? []), one]);
  const ordered = [...groups.values()].sort((a, b) => Number(b[0]?.refused ?? false) - Number(a[0]?.refused ?? false));
  for (const group of ordered) {
    const [first] = group as [Difference, ...Difference[]];
    const head = first.refused ? say(io, { "zh-CN": "未转换", en: "left out" }) : say(io, { "zh-CN": "有差异", en: "differs" });
    printLine(io.stdout, `${head}  ${first.code}`);
    for (const line of wrapText(first.text[io.lang], io.stdout.columns - 4)) printLine(io.stdout, `    ${line}`);
    for (const { rule, pointer } of group.slice(0, 10)) printLine(io.stdout, `    ${rule}  ${pointer}`);
    if (group.length > 10) printLine(io.stdout, `    … ${group.length - 10}`);
  }
}
