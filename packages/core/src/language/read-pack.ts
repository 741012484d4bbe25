import type { Findings } from "../diagnostics/findings.js";
import { parseJson } from "../json/parse-json.js";
import type { FactDefinition } from "../lower/fact-table.js";
import type { TemplateDefinition } from "../lower/lower-templates.js";
import { checkShape, idPattern } from "./check-shape.js";
import type { PackFiles } from "./pack.js";
import { packFileShape } from "./pack-shapes.js";
import { isObject, Spot } from "./spot.js";

/** A piece of pack JSON with its place. */
export interface Piece {
  readonly json: unknown;
  readonly spot: Spot;
}

/** The parts of a pack, gathered from its files in the order of their paths. */
export interface PackParts {
  readonly pack: Piece | undefined;
  readonly model: Piece | undefined;
  readonly policy: Piece | undefined;
  readonly parameters: ReadonlyMap<string, Piece>;
  readonly conditions: ReadonlyMap<string, Piece>;
  readonly calendars: ReadonlyMap<string, Piece>;
  readonly facts: readonly FactDefinition[];
  readonly rules: readonly Piece[];
  readonly templates: ReadonlyMap<string, TemplateDefinition>;
  readonly tests: readonly Piece[];
  /** Ids of rules that an overlay switches off. */
  readonly off: readonly Piece[];
}

type Section = "pack" | "model" | "policy";

/**
 * Reads the files of a pack. Any file may hold any part; parts that are lists or maps add up, the others may be there
 * once. All that is wrong goes into `findings`.
 */
export function readPack(files: PackFiles, findings: Findings): PackParts {
  const single = new Map<Section, Piece>();
  const maps = { parameters: new Map<string, Piece>(), conditions: new Map<string, Piece>(), calendars: new Map<string, Piece>() };
  const facts: FactDefinition[] = [];
  const rules: Piece[] = [];
  const templates = new Map<string, TemplateDefinition>();
  const tests: Piece[] = [];
  const off: Piece[] = [];
  for (const file of Object.keys(files).sort()) {
    const text = files[file];
    const document = text === undefined ? undefined : parseJson(file, text, findings);
    if (!document) continue;
    const root = new Spot(document, "", findings);
    const json = document.value;
    checkShape(packFileShape, json, root);
    if (!isObject(json)) continue;
    for (const section of ["pack", "model", "policy"] as const) {
      if (!Object.hasOwn(json, section)) continue;
      const piece = { json: json[section], spot: root.at(section) };
      if (single.has(section)) piece.spot.reportKey("DUPLICATE_ID", { name: section });
      else single.set(section, piece);
    }
    for (const section of ["parameters", "conditions", "calendars"] as const) gatherMap(json[section], root.at(section), maps[section]);
    for (const { json: fact, spot } of listOf(json["facts"], root.at("facts"))) {
      const id = readId(fact, spot);
      if (id !== undefined) facts.push({ id, json: fact as FactDefinition["json"], spot });
    }
    rules.push(...listOf(json["rules"], root.at("rules")));
    for (const { json: template, spot } of listOf(json["templates"], root.at("templates"))) {
      const id = readId(template, spot);
      if (id === undefined) continue;
      if (templates.has(id)) spot.at("id").report("DUPLICATE_ID", { name: id });
      else templates.set(id, { id, json: template as TemplateDefinition["json"], spot });
    }
    tests.push(...listOf(json["tests"], root.at("tests")));
    off.push(...listOf(json["off"], root.at("off")));
  }
  return { pack: single.get("pack"), model: single.get("model"), policy: single.get("policy"), ...maps, facts, rules, templates, tests, off };
}

function gatherMap(json: unknown, spot: Spot, into: Map<string, Piece>): void {
  if (!isObject(json)) return;
  for (const [name, value] of Object.entries(json)) {
    const at = spot.at(name);
    if (!idPattern.test(name)) at.reportKey("ID_INVALID", { name });
    if (into.has(name)) at.reportKey("DUPLICATE_ID", { name });
    else into.set(name, { json: value, spot: at });
  }
}

function listOf(json: unknown, spot: Spot): Piece[] {
  return Array.isArray(json) ? json.map((one: unknown, i) => ({ json: one, spot: spot.at(i) })) : [];
}

/** The id of a fact or template; its absence is reported by whoever checks the shape. */
function readId(json: unknown, spot: Spot): string | undefined {
  if (!isObject(json)) {
    checkShape({ type: "object", properties: {} }, json, spot);
    return undefined;
  }
  const id = json["id"];
  if (typeof id === "string") return id;
  checkShape({ type: "object", properties: { id: { type: "string", format: "id" } }, required: ["id"], additional: { type: "ref", ref: "json" } }, json, spot);
  return undefined;
}

