import { parseDay } from "../calendar/civil-date.js";
import { isZone } from "../calendar/zone-table.js";
import { DiagnosticError } from "../diagnostics/diagnostic-error.js";
import { Findings } from "../diagnostics/findings.js";
import { parseJson } from "../json/parse-json.js";
import { Spot } from "../language/spot.js";
import { FactTable } from "../lower/fact-table.js";
import { lowerJson } from "../lower/lower-condition.js";
import { openScope, type Names } from "../lower/scope.js";
import { createEnvironment, type Environment } from "../plugin/environment.js";
import type { Lang } from "../diagnostics/diagnostic.js";
import { createCompiler } from "./compiler.js";
import { createMachine } from "./machine.js";
import { TRUE, UNKNOWN } from "./value.js";

/** What a condition is asked against. */
export interface EvaluateConditionOptions {
  /** Civil date `YYYY-MM-DD` that stands for today. */
  readonly asOf: string;
  /** IANA zone in which instants become civil dates. */
  readonly zone: string;
  readonly environment?: Environment;
  readonly lang?: Lang;
}

/**
 * Answers one condition for one record without a model: `true`, `false`, or `"unknown"` where what is missing leaves
 * it open. Facts are dotted names into the record's own properties (or `fact` with a plain `path`); `null` is missing.
 *
 * @throws DiagnosticError when the condition is not valid, with all its findings
 * @example
 * ```ts
 * evaluateCondition({ all: [{ fact: "age", operator: "greaterThan", value: 60 }] }, { age: 67 }, { asOf: "2026-11-23", zone: "Asia/Shanghai" }); // true
 * ```
 */
export function evaluateCondition(condition: unknown, record: unknown, options: EvaluateConditionOptions): boolean | "unknown" {
  const findings = new Findings(options.lang ?? "en");
  const asOf = parseDay(options.asOf);
  const here = { file: "options", pointer: "", line: 0, column: 0 };
  if (asOf === undefined) findings.add("AS_OF_INVALID", { ...here, pointer: "/asOf" }, { name: String(options.asOf) });
  if (!isZone(options.zone)) findings.add("ZONE_UNKNOWN", { ...here, pointer: "/zone" }, { name: String(options.zone), field: "zone" });
  const document = parseJson("condition", toText(condition), findings);
  const facts = new FactTable();
  const environment = options.environment ?? createEnvironment([]);
  const names: Names = {
    model: undefined, parameters: new Map(), environment, calendars: new Map(), conditions: new Map(), facts,
    used: { conditions: new Set(), parameters: new Set() },
  };
  const node = document && lowerJson(document.value, new Spot(document, "", findings), openScope(names));
  if (findings.hasErrors || asOf === undefined || !node) throw new DiagnosticError(findings.sorted());
  const machine = createMachine(0, 0);
  machine.raw = record;
  machine.asOf = asOf;
  machine.zone = options.zone;
  const truth = createCompiler({ facts: [], levels: [], environment }).truth(node)(machine);
  return truth === UNKNOWN ? "unknown" : truth === TRUE;
}

/** The condition as text, so that places can be told; what JSON cannot hold shows as a finding. */
function toText(condition: unknown): string {
  try {
    // Numbers that JSON does not have would silently become null.
    return JSON.stringify(condition, (_key, value: unknown) => (typeof value === "number" && !Number.isFinite(value) ? `${value}` : typeof value === "bigint" ? `${value}` : value), 2) ?? "null";
  } catch {
    return "";
  }
}
