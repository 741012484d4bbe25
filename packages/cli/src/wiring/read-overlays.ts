import { overlayFiles, type Overlay, type PackFiles } from "@evertend/core";
import { pathOf, type CliIo } from "../cli-io.js";
import { readPackFolder } from "./read-pack-folder.js";

/**
 * Reads the folders of overlays, in their order. Each is named in diagnostics as it was given.
 *
 * @throws DiagnosticError FILE_NOT_FOUND
 */
export async function readOverlays(io: CliIo, folders: readonly string[]): Promise<readonly Overlay[]> {
  return Promise.all(folders.map(async (folder) => ({ name: folder.replace(/\/+$/, ""), files: await readPackFolder(pathOf(io, folder), { lang: io.lang }) })));
}

/** Files of a pack and its overlays by the names that diagnostics give them. */
export function allFiles(files: PackFiles, overlays: readonly Overlay[]): PackFiles {
  return Object.assign({ ...files }, ...overlays.map(overlayFiles)) as PackFiles;
}
