import { bankingPlugin } from "@evertend/banking";
import { corePlugin, createEnvironment, toJsonSchema, type Lang } from "@evertend/core";
import type { ProjectFiles } from "./project-files.js";

const schemaFile = "pack.schema.json";

/**
 * The project with the JSON Schema of packs beside them, in the user's language, and every file of the pack pointing to
 * it: editors complete keys and mark slips while typing, without a network.
 */
export function withSchema(files: ProjectFiles, lang: Lang): ProjectFiles {
  const schema = toJsonSchema("pack", createEnvironment([corePlugin, bankingPlugin]), lang);
  const pointed = Object.entries(files).map(([name, text]) => {
    if (!name.startsWith("pack/") || !name.endsWith(".json")) return [name, text] as const;
    const up = "../".repeat(name.split("/").length - 1);
    return [name, text.replace(/^\{\n/, `{\n  "$schema": "${up}${schemaFile}",\n`)] as const;
  });
  return { ...Object.fromEntries(pointed), [schemaFile]: `${JSON.stringify(schema, undefined, 1)}\n` };
}
