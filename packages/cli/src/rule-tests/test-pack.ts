import { loadPack } from "@evertend/core";
import { runRuleTests, type RuleTestReport } from "@evertend/testing";
import { printLine, say, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { paint } from "../terminal/paint.js";
import { openPack } from "../wiring/open-pack.js";
import { allFiles } from "../wiring/read-overlays.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";

/** What the options of `test` say. */
export interface TestRequest {
  readonly pack?: string | undefined;
  readonly threshold?: string | undefined;
  readonly param?: readonly string[] | undefined;
  readonly overlay?: readonly string[] | undefined;
  readonly config?: string | undefined;
}

/**
 * Runs the golden cases of a pack. With `--format json` it prints `{ passed, failed, threshold, coverage, cases,
 * diagnostics }`. Ends with 1 where a case fails, the pack has errors, or coverage is below the threshold.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, USAGE, and what is wrong in evertend.json
 */
export async function testPack(io: CliIo, request: TestRequest): Promise<void> {
  const given = request.threshold === undefined ? undefined : readThreshold(io, request.threshold);
  const { files, overlays, environment, channelConfigs, params, project, loaded } = await openPack(io, request);
  const threshold = given ?? project.testThreshold ?? 0;
  const report = runRuleTests(
    (parameters) => (Object.keys(parameters).length === 0 ? loaded : loadPack(files, { environment, overlays, lang: io.lang, parameters: { ...params, ...parameters } })),
    undefined,
    { lang: io.lang, threshold, channelConfigs },
  );
  if (io.format === "json") {
    const { passed, failed, coverage, cases, diagnostics } = report;
    printLine(io.stdout, JSON.stringify({ passed, failed, threshold, coverage, cases, diagnostics }, undefined, 2));
  } else {
    reportDiagnostics(io, report.diagnostics, allFiles(files, overlays));
    if (loaded.program) summarise(io, report, threshold);
  }
  if (report.diagnostics.some((one) => one.severity === "error")) fail(1);
}

function readThreshold(io: CliIo, text: string): number {
  const value = /^\d{1,3}(\.\d+)?%?$/.test(text) ? Number(text.replace("%", "")) : NaN;
  if (value >= 0 && value <= 100) return value;
  throw commandFault(io, "USAGE", { detail: `--threshold ${text} (0–100)` });
}

function summarise(io: CliIo, report: RuleTestReport, threshold: number): void {
  const { passed, failed, coverage } = report;
  const colours = paint(io.stdout, io.env);
  const total = passed + failed;
  const line = say(io, {
    "zh-CN": `用例 ${total} 个：通过 ${passed}，未通过 ${failed}`,
    en: `${total} ${total === 1 ? "case" : "cases"}: ${passed} passed, ${failed} failed`,
  });
  printLine(io.stdout, failed > 0 ? colours.red(line) : colours.green(line));
  printLine(io.stdout, say(io, {
    "zh-CN": `规则覆盖率 ${coverage.percent}%（${coverage.total} 条规则中有 ${coverage.covered} 条既有触发的用例，也有不触发的用例；下限 ${threshold}%）`,
    en: `Rule coverage ${coverage.percent}% (${coverage.covered} of ${coverage.total} rules have a case in which they fire and one in which they keep still; threshold ${threshold}%)`,
  }));
  const open = coverage.rules.filter((rule) => !rule.covered);
  if (open.length === 0) return;
  const why = (fired: number): string => (fired === 0 ? say(io, { "zh-CN": "没有触发的用例", en: "no case makes it fire" }) : say(io, { "zh-CN": "没有不触发的用例", en: "no case keeps it still" }));
  for (const { ruleId, fired } of open) printLine(io.stdout, `  ${ruleId}  ${colours.dim(why(fired))}`);
}
