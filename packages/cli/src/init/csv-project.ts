import { createEngine, DiagnosticError, formatDay, loadPack, type Environment, type Program } from "@evertend/core";
import { readCsvSample } from "@evertend/warehouse";
import { pathOf, say, type CliIo } from "../cli-io.js";
import { openCustomers } from "../wiring/open-customers.js";
import { commandFault } from "../wiring/report-diagnostics.js";
import { ignoreFile, packFile, packOf, type ProjectFiles } from "./project-files.js";
import { projectReadme } from "./project-readme.js";
import { proposeModel, type ProposedModel } from "./propose-model.js";
import { proposeRules, type ProposedRule } from "./propose-rules.js";

/** Rows that a proposal looks at. */
const mostRows = 10_000;
/** Rules that are proposed. */
const wanted = 3;
/** Candidates that are tried on the file. */
const mostTried = 24;

/** What a project is proposed from. */
export interface CsvProjectRequest {
  /** Path as the user gave it. */
  readonly file: string;
  /** Path from the project's folder. */
  readonly source: string;
  /** Day number. */
  readonly asOf: number;
  readonly zone: string;
  readonly currency: string;
  readonly environment: Environment;
}

/** A project made from a file, and what its rules find in it. */
export interface CsvProject {
  readonly files: ProjectFiles;
  readonly model: ProposedModel;
  /** Each proposed rule with the customers it fires for. */
  readonly rules: readonly { readonly rule: ProposedRule; readonly matches: number }[];
  readonly customers: number;
  readonly setAside: number;
}

/**
 * Proposes a model and three rules for a CSV file. Every rule has been evaluated on all of the file and fires there.
 *
 * @throws DiagnosticError what reading the file throws; ID_MISSING where no column can identify a customer
 */
export async function csvProject(io: CliIo, request: CsvProjectRequest): Promise<CsvProject> {
  const sample = await readCsvSample(pathOf(io, request.file), { most: mostRows, lang: io.lang });
  if (sample.rows.length === 0) throw commandFault(io, "SOURCE_INVALID", { name: request.file, detail: say(io, { "zh-CN": "没有数据行", en: "it has no rows" }) }, { file: request.file });
  const model = proposeModel(sample, request);
  if (!model) throw commandFault(io, "ID_MISSING", {}, { file: request.file });
  const candidates = proposeRules(model, request.asOf);
  // The last three fire for everybody, so that there are always three.
  const tried = [...candidates.slice(0, Math.min(mostTried, candidates.length - wanted)), ...candidates.slice(-wanted)];
  const program = programOf(filesOf(model, tried, request), request);
  const { matches, customers, setAside } = await countMatches(io, program, request);
  if (customers === 0) throw commandFault(io, "SOURCE_INVALID", { name: request.file, detail: say(io, { "zh-CN": "没有可用的记录", en: "none of its records is usable" }) }, { file: request.file });
  const rules = tried.map((rule) => ({ rule, matches: matches.get(rule.id) ?? 0 })).filter((one) => one.matches > 0).slice(0, wanted);
  const files = filesOf(model, rules.map((one) => one.rule), request);
  programOf(files, request);
  return { files, model, rules, customers, setAside };
}

function programOf(files: ProjectFiles, { environment }: CsvProjectRequest): Program {
  const { program, diagnostics } = loadPack(packOf(files), { environment });
  // What was proposed must be in order: anything else is a fault of the proposal, not of the user.
  if (!program) throw new DiagnosticError(diagnostics);
  return program;
}

async function countMatches(io: CliIo, program: Program, request: CsvProjectRequest): Promise<{ readonly matches: ReadonlyMap<string, number>; readonly customers: number; readonly setAside: number }> {
  const asOf = formatDay(request.asOf);
  const source = await openCustomers(io, program, { file: request.file, params: {}, packParameters: new Set(), asOf, context: {} });
  try {
    const engine = createEngine(program, { lang: io.lang });
    const matches = new Map<string, number>();
    const counts = { customers: 0, setAside: 0 };
    for await (const { json, row } of source.records()) {
      const answer = engine.evaluate(json, { asOf, place: { file: request.file, row } });
      if ("setAside" in answer) {
        counts.setAside++;
        continue;
      }
      counts.customers++;
      for (const { ruleId } of answer.matches) matches.set(ruleId, (matches.get(ruleId) ?? 0) + 1);
    }
    return { matches, ...counts };
  } finally {
    await source.close();
  }
}

function filesOf(model: ProposedModel, rules: readonly ProposedRule[], request: CsvProjectRequest): ProjectFiles {
  const asOf = formatDay(request.asOf);
  const parameters = Object.assign({}, ...rules.map((rule) => rule.parameters)) as Readonly<Record<string, { readonly value: unknown }>>;
  const [first] = Object.entries(parameters);
  const withId = (example: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({ ...nested(model.idField, "T1"), ...merged(example, nested(model.idField, "T1")) });
  const tests = rules.flatMap(({ id, example }) => [
    { name: `${id}: fires`, asOf, record: withId(example.fires), expect: { matches: [{ rule: id }] } },
    ...(example.still ? [{ name: `${id}: keeps still`, asOf, record: withId(example.still), expect: { none: [id] } }] : []),
  ]);
  const titles = rules.map(({ id, rule }) => ({ id, ...(rule["title"] as { readonly "zh-CN": string; readonly en: string }) }));
  return {
    ".gitignore": ignoreFile,
    "README.md": projectReadme({ asOf, source: request.source, change: first && typeof first[1].value === "number" ? `${first[0]}=${Math.max(1, Math.round(first[1].value / 2))}` : undefined, rules: titles }),
    "evertend.json": `${JSON.stringify({ pack: "pack", source: request.source, state: "state" }, undefined, 2)}\n`,
    "pack/model.json": packFile({ model: model.json }),
    "pack/pack.json": packFile({ pack: { id: "customers", version: "0.1.0", title: { "zh-CN": "客户规则包", en: "Customer pack" }, locale: "zh-CN" } }),
    ...(first ? { "pack/parameters.json": packFile({ parameters }) } : {}),
    "pack/policy.json": packFile({ policy: { jurisdiction: "cn", consent: { greeting: { rule: "opt-out" }, marketing: { rule: "required" }, service: { rule: "none" }, mandatory: { rule: "none" } }, slotsPerDay: { rm: 8 } } }),
    "pack/rules.json": packFile({ rules: rules.map((one) => one.rule) }),
    "pack/templates.json": packFile({ templates: rules.map((one) => one.template) }),
    "pack/tests/rules.json": packFile({ tests }),
  };
}

function nested(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return name.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), value) as Readonly<Record<string, unknown>>;
}

/** An example beside an id that may lie in the same object. */
function merged(example: Readonly<Record<string, unknown>>, id: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(example).map(([key, value]) => {
    const other = id[key];
    const both = typeof value === "object" && value !== null && typeof other === "object" && other !== null;
    return [key, both ? { ...other, ...value } : value];
  }));
}
