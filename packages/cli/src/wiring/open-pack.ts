import type { Environment, LoadedPack, Overlay, PackFiles } from "@evertend/core";
import { pathOf, type CliIo } from "../cli-io.js";
import { loadPackFiles } from "./load-pack-folder.js";
import { parseParams } from "./parse-params.js";
import { openEnvironment, type ProjectEnvironment } from "./project-environment.js";
import { readProject, type Project } from "./project.js";
import { readOverlays } from "./read-overlays.js";
import { readPackFolder } from "./read-pack-folder.js";
import { commandFault } from "./report-diagnostics.js";

/** Which pack a command without customers is about. */
export interface PackRequest {
  /** Folder of the pack; absent = as `evertend.json` says. */
  readonly pack?: string | undefined;
  /** `name=value`, as given. */
  readonly param?: readonly string[] | undefined;
  /** Folders of overlays; absent = as `evertend.json` says. */
  readonly overlay?: readonly string[] | undefined;
  /** Another file than `evertend.json`. */
  readonly config?: string | undefined;
}

/** A pack with its project; what is wrong in it stands in `loaded.diagnostics`. */
export interface OpenedPack extends ProjectEnvironment {
  readonly project: Project;
  /** Folder as it was given. */
  readonly dir: string;
  readonly files: PackFiles;
  /** Overlays, of which all apply. */
  readonly overlays: readonly Overlay[];
  readonly params: Readonly<Record<string, string>>;
  readonly loaded: LoadedPack;
  readonly environment: Environment;
}

/**
 * Opens a pack in the environment of its project, for commands that read no customers.
 *
 * @throws DiagnosticError FILE_NOT_FOUND, USAGE (no pack is named), and what is wrong in `evertend.json`
 */
export async function openPack(io: CliIo, request: PackRequest): Promise<OpenedPack> {
  const params = parseParams(io, request.param ?? []);
  const project = await readProject(io, request.config);
  const dir = request.pack ?? project.pack;
  if (dir === undefined) throw commandFault(io, "USAGE", { detail: "<pack>" });
  const surroundings = await openEnvironment(io, project);
  const files = await readPackFolder(pathOf(io, dir), { lang: io.lang });
  const overlays = await readOverlays(io, request.overlay ?? (request.pack === undefined ? project.overlays : []));
  const { loaded } = loadPackFiles(dir, files, { lang: io.lang, params, environment: surroundings.environment, overlays });
  return { ...surroundings, project, dir, files, overlays, params, loaded };
}
