import { closest } from "../diagnostics/did-you-mean.js";
import type { Findings } from "../diagnostics/findings.js";
import { bilingual } from "./bilingual.js";
import { overlayFiles, type Overlay, type OverlayInfo, type ParameterVoice } from "./overlay.js";
import { readPack, type PackParts, type Piece } from "./read-pack.js";
import { isObject, shown } from "./spot.js";

/** A pack's parts with overlays laid over them. */
export interface LaidParts {
  readonly parts: PackParts;
  readonly overlays: readonly OverlayInfo[];
  /** What packs said of each parameter that an overlay set, outermost first. */
  readonly voices: ReadonlyMap<string, readonly ParameterVoice[]>;
  /** Whether a part is of the pack that is checked: with overlays, those are; what they leave unused below is no fault. */
  readonly isOwn: (spot: Piece["spot"]) => boolean;
}

type ParameterValue = ParameterVoice["value"];
type Laid = { -readonly [K in keyof PackParts]: PackParts[K] };

/** Keys that an overlay may set of a parameter it did not bring: the range stays with whoever did. */
const settable = ["value", "source", "owner", "note"];

/**
 * Lays overlays over the parts of a pack, in their order: a later one speaks last. An overlay adds rules, facts,
 * conditions, templates and calendars, switches rules off (`off`), and sets parameters; nothing else of the pack
 * changes. Two overlays of the same unit that set one parameter differently are at odds: OVERLAY_CONFLICT.
 */
export function layOverlays(base: PackParts, overlays: readonly Overlay[], findings: Findings): LaidParts {
  for (const piece of base.off) piece.spot.report("OVERLAY_ONLY", { name: "off" });
  if (overlays.length === 0) return { parts: base, overlays: [], voices: new Map(), isOwn: () => true };
  const parameters = new Map(base.parameters);
  const laid: Laid = { ...base, parameters };
  const layer = new Layer(laid, parameters, identityOf(base.pack));
  for (const overlay of overlays) layer.add(readPack(overlayFiles(overlay), findings), overlay.name, findings);
  return { parts: laid, overlays: layer.overlays, voices: layer.voices, isOwn: (spot) => overlays.some(({ name }) => spot.document.file.startsWith(`${name}/`)) };
}

type Identity = Omit<OverlayInfo, "off">;

class Layer {
  readonly overlays: OverlayInfo[] = [];
  readonly voices = new Map<string, ParameterVoice[]>();
  /** Where each parameter was set, by unit and name. */
  readonly #setAt = new Map<string, { readonly value: ParameterValue; readonly name: string }>();

  constructor(
    readonly laid: Laid,
    readonly parameters: Map<string, Piece>,
    readonly base: Identity,
  ) {}

  add(over: PackParts, name: string, findings: Findings): void {
    const info = identityOf(over.pack);
    if (!over.pack) findings.add("PACK_EMPTY", { file: `${name}/pack.json`, pointer: "", line: 0, column: 0 }, { name: "pack" });
    const extended = isObject(over.pack?.json) ? over.pack.json["extends"] : undefined;
    if (over.pack && extended !== this.base.id) over.pack.spot.report("OVERLAY_EXTENDS", { name: info.id, expected: this.base.id, ...(typeof extended === "string" ? { found: extended } : {}) });
    for (const section of ["model", "policy"] as const) over[section]?.spot.reportKey("OVERLAY_PART", { name: section });
    const off = this.#switchOff(over.off);
    this.#addParts(over);
    for (const [id, piece] of over.parameters) this.#setParameter(id, piece, info, name);
    this.overlays.push({ ...info, off });
  }

  #switchOff(off: readonly Piece[]): readonly string[] {
    const ids = new Set(this.laid.rules.map(ruleId));
    const gone = new Set<string>();
    for (const { json, spot } of off) {
      if (typeof json !== "string") continue;
      if (ids.has(json)) gone.add(json);
      else spot.report("RULE_UNKNOWN", { name: json, suggestion: closest(json, [...ids].filter((id) => id !== undefined)) ?? "" });
    }
    this.laid.rules = this.laid.rules.filter((piece) => !gone.has(ruleId(piece) ?? ""));
    return [...gone].sort();
  }

  #addParts(over: PackParts): void {
    this.laid.rules = [...this.laid.rules, ...over.rules];
    this.laid.facts = [...this.laid.facts, ...over.facts];
    this.laid.tests = over.tests;
    for (const section of ["conditions", "calendars"] as const) this.laid[section] = united(this.laid[section], over[section]);
    this.laid.templates = united(this.laid.templates, over.templates);
  }

  #setParameter(id: string, piece: Piece, info: Identity, name: string): void {
    const { spot, json } = piece;
    if (!isObject(json)) return;
    const own = this.parameters.get(id);
    const value = json["value"] as ParameterValue;
    if (!own || !isObject(own.json)) {
      // A value alone is meant for a parameter that is there; a new one has at least a name for people.
      if (Object.hasOwn(json, "label")) this.parameters.set(id, piece);
      else spot.reportKey("PARAMETER_UNKNOWN", { name: id, suggestion: closest(id, this.parameters.keys()) ?? "" });
      return;
    }
    for (const key of Object.keys(json)) if (!settable.includes(key)) spot.at(key).reportKey("UNKNOWN_KEY", { name: key, allowed: settable.join(", ") });
    if (typeof own.json["value"] !== typeof value) spot.at("value").report("TYPE_MISMATCH", { name: id, expected: typeof own.json["value"], found: shown(value) });
    const place = `${info.unit ?? ""} ${id}`;
    const before = this.#setAt.get(place);
    if (before && shown(before.value) !== shown(value)) spot.reportKey("OVERLAY_CONFLICT", { name: id, found: shown(value), other: before.name, expected: shown(before.value) });
    else this.#setAt.set(place, { value, name });
    const voices = this.voices.get(id) ?? [voiceOf(this.base, own.json["value"] as ParameterValue)];
    this.voices.set(id, [...voices, voiceOf(info, value)]);
    this.parameters.set(id, { json: { ...own.json, ...json }, spot });
  }
}

function voiceOf({ id, title, unit }: Identity, value: ParameterValue): ParameterVoice {
  return { pack: id, title, ...(unit === undefined ? {} : { unit }), value };
}

function united<T extends { readonly spot: Piece["spot"] }>(own: ReadonlyMap<string, T>, added: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  if (added.size === 0) return own;
  const out = new Map(own);
  for (const [id, piece] of added) {
    if (out.has(id)) piece.spot.reportKey("DUPLICATE_ID", { name: id });
    else out.set(id, piece);
  }
  return out;
}

function ruleId({ json }: Piece): string | undefined {
  return isObject(json) && typeof json["id"] === "string" ? json["id"] : undefined;
}

function identityOf(pack: Piece | undefined): Identity {
  const json = isObject(pack?.json) ? pack.json : {};
  const id = typeof json["id"] === "string" ? json["id"] : "";
  return { id, version: typeof json["version"] === "string" ? json["version"] : "", title: bilingual(json["title"], id), ...(typeof json["unit"] === "string" ? { unit: json["unit"] } : {}) };
}
