import { closest } from "./diagnostics/did-you-mean.js";
import type { Diagnostic } from "./diagnostics/diagnostic.js";
import { Findings } from "./diagnostics/findings.js";
import { createEngine, runRecords, type Engine, type EngineOptions } from "./engine.js";
import { canonicalJson } from "./json/canonical-json.js";
import { sha256Hex } from "./json/hash.js";
import { readRecord } from "./json/read-record.js";
import { overlayFiles, type Overlay } from "./language/overlay.js";
import type { PackFiles } from "./language/pack.js";
import { readPack } from "./language/read-pack.js";
import { isObject, Spot } from "./language/spot.js";
import { loadPack, type LoadedPack, type LoadOptions } from "./load-pack.js";
import type { Program } from "./lower/program.js";
import { ownValue } from "./normalise/own-value.js";

/** What an engine with overlays of units is made from. */
export type UnitEngineOptions = LoadOptions & EngineOptions & {
  /** The pack alone, where it was loaded with the same options before: it is not loaded again for nothing. */
  readonly loaded?: LoadedPack;
};

/** An engine that decides each customer by the overlays of the customer's unit. */
export interface UnitEngine {
  /** Absent where something is wrong. */
  readonly engine?: Engine;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Builds an engine from a pack and overlays of which some hold for one organisation unit and those below it only. A
 * customer's unit is the field with the role `unit`; the units' tree is the context collection that the model names
 * (`"units": {"in": "units", "parent": "parentId"}`). Overlays of a unit speak after those of the unit above it; where
 * the model names no tree, each unit stands alone.
 *
 * Every unit that has an overlay is compiled at once, so that all that is wrong is told before the first record. The
 * engine's own `program` holds what all units have together, for lists and reports; customers are decided by the
 * programs of their units (`Engine.of`).
 *
 * @throws DiagnosticError when a context collection is not as the model says
 * @example
 * ```ts
 * const { engine, diagnostics } = createUnitEngine(files, { environment, overlays, context: { units } });
 * ```
 */
export function createUnitEngine(files: PackFiles, options: UnitEngineOptions): UnitEngine {
  const findings = new Findings(options.lang ?? "en");
  const placed = (options.overlays ?? []).map((overlay) => ({ overlay, unit: unitOf(overlay, findings) }));
  const everywhere = placed.filter(({ unit }) => unit === undefined).map(({ overlay }) => overlay);
  const base = (everywhere.length === 0 ? options.loaded : undefined) ?? loadPack(files, { ...options, overlays: everywhere });
  for (const diagnostic of base.diagnostics) findings.push(diagnostic);
  if (!base.program) return { diagnostics: findings.sorted() };
  const baseEngine = createEngine(base.program, options);
  const own = placed.flatMap(({ overlay, unit }) => (unit === undefined ? [] : [{ overlay, unit: unit.id, spot: unit.spot }]));
  if (own.length === 0) return { engine: baseEngine, diagnostics: findings.sorted() };
  const unitPath = base.program.model.roles.get("unit")?.split(".");
  if (!unitPath) for (const { spot } of own) spot.report("OVERLAY_UNIT", { name: "unit" });
  const tree = new UnitChains(baseEngine, findings);
  const engines = new Map<string, Engine>();
  for (const { unit, spot } of own) {
    tree.check(unit, spot);
    if (engines.has(unit)) continue;
    const chain = tree.above(unit);
    const laid = loadPack(files, { ...options, overlays: [...everywhere, ...chain.flatMap((id) => own.filter((one) => one.unit === id).map(({ overlay }) => overlay))] });
    for (const diagnostic of laid.diagnostics) findings.push(diagnostic);
    if (laid.program) engines.set(unit, createEngine(laid.program, options));
  }
  if (findings.hasErrors || !unitPath) return { diagnostics: findings.sorted() };
  return { engine: joinEngines(baseEngine, engines, tree, unitPath), diagnostics: findings.sorted() };
}

function joinEngines(base: Engine, engines: ReadonlyMap<string, Engine>, tree: UnitChains, unitPath: readonly string[]): Engine {
  const known = new Map<string, Engine>();
  const byProgram = new Map([base, ...engines.values()].map((one) => [one.program, one] as const));
  const ofUnit = (unit: string): Engine => {
    const nearest = [...tree.above(unit)].reverse().map((id) => engines.get(id)).find((one) => one !== undefined) ?? base;
    known.set(unit, nearest);
    return nearest;
  };
  const ofJson = (json: unknown): Engine => {
    const unit = ownValue(json, unitPath);
    return typeof unit === "string" ? (known.get(unit) ?? ofUnit(unit)) : base;
  };
  const program = together(base.program, [...engines.values()].map((one) => one.program));
  const open = (record: unknown): { readonly engine: Engine; readonly json: unknown } => {
    const parsed = readRecord(record);
    // What cannot be read is refused the same by every engine.
    return "code" in parsed ? { engine: base, json: record } : { engine: ofJson(parsed.value), json: parsed.value };
  };
  const joined: Engine = {
    program,
    context: base.context,
    of: (record) => open(record).engine,
    evaluate(record, day) {
      const { engine, json } = open(record);
      return engine.evaluate(json, day);
    },
    decide(record, day) {
      const { engine, json } = open(record);
      return engine.decide(json, day);
    },
    finish: (decided, settled, day) => (byProgram.get(decided.program) ?? base).finish(decided, settled, day),
    run: (records, day) => runRecords(joined, records, day),
  };
  return joined;
}

/** What all programs hold together: rules, templates and overlays of each, named once. */
function together(base: Program, others: readonly Program[]): Program {
  const rules = new Map([base, ...others].flatMap((program) => program.rules.map((rule) => [rule.id, rule] as const)).reverse());
  const templates = new Map([...others].reverse().concat(base).flatMap((program) => [...program.templates]));
  const overlays = new Map(others.flatMap((program) => program.overlays.map((overlay) => [overlay.id, overlay] as const)));
  return {
    ...base,
    rules: [...rules.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    templates,
    overlays: [...overlays.values()],
    units: others,
    hash: sha256Hex(canonicalJson([base.hash, ...others.map(({ hash }) => hash).sort()])),
  };
}

/** The units above each unit, from the context. */
class UnitChains {
  readonly #parents = new Map<string, string | undefined>();
  readonly #known: boolean;

  constructor({ program, context }: Engine, findings: Findings) {
    const { units } = program.model;
    const items = units ? context[units.collection.slot] : undefined;
    this.#known = units !== undefined && items !== undefined;
    if (!units || !items) return;
    const idSlot = units.collection.fields.get(units.collection.idField)?.slot ?? -1;
    for (const item of items) {
      const parent = item[units.parent.slot];
      this.#parents.set(String(item[idSlot]), typeof parent === "string" ? parent : undefined);
    }
    for (const id of this.#parents.keys()) if (this.#circle(id)) findings.add("UNIT_CIRCLE", { file: units.collection.name, pointer: "", line: 0, column: 0 }, { name: id });
  }

  /** A unit that the tree does not have is most likely mistyped. */
  check(unit: string, spot: Spot): void {
    if (this.#known && !this.#parents.has(unit)) spot.report("UNIT_UNKNOWN", { name: unit, suggestion: closest(unit, this.#parents.keys()) ?? "" });
  }

  /** A unit with all above it, the topmost first. */
  above(unit: string): readonly string[] {
    const chain: string[] = [];
    for (let id: string | undefined = unit; id !== undefined && !chain.includes(id); id = this.#parents.get(id)) chain.unshift(id);
    return chain;
  }

  #circle(unit: string): boolean {
    const top = this.above(unit)[0];
    return top !== undefined && this.#parents.get(top) !== undefined;
  }
}

/** The unit that an overlay holds for, with its place. What is wrong with its files is told when it is laid. */
function unitOf(overlay: Overlay, findings: Findings): { readonly id: string; readonly spot: Spot } | undefined {
  const { pack } = readPack(overlayFiles(overlay), new Findings());
  const id = isObject(pack?.json) ? pack.json["unit"] : undefined;
  return pack && typeof id === "string" ? { id, spot: new Spot(pack.spot.document, pack.spot.pointer, findings).at("unit") } : undefined;
}
