import { createAllocation, createEngine, DiagnosticError, Findings, formatInstant, instantOf, parseDay } from "@evertend/core";
import type { ChannelConfig, CustomerResult, CustomerState, DecideOptions, Diagnostic, Engine, Lang, LoadedPack, LoadOptions, Piece, Program, SetAside } from "@evertend/core";
import { compareAnswer, type Answer } from "./compare-answer.js";
import { differenceText } from "./difference-texts.js";
import { CoverageCount } from "./measure-coverage.js";
import { readRuleTest } from "./read-rule-test.js";
import type { RuleTest } from "./rule-test.js";
import type { RuleTestCase, RuleTestReport } from "./rule-test-report.js";

/** Loads the pack under test; cases with `params` ask for it with those. */
export type PackLoader = (parameters: NonNullable<LoadOptions["parameters"]>) => LoadedPack;

/** How golden cases are run. */
export interface RuleTestOptions {
  readonly lang?: Lang;
  /** Share of rules in percent that must be covered; below it the report carries COVERAGE_LOW. */
  readonly threshold?: number;
  /** Settings of channels by id, as a run would render with. */
  readonly channelConfigs?: Readonly<Record<string, ChannelConfig>>;
}

/**
 * Runs the golden cases of a pack. Nothing is thrown for what a case or the pack gets wrong: it stands in the report.
 * Each case is one customer alone: slots and budgets are settled for that customer only.
 *
 * @param load gives the pack for a set of parameters; called once for each set that occurs
 * @param tests the cases; if not given, those of the pack itself
 * @example
 * ```ts
 * const report = runRuleTests((parameters) => loadPack(files, { environment, parameters }));
 * console.log(report.failed, report.coverage.percent);
 * ```
 */
export function runRuleTests(load: PackLoader, tests?: readonly Piece[], options: RuleTestOptions = {}): RuleTestReport {
  const lang = options.lang ?? "en";
  const pack = load({});
  if (!pack.program) return reportOf([], new CoverageCount().of(undefined), pack.diagnostics.filter((one) => one.severity === "error"));
  const bench = new Bench(load, pack.program, options);
  const coverage = new CoverageCount();
  const cases = (tests ?? pack.tests).map((piece) => runCase(piece, bench, coverage, lang));
  const measured = coverage.of(pack.program);
  return reportOf(cases, measured, lowCoverage(measured, options.threshold ?? 0, lang));
}

function runCase(piece: Piece, bench: Bench, coverage: CoverageCount, lang: Lang): RuleTestCase {
  const findings = new Findings(lang);
  const test = readRuleTest(piece, findings);
  const answer = test && bench.answer(test, findings);
  if (answer) {
    coverage.add(answer.answer);
    compareAnswer(test, answer.answer, answer.program);
  }
  const { json, spot } = piece;
  const given = typeof json === "object" && json !== null && "name" in json ? json.name : undefined;
  return { name: typeof given === "string" ? given : spot.pointer, file: spot.origin.file, pointer: spot.pointer, passed: !findings.hasErrors, diagnostics: findings.sorted() };
}

function reportOf(cases: readonly RuleTestCase[], coverage: RuleTestReport["coverage"], more: readonly Diagnostic[]): RuleTestReport {
  const failed = cases.filter((one) => !one.passed).length;
  return { cases, passed: cases.length - failed, failed, coverage, diagnostics: [...cases.flatMap((one) => one.diagnostics), ...more] };
}

function lowCoverage(coverage: RuleTestReport["coverage"], threshold: number, lang: Lang): readonly Diagnostic[] {
  if (coverage.percent >= threshold) return [];
  const findings = new Findings(lang);
  const uncovered = coverage.rules.filter((rule) => !rule.covered).map((rule) => rule.ruleId);
  findings.add("COVERAGE_LOW", { file: "tests", pointer: "", line: 0, column: 0 }, { found: `${coverage.percent}%`, limit: `${threshold}%`, name: uncovered.join(", ") });
  return findings.list;
}

