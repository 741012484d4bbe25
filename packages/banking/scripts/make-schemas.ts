import { mkdirSync, writeFileSync } from "node:fs";
import { createEnvironment, corePlugin, toJsonSchema } from "@evertend/core";
import { bankingPlugin } from "../src/banking-plugin.js";

/** Writes the JSON Schemas that editors complete packs with. */
const folder = new URL("../schemas/", import.meta.url);
const environment = createEnvironment([corePlugin, bankingPlugin]);
mkdirSync(folder, { recursive: true });
for (const name of ["pack", "model"] as const) {
  for (const lang of ["en", "zh-CN"] as const) {
    writeFileSync(new URL(`${name}.${lang}.schema.json`, folder), `${JSON.stringify(toJsonSchema(name, environment, lang), null, 1)}\n`);
  }
}
