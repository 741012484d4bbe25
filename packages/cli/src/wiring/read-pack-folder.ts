import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { isObject, type Lang, type PackFiles } from "@evertend/core";
import { commandFault } from "./report-diagnostics.js";

/**
 * The `*.json` files of a pack's folder and its sub-folders by path relative to it, with `/`, sorted. Hidden files and
 * folders, `node_modules` and links to folders are left out. Where the folder is a project's (it has an `evertend.json`
 * that names a pack), the files are those of its pack.
 *
 * @throws DiagnosticError FILE_NOT_FOUND
 */
export async function readPackFolder(dir: string, options: { readonly lang: Lang; readonly cwd?: string }): Promise<PackFiles> {
  const root = await packFolderOf(resolve(options.cwd ?? ".", dir));
  const names: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(name);
      else if (entry.name.endsWith(".json")) names.push(name);
    }
  };
  try {
    await walk("");
    names.sort();
    const texts = await Promise.all(names.map((name) => readFile(join(root, name), "utf8")));
    return Object.fromEntries(names.map((name, i) => [name, texts[i] as string]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw commandFault(options, "FILE_NOT_FOUND", { name: dir }, { file: dir });
  }
}

/** The folder of the pack that a project's folder names; the folder itself where it is no project's. */
export async function packFolderOf(dir: string): Promise<string> {
  try {
    const project: unknown = JSON.parse(await readFile(join(dir, "evertend.json"), "utf8"));
    return isObject(project) && typeof project["pack"] === "string" ? resolve(dir, project["pack"]) : dir;
  } catch {
    // No project file, or one that cannot be read: what is wrong with it is for those to say who need it.
    return dir;
  }
}
