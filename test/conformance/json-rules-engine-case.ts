import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fromJsonRulesEngine, type ImportedRules } from "@evertend/json-rules-engine";
import type { ConformanceCase, ExpectedUnknown } from "./conformance-case.js";

type Json = Readonly<Record<string, unknown>>;

/**
 * What json-rules-engine's own public test suite asks of conditions, facts and rules, in our words: rules and facts in,
 * names of the rules that fire out. Where the answer here is another on purpose, the case names the row of
 * docs/differences-from-json-rules-engine.md.
 */
export interface JsonRulesEngineCase {
  readonly name: string;
  readonly title: string;
  readonly rules: readonly Json[];
  readonly conditions: Readonly<Record<string, Json>>;
  /** Options of the engine there. */
  readonly options: Json;
  readonly facts: Json;
  /** Names of the rules that fire there, sorted; a text = the run or the engine throws (the part after "throws" is said). */
  readonly there: readonly string[] | string;
  /** The same here; as there where the case says nothing. `set aside` = the record is not as the model says. */
  readonly here: readonly string[] | "set aside";
  /** Rules that stay open here. */
  readonly open: readonly Omit<ExpectedUnknown, "subject">[];
  /** Codes of rules that are left out. */
  readonly refused: readonly string[];
  /** Other codes of the report, each once, without those that stand beside every rule or number. */
  readonly report: readonly string[];
  readonly differs: string | undefined;
}

const folder = fileURLToPath(new URL("json-rules-engine/", import.meta.url));
const keys = ["title", "rules", "conditions", "options", "facts", "there", "here", "open", "refused", "report", "differs"];

/** Day of all cases; none of them knows time. */
const asOf = "2026-11-23";

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(`${folder}${file}`, "utf8"));
}

const tables = readdirSync(folder).filter((file) => file !== "left-out.json").sort().map((file) => ({ topic: file.slice(0, -5), ...(readJson(file) as { readonly from: readonly string[]; readonly cases: readonly Json[] }) }));

/** Files of their suite that cases were made from. */
export const usedFiles: readonly string[] = [...new Set(tables.flatMap(({ from }) => from))].sort();

/** Files of their suite that ask nothing of rules and facts, and why. */
export const leftOutFiles = readJson("left-out.json") as Readonly<Record<string, string>>;

export const jsonRulesEngineCases: readonly JsonRulesEngineCase[] = tables.flatMap(({ topic, cases }) => cases.map((json, i) => {
  const name = `json-rules-engine/${topic}-${i + 1}`;
  for (const key of Object.keys(json)) if (!keys.includes(key)) throw new Error(`${name}: nobody reads the key "${key}"`);
  for (const key of ["title", "rules", "facts", "there"]) if (!(key in json)) throw new Error(`${name}: the key "${key}" is missing`);
  const more = { conditions: {}, options: {}, open: [], refused: [], report: [], differs: undefined, here: json["there"], ...json } as unknown as JsonRulesEngineCase;
  return { ...more, name, rules: more.rules.map((rule) => ({ event: { type: rule["name"] }, ...rule })) };
}));

/** The rules of a case as a pack. */
export function importCase({ rules, conditions }: JsonRulesEngineCase): ImportedRules {
  return fromJsonRulesEngine(rules, { conditions });
}

/** The cases as cases of the corpus, so that every back-end runs them. Those that leave no rule, or no record, are not among them. */
export function asCorpusCases(): readonly ConformanceCase[] {
  return jsonRulesEngineCases.flatMap((one) => {
    const { here } = one;
    if (typeof here === "string" || one.refused.length === one.rules.length) return [];
    const matches = here.map((rule) => ({ rule, subject: "", occurrence: asOf, until: null }));
    return [{ name: one.name, title: `from json-rules-engine: ${one.title}`, files: importCase(one).files, record: recordOf(one), state: undefined, context: undefined, asOf, expect: { matches, unknowns: one.open.map((open) => ({ ...open, subject: "" })) } }];
  });
}

export function recordOf({ facts }: JsonRulesEngineCase): Json {
  return { customerId: "1", ...facts };
}
