import { formatPackFile } from "@evertend/core";

/** Texts of a project's files by path relative to its folder. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** A file of a pack in its steady form. */
export function packFile(json: Readonly<Record<string, unknown>>): string {
  const result = formatPackFile(JSON.stringify(json), { form: "short" });
  if ("diagnostics" in result) throw new Error(`a file of init is no JSON: ${result.diagnostics.map((one) => one.code).join(", ")}`);
  return result.text;
}

/** What git should leave alone: customers' data. */
export const ignoreFile = "out/\nstate/\n";

/** The files of the pack alone, by path relative to its own folder. */
export function packOf(files: ProjectFiles): ProjectFiles {
  const folder = "pack/";
  return Object.fromEntries(Object.entries(files).filter(([name]) => name.startsWith(folder)).map(([name, text]) => [name.slice(folder.length), text]));
}
