import type { Calendar } from "./calendar/calendar.js";
import { checkRules } from "./check/check-rules.js";
import { closest } from "./diagnostics/did-you-mean.js";
import type { Diagnostic, Lang } from "./diagnostics/diagnostic.js";
import { Findings } from "./diagnostics/findings.js";
import { engineVersion } from "./engine-version.js";
import { canonicalJson } from "./json/canonical-json.js";
import { sha256Hex } from "./json/hash.js";
import { bilingual } from "./language/bilingual.js";
import { layOverlays, type LaidParts } from "./language/lay-overlays.js";
import type { Overlay } from "./language/overlay.js";
import type { PackFiles, PackInfo } from "./language/pack.js";
import type { Parameter } from "./language/parameter.js";
import { readPack, type Piece } from "./language/read-pack.js";
import { isObject } from "./language/spot.js";
import { FactTable } from "./lower/fact-table.js";
import { lowerCalendars } from "./lower/lower-calendars.js";
import { lowerJson } from "./lower/lower-condition.js";
import { lowerPolicy } from "./lower/lower-policy.js";
import { checkCondition, lowerRule, readRule } from "./lower/lower-rule.js";
import type { RuleDefinition } from "./lower/rule-builder.js";
import { lowerTemplates } from "./lower/lower-templates.js";
import type { Program } from "./lower/program.js";
import type { RuleProgram } from "./lower/rule-program.js";
import { openScope, type Names } from "./lower/scope.js";
import { Spot } from "./language/spot.js";
import type { Catalogue } from "./model/catalogue.js";
import { readModel } from "./model/read-model.js";
import { createEnvironment, type Environment } from "./plugin/environment.js";
import { corePlugin } from "./plugin/rule-kind.js";

/** What a pack is loaded with. */
export interface LoadOptions {
  /** Plugins: kinds, operators, facts, channels. Core's own `rule` kind is there without it. */
  readonly environment?: Environment;
  readonly lang?: Lang;
  /** Parameters set from outside, by name; texts are read as the parameter's own type. */
  readonly parameters?: Readonly<Record<string, string | number | boolean | readonly (string | number)[]>>;
  /** Packs laid over this one, the one that speaks last at the end: head office's, the province's, the branch's. */
  readonly overlays?: readonly Overlay[];
}

/** A loaded pack: the program where there is no error, and everything there is to say. */
export interface LoadedPack {
  readonly program: Program | undefined;
  /** In order of file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** Golden cases, unread: of the pack, or of the last overlay where there are overlays. */
  readonly tests: readonly Piece[];
}

/**
 * Reads, checks and compiles a pack from the texts of its files. Nothing is thrown for what a pack gets wrong: all of
 * it comes back as diagnostics, at once.
 *
 * @example
 * ```ts
 * const { program, diagnostics } = loadPack({ "pack.json": text });
 * if (!program) for (const diagnostic of diagnostics) console.error(formatDiagnostic(diagnostic));
 * ```
 */
export function loadPack(files: PackFiles, options: LoadOptions = {}): LoadedPack {
  const findings = new Findings(options.lang ?? "en");
  const environment = withCore(options.environment);
  const here = { file: "pack.json", pointer: "", line: 0, column: 0 };
  const overlays = options.overlays ?? [];
  const laid = layOverlays(readPack(files, findings), overlays, findings);
  const { parts } = laid;
  if (!parts.pack) findings.add("PACK_EMPTY", here, { name: "pack" });
  if (!parts.model) findings.add("MODEL_MISSING", here, { name: "model" });
  const model = parts.model && readModel(parts.model.json, parts.model.spot);
  const parameters = readParameters(laid, options.parameters ?? {}, findings);
  const calendars = lowerCalendars(parts.calendars);
  if (!model) return { program: undefined, diagnostics: findings.sorted(), tests: parts.tests };
  const program = compile(laid, { model, parameters, calendars, environment }, findings);
  // Only a sound pack has a hash: a number such as 1e400, which was reported, cannot be hashed.
  const sound = program && !findings.hasErrors ? { ...program, hash: hashOf([files, ...overlays.map((overlay) => overlay.files)], parameters) } : undefined;
  return { program: sound, diagnostics: findings.sorted(), tests: parts.tests };
}

function withCore(environment: Environment | undefined): Environment {
  if (!environment) return createEnvironment([corePlugin]);
  if (environment.kinds.has("rule")) return environment;
  return { ...environment, kinds: new Map([...corePlugin.kinds.map((kind) => [kind.id, kind] as const), ...environment.kinds]) };
}

interface Ground {
  readonly model: Catalogue;
  readonly parameters: ReadonlyMap<string, Parameter>;
  readonly calendars: ReadonlyMap<string, Calendar>;
  readonly environment: Environment;
}

