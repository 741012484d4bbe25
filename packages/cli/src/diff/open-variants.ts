import { createEngine, type Catalogue, type Collection, type Engine, type Program } from "@evertend/core";
import type { WarehouseSource } from "@evertend/warehouse";
import { pathOf, type CliIo } from "../cli-io.js";
import { fail } from "../fail.js";
import { stateLocation } from "../wiring/open-state.js";
import { loadPackFiles, type LoadedFolder } from "../wiring/load-pack-folder.js";
import { openCustomers } from "../wiring/open-customers.js";
import { parameterNames, parseParams } from "../wiring/parse-params.js";
import { openEnvironment } from "../wiring/project-environment.js";
import { readProject } from "../wiring/project.js";
import { readPackFolder } from "../wiring/read-pack-folder.js";
import { commandFault, reportDiagnostics } from "../wiring/report-diagnostics.js";
import { requireAsOf, runDay, type RunDay } from "../wiring/run-day.js";
import type { DiffOptions } from "./diff-options.js";
import { sha256 } from "../wiring/sha256.js";

/** One pack of a comparison. */
export interface OpenedVariant {
  readonly program: Program;
  readonly engine: Engine;
}

/** Two packs over the same customers. Close it when done. */
export interface OpenedVariants extends RunDay {
  readonly before: OpenedVariant;
  readonly after: OpenedVariant;
  readonly source: WarehouseSource;
  /** Both sides are the same files under different parameters. */
  readonly samePack: boolean;
  /** Folder of the run state. */
  readonly state: string | undefined;
  /** What was changed: parameters as given, for headings. */
  readonly changes: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens both sides of a comparison: `pack` as it is, and `other` (or the same pack) with the parameters given. Errors in
 * either pack are printed and end the command with 1.
 *
 * @throws DiagnosticError for whatever else is wrong; USAGE where nothing is changed
 */
export async function openVariants(io: CliIo, pack: string | undefined, other: string | undefined, options: DiffOptions): Promise<OpenedVariants> {
  requireAsOf(io, options.asOf);
  const params = parseParams(io, options.param ?? []);
  const contextFiles = parseParams(io, options.context ?? [], "--context");
  const project = await readProject(io, options.config);
  const own = pack === undefined ? project : undefined;
  const [dir, file] = [pack ?? own?.pack, options.source ?? own?.source];
  if (dir === undefined) throw commandFault(io, "USAGE", { detail: "<pack>" });
  if (file === undefined) throw commandFault(io, "USAGE", { detail: "--source <file>" });
  const { environment, channelConfigs } = await openEnvironment(io, project);
  const beforeFiles = await readPackFolder(pathOf(io, dir), { lang: io.lang });
  const afterFiles = other === undefined ? beforeFiles : await readPackFolder(pathOf(io, other), { lang: io.lang });
  const packParameters = parameterNames(afterFiles);
  const ofPack = Object.fromEntries(Object.entries(params).filter(([name]) => packParameters.has(name)));
  const changes = Object.entries(ofPack).map(([name, value]) => `${name}=${value}`);
  const before = loadPackFiles(dir, beforeFiles, { lang: io.lang, environment });
  const after = loadPackFiles(other ?? dir, afterFiles, { lang: io.lang, environment, params: ofPack });
  const programs = requirePrograms(io, before, after);
  const model = bothModels(io, programs.before.model, programs.after.model);
  const day = runDay(io, programs.before.model.zone, options.asOf, options.at);
  const source = await openCustomers(io, { ...programs.after, model }, { file, params, packParameters, asOf: options.asOf, context: { ...own?.context, ...contextFiles } });
  try {
    // Names that nothing knows have been refused by now, so this is no misspelt one.
    if (other === undefined && changes.length === 0) throw commandFault(io, "USAGE", { detail: "<other pack> | --param name=value" });
    const context = await source.context();
    const open = (program: Program): OpenedVariant => ({ program, engine: createEngine(program, { context, channelConfigs, lang: io.lang, sha256 }) });
    // Never the state of evertend.json: what a run has planned already would hide what an edit changes.
    const state = options.state === undefined ? undefined : stateLocation(io, options.state);
    return { ...day, before: open(programs.before), after: open(programs.after), source, samePack: other === undefined, state, changes, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function requirePrograms(io: CliIo, before: LoadedFolder, after: LoadedFolder): { readonly before: Program; readonly after: Program } {
  const [one, two] = [before.loaded.program, after.loaded.program];
  if (one && two) return { before: one, after: two };
  const inFolder = ({ dir, loaded }: LoadedFolder) => loaded.diagnostics.filter((found) => found.severity === "error").map((found) => ({ ...found, file: found.file.startsWith("--") ? found.file : `${dir}/${found.file}` }));
  const sources = Object.fromEntries([before, after].flatMap(({ dir, files }) => Object.entries(files).map(([name, text]) => [`${dir}/${name}`, text] as const)));
  reportDiagnostics(io, [...(one ? [] : inFolder(before)), ...(two ? [] : inFolder(after))], sources);
  return fail(1);
}

/** All that either model reads, so that one source serves both. */
function bothModels(io: CliIo, before: Catalogue, after: Catalogue): Catalogue {
  if (before.idField !== after.idField) throw commandFault(io, "USAGE", { detail: `entity.id: ${before.idField} ≠ ${after.idField}` });
  return { ...after, fields: new Map([...before.fields, ...after.fields]), collections: bothCollections(before.collections, after.collections), context: bothCollections(before.context, after.context) };
}

function bothCollections(before: ReadonlyMap<string, Collection>, after: ReadonlyMap<string, Collection>): ReadonlyMap<string, Collection> {
  const both = new Map(before);
  for (const [name, collection] of after) both.set(name, { ...collection, fields: new Map([...(before.get(name)?.fields ?? []), ...collection.fields]) });
  return both;
}
