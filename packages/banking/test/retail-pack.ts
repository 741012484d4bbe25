import { readdirSync, readFileSync } from "node:fs";
import { createEnvironment, loadPack } from "@evertend/core";
import type { LoadedPack, PackFiles } from "@evertend/core";
import { bankingPlugin } from "@evertend/banking";

const folder = new URL("../packs/retail/", import.meta.url);

function* filesOf(under: string): Generator<string> {
  for (const entry of readdirSync(new URL(under, folder), { withFileTypes: true })) {
    if (entry.isDirectory()) yield* filesOf(`${under}${entry.name}/`);
    else if (entry.name.endsWith(".json")) yield `${under}${entry.name}`;
  }
}

/** The files of the retail pack, as loadPack takes them. */
export const retailFiles: PackFiles = Object.fromEntries([...filesOf("./")].map((path) => [path.slice(2), readFileSync(new URL(path, folder), "utf8")]));

/** The retail pack, loaded. */
export const retail: LoadedPack = loadPack(retailFiles, { environment: createEnvironment([bankingPlugin]), lang: "en" });
