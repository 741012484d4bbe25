import { closest, explain, outlineRules, rulesNamed, type DecideOptions } from "@evertend/core";
import { printLine, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { openRun, type OpenedRun } from "../wiring/open-run.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";
import type { ExplainCommandOptions } from "./explain-options.js";
import { explanationLines } from "./explanation-lines.js";
import { findCustomer } from "./find-customer.js";
import { outlineLines } from "./outline-lines.js";

/**
 * Explains a rule, or every rule in a line, for one customer of a source.
 *
 * @throws DiagnosticError USAGE, RULE_UNKNOWN, CUSTOMER_UNKNOWN, and whatever keeps pack or source from being opened
 */
export async function explainCustomer(io: CliIo, options: ExplainCommandOptions): Promise<void> {
  const { customer, asOf } = options;
  if (customer === undefined) throw commandFault(io, "USAGE", { detail: "--customer <id> | --key <key>" });
  if (asOf === undefined) throw commandFault(io, "USAGE", { detail: "--as-of <date>" });
  if (options.subject !== undefined && options.rule === undefined) throw commandFault(io, "USAGE", { detail: "--subject: --rule <id>" });
  const run = await openRun(io, { pack: options.pack, source: options.source, overlay: options.overlay, params: options.param, asOf, at: options.at, context: options.context, config: options.config });
  try {
    const stateDir = options.state ?? (options.pack === undefined ? run.project.state : undefined);
    const found = await findCustomer(io, run.source, customer, stateDir, run.asOf);
    const day: DecideOptions = { asOf: run.asOf, at: run.at, state: found.state, place: { file: run.source.name, row: found.row } };
    const rules = options.rule === undefined ? [] : requireRules(io, run, found.record, options.rule);
    if (options.rule === undefined) printOutline(io, run, found.record, day);
    else printExplanations(io, run, found.record, day, rules, options.subject);
  } finally {
    await run.close();
  }
}

/** Ids of the plain rules that a name stands for. @throws DiagnosticError RULE_UNKNOWN, RULE_NOT_IN_UNIT */
function requireRules(io: CliIo, { program, engine }: OpenedRun, record: unknown, id: string): readonly string[] {
  const own = engine.of(record).program;
  const rules = rulesNamed(own, id).map((rule) => rule.id);
  if (rules.length > 0) return rules;
  if (rulesNamed(program, id).length > 0) {
    const off = own.overlays.find((overlay) => overlay.off.includes(id));
    throw commandFault(io, "RULE_NOT_IN_UNIT", { name: id, ...(off ? { other: off.id } : {}) });
  }
  const known = program.rules.map((rule) => rule.id).sort();
  const suggestion = closest(id, [...known, ...new Set(known.map((name) => name.replace(/\/.*$/, "")))]);
  throw commandFault(io, "RULE_UNKNOWN", { name: id, ...(suggestion === undefined ? { allowed: known.join(", ") } : { suggestion }) });
}

function printExplanations(io: CliIo, run: OpenedRun, record: unknown, day: DecideOptions, rules: readonly string[], subject: string | undefined): void {
  const explanations = rules.map((ruleId) => {
    const answer = explain(run.engine, record, { ...day, ruleId, subject });
    if ("setAside" in answer) {
      reportDiagnostics(io, answer.setAside);
      return fail(1);
    }
    return answer;
  });
  if (io.format === "json") {
    printLine(io.stdout, JSON.stringify(explanations.length === 1 ? explanations[0] : explanations, undefined, 2));
    return;
  }
  explanations.forEach((explanation, i) => {
    if (i > 0) printLine(io.stdout);
    for (const line of explanationLines(io, explanation)) printLine(io.stdout, line);
  });
}

function printOutline(io: CliIo, run: OpenedRun, record: unknown, day: DecideOptions): void {
  const outline = outlineRules(run.engine, record, day);
  if ("setAside" in outline) {
    reportDiagnostics(io, outline.setAside);
    return fail(1);
  }
  if (io.format === "json") printLine(io.stdout, JSON.stringify({ customerId: outline.customerId, asOf: day.asOf, at: day.at, rules: outline.rules }, undefined, 2));
  else for (const line of outlineLines(io, outline.customerId, day.asOf, outline.rules)) printLine(io.stdout, line);
}
