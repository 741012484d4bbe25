import { createUnitEngine, formatDiagnostics, type Engine, type PackFiles, type Program, type UnitEngine } from "@evertend/core";
import type { WarehouseSource } from "@evertend/warehouse";
import { pathOf, printLine, type CliIo } from "../cli-io.js";
import type { EngineSetup } from "./engine-setup.js";
import { loadPackFiles, requireProgram, type LoadedFolder } from "./load-pack-folder.js";
import { openCustomers } from "./open-customers.js";
import { parameterNames, parseParams } from "./parse-params.js";
import { openEnvironment, type ProjectEnvironment } from "./project-environment.js";
import { readProject, type Project } from "./project.js";
import { readPackFolder } from "./read-pack-folder.js";
import { allFiles, readOverlays } from "./read-overlays.js";
import { commandFault, reportDiagnostics } from "./report-diagnostics.js";
import { fail } from "../fail.js";
import { takePopulations } from "./take-populations.js";
import { requireAsOf, runDay, type RunDay } from "./run-day.js";
import { sha256 } from "./sha256.js";

/** What the options of a command that reads customers say. */
export interface RunRequest {
  /** Folder of the pack; absent = as `evertend.json` says. */
  readonly pack?: string | undefined;
  readonly source?: string | undefined;
  /** Folders of overlays; absent = as `evertend.json` says. */
  readonly overlay?: readonly string[] | undefined;
  /** `name=value`, as given. */
  readonly params?: readonly string[] | undefined;
  readonly asOf: string;
  readonly at?: string | undefined;
  /** `name=file`, as given. */
  readonly context?: readonly string[] | undefined;
  /** Another file than `evertend.json`. */
  readonly config?: string | undefined;
}

/** A pack and its customers, ready to be asked. Close it when done. */
export interface OpenedRun extends ProjectEnvironment, RunDay {
  readonly project: Project;
  readonly folder: LoadedFolder;
  readonly program: Program;
  readonly engine: Engine;
  /** What the engine was built from. */
  readonly setup: EngineSetup;
  readonly source: WarehouseSource;
  readonly context: Readonly<Record<string, unknown>>;
  /** Everything given with `--param`, for the pack and for the source. */
  readonly params: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Opens everything that a run needs: project, environment, pack, source, engine. Errors in the pack are printed and end
 * the command with 1.
 *
 * What `evertend.json` says of pack, source, state and context counts only where no pack is given on the command line:
 * they belong together.
 *
 * @throws DiagnosticError for whatever else is wrong
 */
export async function openRun(io: CliIo, request: RunRequest): Promise<OpenedRun> {
  requireAsOf(io, request.asOf);
  const params = parseParams(io, request.params ?? []);
  const contextFiles = parseParams(io, request.context ?? [], "--context");
  const project = await readProject(io, request.config);
  const own = request.pack === undefined ? project : undefined;
  const pack = request.pack ?? own?.pack;
  const file = request.source ?? own?.source;
  if (pack === undefined) throw commandFault(io, "USAGE", { detail: "<pack>" });
  if (file === undefined) throw commandFault(io, "USAGE", { detail: "--source <file>" });
  const surroundings = await openEnvironment(io, project);
  const files = await readPackFolder(pathOf(io, pack), { lang: io.lang });
  const overlays = await readOverlays(io, request.overlay ?? own?.overlays ?? []);
  const packParameters = parameterNames(allFiles(files, overlays));
  const ofPack = Object.fromEntries(Object.entries(params).filter(([name]) => packParameters.has(name)));
  const folder = loadPackFiles(pack, files, { lang: io.lang, params: ofPack, environment: surroundings.environment });
  const program = requireProgram(io, folder);
  const day = runDay(io, program.model.zone, request.asOf, request.at);
  const source = await openCustomers(io, program, { file, params, packParameters, asOf: request.asOf, context: { ...own?.context, ...contextFiles } });
  try {
    const given = await source.context();
    const engineWith = (context: typeof given): Engine => requireEngine(io, createUnitEngine(files, { loaded: folder.loaded, overlays, parameters: ofPack, environment: surroundings.environment, context, channelConfigs: surroundings.channelConfigs, lang: io.lang, sha256 }), allFiles(files, overlays));
    const first = engineWith(given);
    const taken = await takePopulations(first, source, given, { asOf: request.asOf, lang: io.lang });
    if (taken && taken.diagnostics.length > 0) printLine(io.stderr, formatDiagnostics(taken.diagnostics));
    const context = taken?.context ?? given;
    const engine = taken ? engineWith(context) : first;
    const setup = { files, overlays, params: ofPack, plugins: project.plugins, smsProfile: project.smsProfile, cwd: io.cwd, context, channelConfigs: surroundings.channelConfigs, lang: io.lang };
    return { ...surroundings, ...day, project, folder, program: engine.program, engine, setup, source, context, params, close: () => source.close() };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The engine of a pack with its overlays; what is wrong in them is printed and ends the command with 1. */
function requireEngine(io: CliIo, { engine, diagnostics }: UnitEngine, files: PackFiles): Engine {
  if (engine) return engine;
  reportDiagnostics(io, diagnostics.filter((diagnostic) => diagnostic.severity === "error"), files);
  return fail(1);
}