function compile({ parts, overlays, isOwn }: LaidParts, ground: Ground, findings: Findings): Omit<Program, "hash"> | undefined {
  const { model } = ground;
  const facts = new FactTable();
  const names: Names = { ...ground, conditions: parts.conditions, facts, used: { conditions: new Set(), parameters: new Set() } };
  facts.bind(names);
  const taken = (id: string): boolean => model.fields.has(id) || model.collections.has(id) || model.context.has(id) || ground.environment.facts.has(id);
  for (const definition of parts.facts) facts.add(definition, taken);
  const definitions = parts.rules.map((piece) => readRule(piece.json, piece.spot, names)).filter((one) => one !== undefined);
  declareRuleFacts(definitions, facts);
  const rules = lowerRules(definitions, names, facts);
  for (const [name, piece] of parts.conditions) {
    if (!names.used.conditions.has(name) && isOwn(piece.spot)) piece.spot.reportKey("CONDITION_UNUSED", { name });
    lowerJson(piece.json, piece.spot, { ...openScope(names), opening: [name] });
  }
  const policy = lowerPolicy(parts.policy?.json, parts.policy?.spot ?? (parts.pack as Piece).spot, names);
  const derived = facts.finish();
  const info = packInfo(parts.pack?.json);
  const spots = new Map(definitions.map((one) => [one.spot.document.file, one.spot.document] as const));
  const spotOf = (action: { readonly origin: { readonly file: string; readonly pointer: string } }): Spot | undefined => {
    const document = spots.get(action.origin.file);
    return document && new Spot(document, action.origin.pointer, findings);
  };
  const templates = lowerTemplates(parts.templates, { names, rules, facts: derived, model, locale: info.locale, spotOf, isOwn });
  checkRules(rules, policy, spotOf);
  return { pack: info, overlays, engineVersion, model, parameters: ground.parameters, facts: derived, levels: facts.levels, rules, templates, policy, calendars: ground.calendars, environment: ground.environment };
}

function declareRuleFacts(definitions: readonly RuleDefinition[], facts: FactTable): void {
  for (const { kind, rule, spot, good } of definitions) {
    if (!good) continue;
    for (const fact of kind.facts?.(rule) ?? []) facts.declare(fact.id, fact.type, fact.label, kind.id, spot.at("id"));
  }
}

function lowerRules(definitions: readonly RuleDefinition[], names: Names, facts: FactTable): readonly RuleProgram[] {
  const ids = new Set<string>();
  return definitions.flatMap((definition) => {
    const { id } = definition.rule;
    if (ids.has(id)) definition.spot.at("id").report("DUPLICATE_ID", { name: id });
    ids.add(id);
    if (definition.good) return lowerRule(definition, names, facts);
    checkCondition(definition, names);
    return [];
  });
}

function packInfo(json: unknown): PackInfo {
  const pack = isObject(json) ? json : {};
  const id = typeof pack["id"] === "string" ? pack["id"] : "";
  return { id, version: typeof pack["version"] === "string" ? pack["version"] : "", title: bilingual(pack["title"], id), locale: pack["locale"] === "en" ? "en" : "zh-CN" };
}

function readParameters({ parts, voices }: LaidParts, given: NonNullable<LoadOptions["parameters"]>, findings: Findings): ReadonlyMap<string, Parameter> {
  const out = new Map<string, Parameter>();
  for (const [name, { json, spot }] of parts.parameters) {
    if (!isObject(json) || !isParameterValue(json["value"])) continue;
    const bounds = { ...(typeof json["minimum"] === "number" ? { minimum: json["minimum"] } : {}), ...(typeof json["maximum"] === "number" ? { maximum: json["maximum"] } : {}) };
    const set = Object.hasOwn(given, name) ? given[name] : undefined;
    const value = set === undefined ? json["value"] : asTypeOf(json["value"], set);
    if (value === undefined) spot.report("TYPE_MISMATCH", { name, expected: typeof json["value"], found: String(set) });
    else if (typeof value === "number" && (value < (bounds.minimum ?? -Infinity) || value > (bounds.maximum ?? Infinity))) {
      spot.at("value").report("PARAMETER_RANGE", { name, found: value, from: bounds.minimum ?? "−∞", to: bounds.maximum ?? "∞" });
    }
    out.set(name, {
      name, value: value ?? json["value"], label: bilingual(json["label"], name), source: typeof json["source"] === "string" ? json["source"] : "", ...bounds,
      ...(typeof json["unit"] === "string" ? { unit: json["unit"] } : {}),
      ...(typeof json["owner"] === "string" ? { owner: json["owner"] } : {}),
      ...voicesOf(voices.get(name)),
    });
  }
  for (const name of Object.keys(given)) {
    if (!out.has(name)) findings.add("PARAMETER_UNKNOWN", { file: "--param", pointer: "", line: 0, column: 0 }, { name, suggestion: closest(name, out.keys()) ?? "" });
  }
  return out;
}

function voicesOf(voices: Parameter["voices"]): Pick<Parameter, "voices"> {
  return voices ? { voices } : {};
}

function isParameterValue(value: unknown): value is Parameter["value"] {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean" || (Array.isArray(value) && value.every((item) => typeof item === "string" || typeof item === "number"));
}

/** Reads a value given from outside as the type that the pack's own value has. */
function asTypeOf(own: Parameter["value"], given: string | number | boolean | readonly (string | number)[]): Parameter["value"] | undefined {
  if (typeof own === "number") {
    const number = typeof given === "number" ? given : typeof given === "string" && /^-?\d+(\.\d+)?$/.test(given.trim()) ? Number(given) : NaN;
    return Number.isFinite(number) ? number : undefined;
  }
  if (typeof own === "boolean") return given === true || given === "true" ? true : given === false || given === "false" ? false : undefined;
  if (typeof own === "string") return typeof given === "object" ? undefined : String(given);
  return typeof given === "string" ? given.split(",").map((item) => item.trim()) : Array.isArray(given) ? (given as readonly (string | number)[]) : undefined;
}

/** Hash of everything that decides what a pack does: its files and its overlays' without their tests, and the parameters in force. */
function hashOf([files, ...overlays]: readonly PackFiles[], parameters: ReadonlyMap<string, Parameter>): string {
  const values = Object.fromEntries([...parameters].map(([name, parameter]) => [name, parameter.value]));
  const texts = (of: PackFiles = {}): PackFiles => Object.fromEntries(Object.entries(of).filter(([file]) => !file.startsWith("tests/")));
  return sha256Hex(canonicalJson({ files: texts(files), parameters: values, ...(overlays.length > 0 ? { overlays: overlays.map(texts) } : {}) }));
}
