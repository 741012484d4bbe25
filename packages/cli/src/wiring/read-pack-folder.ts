import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Lang, PackFiles } from "@evertend/core";
import { commandFault } from "./report-diagnostics.js";

/**
 * The `*.json` files of a pack's folder and its sub-folders by path relative to it, with `/`, sorted. Hidden files and
 * folders, `node_modules` and links to folders are left out.
 *
 * @throws DiagnosticError FILE_NOT_FOUND
 */
export async function readPackFolder(dir: string, options: { readonly lang: Lang; readonly cwd?: string }): Promise<PackFiles> {
  const root = resolve(options.cwd ?? ".", dir);
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