/** Programs and engines by what cases ask for, so that equal ones are made once. */
class Bench {
  private readonly programs = new Map<string, Program | readonly Diagnostic[]>();

  constructor(private readonly load: PackLoader, plain: Program, private readonly options: RuleTestOptions) {
    this.programs.set("{}", plain);
  }

  answer(test: RuleTest, findings: Findings): { readonly answer: Answer; readonly program: Program } | undefined {
    const program = this.program(test, findings);
    if (!program) return undefined;
    const engine = this.engine(program, test, findings);
    if (!engine) return undefined;
    const day = { asOf: test.asOf, at: test.at ?? nineOf(test.asOf, program.model.zone), state: stateOf(test, program) };
    const asksForDecisions = test.expect.outcomes !== undefined || test.expect.texts !== undefined;
    const answer = asksForDecisions ? decideAlone(engine, test, day) : engine.evaluate(test.record, day);
    if (!("setAside" in answer)) return { answer, program };
    const why = answer.setAside.map((one) => `${one.code} ${one.pointer}`).join(", ");
    test.spot.at("record").report("TEST_FAILED", { name: test.name, detail: differenceText("setAside", findings.lang, why) });
    return undefined;
  }

  private program(test: RuleTest, findings: Findings): Program | undefined {
    const id = JSON.stringify(test.params ?? {});
    let found = this.programs.get(id);
    if (!found) {
      const { program, diagnostics } = this.load(test.params ?? {});
      this.programs.set(id, (found = program ?? diagnostics));
    }
    if ("rules" in found) return found;
    // The pack itself is in order, so these are about the case's parameters.
    for (const one of found) if (one.severity === "error") findings.push({ ...one, ...test.spot.document.place(test.spot.at("params").pointer) });
    return undefined;
  }

  private engine(program: Program, test: RuleTest, findings: Findings): Engine | undefined {
    const { lang = "en", channelConfigs } = this.options;
    try {
      return createEngine(program, { lang, ...(test.context ? { context: test.context } : {}), ...(channelConfigs ? { channelConfigs } : {}) });
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      // Their pointers start at the collection, whose name stands where a file would.
      for (const one of error.diagnostics) findings.push({ ...one, ...test.spot.document.place(`${test.spot.at("context", one.file).pointer}${one.pointer}`) });
      return undefined;
    }
  }
}

/** One customer's day to its end, with limits that nobody else has touched. */
function decideAlone(engine: Engine, test: RuleTest, day: DecideOptions): CustomerResult | SetAside {
  const decided = engine.decide(test.record, day);
  if ("setAside" in decided) return decided;
  const { candidates } = decided.decisions;
  const allocation = createAllocation(engine.program.policy, test.asOf);
  for (const candidate of candidates) allocation.offer(candidate);
  return engine.finish(decided, candidates.map((candidate) => ({ candidate, decision: allocation.settle(candidate) })), day);
}

function nineOf(asOf: string, zone: string): string {
  return formatInstant(zone, instantOf(zone, parseDay(asOf) ?? 0, 9 * 60));
}

function stateOf(test: RuleTest, program: Program): CustomerState | undefined {
  if (!test.state) return undefined;
  const id = test.record[program.model.idField];
  // In a state the two are parted by a line break, which has no place in a file.
  const episodes = Object.fromEntries(Object.entries(test.state.episodes ?? {}).map(([key, day]) => [key.includes(" ") ? key.replace(" ", "\n") : `${key}\n`, day]));
  const tasks = (test.state.openTasks ?? []).map((task) => ({ ...task, expiresAt: task.expiresAt ?? null }));
  return { customerId: typeof id === "string" ? id : "", asOf: test.asOf, lastFacts: {}, keys: {}, contacts: [], ...test.state, episodes, openTasks: tasks };
}
